"""Deleting so that nothing is left: not in the file, its log, its copies or its backups."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime

from attune.affect.reading import Source
from attune.storage.backups import Backups
from attune.storage.database import path_of, remove_copies, transaction
from attune.storage.leaving import clear, hash_of, let_go, settle
from attune.storage.packed import Packed
from attune.storage.rows import as_json
from attune.storage.troubles import BusyError, InUseError

# "seen" is the setting of daily practice that names people. Later sessions were told who was seen before
# them: that goes from all, as nobody can tell any more who was seen in what is deleted.
FORGET_SEEN = """
    UPDATE sessions SET setup_json = json_remove(setup_json, '$.seen')
    WHERE setup_json <> '' AND json_extract(setup_json, '$.seen[0]') IS NOT NULL
"""
# Who was seen, and in which clip, goes; what the person practising said of it is theirs and stays.
UNLINK = """
    UPDATE {table} SET clip_name = '', clip_hash = '' {more}
    WHERE clip_hash IN (SELECT value FROM json_each(?))
"""
UNLINKED = {"answers": ", person = ''", "traces": ", person = '', reference_json = NULL", "skips": ""}
COUNT = "SELECT count(*) FROM {table} WHERE clip_hash IN (SELECT value FROM json_each(?))"
WITHIN = "CAST(strftime('%s', {time}) AS INTEGER) >= ?1 AND CAST(strftime('%s', {time}) AS INTEGER) < ?2"
# A film goes with its moment, even if it began before midnight and the moment was kept after it.
FILMS_WITHIN = f"""
    SELECT file FROM recordings WHERE {WITHIN.format(time="begun_at")}
        OR id IN (SELECT recording_id FROM moments WHERE {WITHIN.format(time="happened_at")})
"""  # noqa: S608 - our own names


class Removal:
    """Use on the thread that opened the connection. A fresh backup is the caller's to make."""

    def __init__(self, connection: sqlite3.Connection, packed: Packed) -> None:
        self._connection = connection
        self._packed = packed
        # Hashes of films that were deleted, or not to be measured any more, since the history was opened.
        self._gone: set[str] = set()
        self._unmeasured: set[str] = set()

    def session(self, session_id: int) -> None:
        """Delete a session with all that belongs to it."""
        self.copies()
        with transaction(self._connection):
            self._connection.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
            self._forget()
        self.squeeze()

    def between(self, begin: datetime, end: datetime) -> None:
        """Delete what was begun, answered, followed, learned or noted from ``begin`` until before ``end``.

        Sessions begun then go as a whole; of others only what was given then. A card last looked at then goes
        too: what it was before is not known any more. So do moments with a partner, films and notes about
        them; who the two are and what they agreed to stays, until one of them is forgotten.
        """
        self.copies()
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
            films = self._connection.execute(FILMS_WITHIN, span).fetchall()  # before what leads to them
            self._delete("moments", "happened_at", span)
            self._delete("told_notes", "at", span)
            self.films([row["file"] for row in films])
            self._forget()
        self.squeeze()

    def count_links(self, hashes: Collection[str]) -> int:
        """How many answers, skips and traces lead to clips with these hashes; nothing is changed."""
        wanted = as_json(list(hashes))
        counts = (self._connection.execute(COUNT.format(table=table), (wanted,)) for table in UNLINKED)
        return sum(int(found.fetchone()[0]) for found in counts)

    def links(self, hashes: Collection[str]) -> None:
        """Make it impossible to tell which answers were about clips with these hashes, or who is in them.

        What was answered stays, without the clip, the person, and all that was measured or said of the clip
        but what the answer was scored against.
        """
        self.copies()
        with transaction(self._connection):
            self._unlink(hashes)
        self.squeeze()

    def films(self, files: Collection[str]) -> None:
        """Delete films, and what leads to them; part of a transaction, before :meth:`squeeze`."""
        hashes = [hash_of(file) for file in files]
        if self.count_links(hashes):
            self._unlink(hashes)
        self._gone.update(hashes)
        let_go(self._connection, ["", *files])

    def late(self, clip_hash: str) -> None:
        """Something was kept about this clip; what was deleted of it meanwhile goes from that too.

        A session that had begun may go on with it. Part of the transaction it was kept in.
        """
        if clip_hash in self._gone:
            self._unlink([clip_hash])
        elif clip_hash in self._unmeasured:
            self.measured([clip_hash])

    def measured(self, hashes: Collection[str]) -> None:
        """Take what was measured in clips with these hashes out of the answers; part of a transaction.

        Nothing is scored against that, so it is in no packed answer either.
        """
        self._unmeasured.update(hashes)
        about = self._connection.execute(
            "SELECT id, references_json FROM answers WHERE clip_hash IN (SELECT value FROM json_each(?))",
            (as_json(list(hashes)),),
        )
        for row in about.fetchall():
            said = [each for each in json.loads(row["references_json"]) if each["source"] != Source.MEASURED]
            self._connection.execute(
                "UPDATE answers SET references_json = ? WHERE id = ?", (as_json(said), row["id"])
            )

    def _unlink(self, hashes: Collection[str]) -> None:
        wanted = as_json(list(hashes))
        about = self._connection.execute(
            "SELECT id, session_id, clip_name, references_json, agreement_json FROM answers"
            " WHERE clip_hash IN (SELECT value FROM json_each(?))",
            (wanted,),
        ).fetchall()
        self._forget_other({row["clip_name"] for row in about})
        for row in about:
            self._connection.execute(
                "UPDATE answers SET references_json = ? WHERE id = ?",
                (_scored_alone(row["references_json"], row["agreement_json"]), row["id"]),
            )
        for table, more in UNLINKED.items():
            self._connection.execute(UNLINK.format(table=table, more=more), (wanted,))
        for session_id in {row["session_id"] for row in about}:
            self._packed.renew(session_id)
        self._forget()

    def _forget_other(self, names: Iterable[str]) -> None:
        """Of two clips side by side, the answer to one names the other."""
        self._connection.execute(
            "UPDATE answers SET shown_json = json_remove(shown_json, '$.other')"
            " WHERE json_extract(shown_json, '$.other') IN (SELECT value FROM json_each(?))",
            (as_json(list(names)),),
        )

    def note(self, note_id: int) -> None:
        """Delete a note."""
        self.copies()
        self._connection.execute("DELETE FROM notes WHERE id = ?", (note_id,))
        self.squeeze()

    def _delete(self, table: str, time: str, span: tuple[int, int]) -> None:
        self._connection.execute(f"DELETE FROM {table} WHERE {WITHIN.format(time=time)}", span)  # noqa: S608 - our own names

    def copies(self) -> None:
        """First of all: should anything go amiss, it can be asked for again."""
        if self._connection.execute("PRAGMA query_only").fetchone()[0]:
            raise InUseError("nothing can be deleted here")
        path = path_of(self._connection)
        remove_copies(path)
        Backups(path).remove_all()

    def _forget(self) -> None:
        self._packed.forget_texts()
        self._connection.execute(FORGET_SEEN)

    def squeeze(self) -> None:
        """Deleted rows are overwritten already; their pages go back to the disk, and the log is emptied.

        Films that were deleted go now; where one is held fast, as Windows does, at least its key does.
        """
        try:
            clear(self._connection)
        finally:
            self._connection.execute("VACUUM")
            busy, *_ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                raise BusyError("another program is reading the log")
        settle(self._connection)


def _scored_alone(references_json: str, agreement_json: str) -> str:
    """Only the references that the answer was scored against: without them it could not be read any more."""
    scored = json.loads(agreement_json)["reference"]
    return as_json([said for said in json.loads(references_json) if said["source"] == scored])
