"""Words for emotions that a vocabulary does not have, and the names near them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from attune.app.importing_parts import UnknownLabel
from attune.app.protocols.free_word import FreeWords
from attune.clips.drafts import Draft

OFFERED = 3


def unknown_labels(
    drafts: Sequence[Draft], names: tuple[str, ...], words: FreeWords
) -> tuple[UnknownLabel, ...]:
    """Every word of the drafts' emotion cells that is no name, the commonest first."""
    counted = Counter(
        word for draft in drafts for row in draft.rows for word in labels_in(row.get("emotion", ""))
    )
    return tuple(
        UnknownLabel(
            text=word,
            clips=count,
            offers=tuple(match.name for match in words.nearest(word, names)[:OFFERED]),
        )
        for word, count in counted.most_common()
        if word not in names
    )


def labels_in(cell: str) -> tuple[str, ...]:
    """The words of a cell such as ``joy:0.7+surprise:0.3``, in small letters."""
    return tuple(word for part in cell.lower().split("+") if (word := part.partition(":")[0].strip()))


def relabelled(draft: Draft, meanings: Mapping[str, str]) -> Draft:
    """The draft with the names its words were said to mean; a cell with a word that means nothing is emptied.

    ``meanings``: for a word in small letters its name, or "".
    """
    rows = tuple(
        {**row, "emotion": _meant(cell, meanings)} if (cell := row.get("emotion", "")) else row
        for row in draft.rows
    )
    return replace(draft, rows=rows)


def _meant(cell: str, meanings: Mapping[str, str]) -> str:
    parts = []
    for part in cell.lower().split("+"):
        word, told, share = (piece.strip() for piece in part.partition(":"))
        name = meanings.get(word, word)
        if not name:
            return ""
        parts.append(f"{name}{told}{share}")
    return "+".join(parts)
