"""From the rows of a table to clips with their references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary
from attune.clips.blend import blend_of
from attune.clips.clip import Channel, Clip
from attune.clips.folder import Files, relative_name
from attune.clips.table import OWN, VOTES, Cell, Row, Tell, refuse
from attune.errors import ClipSetError

T = TypeVar("T")

LONGEST_S = 86_400.0
# What can be said in a table; a measurement is made by Attune, the user's word is the answer.
REFERENCES = (Source.INTENDED, Source.SELF_REPORT, Source.CROWD, Source.EXPERT)
SOUNDS = {".wav", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".aac"}
PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif"}
TIMES = ("onset_s", "apex_s", "offset_s")
ABOUT_THE_CLIP = ("channel", "person", *TIMES, "truth", "trace", "sha256")
SCALES = {"intensity": 0.0, "valence": -1.0, "arousal": -1.0}  # each up to 1
_CHANNELS = {str(channel): channel for channel in Channel}
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def clips_of(
    rows: Iterable[Row], files: Files, vocabulary: Vocabulary, tell: Tell = refuse
) -> tuple[Clip, ...]:
    """Clips in the order they first appear; rows naming the same file are one clip's references.

    ``tell`` hears a ClipSetError naming row and column for each cell that cannot be.
    """
    return _Reader(files, vocabulary, tell).clips(rows)


class _Reader:
    """Reads one table; remembers what cells meant, since tables say the same things over and over."""

    def __init__(self, files: Files, vocabulary: Vocabulary, tell: Tell) -> None:
        self._files = files
        self._names = vocabulary.names
        self._tell = tell
        self._saying = ("emotion", "reference", "rater", *SCALES, *(VOTES + name for name in self._names))
        self._readings: dict[tuple[str | None, ...], tuple[Reading, ...]] = {}
        self._times: dict[tuple[str | None, ...], tuple[float | None, ...]] = {}

    def clips(self, rows: Iterable[Row]) -> tuple[Clip, ...]:
        of_file: dict[str, list[Row]] = {}
        for row in rows:
            path = self._files.known(row.cells.get("file", "")) or self._found(row["file"])
            if path is not None:
                of_file.setdefault(path, []).append(row)
        return tuple(self._clip(Path(path), together) for path, together in of_file.items())

    def _clip(self, file: Path, rows: list[Row]) -> Clip:
        about = rows[0].cells if len(rows) == 1 else self._agreed(rows)
        name = rows[0].cells["file"]
        onset, apex, offset = self._about_time(rows, about)
        return Clip(
            file=file,
            name=name if self._files.known(name) else relative_name(name) or file.name,
            content_hash=self._hash(rows, about, file),
            person=about.get("person", ""),
            channel=self._channel(rows, about, file),
            onset_s=onset,
            apex_s=apex,
            offset_s=offset,
            references=self._references(rows),
            truth=self._beside(rows, about, "truth"),
            note=_gathered(rows, "note"),
            trace=self._beside(rows, about, "trace"),
            own={
                column: text
                for column in rows[0].cells
                if column[:2] == OWN and (text := _gathered(rows, column))
            },
        )

    def _agreed(self, rows: Sequence[Row]) -> Mapping[str, str]:
        """What a clip's rows say about the clip itself; empty cells follow the others."""
        agreed: dict[str, str] = {}
        for row in rows:
            for column in ABOUT_THE_CLIP:
                text = row.cells.get(column)
                if text and text != agreed.setdefault(column, text):
                    first = _cell(rows, column)
                    self._tell(row[column].wrong("rows_disagree", first=first.text, first_row=first.row))
        return agreed

    def _about_time(self, rows: Sequence[Row], about: Mapping[str, str]) -> tuple[float | None, ...]:
        """Onset, apex and offset, None where one is not said."""
        texts = tuple([about.get(column) for column in TIMES])
        if (known := self._times.get(texts)) is not None:
            return known
        heard: list[ClipSetError] = []
        cells = [_cell(rows, column) for column in TIMES if about.get(column)]
        times = {cell.column: time for cell in cells if (time := _number(cell, heard.append)) is not None}
        for (before, earlier), (column, later) in pairwise(times.items()):
            if earlier > later:
                told = _cell(rows, column).wrong("times_out_of_order", before=before, earlier=earlier)
                heard.append(told)
                times = {}
                break
        found = tuple(times.get(column) for column in TIMES)
        if not heard:
            self._times[texts] = found
        for error in heard:
            self._tell(error)
        return found

    def _beside(self, rows: Sequence[Row], about: Mapping[str, str], column: str) -> Path | None:
        if not about.get(column):
            return None
        path = self._found(_cell(rows, column))
        return Path(path) if path else None

    def _found(self, cell: Cell) -> str | None:
        """Path of the file a cell names; None where it is told that there is none."""
        name = relative_name(cell.text) if cell.text else ""
        path = self._files.place(name) if name else None
        if path is not None and self._files.holds(path):
            return str(path)
        if not cell.text:
            self._tell(cell.wrong("cell_empty"))
        elif path is None:
            self._tell(cell.wrong("outside"))
        else:
            self._tell(cell.wrong("media_missing", folder=self._files.folder))
        return None

    def _hash(self, rows: Sequence[Row], about: Mapping[str, str], file: Path) -> str:
        """The hash the table states, to be verified when the clip is used; computed where it states none."""
        if stated := about.get("sha256", "").lower():
            if _SHA256.fullmatch(stated):
                return stated
            self._tell(_cell(rows, "sha256").wrong("not_a_hash"))
        try:
            return self._files.content_hash(file)
        except OSError as error:
            self._tell(rows[0]["file"].wrong("media_unreadable", why=error.strerror))
            return ""

    def _channel(self, rows: Sequence[Row], about: Mapping[str, str], file: Path) -> Channel:
        """The channel named; where none is, what the file's ending suggests."""
        if stated := about.get("channel"):
            if (channel := _CHANNELS.get(stated.lower())) is not None:
                return channel
            self._tell(_cell(rows, "channel").wrong("channel_unknown", channels=", ".join(Channel)))
        if file.suffix.lower() in SOUNDS:
            return Channel.SOUND
        return Channel.PICTURE if file.suffix.lower() in PICTURES else Channel.PICTURE_AND_SOUND

    def _references(self, rows: Sequence[Row]) -> tuple[Reading, ...]:
        """One reading for each source and rater; a second one of the same is told of."""
        if len(rows) == 1:
            return self._row_readings(rows[0])
        found: dict[tuple[Source, str], tuple[Reading, int]] = {}
        for row in rows:
            for reading in self._row_readings(row):
                said_by = reading.source, reading.by
                if said_by in found:
                    first = found[said_by][1]
                    self._tell(row["file"].wrong("duplicate", reference=reading.source, first_row=first))
                else:
                    found[said_by] = reading, row.number
        return tuple(reading for reading, _ in found.values())

    def _row_readings(self, row: Row) -> tuple[Reading, ...]:
        """What one row says: an emotion by whoever its reference column names, votes, both or nothing."""
        texts = tuple([row.cells.get(column) for column in self._saying])
        if (known := self._readings.get(texts)) is not None:
            return known
        heard: list[ClipSetError] = []
        readings = tuple(_said(row, self._names, heard.append))
        for error in heard:
            self._tell(error)
        if not heard:
            self._readings[texts] = readings
        return readings


def _cell(rows: Sequence[Row], column: str) -> Cell:
    """The first cell of a column in which something is said."""
    return next(row[column] for row in rows if row.cells.get(column))


def _number(cell: Cell, tell: Tell) -> float | None:
    try:
        return cell.number(0.0, LONGEST_S)
    except ClipSetError as error:
        tell(error)
        return None


def _gathered(rows: Sequence[Row], column: str) -> str:
    """All that a clip's rows say in a column, one below the other."""
    if len(rows) == 1:
        return rows[0].cells.get(column, "")
    return "\n".join(dict.fromkeys(text for row in rows if (text := row.cells.get(column))))


def _said(row: Row, names: tuple[str, ...], tell: Tell) -> Iterator[Reading]:
    def read(column: str, make: Callable[[Cell], T]) -> T | None:
        try:
            return make(row[column]) if row.cells.get(column) else None
        except ClipSetError as error:
            tell(error)
            return None

    numbers = {
        column: read(column, partial(Cell.number, low=low, high=1.0)) for column, low in SCALES.items()
    }
    votes = {name: read(VOTES + name, Cell.votes) or 0 for name in names}
    source = read("reference", _source)
    labels = read("emotion", lambda cell: blend_of(cell, names))
    if source is Source.CROWD and row.cells.get("emotion"):
        tell(row["emotion"].wrong("crowd_emotion"))
    if source is Source.CROWD and not any(votes.values()):
        tell(row["reference"].wrong("votes_missing"))
    elif source is Source.CROWD or (source is None and labels is None and any(votes.values())):
        yield _crowd(votes, **numbers)
    elif labels is not None:
        by = row.cells.get("rater", "")
        yield Reading(source=source or Source.INTENDED, labels=labels, by=by, **numbers)  # type: ignore[arg-type]
        if any(votes.values()):
            yield _crowd(votes)
    elif not row.cells.get("emotion") and any((*votes.values(), *(n is not None for n in numbers.values()))):
        tell(row["emotion"].wrong("cell_empty"))


def _source(cell: Cell) -> Source:
    """Who the row quotes. Raises clipset.reference_unknown."""
    if cell.text.lower() not in REFERENCES:
        raise cell.wrong("reference_unknown", references=", ".join(REFERENCES))
    return Source(cell.text.lower())


def _crowd(votes: Mapping[str, int], **numbers: float | None) -> Reading:
    raters = sum(votes.values())
    labels = {name: count / raters for name, count in votes.items()}
    return Reading(source=Source.CROWD, labels=labels, raters=raters, **numbers)  # type: ignore[arg-type]
