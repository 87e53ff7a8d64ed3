"""What the person shown says they felt, moment by moment: a table beside the clip."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from attune.clips.folder import decoded, read_text
from attune.errors import ClipSetError, SealError
from attune.sealing import SealedPath, opened

MOST_BYTES = 16 << 20
TIME, AXES = "time_s", ("valence", "arousal")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedTrace:
    """``time_s`` (n,) ascending on the clip's clock, n ≥ 2; ``axes``: valence, arousal, (n,) in [-1, 1]."""

    time_s: tuple[float, ...]
    axes: dict[str, tuple[float, ...]]


def read_trace(path: Path) -> ReportedTrace:
    """Read a CSV of time_s and valence, arousal, or both. Raises ClipSetError clipset.not_a_trace."""
    text = (
        _sealed_text(path) if isinstance(path, SealedPath) else read_text(path.parent, path.name, MOST_BYTES)
    )
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if any(row)]
    except csv.Error as error:
        raise ClipSetError("clipset.not_a_trace", file=path.name, row=1) from error
    header = [name.strip().lower() for name in rows[0]] if rows else []
    known = TIME in header and any(axis in header for axis in AXES) and len(set(header)) == len(header)
    if not known or len(rows) < 3:
        raise ClipSetError("clipset.not_a_trace", file=path.name, row=1)
    columns: dict[str, list[float]] = {name: [] for name in (TIME, *AXES) if name in header}
    for number, row in enumerate(rows[1:], start=2):
        for name, values in columns.items():
            values.append(_number(row, header.index(name), path.name, number))
        time_s = columns[TIME]
        ahead = len(time_s) < 2 or time_s[-1] > time_s[-2]
        if not ahead or any(abs(columns[axis][-1]) > 1 for axis in AXES if axis in columns):
            raise ClipSetError("clipset.not_a_trace", file=path.name, row=number)
    return ReportedTrace(
        time_s=tuple(columns.pop(TIME)), axes={axis: tuple(values) for axis, values in columns.items()}
    )


def _sealed_text(path: SealedPath) -> str:
    try:
        with opened(path) as file:
            return decoded(file.read(MOST_BYTES), path.name)
    except (OSError, SealError) as error:
        raise ClipSetError("clipset.not_a_trace", file=path.name, row=1) from error


def _number(row: list[str], place: int, file: str, number: int) -> float:
    try:
        value = float(row[place])
    except (IndexError, ValueError) as error:
        raise ClipSetError("clipset.not_a_trace", file=file, row=number) from error
    if not isfinite(value):
        raise ClipSetError("clipset.not_a_trace", file=file, row=number)
    return value
