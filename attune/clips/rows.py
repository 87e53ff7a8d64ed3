"""From the rows of a table to clips with their references."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary
from attune.clips.blend import blend_of
from attune.clips.clip import Channel, Clip
from attune.clips.folder import content_hash, inside, is_file, relative_name
from attune.clips.table import OWN, VOTES, Cell, Row

LONGEST_S = 86_400.0
# What can be said in a table; a measurement is made by Attune, the user's word is the answer.
REFERENCES = (Source.INTENDED, Source.SELF_REPORT, Source.CROWD, Source.EXPERT)
SOUNDS = {".wav", ".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".aac"}
PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif"}
ABOUT_THE_CLIP = ("channel", "person", "onset_s", "apex_s", "offset_s", "truth", "trace", "sha256")
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def clips_of(rows: Iterable[Row], folder: Path, vocabulary: Vocabulary) -> tuple[Clip, ...]:
    """Clips in the order they first appear; rows naming the same file are one clip's references.

    Raises ClipSetError naming row and column.
    """
    of_file: dict[Path, list[Row]] = {}
    for row in rows:
        of_file.setdefault(_existing(row["file"], folder), []).append(row)
    return tuple(_clip(file, together, folder, vocabulary) for file, together in of_file.items())


def _clip(file: Path, rows: list[Row], folder: Path, vocabulary: Vocabulary) -> Clip:
    about = {column: _agreed(rows, column) for column in ABOUT_THE_CLIP}
    onset, apex, offset = _times(about)
    truth, trace = about["truth"], about["trace"]
    return Clip(
        file=file,
        name=relative_name(rows[0]["file"].text) or file.name,
        content_hash=_hash(about["sha256"], rows[0]["file"], file),
        person=about["person"].text,
        channel=_channel(about["channel"], file),
        onset_s=onset,
        apex_s=apex,
        offset_s=offset,
        references=_references(rows, vocabulary),
        truth=_existing(truth, folder) if truth.text else None,
        note=_gathered(rows, "note"),
        trace=_existing(trace, folder) if trace.text else None,
        own={
            column: text
            for column in rows[0].cells
            if column.startswith(OWN) and (text := _gathered(rows, column))
        },
    )


def _gathered(rows: list[Row], column: str) -> str:
    """All that a clip's rows say in a column, one below the other."""
    return "\n".join(dict.fromkeys(row[column].text for row in rows if row[column].text))


def _existing(cell: Cell, folder: Path) -> Path:
    """The file a cell names. Raises clipset.outside or media_missing."""
    if not cell.text:
        raise cell.wrong("cell_empty")
    name = relative_name(cell.text)
    path = None if name is None else inside(folder, name)
    if path is None:
        raise cell.wrong("outside")
    if not is_file(path):
        raise cell.wrong("media_missing", folder=folder)
    return path


def _agreed(rows: list[Row], column: str) -> Cell:
    """What a clip's rows say in a column about the clip itself; empty cells follow the others."""
    said = [row[column] for row in rows if row[column].text]
    for cell in said[1:]:
        if cell.text != said[0].text:
            raise cell.wrong("rows_disagree", first=said[0].text, first_row=said[0].row)
    return said[0] if said else rows[0][column]


def _times(about: dict[str, Cell]) -> tuple[float | None, float | None, float | None]:
    onset, apex, offset = (
        about[column].number(0.0, LONGEST_S) for column in ("onset_s", "apex_s", "offset_s")
    )
    known = [
        (time, column)
        for time, column in ((onset, "onset_s"), (apex, "apex_s"), (offset, "offset_s"))
        if time is not None
    ]
    for (earlier, before), (later, column) in pairwise(known):
        if earlier > later:
            raise about[column].wrong("times_out_of_order", before=before, earlier=earlier)
    return onset, apex, offset


def _hash(cell: Cell, file_cell: Cell, file: Path) -> str:
    """The hash the table states, to be verified when the clip is used; computed where it states none."""
    if cell.text:
        if not _SHA256.fullmatch(cell.text.lower()):
            raise cell.wrong("not_a_hash")
        return cell.text.lower()
    try:
        return content_hash(file)
    except OSError as error:
        raise file_cell.wrong("media_unreadable", why=error.strerror) from error


def _channel(cell: Cell, file: Path) -> Channel:
    """The channel named; where none is, what the file's ending suggests."""
    if cell.text:
        if cell.text.lower() not in set(Channel):
            raise cell.wrong("channel_unknown", channels=", ".join(Channel))
        return Channel(cell.text.lower())
    if file.suffix.lower() in SOUNDS:
        return Channel.SOUND
    return Channel.PICTURE if file.suffix.lower() in PICTURES else Channel.PICTURE_AND_SOUND


def _references(rows: list[Row], vocabulary: Vocabulary) -> tuple[Reading, ...]:
    """One reading for each source and rater. Raises clipset.duplicate where two rows give the same one."""
    found: dict[tuple[Source, str], tuple[Reading, int]] = {}
    for row in rows:
        for reading in _row_readings(row, vocabulary):
            said_by = reading.source, reading.by
            if said_by in found:
                raise row["file"].wrong("duplicate", reference=reading.source, first_row=found[said_by][1])
            found[said_by] = reading, row.number
    return tuple(reading for reading, _ in found.values())


def _row_readings(row: Row, vocabulary: Vocabulary) -> list[Reading]:
    """What one row says: an emotion by whoever its reference column names, votes, both, or nothing yet."""
    numbers = {
        "intensity": row["intensity"].number(0.0, 1.0),
        "valence": row["valence"].number(-1.0, 1.0),
        "arousal": row["arousal"].number(-1.0, 1.0),
    }
    votes = {name: row[VOTES + name].votes() for name in vocabulary.names}
    emotion, source = row["emotion"], _source(row["reference"])
    if source is Source.CROWD and emotion.text:
        raise emotion.wrong("crowd_emotion")
    if source is Source.CROWD and not any(votes.values()):
        raise row["reference"].wrong("votes_missing")
    if source is Source.CROWD or (source is None and not emotion.text and any(votes.values())):
        return [_crowd(votes, **numbers)]
    if not emotion.text:
        if source is None and set(numbers.values()) == {None} and not row["rater"].text:
            return []  # nobody has said anything of this clip yet
        raise emotion.wrong("cell_empty")
    said = Reading(
        source=source or Source.INTENDED,
        labels=blend_of(emotion, vocabulary.names),
        by=row["rater"].text,
        **numbers,  # type: ignore[arg-type]
    )
    return [said, _crowd(votes)] if any(votes.values()) else [said]


def _source(cell: Cell) -> Source | None:
    """Who the row quotes; None where the cell is empty."""
    if not cell.text:
        return None
    if cell.text.lower() not in REFERENCES:
        raise cell.wrong("reference_unknown", references=", ".join(REFERENCES))
    return Source(cell.text.lower())


def _crowd(votes: dict[str, int], **numbers: float | None) -> Reading:
    raters = sum(votes.values())
    labels = {name: count / raters for name, count in votes.items()}
    return Reading(source=Source.CROWD, labels=labels, raters=raters, **numbers)  # type: ignore[arg-type]
