"""What a therapist or trainer notes down about a profile."""

from __future__ import annotations

import sqlite3

from attune.storage.records import NoteRecord, check_time
from attune.storage.rows import insert


class Notes:
    """The table ``notes``. Use on the thread that opened the connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> tuple[NoteRecord, ...]:
        """Every note, in the order they were written."""
        return tuple(
            NoteRecord(**dict(row)) for row in self._connection.execute("SELECT * FROM notes ORDER BY id")
        )

    def add(self, text: str, when: str) -> int:
        """Keep a new note; its id. ``when``: an ISO 8601 time in UTC, else ValueError."""
        check_time("when", when)
        return insert(self._connection, "notes", {"written_at": when, "changed_at": when, "text": text})

    def change(self, note_id: int, text: str, when: str) -> bool:
        """Put another text in its place; False if the note is no longer there."""
        check_time("when", when)
        changed = self._connection.execute(
            "UPDATE notes SET text = ?, changed_at = ? WHERE id = ?", (text, when, note_id)
        )
        return changed.rowcount == 1
