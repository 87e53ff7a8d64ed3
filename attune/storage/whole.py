"""Everything in a history, table by table, as plain rows: to be taken along."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Any

from attune.storage.rows import as_json
from attune.storage.troubles import DamagedError

TABLES = ("sessions", "answers", "skips", "traces", "samples", "cards", "notes")  # parents before children
# What a couple told and showed each other does not go along with one person's history: each takes their own
# along (attune.app.partner.about), and the keys of films are in no text at all.
OF_A_COUPLE = ("people", "recordings", "recorded", "moments", "told_notes", "leaving")
MADE_AGAIN = ("packed", "texts")
KINDS = {"INTEGER": "int", "REAL": "float", "TEXT": "text"}
TYPES = {"int": (int,), "float": (int, float), "text": (str,)}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: ``kind`` is int, float, text or json; ``optional``: may be without a value."""

    name: str
    kind: str
    optional: bool

    @property
    def stored(self) -> str:
        """Its name in the database."""
        return f"{self.name}_json" if self.kind == "json" else self.name


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    """The columns of one of ``TABLES``, in their order."""
    found = []
    for row in connection.execute(f"PRAGMA table_info({table})"):
        name = str(row["name"])
        kind = "json" if name.endswith("_json") else KINDS[row["type"]]
        # What stands where there is no setup is no JSON; an id is never missing, though SQLite would fill it.
        optional = name == "setup_json" or not (row["notnull"] or row["pk"])
        found.append(Column(name.removesuffix("_json"), kind, optional))
    return tuple(found)


def rows_of(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """Every row of one of ``TABLES``, what is JSON in it as plain data. Raises DamagedError."""
    columns = columns_of(connection, table)
    for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):  # noqa: S608 - our own names
        yield {c.name: _loaded(row[c.stored]) if c.kind == "json" else row[c.name] for c in columns}


def stored(columns: tuple[Column, ...], row: Row) -> Row:
    """A row as the database has it. Raises ValueError for other columns, and for values that do not fit."""
    if unlike := {column.name for column in columns} ^ row.keys():
        raise ValueError(f"{', '.join(sorted(unlike))}: not the columns of this table")
    return {column.stored: _stored(column, row[column.name]) for column in columns}


def _loaded(text: str | None) -> object:
    try:
        return json.loads(text) if text else None
    except ValueError as error:
        raise DamagedError(str(error)) from error


def _stored(column: Column, value: object) -> object:
    if value is None and column.optional:
        return "" if column.name == "setup" else None
    if column.kind == "json":
        return as_json(value)
    if type(value) not in TYPES[column.kind] or (isinstance(value, float) and not isfinite(value)):
        raise ValueError(f"{column.name}: {value!r} does not fit there")
    return value
