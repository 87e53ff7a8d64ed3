"""Taking in what was taken along: every row is looked at as closely as one that practising makes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import Any

from attune.affect.reading import Source
from attune.storage.answer_rows import from_row, to_row
from attune.storage.packed import Packed
from attune.storage.records import CardRecord, NoteRecord, SessionRecord, SkipRecord, TraceRecord
from attune.storage.rows import insert
from attune.storage.troubles import PRIMARY, DamagedError
from attune.storage.whole import TABLES, Row, columns_of, stored

WITH_IDS = ("sessions", "answers", "traces", "notes")
LARGEST = 2**53  # what every program that reads JSON can count to
NOT_A_ROW = (ValueError, KeyError, TypeError, OverflowError, DamagedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How many new sessions, answers and notes came in; ``known``: sessions that were there already."""

    sessions: int
    answers: int
    notes: int
    known: int


class RowError(Exception):
    """A row that cannot have come from a history; ``number`` counts from 1."""

    def __init__(self, table: str, number: int, problem: str) -> None:
        super().__init__(table, number, problem)
        self.table, self.number, self.problem = table, number, problem


class TakingIn:
    """One taking in, within one transaction. In an empty history all ids stay as they were.

    Sessions (by when they began and what they were), notes and cards that are there already stay as they are.
    """

    def __init__(self, connection: sqlite3.Connection, packed: Packed) -> None:
        self._connection = connection
        self._packed = packed
        self._columns = {table: columns_of(connection, table) for table in TABLES}
        self._above = {table: self._last_id(table) for table in WITH_IDS}
        there = connection.execute("SELECT started_at, mode, clip_set, seed FROM sessions")
        self._there = {tuple(row) for row in there}
        self._noted = {tuple(row) for row in connection.execute("SELECT written_at, text FROM notes")}
        self._sessions: dict[int, int | None] = {}  # None: was there already
        self._axes: dict[int, int] = {}  # of each trace that came in
        self._answers = self._notes = 0

    def take(self, tables: Mapping[str, Iterable[Row]]) -> Taken:
        """Add the rows of each table. Raises RowError."""
        for table in TABLES:
            for number, row in enumerate(tables.get(table, ()), start=1):
                self._take_row(table, number, row)
        new = [session_id for session_id in self._sessions.values() if session_id is not None]
        for session_id in new:
            self._packed.renew(session_id)
        known = len(self._sessions) - len(new)
        return Taken(sessions=len(new), answers=self._answers, notes=self._notes, known=known)

    def _take_row(self, table: str, number: int, row: Row) -> None:
        take: Callable[[Row, Row], None] = getattr(self, f"_take_{table}")
        try:
            take(row, stored(self._columns[table], row))
        except NOT_A_ROW as error:
            raise RowError(table, number, str(error)) from error
        except Exception as error:  # SQLite's and SQLCipher's have no ancestor in common
            if getattr(error, "sqlite_errorcode", 0) & PRIMARY != sqlite3.SQLITE_CONSTRAINT:
                raise
            raise RowError(table, number, str(error)) from error

    def _take_sessions(self, row: Row, kept: Row) -> None:
        SessionRecord(**{**row, "setup": row["setup"] or {}, "scored_against": Source(row["scored_against"])})
        old_id = _count(row["id"])
        if old_id in self._sessions:
            raise ValueError(f"id: {old_id} is there twice")
        if (row["started_at"], row["mode"], row["clip_set"], row["seed"]) in self._there:
            self._sessions[old_id] = None
        else:
            self._sessions[old_id] = self._insert("sessions", kept)

    def _take_answers(self, row: Row, kept: Row) -> None:
        again = to_row(from_row(kept))
        for name, value in again.items():
            if kept[name] != value:
                raise ValueError(f"{name}: {kept[name]!r} does not go with the rest, which says {value!r}")
        if self._with_session(row, kept):
            self._insert("answers", kept)
            self._answers += 1

    def _take_skips(self, row: Row, kept: Row) -> None:
        SkipRecord(**row)
        if self._with_session(row, kept):
            insert(self._connection, "skips", kept)

    def _take_traces(self, row: Row, kept: Row) -> None:
        axes = tuple(row["axes"])
        TraceRecord(**{**row, "axes": axes})
        if self._with_session(row, kept):
            self._axes[_count(row["id"])] = len(axes)
            self._insert("traces", kept)

    def _take_samples(self, row: Row, kept: Row) -> None:
        width = self._axes.get(row["trace_id"])
        if width is None:  # of a session that was there already
            return
        if not all(len(sample) == 1 + width and all(map(isfinite, sample)) for sample in row["samples"]):
            raise ValueError(f"samples: a time and {width} values wanted in each")
        if any(later[0] < earlier[0] for earlier, later in pairwise(row["samples"])):
            raise ValueError("samples: not in the order of their times")
        trace_id = self._above["traces"] + _count(row["trace_id"])
        insert(self._connection, "samples", kept | {"trace_id": trace_id, "number": _count(row["number"])})

    def _take_cards(self, row: Row, kept: Row) -> None:
        CardRecord(**row)
        key = [row[name] for name in ("one", "other", "channel", "band")]
        there = "SELECT 1 FROM cards WHERE one = ? AND other = ? AND channel = ? AND band = ?"
        if self._connection.execute(there, key).fetchone() is None:
            insert(self._connection, "cards", kept)

    def _take_notes(self, row: Row, kept: Row) -> None:
        note = NoteRecord(**row)
        if (note.written_at, note.text) not in self._noted:
            self._insert("notes", kept)
            self._notes += 1

    def _insert(self, table: str, kept: Row) -> int:
        """Add a row under its id here."""
        return insert(self._connection, table, kept | {"id": self._above[table] + _count(kept["id"])})

    def _with_session(self, row: Row, kept: Row) -> bool:
        """Give the row its session's id here; False where that session was there already."""
        old_id = row["session_id"]
        if old_id not in self._sessions:
            raise ValueError(f"session_id: there is no session {old_id}")
        kept["session_id"] = self._sessions[old_id]
        return kept["session_id"] is not None

    def _last_id(self, table: str) -> int:
        ((found,),) = self._connection.execute(f"SELECT ifnull(max(id), 0) FROM {table}")  # noqa: S608 - our own names
        return int(found)


def _count(number: Any) -> int:  # noqa: ANN401 - comes out of a file
    """An id or a count. Raises ValueError for what is neither."""
    if type(number) is not int or not 0 <= number < LARGEST:
        raise ValueError(f"{number!r} is no number of a row")
    return number
