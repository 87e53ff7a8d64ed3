"""``clips.csv`` as rows of cells that know where they stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from attune.cells import as_was
from attune.errors import ClipSetError

TABLE = "clips.csv"
MOST_BYTES = 64 << 20
MOST_VOTES = 1_000_000
SHOWN_LETTERS = 60  # of a cell that is not understood

VOTES = "votes_"
OWN = "x_"  # columns beginning so are the maker's own
COLUMNS = (
    *("file", "emotion", "intensity", "valence", "arousal", "onset_s", "apex_s", "offset_s"),
    *("channel", "person", "reference", "rater", "note", "truth", "trace", "sha256"),
)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_COUNT = re.compile(r"\d{1,7}", re.ASCII)


Tell = Callable[[ClipSetError], None]
"""Hears what is not right; reading goes on as if that cell were empty, or stops where it raises."""


def refuse(error: ClipSetError) -> NoReturn:
    """Stop at the first thing that is not right."""
    raise error


class Cell(NamedTuple):
    """One cell: its text without surrounding blanks, the spreadsheet's row number, the column's name."""

    text: str
    row: int
    column: str

    def wrong(self, problem: str, **more: object) -> ClipSetError:
        """The error ``clipset.problem`` for this cell."""
        place = {"file": TABLE, "row": self.row, "column": self.column, "value": self.text[:SHOWN_LETTERS]}
        return ClipSetError(f"clipset.{problem}", **place, **more)

    def number(self, low: float, high: float) -> float | None:
        """The number in the cell, None when empty. Raises clipset.not_a_number or out_of_range."""
        if not self.text:
            return None
        if not _NUMBER.fullmatch(self.text):
            raise self.wrong("not_a_number", low=low, high=high)
        value = float(self.text)
        if not low <= value <= high:
            raise self.wrong("out_of_range", low=low, high=high)
        return value

    def votes(self) -> int:
        """The count in the cell, 0 when empty. Raises clipset.not_votes."""
        if not self.text:
            return 0
        if not _COUNT.fullmatch(self.text) or int(self.text) > MOST_VOTES:
            raise self.wrong("not_votes", high=MOST_VOTES)
        return int(self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; columns the table does not have are empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> Cell:
        return Cell(self.cells.get(column, ""), self.number, column)


def rows_of_table(text: str, emotions: tuple[str, ...], tell: Tell = refuse) -> Iterator[Row]:
    """Yield the rows that are not blank. ``tell`` hears what is not right with the header or a row's form."""
    columns: list[str] = []
    for number, cells in _records(text, tell):
        texts = [as_was(cell.strip()) for cell in cells]
        if not any(texts):
            continue
        if not columns:
            columns = _columns(number, texts, emotions, tell)
            continue
        if len(texts) > len(columns) and any(texts[len(columns) :]):
            tell(ClipSetError("clipset.too_many_cells", file=TABLE, row=number, columns=len(columns)))
        yield Row(number, dict(zip(columns, texts, strict=False)))
    if not columns:
        tell(ClipSetError("clipset.table_empty", file=TABLE))


def _records(text: str, tell: Tell) -> Iterator[tuple[int, list[str]]]:
    """Rows as a spreadsheet numbers them, blank ones and cells of several lines counted as one each."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            yield number, cells
    except csv.Error as error:
        tell(ClipSetError("clipset.not_csv", file=TABLE, row=number + 1, problem=str(error)))


def _columns(row: int, header: list[str], emotions: tuple[str, ...], tell: Tell) -> list[str]:
    """Column names in lower case, each known and there once; empty ones at the end are dropped."""
    columns = [text.lower() for text in header]
    while not columns[-1]:
        columns.pop()
    known = {*COLUMNS, *(VOTES + emotion for emotion in emotions)}
    for place, column in enumerate(columns):
        cell = Cell(column, row, column)
        if column in columns[:place]:
            tell(cell.wrong("column_twice"))
        elif column.startswith(VOTES) and column not in known:
            tell(cell.wrong("votes_unknown", emotions=", ".join(emotions)))
        elif column not in known and not column.startswith(OWN):
            tell(cell.wrong("column_unknown", columns=", ".join(COLUMNS), position=place + 1))
    if "file" not in columns:
        tell(Cell("", row, "file").wrong("column_missing"))
    return columns
