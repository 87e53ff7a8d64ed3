"""The table of a set, or of all sets, as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from attune.app.library import Clip, ClipSet
from attune.app.tables import save_tables
from attune.ui.library.parts import Parts
from attune.ui.widgets.asking import ask_where_to


def save_one(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Ask where to, then write the table of this set."""
    _ask_where(parts, clip_set.folder.name, lambda: (clip_set,))


def save_all(parts: Parts, _set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Ask where to, then write one table of every set that is open."""
    _ask_where(parts, parts.words("protection.table.all"), parts.services.library.contents)


def _ask_where(parts: Parts, name: str, sets: Callable[[], Sequence[ClipSet]]) -> None:
    words = parts.words
    ask_where_to(
        parts.page,
        words("protection.table.title"),
        words("protection.table.files"),
        f"{name}.csv",
        lambda target: _save(parts, target, sets),
    )


def _save(parts: Parts, target: Path, sets: Callable[[], Sequence[ClipSet]]) -> None:
    saving = parts.services.background.submit(lambda: save_tables(sets(), target))
    parts.bridge.deliver(
        saving, lambda rows: parts.say(parts.words("protection.table.saved", rows=rows, path=target))
    )


ACTS = {"one": save_one, "all": save_all}
