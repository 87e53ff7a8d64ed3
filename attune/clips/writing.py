"""Writing a clip set's own two files, so that reading them again gives the same set."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from attune.affect.reading import Reading, Source
from attune.cells import harmless
from attune.clips.blend import blend_text
from attune.clips.clip import Clip
from attune.clips.clip_set import ClipSet
from attune.clips.manifest import MANIFEST, Manifest
from attune.clips.table import COLUMNS, OWN, TABLE, VOTES
from attune.files import replacing

_TEXTS = ("name", "version", "description", "language", "vocabulary", "licence", "attribution", "made_by")


def manifest_text(clip_set: ClipSet | Manifest) -> str:
    """``set.toml`` of a set; what is empty is left out."""
    lines = [f"{field} = {quoted(value)}" for field in _TEXTS if (value := getattr(clip_set, field))]
    lines.append(f"people = {quoted(clip_set.people)}")
    for consent in clip_set.consent:
        lines += [
            "",
            "[[consent]]",
            f"person = {quoted(consent.person)}",
            f"given_on = {_day(consent.given_on)}",
        ]
        lines.append(f"purposes = [{', '.join(quoted(purpose) for purpose in consent.purposes)}]")
        lines += [
            f"{field} = {quoted(value)}"
            for field in ("may_view", "stored_at")
            if (value := getattr(consent, field))
        ]
        if consent.delete_by is not None:
            lines.append(f"delete_by = {_day(consent.delete_by)}")
    return "\n".join(lines) + "\n"


def table_text(clips: Iterable[Clip], names: tuple[str, ...], *, folder: Path) -> str:
    """``clips.csv`` of clips in a folder; ``names``: the vocabulary's, in whose order votes are written.

    People open it with spreadsheets: what one takes for a formula gets an apostrophe, which reading drops.
    """
    rows = [row for clip in clips for row in rows_of(clip, folder)]
    used = {column for row in rows for column, text in row.items() if text}
    own = {column for column in used if column.startswith(OWN)}
    columns = [
        column
        for column in (*COLUMNS, *(VOTES + name for name in names), *sorted(own))
        if column in used or column in {"file", "emotion"}
    ]
    written = io.StringIO()
    table = csv.DictWriter(written, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows({column: harmless(text) for column, text in row.items()} for row in rows)
    return written.getvalue()


def replace_text(path: Path, text: str) -> None:
    """Write a file in one step: after a power cut it is the old or the new one. Raises OSError."""
    with replacing(path) as fresh:
        fresh.write_text(text, encoding="utf-8", newline="")


def write_set(clip_set: ClipSet, names: tuple[str, ...]) -> None:
    """Write both files into the set's folder. Raises OSError."""
    replace_text(clip_set.folder / MANIFEST, manifest_text(clip_set))
    replace_text(clip_set.folder / TABLE, table_text(clip_set.clips, names, folder=clip_set.folder))


def rows_of(clip: Clip, folder: Path) -> Iterator[Mapping[str, str]]:
    """One row for each reference, the first with all that is about the clip itself."""
    about = {
        "file": clip.name,
        "onset_s": _number(clip.onset_s),
        "apex_s": _number(clip.apex_s),
        "offset_s": _number(clip.offset_s),
        "channel": str(clip.channel),
        "person": clip.person,
        "note": clip.note,
        "truth": _below(clip.truth, folder),
        "trace": _below(clip.trace, folder),
        "sha256": clip.content_hash,
        **clip.own,
    }
    if not clip.references:
        yield about
    for place, reading in enumerate(clip.references):
        yield {**(about if place == 0 else {"file": clip.name}), **_said(reading)}


def _said(reading: Reading) -> Mapping[str, str]:
    """The columns of one reference. A crowd's shares become the votes they were made from."""
    numbers = {
        "reference": str(reading.source),
        "rater": reading.by,
        "intensity": _number(reading.intensity),
        "valence": _number(reading.valence),
        "arousal": _number(reading.arousal),
    }
    if reading.source is not Source.CROWD:
        return {**numbers, "emotion": blend_text(reading.labels)}
    raters = reading.raters or 0
    votes = {VOTES + name: round(share * raters) for name, share in reading.labels.items()}
    return {**numbers, **{column: str(count) for column, count in votes.items() if count}}


def _below(path: Path | None, folder: Path) -> str:
    return "" if path is None else path.relative_to(folder.resolve()).as_posix()


def _number(value: float | None) -> str:
    return "" if value is None else repr(round(value, 9)).removesuffix(".0")


def _day(day: date) -> str:
    return day.isoformat()


def quoted(text: str) -> str:
    """A TOML string: as JSON writes one, and DEL, which TOML does not take plain, as a code."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
