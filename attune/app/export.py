"""Taking a history along: everything in it as CSV or JSON with a data dictionary, and taking it in again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, TextIO

from attune.app.outgoing import going_out
from attune.cells import as_was, harmless
from attune.errors import ExchangeError
from attune.resources import Words
from attune.storage.store import Store
from attune.storage.taking_in import RowError, Taken
from attune.storage.troubles import told
from attune.storage.whole import TABLES, Column, Row

__all__ = ["Taken", "Way", "dictionary", "take_along", "take_in"]

FORMAT = 1
MARK = "attune_history"  # the name under which a JSON file says its format
LONGEST_CELL = 2**24  # bytes; a setup with long lists is longer than the csv module expects


class Way(StrEnum):
    """How a history is written: one file, or a folder with a table in each file."""

    JSON = "json"
    CSV = "csv"


def dictionary(store: Store, words: Words) -> Iterator[dict[str, str]]:
    """What each column of each table is: table, column, kind, and a sentence."""
    for table in TABLES:
        for column in store.columns_of(table):
            meaning = words(f"export.{table}.{column.name}")
            yield {"table": table, "column": column.name, "kind": column.kind, "meaning": meaning}


def take_along(store: Store, target: Path, way: Way, words: Words) -> None:
    """Write everything to ``target``, a file or a folder that is not there yet; on the history's own thread.

    Cells that a spreadsheet would take for a formula get an apostrophe before them, which :func:`take_in`
    takes away again. Raises ExchangeError exchange.target_taken, StorageError.
    """
    if target.exists():
        raise ExchangeError("exchange.target_taken", path=target)
    write = {Way.JSON: _write_json, Way.CSV: _write_csv}[way]
    with told(target), going_out(target, store.partner.folder.parent) as fresh, store.snapshot():
        write(store, fresh, words)


def take_in(store: Store, source: Path) -> Taken:
    """Add everything that :func:`take_along` wrote, or nothing of it; on the history's own thread.

    Sessions, notes and cards that are there already stay as they are. Raises ExchangeError with the file, the
    row and what is amiss, StorageError.
    """
    with told(source):
        if source.is_dir():
            with _long_cells():
                return _take(store, source, _csv_tables(store, source))
        return _take(store, source, _json_tables(source))


def _take(store: Store, source: Path, tables: Mapping[str, Any]) -> Taken:
    try:
        return store.take_in(tables)
    except RowError as error:
        raise ExchangeError(
            "exchange.row", path=source, table=error.table, row=error.number, problem=error.problem
        ) from error


# JSON: one row a line, so that programs which compare texts show what changed


def _write_json(store: Store, fresh: Path, words: Words) -> None:
    with fresh.open("w", encoding="utf-8") as file:
        file.write(f'{{"{MARK}": {FORMAT}')
        _write_list(file, "dictionary", dictionary(store, words))
        for table in TABLES:
            _write_list(file, table, store.rows_of(table))
        file.write("}\n")


def _write_list(file: TextIO, name: str, rows: Iterator[Any]) -> None:
    file.write(f',\n"{name}": [')
    for number, row in enumerate(rows):
        file.write(",\n" if number else "\n")
        file.write(json.dumps(row, allow_nan=False, ensure_ascii=False))
    file.write("]")


def _json_tables(source: Path) -> dict[str, list[Row]]:
    try:
        found = json.loads(source.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ExchangeError("exchange.not_json", path=source, problem=str(error)) from error
    if not isinstance(found, dict) or type(version := found.get(MARK)) is not int:
        raise ExchangeError("exchange.not_a_history", path=source)
    if version > FORMAT:
        raise ExchangeError("exchange.newer", path=source)
    tables = {table: found.get(table, []) for table in TABLES}
    for table, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ExchangeError("exchange.row", path=source, table=table, row=0, problem="no table")
    return tables


# CSV: as spreadsheets like it


def _write_csv(store: Store, fresh: Path, words: Words) -> None:
    fresh.mkdir(mode=0o700)
    entries = list(dictionary(store, words))
    with _csv_file(fresh, "dictionary", "w") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(entries[0])
        out.writerows([harmless(text) for text in entry.values()] for entry in entries)
    for table in TABLES:
        columns = store.columns_of(table)
        with _csv_file(fresh, table, "w") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow([column.name for column in columns])
            for row in store.rows_of(table):
                out.writerow([_cell(column, row[column.name]) for column in columns])


def _csv_tables(store: Store, folder: Path) -> dict[str, Iterator[Row]]:
    if not (folder / "sessions.csv").is_file():
        raise ExchangeError("exchange.not_a_history", path=folder)
    return {
        table: _csv_rows(folder, table, store.columns_of(table))
        for table in TABLES
        if (folder / f"{table}.csv").is_file()
    }


def _csv_rows(folder: Path, table: str, columns: tuple[Column, ...]) -> Iterator[Row]:
    try:
        with _csv_file(folder, table, "r") as file:
            lines = csv.reader(file, strict=True)
            heading = next(lines, [])
            if set(heading) != {column.name for column in columns} or len(heading) != len(columns):
                raise RowError(table, 0, ", ".join(column.name for column in columns))
            readers = {column.name: _reader(column) for column in columns}
            for number, cells in enumerate(lines, start=1):
                yield _csv_row(table, number, heading, cells, readers)
    except (csv.Error, UnicodeDecodeError) as error:
        raise RowError(table, 0, str(error)) from error


@contextmanager
def _long_cells() -> Iterator[None]:
    """Python's limit holds for every table of the program, so it is as it was again afterwards."""
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def _csv_row(
    table: str,
    number: int,
    heading: list[str],
    cells: list[str],
    readers: Mapping[str, Callable[[str], object]],
) -> Row:
    try:
        return {name: readers[name](cell) for name, cell in zip(heading, cells, strict=True)}
    except (ValueError, RecursionError) as error:
        raise RowError(table, number, str(error)) from error


def _csv_file(folder: Path, table: str, mode: str) -> TextIO:
    # With a mark at its beginning, or a spreadsheet takes the letters for those of another alphabet.
    return (folder / f"{table}.csv").open(mode, encoding="utf-8-sig", newline="")  # type: ignore[return-value]


def _cell(column: Column, value: object) -> object:
    if value is None:
        return ""
    if column.kind == "json":
        return harmless(json.dumps(value, allow_nan=False, ensure_ascii=False))
    return harmless(value) if isinstance(value, str) else value


def _reader(column: Column) -> Callable[[str], object]:
    """How a cell of the column is read. It raises ValueError."""
    readers: dict[str, Callable[[str], object]] = {
        "int": int,
        "float": float,
        "text": as_was,
        "json": lambda cell: json.loads(as_was(cell)),
    }
    read = readers[column.kind]
    return lambda cell: None if column.optional and not cell else read(cell)
