"""What can be asked of the database and told to it. Every change is on the disk when its method returns."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING

from attune.affect.reading import Reading, Source
from attune.storage.answer_rows import from_row, readings, to_row
from attune.storage.database import snapshot, transaction
from attune.storage.engine import rows_by_name
from attune.storage.notes import Notes
from attune.storage.packed import Packed
from attune.storage.partner import Partner
from attune.storage.partner_removal import PartnerRemoval
from attune.storage.past import Past
from attune.storage.records import (
    AnswerRecord,
    CardRecord,
    SessionRecord,
    SessionSummary,
    SkipRecord,
    check_time,
)
from attune.storage.removal import Removal
from attune.storage.rows import as_json, insert
from attune.storage.speed import multiply, plain_tally
from attune.storage.taking_in import Taken, TakingIn
from attune.storage.traces import Traces
from attune.storage.whole import Column, Row, columns_of, rows_of

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.storage.columns import Columns

SESSION_COLUMNS = tuple(
    "setup_json" if field.name == "setup" else field.name for field in fields(SessionRecord)
)

# The counts come out of the index answers_tally alone; no answer is read.
TALLY = f"""
    SELECT {", ".join(f"sessions.{name}" for name in SESSION_COLUMNS)},
        count(answers.id) FILTER (WHERE answers.scored) AS answered,
        count(answers.id) FILTER (WHERE answers.scored AND answers.same) AS agreed,
        count(answers.id) FILTER (WHERE NOT answers.scored) AS unscored, (
            SELECT count(*) FROM traces WHERE session_id = sessions.id AND ended_at IS NOT NULL
        ) AS traced, (SELECT count(*) FROM traces WHERE session_id = sessions.id) AS begun
    FROM sessions LEFT JOIN answers ON answers.session_id = sessions.id
"""  # noqa: S608 - our own field names


class Store:
    """The database as records. Use on the thread that opened the connection.

    Methods raise sqlite3.Error; ``Database`` turns the known ones into StorageError.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows_by_name(connection)
        self.past = Past(connection)
        self.notes = Notes(connection)
        self._packed = Packed(connection)
        self.delete = Removal(connection, self._packed)
        self.traces = Traces(connection, self.delete)
        self.partner = Partner(connection)
        self.forget = PartnerRemoval(connection, self.partner, self.delete)
        if not connection.execute("PRAGMA query_only").fetchone()[0]:
            self._packed.renew_missing()

    def close(self) -> None:
        """Close the file; the last to close folds the write-ahead log into it."""
        self._connection.close()

    def mend(self) -> None:
        """Make what is kept twice the same again, after an end that was not clean."""
        self._packed.renew_damaged()

    def together(self) -> AbstractContextManager[None]:
        """Everything told within is kept together on the disk, or nothing of it is."""
        return transaction(self._connection)

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read within is of one moment."""
        return snapshot(self._connection)

    def begin_session(self, session: SessionRecord) -> int:
        """Keep a new session and return its id; the record's own id is not looked at."""
        row = {field.name: getattr(session, field.name) for field in fields(session)}
        setup = row.pop("setup")
        row |= {"id": None, "setup_json": as_json(setup) if setup else ""}
        with transaction(self._connection):
            session_id = insert(self._connection, "sessions", row)
            self._packed.begin(session_id)
        return session_id

    def end_session(self, session_id: int, ended_at: str) -> None:
        """Note when a session ended. Raises ValueError unless that is an ISO 8601 time in UTC."""
        check_time("ended_at", ended_at)
        self._connection.execute("UPDATE sessions SET ended_at = ? WHERE id = ?", (ended_at, session_id))
        # Somebody who copies the one file while Attune runs should have every finished session in it.
        self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def add_answer(self, answer: AnswerRecord, card: CardRecord | None = None) -> int:
        """Keep an answer as one row, with what it made of its card, and return its id.

        The record's own id is not looked at.
        Raises sqlite3.IntegrityError if its session is not there or has an answer at that position.
        """
        with transaction(self._connection):
            if card is not None:
                self.past.put_card(card)
            answer_id = insert(self._connection, "answers", to_row(answer))
            self._packed.add(replace(answer, id=answer_id))
            self.delete.late(answer.clip_hash)
        return answer_id

    def add_skip(self, skip: SkipRecord) -> None:
        """Keep that a trial could not be shown."""
        with transaction(self._connection):
            insert(self._connection, "skips", asdict(skip))
            self.delete.late(skip.clip_hash)

    def skips(self, session_id: int) -> list[SkipRecord]:
        """The trials of a session that could not be shown, in order."""
        rows = self._connection.execute(
            "SELECT * FROM skips WHERE session_id = ? ORDER BY position", (session_id,)
        )
        return [SkipRecord(**dict(row)) for row in rows]

    def attach_reference(self, answer_id: int, reference: Reading) -> bool:
        """Add a reference that came after the answer, in place of an earlier one by the same.

        False if the answer is no longer there. What the answer was scored against stays as it was.
        """
        with transaction(self._connection):
            row = self._connection.execute(
                "SELECT references_json FROM answers WHERE id = ?", (answer_id,)
            ).fetchone()
            if row is None:
                return False
            who = (reference.source, reference.by)
            others = [r for r in readings(row["references_json"]) if (r.source, r.by) != who]
            self._connection.execute(
                "UPDATE answers SET references_json = ? WHERE id = ?",
                (as_json([r.to_json() for r in (*others, reference)]), answer_id),
            )
        return True

    def sessions(self) -> list[SessionSummary]:
        """Every session with its counts, newest first."""
        rows = self._connection.execute(
            TALLY + "GROUP BY sessions.id ORDER BY sessions.started_at DESC, sessions.id DESC"
        )
        return [_summary(row) for row in rows]

    def session(self, session_id: int) -> SessionSummary | None:
        """One session with its counts; None if there is none."""
        row = self._connection.execute(
            TALLY + "WHERE sessions.id = ? GROUP BY sessions.id", (session_id,)
        ).fetchone()
        return None if row is None else _summary(row)

    def unfinished(self) -> list[SessionSummary]:
        """The sessions that were left and can be gone on with, newest first."""
        rows = self._connection.execute(
            TALLY + "WHERE sessions.ended_at IS NULL AND sessions.setup_json <> ''"
            " GROUP BY sessions.id ORDER BY sessions.started_at DESC, sessions.id DESC"
        )
        return [_summary(row) for row in rows]

    def answers(self, session_id: int) -> list[AnswerRecord]:
        """The answers of a session, in the order they were given."""
        rows = self._connection.execute(
            "SELECT * FROM answers WHERE session_id = ? ORDER BY position", (session_id,)
        )
        return [from_row(row) for row in rows]

    def answer_columns(self, only: Collection[str] | None = None) -> Columns:
        """Every answer as numpy columns, all of them or only those named; see there."""
        from attune.storage.columns import ANSWER_COLUMNS, answer_columns  # noqa: PLC0415 - loads numpy

        return answer_columns(self._connection, ANSWER_COLUMNS if only is None else only)

    def session_columns(self) -> Columns:
        """Every session as numpy columns; see there."""
        from attune.storage.columns import session_columns  # noqa: PLC0415 - loads numpy

        return session_columns(self._connection)

    def columns_of(self, table: str) -> tuple[Column, ...]:
        """The columns of one of ``whole.TABLES``."""
        return columns_of(self._connection, table)

    def rows_of(self, table: str) -> Iterator[Row]:
        """Every row of one of ``whole.TABLES`` as plain data."""
        return rows_of(self._connection, table)

    def take_in(self, tables: Mapping[str, Iterable[Row]]) -> Taken:
        """Add what another history's ``rows_of`` gave, or nothing of it. Raises RowError."""
        with transaction(self._connection):
            return TakingIn(self._connection, self._packed).take(tables)

    def multiply(self, times: int) -> None:
        """Repeat every session, for measuring speed; see there."""
        multiply(self._connection, times)

    def plain_tally(self) -> Counter[tuple[str, str]]:
        """How often each emotion was said for each, read in the plain way, for measuring speed."""
        return plain_tally(self._connection)

    def stamp(self) -> tuple[int, int]:
        """Differs from an earlier one once anything was written, by whomever."""
        (others,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(others), self._connection.total_changes


def _summary(row: sqlite3.Row) -> SessionSummary:
    session = {name: row[name] for name in SESSION_COLUMNS}
    session["scored_against"] = Source(session["scored_against"])
    setup = session.pop("setup_json")
    session["setup"] = json.loads(setup) if setup else {}
    return SessionSummary(
        session=SessionRecord(**session),
        answered=row["answered"],
        agreed=row["agreed"],
        unscored=row["unscored"],
        traced=row["traced"],
        begun=row["begun"],
    )
