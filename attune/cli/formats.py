"""The ways `attune analyze` writes what was measured: for a person, for a program, for a spreadsheet."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from attune.affect.vocabulary import Core
from attune.app.measured import Measured
from attune.app.report import NUMBERS, frame_columns, frame_rows, summary
from attune.cells import harmless
from attune.resources import Words

Writer = Callable[[str, Measured], None]
"""Writes what was measured in a file, called by the name the person gave it, to stdout."""

WORTH_NAMING = 0.05  # share of an emotion below which a person is not told of it


class Format(StrEnum):
    """How results are written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


class ReportFormat(StrEnum):
    """How a report is written; its pages are the window's."""

    TEXT = "text"
    JSON = "json"


def writer_for(how: Format, *, every_frame: bool, several: bool, words: Words) -> Writer:
    """Return the writer; csv gets its heading now. ``several``: rows of frames begin with their file."""
    if how is Format.TEXT:
        return lambda file, measured: write_line(_sentences(file, measured, words))
    if how is Format.JSON:
        return _json_frames if every_frame else _json_file
    if every_frame:
        write_csv([("file", *frame_columns()) if several else frame_columns()])
        return lambda file, measured: write_csv(
            (file, *row) if several else row for row in frame_rows(measured)
        )
    write_csv([FILE_COLUMNS])
    return lambda file, measured: write_csv([_file_row(summary(file, measured))])


def write_line(text: str) -> None:
    """Write one line of the result to stdout."""
    print(text)  # noqa: T201 - the result of the command


def write_rows(
    rows: Sequence[Mapping[str, Any]], how: Format, line: Callable[[Mapping[str, Any]], str]
) -> None:
    """Write rows that have the same columns: as ``line`` says it, as an object a line, or as a table."""
    if how is Format.CSV:
        write_csv([tuple(rows[0])] if rows else [])
        write_csv(row.values() for row in rows)
    else:
        for row in rows:
            write_line(json.dumps(row, allow_nan=False) if how is Format.JSON else line(row))


# For a person


def _sentences(file: str, measured: Measured, words: Words) -> str:
    found = summary(file, measured)
    file_line = words(f"commands.analyze.{found['kind']}", **{**found, "file": visible(file)})
    return "\n  ".join(
        [
            file_line,
            *_about_expression(measured, words),
            *_about_time(measured, words),
            *(words(f"measuring.warnings.{warning}") for warning in measured.warnings),
        ]
    )


def _about_expression(measured: Measured, words: Words) -> list[str]:
    reading = measured.expressed.reading
    if reading is None:  # the warnings say why
        return []
    ranked = sorted(reading.labels.items(), key=lambda item: -item[1])
    shares = ", ".join(
        words("commands.analyze.share", emotion=words(f"emotions.{name}.title").lower(), share=share)
        for name, share in ranked
        if share >= WORTH_NAMING
    )
    lines = [words("commands.analyze.looks_like", shares=shares)]
    for name in NUMBERS:
        value = getattr(reading, name)
        if value is not None:
            lines.append(words(f"commands.analyze.{name}", value=value))
    if measured.expressed.apex_ns is not None and len(measured.track.time_ns) > 1:
        lines.append(words("commands.analyze.apex", apex_s=measured.expressed.apex_ns / 1e9))
    return lines


def _about_time(measured: Measured, words: Words) -> list[str]:
    lines = []
    if measured.units:
        units = [_unit(moved.code, moved.side, words) for moved in measured.units]
        lines.append(words("commands.analyze.moved", units=words("feedback.list_comma").join(units)))
    if measured.movements or measured.blinks:
        brief = sum(movement.brief for movement in measured.movements)
        counts = {"movements": len(measured.movements), "brief": brief, "blinks": len(measured.blinks)}
        lines.append(words("commands.analyze.course", **counts))
    return lines


def _unit(code: str, side: str, words: Words) -> str:
    unit = words(f"emotions.units.{code}")
    return unit if side == "both" else words(f"feedback.one_side.{side}", unit=unit)


def visible(text: str) -> str:
    """A file's name may hold anything; a terminal obeys some of it."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


# For a program: one object a line


def _json_file(file: str, measured: Measured) -> None:
    write_line(json.dumps(summary(file, measured), allow_nan=False))


def _json_frames(file: str, measured: Measured) -> None:
    for row in frame_rows(measured):
        write_line(
            json.dumps({"file": file, **dict(zip(frame_columns(), row, strict=True))}, allow_nan=False)
        )


# For a spreadsheet

FILE_COLUMNS = (
    *("file", "kind", "duration_s", "frames", "frames_with_face"),
    *(*Core, *NUMBERS),
    *("apex_s", "units", "movements", "blinks", "speaking", "warnings"),
)


def _file_row(found: dict[str, Any]) -> list[object]:
    """Lists become words and numbers: which units moved, how many movements and blinks there were."""
    expressed = found["expressed"]
    seen = {**expressed["labels"], **expressed} if expressed else {}
    plain = {
        **found,
        **seen,
        "units": " ".join(f"{moved['unit']}_{moved['side']}" for moved in found["units"]),
        "movements": len(found["movements"]),
        "blinks": len(found["blinks"]),
        "warnings": " ".join(found["warnings"]),
    }
    return [plain.get(column) for column in FILE_COLUMNS]


def write_csv(rows: Iterable[Iterable[object]]) -> None:
    """Write rows of a table to stdout, as spreadsheets like them."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerows([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
