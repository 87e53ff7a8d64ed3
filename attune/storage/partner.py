"""The tables of two people at one computer. Every change is on the disk when its method returns."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from attune.affect.reading import Reading
from attune.sealing import KEY, sealed_path
from attune.storage.database import transaction
from attune.storage.leaving import folder_of
from attune.storage.partner_records import Agreed, Kind, Moment, Note, Person, Recording
from attune.storage.records import check_time, utc_text
from attune.storage.rows import as_json, insert
from attune.storage.troubles import DamagedError

CORNERS = ("felt", "expressed", "intended", "perceived")

# Whoever stands at the end of such a statement changes something in that table.
CHANGED = "(SELECT ifnull(max(changed), 0) + 1 FROM {})"


class Partner:
    """People, moments, recordings, notes. Use on the thread that opened the connection.

    Raises KeyError where an id is nobody's, sqlite3.Error; ``Database`` turns known ones into StorageError.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def folder(self) -> Path:
        """Where the films lie, sealed."""
        return folder_of(self._connection)

    # People

    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order they came."""
        return tuple(map(_person, self._connection.execute("SELECT * FROM people ORDER BY id")))

    def person(self, person_id: int) -> Person:
        """One of them."""
        return _person(self._row("people", person_id))

    def add_person(self, name: str, when: str) -> Person:
        """Keep somebody new. ``when``: an ISO 8601 time in UTC, else ValueError."""
        check_time("when", when)
        return self.person(self._insert("people", {"name": name, "made_at": when}))

    def rename(self, person_id: int, name: str) -> None:
        """Call somebody by another name."""
        self._change("people", person_id, {"name": name})

    def agree(self, person_id: int, agreed: Agreed, when: str) -> Person:
        """Keep what somebody agrees to from now on; without the reading, what was measured at rest goes."""
        check_time("when", when)
        changes: dict[str, object] = {"agreed_json": as_json(asdict(agreed)), "agreed_at": when}
        if not agreed.reading:
            changes["neutral_json"] = None
        self._change("people", person_id, changes)
        return self.person(person_id)

    def set_neutral(self, person_id: int, neutral: Mapping[str, Any]) -> None:
        """Keep somebody's face at rest. Raises ValueError unless they agreed to the reading."""
        if not _agreed(self.person(person_id)).reading:
            raise ValueError("neutral: not agreed to")
        self._change("people", person_id, {"neutral_json": as_json(dict(neutral))})

    def drop_neutral(self, person_id: int) -> None:
        """Keep it no more."""
        self._change("people", person_id, {"neutral_json": None})

    # Moments

    def keep(self, moment: Moment) -> Moment:
        """Add a moment, or put it in the place of the one with its id.

        Raises ValueError where something was measured of somebody who did not agree to that.
        """
        people = {each: self.person(each) for each in (moment.shower, moment.noticer)}
        if moment.is_measured and not _agreed(people[moment.measured_of]).reading:
            raise ValueError("expressed, units, told: measured of somebody who did not agree to that")
        row = _moment_row(moment)
        if moment.id is None:
            return replace(moment, id=self._insert("moments", row))
        self._change("moments", moment.id, row)
        return moment

    def moments(
        self, *, kind: Kind | None = None, people: Collection[int] | None = None
    ) -> tuple[Moment, ...]:
        """Those of one kind, and between these people, where that is said; oldest first."""
        rows = self._connection.execute(
            "SELECT * FROM moments WHERE ifnull(kind = ?, 1) ORDER BY happened_at, id", (kind,)
        )
        wanted = set(people or ())
        return tuple(_moment(row) for row in rows if wanted <= {row["shower_id"], row["noticer_id"]})

    def reveal(self, moment_id: int) -> None:
        """Let a moment's agreement be seen."""
        self._change("moments", moment_id, {"revealed": 1})

    # Recordings

    def begin_recording(self, people: Collection[int], when: str, *, sound: bool) -> Recording:
        """Keep a new key for a film that does not exist yet. Raises ValueError unless all agreed."""
        check_time("when", when)
        for person in map(self.person, people):
            if not (_agreed(person).camera and _agreed(person).recording):
                raise ValueError("people: one of them did not agree to be recorded")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        row = {"file": f"{uuid4().hex}.sealed", "key": os.urandom(KEY), "begun_at": when, "sound": sound}
        with transaction(self._connection):
            recording_id = insert(self._connection, "recordings", row)
            for person_id in people:
                insert(self._connection, "recorded", {"recording_id": recording_id, "person_id": person_id})
        return self.recording(recording_id)

    def end_recording(self, recording_id: int, seconds: float, when: str) -> None:
        """Note that a film came to its end."""
        check_time("when", when)
        self._update("recordings", recording_id, {"ended_at": when, "seconds": seconds})

    def finished(self, recording_id: int, seconds: float | None) -> None:
        """Note that a film says by itself how long it is."""
        self._update("recordings", recording_id, {"finished": 1, "seconds": seconds})

    def discard(self, recording_id: int) -> Path:
        """Know a film of just now no more, that nobody wants; copies of the history stay.

        Its file is the caller's to delete; where that comes to nothing, it goes at the next start.
        """
        film = self.recording(recording_id).path
        self._connection.execute("DELETE FROM recordings WHERE id = ?", (recording_id,))
        return film

    def unfinished(self) -> tuple[Recording, ...]:
        """The films that do not say yet how long they are: of just now, or broken off."""
        rows = self._connection.execute("SELECT * FROM recordings WHERE NOT finished ORDER BY id")
        return tuple(self._recording(row) for row in rows.fetchall())

    def recordings(self, person_id: int | None = None) -> tuple[Recording, ...]:
        """Every film, or those somebody is in; oldest first."""
        rows = self._connection.execute(
            "SELECT * FROM recordings WHERE ?1 IS NULL OR id IN"
            " (SELECT recording_id FROM recorded WHERE person_id = ?1) ORDER BY begun_at, id",
            (person_id,),
        )
        return tuple(self._recording(row) for row in rows.fetchall())

    def recording(self, recording_id: int) -> Recording:
        """One of them."""
        return self._recording(self._row("recordings", recording_id))

    # Notes

    def notes(self, person_id: int | None = None, kind: str | None = None) -> tuple[Note, ...]:
        """Those about one person, of one kind, where that is said; in the order they were written."""
        rows = self._connection.execute(
            "SELECT * FROM told_notes WHERE ifnull(person_id = ?, 1) AND ifnull(kind = ?, 1) ORDER BY id",
            (person_id, kind),
        )
        return tuple(map(_note, rows))

    def add_note(self, note: Note) -> Note:
        """Keep a new note; its id is the table's to give."""
        check_time("at", note.at)
        row = {
            "person_id": note.person,
            "by_id": note.by,
            "kind": note.kind,
            "text_key": note.key,
            "text": note.text,
            "at": note.at,
        }
        return replace(note, id=self._insert("told_notes", row))

    def change_note(self, note_id: int, text: str) -> None:
        """Put another text in its place."""
        self._change("told_notes", note_id, {"text": text})

    def _recording(self, row: sqlite3.Row) -> Recording:
        """``delete_by`` is never kept: what people agree to may change."""
        people = self._connection.execute(
            "SELECT people.* FROM people JOIN recorded ON person_id = people.id WHERE recording_id = ?"
            " ORDER BY people.id",
            (row["id"],),
        ).fetchall()
        limits = [days for each in people if (days := _agreed(_person(each)).keep_days) is not None]
        with _as_written(row):
            begun = datetime.fromisoformat(row["begun_at"])
        return Recording(
            id=row["id"],
            people=tuple(each["id"] for each in people),
            begun_at=row["begun_at"],
            ended_at=row["ended_at"],
            seconds=row["seconds"],
            path=sealed_path(self.folder / row["file"], bytes(row["key"])),
            delete_by=utc_text(begun + timedelta(days=min(limits))) if limits else None,
            sound=bool(row["sound"]),
        )

    def _row(self, table: str, row_id: int) -> sqlite3.Row:
        row: sqlite3.Row | None = self._connection.execute(
            f"SELECT * FROM {table} WHERE id = ?",  # noqa: S608 - our own names, here and below
            (row_id,),
        ).fetchone()
        if row is None:
            raise KeyError(f"{table}: {row_id}")
        return row

    def _insert(self, table: str, row: Mapping[str, object]) -> int:
        with transaction(self._connection):
            row_id = insert(self._connection, table, {**row, "changed": 0})
            self._update(table, row_id, {}, CHANGED.format(table))
        return row_id

    def _change(self, table: str, row_id: int, changes: Mapping[str, object]) -> None:
        self._update(table, row_id, changes, CHANGED.format(table))

    def _update(self, table: str, row_id: int, changes: Mapping[str, object], changed: str = "") -> None:
        values = [f"{name} = :{name}" for name in changes] + ([f"changed = {changed}"] if changed else [])
        done = self._connection.execute(
            f"UPDATE {table} SET {', '.join(values)} WHERE id = :id",  # noqa: S608 - as above
            {**changes, "id": row_id},
        )
        if done.rowcount != 1:
            raise KeyError(f"{table}: {row_id}")


def _agreed(person: Person) -> Agreed:
    """Whoever was not asked yet agreed to nothing."""
    return person.agreed or Agreed()


@contextmanager
def _as_written(row: sqlite3.Row) -> Iterator[None]:
    """A disk may change bytes unnoticed."""
    try:
        yield
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedError(f"row {row['id']}: {error}") from error


def _loaded(text: str | None) -> Any:  # noqa: ANN401 - plain JSON
    return None if text is None else json.loads(text)


def _person(row: sqlite3.Row) -> Person:
    with _as_written(row):
        agreed = _loaded(row["agreed_json"])
        return Person(
            id=row["id"],
            name=row["name"],
            made_at=row["made_at"],
            agreed=None if agreed is None else Agreed(**agreed),
            agreed_at=row["agreed_at"],
            neutral=_loaded(row["neutral_json"]),
        )


def _moment_row(moment: Moment) -> dict[str, object]:
    corners = {name: getattr(moment, name) for name in CORNERS}
    return {
        "kind": str(moment.kind),
        "happened_at": moment.happened_at,
        "shower_id": moment.shower,
        "noticer_id": moment.noticer,
        **{
            f"{name}_json": None if said is None else as_json(said.to_json())
            for name, said in corners.items()
        },
        "units_json": as_json(moment.units),
        "told_json": as_json(dict(moment.told)),
        "revealed": moment.revealed,
        "recording_id": moment.recording,
    }


def _moment(row: sqlite3.Row) -> Moment:
    with _as_written(row):
        said = {name: _loaded(row[f"{name}_json"]) for name in CORNERS}
        corners = {name: None if each is None else Reading.from_json(each) for name, each in said.items()}
        return Moment(
            id=row["id"],
            kind=Kind(row["kind"]),
            happened_at=row["happened_at"],
            shower=row["shower_id"],
            noticer=row["noticer_id"],
            units=tuple((code, side, amount) for code, side, amount in _loaded(row["units_json"])),
            told=_loaded(row["told_json"]),
            revealed=bool(row["revealed"]),
            recording=row["recording_id"],
            **corners,
        )


def _note(row: sqlite3.Row) -> Note:
    return Note(
        id=row["id"],
        person=row["person_id"],
        by=row["by_id"],
        kind=row["kind"],
        key=row["text_key"],
        text=row["text"],
        at=row["at"],
    )
