"""What can be asked of the database and told to it. Every change is on the disk when its method returns."""

from __future__ import annotations

import json
import sqlite3
from contextlib import AbstractContextManager
from dataclasses import asdict, fields
from typing import Any

from attune.affect.reading import Reading, Source
from attune.scoring.agreement import Agreement
from attune.storage.database import forget_in_copies, transaction
from attune.storage.past import Past
from attune.storage.records import (
    AnswerRecord,
    CardRecord,
    SessionRecord,
    SessionSummary,
    SkipRecord,
    check_time,
)
from attune.storage.rows import as_json, insert
from attune.storage.traces import Traces

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

# "seen" is the setting of daily practice that names people.
FORGET_SEEN = """
    UPDATE sessions SET setup_json = json_remove(setup_json, '$.seen')
    WHERE setup_json <> '' AND json_extract(setup_json, '$.seen[0]') IS NOT NULL
"""


class Store:
    """The database as records. Use on the thread that opened the connection.

    Methods raise sqlite3.Error; ``Database`` turns the known ones into StorageError.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._connection.row_factory = sqlite3.Row
        self.traces = Traces(connection)
        self.past = Past(connection)

    def close(self) -> None:
        """Close the file; the last to close folds the write-ahead log into it."""
        self._connection.close()

    def together(self) -> AbstractContextManager[None]:
        """Everything told within is kept together on the disk, or nothing of it is."""
        return transaction(self._connection)

    def begin_session(self, session: SessionRecord) -> int:
        """Keep a new session and return its id; the record's own id is not looked at."""
        row = {field.name: getattr(session, field.name) for field in fields(session)}
        setup = row.pop("setup")
        return insert(
            self._connection, "sessions", row | {"id": None, "setup_json": as_json(setup) if setup else ""}
        )

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
        if card is None:
            return insert(self._connection, "answers", _to_row(answer))
        with transaction(self._connection):
            self.past.put_card(card)
            return insert(self._connection, "answers", _to_row(answer))

    def add_skip(self, skip: SkipRecord) -> None:
        """Keep that a trial could not be shown."""
        insert(self._connection, "skips", asdict(skip))

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
            others = [r for r in _readings(row["references_json"]) if (r.source, r.by) != who]
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
        return [_from_row(row) for row in rows]

    def delete_session(self, session_id: int) -> None:
        """Delete a session with all its answers, and what is left of it in the file, its log and its copies.

        Later sessions were told who was seen before them: that goes from all, as nobody can tell any more
        who was seen in this one.
        """
        forget_in_copies(self._connection, session_id)
        with transaction(self._connection):
            self._connection.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
            self._connection.execute(FORGET_SEEN)
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


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


def _to_row(answer: AnswerRecord) -> dict[str, Any]:
    return {
        "session_id": answer.session_id,
        "position": answer.position,
        "answered_at": answer.answered_at,
        "clip_name": answer.clip_name,
        "clip_hash": answer.clip_hash,
        "person": answer.person,
        "channel": answer.channel,
        "chosen": answer.chosen,
        "reference": answer.reference,
        "same": answer.agreement.same,
        "brier": answer.agreement.brier,
        "skill": answer.agreement.skill,
        "intensity": answer.perceived.intensity,
        "confidence": answer.perceived.confidence,
        "response_ms": answer.response_ms,
        "replays": answer.replays,
        "perceived_json": as_json(answer.perceived.to_json()),
        "references_json": as_json([reading.to_json() for reading in answer.references]),
        "agreement_json": as_json(asdict(answer.agreement)),
        "choices_json": as_json(answer.choices),
        "scored": answer.scored,
        "difficulty": answer.difficulty,
        "shown_json": as_json(dict(answer.shown)),
        "word": answer.word,
    }


def _from_row(row: sqlite3.Row) -> AnswerRecord:
    agreement = json.loads(row["agreement_json"])
    return AnswerRecord(
        id=row["id"],
        session_id=row["session_id"],
        position=row["position"],
        answered_at=row["answered_at"],
        clip_name=row["clip_name"],
        clip_hash=row["clip_hash"],
        person=row["person"],
        channel=row["channel"],
        perceived=Reading.from_json(json.loads(row["perceived_json"])),
        references=_readings(row["references_json"]),
        agreement=Agreement(**{**agreement, "reference": Source(agreement["reference"])}),
        response_ms=row["response_ms"],
        replays=row["replays"],
        choices=tuple(json.loads(row["choices_json"])),
        scored=bool(row["scored"]),
        difficulty=row["difficulty"],
        shown=json.loads(row["shown_json"]),
        word=row["word"],
    )


def _readings(text: str) -> tuple[Reading, ...]:
    return tuple(Reading.from_json(reading) for reading in json.loads(text))
