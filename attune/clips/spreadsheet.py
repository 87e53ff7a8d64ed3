"""Tables as spreadsheets save them: other separators, other alphabets, commas in numbers.

A clip set's own ``clips.csv`` is strict (:mod:`table`); what a person brings is read here, once, on import.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from attune.cells import as_was
from attune.errors import ClipSetError

MOST_BYTES = 256 << 20
MOST_ROWS = 1_000_000
MOST_CELL = 32_767  # letters; what a spreadsheet's cell can hold
TABLES = (".csv", ".tsv", ".txt")
SEPARATORS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How people head the columns of their own tables, in small letters and without signs between them.
_LIKELY = {
    "file": (
        "file",
        "filename",
        "filepath",
        "path",
        "clip",
        "video",
        "videofile",
        "media",
        "name",
        "datei",
        "film",
    ),
    "emotion": ("emotion", "label", "emotionlabel", "category", "expression", "feeling", "class", "gefühl"),
    "intensity": ("intensity", "strength", "level", "intensität", "stärke"),
    "valence": ("valence", "pleasantness", "valenz"),
    "arousal": ("arousal", "activation", "erregung"),
    "onset_s": ("onsets", "onset", "start", "starts", "begin", "beginn"),
    "apex_s": ("apexs", "apex", "peak", "höhepunkt"),
    "offset_s": ("offsets", "offset", "end", "ends", "ende"),
    "channel": ("channel", "modality", "kanal"),
    "person": ("person", "actor", "speaker", "subject", "participant", "model", "client", "darsteller"),
    "reference": ("reference", "source", "quelle"),
    "rater": ("rater", "coder", "annotator", "beurteiler"),
    "note": ("note", "notes", "comment", "comments", "remark", "notiz", "bemerkung"),
}
_COMMA_NUMBER = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """``columns``: the header's texts; ``rows``: as numbered by the spreadsheet, each as long as the header.

    ``encoding`` and ``separator``: what it was taken to be written in, so that a person can see a mistake.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    separator: str


def read_spreadsheet(path: Path) -> Spreadsheet:
    """Read a table of any of these kinds. Raises ClipSetError clipset.* with file and row."""
    text, encoding = _text(path)
    separator = _separator(text)
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, tuple[str, ...]]] = []
    for number, cells in _records(text, separator, path.name):
        texts = tuple(as_was(cell.strip()) for cell in cells)
        if not any(texts):
            continue
        if not columns:
            columns = _header(texts, path.name, number)
            continue
        if any(texts[len(columns) :]):
            raise ClipSetError("clipset.too_many_cells", file=path.name, row=number, columns=len(columns))
        if len(rows) == MOST_ROWS:
            raise ClipSetError("clipset.too_many_rows", file=path.name, most=MOST_ROWS)
        filled = (*texts, *("" for _ in range(len(columns) - len(texts))))[: len(columns)]
        rows.append((number, tuple(_point(cell) for cell in filled) if separator != "," else filled))
    if not columns:
        raise ClipSetError("clipset.table_empty", folder=path.parent, file=path.name)
    return Spreadsheet(columns, tuple(rows), encoding, separator)


def likely_columns(columns: tuple[str, ...]) -> dict[str, str]:
    """For the headings that say which column of ``clips.csv`` they fill: that column, each once."""
    found: dict[str, str] = {}
    plain = {text: "".join(letter for letter in text.casefold() if letter.isalnum()) for text in columns}
    for exactly in (True, False):  # a heading just so named before one that may mean the same
        for text in columns:
            for column, headings in _LIKELY.items():
                fits = plain[text] == headings[0] if exactly else plain[text] in headings
                if fits and text not in found and column not in found.values():
                    found[text] = column
    return found


def _text(path: Path) -> tuple[str, str]:
    """The file's text and encoding. Raises ClipSetError about the file."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ClipSetError(
            "clipset.file_unreadable", folder=path.parent, file=path.name, problem=error.strerror
        ) from error
    if len(data) > MOST_BYTES:
        raise ClipSetError("clipset.file_too_large", file=path.name, megabytes=MOST_BYTES >> 20)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _unmarked(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClipSetError("clipset.not_utf8", folder=path.parent, file=path.name, line=line) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise ClipSetError("clipset.not_text", file=path.name, line=line)
    return text, encoding


def _unmarked(data: bytes) -> str:
    """UTF-16 shows in zeros at every second place; what is not UTF-8 is taken for Western European."""
    head = data[:4096]
    if len(head) >= 4 and head[1::2].count(0) > len(head) // 4 and not head[::2].count(0):
        return "utf-16-le"
    if len(head) >= 4 and head[::2].count(0) > len(head) // 4 and not head[1::2].count(0):
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(text: str) -> str:
    """The separator that parts the first lines into most cells, the same number in each.

    A first line ``sep=;``, which some spreadsheets write, decides.
    """
    first = text.lstrip("\ufeff").splitlines()[:1]
    if first and first[0].lower().startswith("sep=") and first[0][4:5] in SEPARATORS:
        return first[0][4]

    def parted(separator: str) -> tuple[int, int]:
        try:
            sample = list(_first_rows(text, separator))
        except csv.Error:
            return 0, 0
        widths = [len(row) for row in sample if any(row)]
        return (sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0), max(
            widths, default=0
        )

    best = max(SEPARATORS, key=parted)
    return best if parted(best)[0] else ","


def _first_rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=separator)
    for row, _ in zip(reader, range(20), strict=False):
        yield row


def _records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    rows = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator, strict=True)
    try:
        for number, cells in enumerate(rows, start=1):
            if number == 1 and cells and cells[0].lower().startswith("sep="):
                continue
            if any(len(cell) > MOST_CELL for cell in cells):
                raise ClipSetError("clipset.cell_too_long", file=file, row=number, most=MOST_CELL)
            yield number, cells
    except csv.Error as error:
        raise ClipSetError("clipset.not_csv", file=file, row=number + 1, problem=str(error)) from error


def _header(texts: tuple[str, ...], file: str, row: int) -> tuple[str, ...]:
    """The column names without empty ones at the end. Raises clipset.column_twice."""
    columns = list(texts)
    while not columns[-1]:
        columns.pop()
    for place, column in enumerate(columns):
        if column and column.casefold() in (earlier.casefold() for earlier in columns[:place]):
            raise ClipSetError("clipset.column_twice", file=file, row=row, column=column)
    return tuple(columns)


def _point(text: str) -> str:
    """A number written with a comma, as where the comma does not part cells, with a point instead."""
    return text.replace(",", ".") if _COMMA_NUMBER.fullmatch(text) else text
