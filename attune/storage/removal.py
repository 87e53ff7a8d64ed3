"""Deleting so that nothing is left: not in the file, its log, its copies or its backups."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from attune.storage.backups import Backups
from attune.storage.database import path_of, remove_copies, transaction
from attune.storage.packed import Packed
from attune.storage.troubles import BusyError, InUseError

# "seen" is the setting of daily practice that names people. Later sessions were told who was seen before
# them: that goes from all, as nobody can tell any more who was seen in what is deleted.
FORGET_SEEN = """
    UPDATE sessions SET setup_json = json_remove(setup_json, '$.seen')
    WHERE setup_json <> '' AND json_extract(setup_json, '$.seen[0]') IS NOT NULL
"""
WITHIN = "CAST(strftime('%s', {time}) AS INTEGER) >= ?1 AND CAST(strftime('%s', {time}) AS INTEGER) < ?2"


class Removal:
    """Use on the thread that opened the connection. A fresh backup is the caller's to make."""

    def __init__(self, connection: sqlite3.Connection, packed: Packed) -> None:
        self._connection = connection
        self._packed = packed

    def session(self, session_id: int) -> None:
        """Delete a session with all that belongs to it."""
        self._copies()
        with transaction(self._connection):
            self._connection.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
            self._forget()
        self._squeeze()

    def between(self, begin: datetime, end: datetime) -> None:
        """Delete what was begun, answered, followed, learned or noted from ``begin`` until before ``end``.

        Sessions begun then go as a whole; of others only what was given then. A card last looked at then goes
        too: what it was before is not known any more.
        """
        self._copies()
        span = (int(begin.timestamp()), int(end.timestamp()))
        with transaction(self._connection):
            self._delete("sessions", "started_at", span)
            torn = self._connection.execute(
                f"SELECT DISTINCT session_id FROM answers WHERE {WITHIN.format(time='answered_at')}",  # noqa: S608 - as below
                span,
            ).fetchall()
            self._delete("answers", "answered_at", span)
            self._delete("traces", "started_at", span)
            self._delete("notes", "written_at", span)
            self._delete("cards", "json_extract(state_json, '$.last_review')", span)
            for row in torn:
                self._packed.renew(row[0])
            self._forget()
        self._squeeze()

    def note(self, note_id: int) -> None:
        """Delete a note."""
        self._copies()
        self._connection.execute("DELETE FROM notes WHERE id = ?", (note_id,))
        self._squeeze()

    def _delete(self, table: str, time: str, span: tuple[int, int]) -> None:
        self._connection.execute(f"DELETE FROM {table} WHERE {WITHIN.format(time=time)}", span)  # noqa: S608 - our own names

    def _copies(self) -> None:
        """First of all: should anything go amiss, it can be asked for again."""
        if self._connection.execute("PRAGMA query_only").fetchone()[0]:
            raise InUseError("nothing can be deleted here")
        path = path_of(self._connection)
        remove_copies(path)
        Backups(path).remove_all()

    def _forget(self) -> None:
        self._packed.forget_texts()
        self._connection.execute(FORGET_SEEN)

    def _squeeze(self) -> None:
        """Deleted rows are overwritten already; their pages go back to the disk, and the log is emptied."""
        self._connection.execute("VACUUM")
        busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise BusyError("another program is reading the log")
