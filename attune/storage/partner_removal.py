"""Taking what two people kept out of the history for good, their films too, however the program ends.

What goes is out of the tables in one step, and noted in the table ``leaving`` until it is off the disk
everywhere; where the program is ended before that, the next start goes on.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from attune.storage.backups import Backups
from attune.storage.database import path_of, transaction
from attune.storage.leaving import is_anything_leaving
from attune.storage.partner import Partner
from attune.storage.partner_records import (
    Agreed,
    Moment,
    Note,
    Person,
    Piece,
    Stored,
    What,
    clip_hash,
)
from attune.storage.removal import Removal


class PartnerRemoval:
    """Use on the thread that opened the connection. A fresh backup is the caller's to make."""

    def __init__(self, connection: sqlite3.Connection, partner: Partner, removal: Removal) -> None:
        self._connection = connection
        self._partner = partner
        self._removal = removal

    def moment(self, moment_id: int) -> None:
        """Delete a moment, its film, and what leads from answers to that; where it is still there."""
        films = self._connection.execute(
            "SELECT file FROM recordings JOIN moments ON recording_id = recordings.id WHERE moments.id = ?",
            (moment_id,),
        ).fetchall()
        with self._for_good([row["file"] for row in films]):
            self._delete("moments", moment_id)

    def recordings(self, recording_ids: Collection[int]) -> None:
        """Delete films; what leads from answers to them goes, their moments stay."""
        films = self._partner.recordings()
        with self._for_good([film.path.name for film in films if film.id in recording_ids]):
            pass

    def note(self, note_id: int) -> None:
        """Delete a note."""
        with self._for_good():
            self._delete("told_notes", note_id)

    def person(self, person_id: int) -> tuple[Piece, ...]:
        """Delete everything of somebody, with every moment and film they are in; the list of it."""
        pieces = self.pieces(person_id)
        # Their moments, their notes and those about them go by the tables' own references.
        films = [film.path.name for film in self._partner.recordings(person_id)]
        with self._for_good(films):
            self._delete("people", person_id)
        return pieces

    def agree(self, person_id: int, agreed: Agreed, when: str) -> Person:
        """Keep what somebody agrees to from now on; what they no longer agree to goes.

        Without the camera or recordings, the films they are in; without the reading, what was measured of
        them, in the answers to their films too. Their moments stay.
        """
        no_films = not (agreed.camera and agreed.recording)
        films = [film.path.name for film in self._partner.recordings(person_id)] if no_films else []
        measured = self._measured(person_id) or self._partner.person(person_id).neutral is not None
        if not films and (agreed.reading or not measured):
            return self._partner.agree(person_id, agreed, when)
        with self._for_good(films):
            if not agreed.reading:
                self._unmeasure(self._measured(person_id))
            return self._partner.agree(person_id, agreed, when)

    def _unmeasure(self, moments: Collection[Moment]) -> None:
        films = {moment.recording for moment in moments}
        hashes = [clip_hash(film) for film in self._partner.recordings() if film.id in films]
        self._removal.measured(hashes)
        for moment in moments:
            self._partner.keep(moment.unmeasured())

    def neutral(self, person_id: int) -> None:
        """Delete somebody's face at rest."""
        with self._for_good():
            self._partner.drop_neutral(person_id)

    def is_anything_due(self, now: str) -> bool:
        """Whether :meth:`go_on` has something to do; nothing is changed."""
        return is_anything_leaving(self._connection) or bool(self._expired(now) or self._strays())

    def go_on(self, now: str) -> None:
        """Delete films whose time is over, and what is left of what was deleted before. Raises OSError.

        ``now``: as :func:`attune.storage.records.utc_text` writes it. Nobody may be recording.
        """
        expired = self._expired(now)
        if expired or is_anything_leaving(self._connection):
            self.recordings(expired)
        for stray in self._strays():  # last: it cannot be read any more, and may be held fast
            stray.unlink(missing_ok=True)

    def pieces(self, person_id: int) -> tuple[Piece, ...]:
        """Everything that goes with somebody; nothing is changed. Raises KeyError for nobody."""
        person = self._partner.person(person_id)
        films = self._partner.recordings(person_id)
        counts = {
            What.NAME: 1,
            What.AGREEMENT: int(person.agreed is not None),
            What.NEUTRAL: int(person.neutral is not None),
            What.MOMENTS: len(self._moments(person_id)),
            What.RECORDINGS: len(films),
            What.NOTES: len(self._notes(person_id)),
            What.ANSWERS: self._removal.count_links([clip_hash(film) for film in films]),
            What.BACKUPS: len(Backups(path_of(self._connection)).all()),
        }
        return tuple(Piece(what=what, count=count) for what, count in counts.items() if count)

    def stored(self, person_id: int) -> Stored:
        """What is there of somebody, counted. Raises KeyError for nobody."""
        person = self._partner.person(person_id)
        times = [each.happened_at for each in self._moments(person_id)]
        films = self._partner.recordings(person_id)
        notes = self._notes(person_id)
        return Stored(
            person=person,
            moments=len(times),
            first_at=min(times, default=None),
            last_at=max(times, default=None),
            recordings=len(films),
            seconds=sum(film.seconds or 0.0 for film in films),
            size=sum(film.path.stat().st_size for film in films if film.path.is_file()),
            notes=sum(note.person == person_id for note in notes),
            written=sum(note.person != person_id for note in notes),
            answers=self._removal.count_links([clip_hash(film) for film in films]),
        )

    @contextmanager
    def _for_good(self, films: Collection[str] = ()) -> Iterator[None]:
        """What is deleted in the block, and these films, go from the disk together."""
        self._removal.copies()
        with transaction(self._connection):
            self._removal.films(films)
            yield
        self._removal.squeeze()

    def _delete(self, table: str, row_id: int) -> None:
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))  # noqa: S608 - our own names

    def _moments(self, person_id: int) -> tuple[Moment, ...]:
        return tuple(each for each in self._partner.moments() if person_id in {each.shower, each.noticer})

    def _measured(self, person_id: int) -> list[Moment]:
        return [
            each for each in self._partner.moments() if each.measured_of == person_id and each.is_measured
        ]

    def _notes(self, person_id: int) -> tuple[Note, ...]:
        return tuple(each for each in self._partner.notes() if person_id in {each.person, each.by})

    def _expired(self, now: str) -> list[int]:
        films = self._partner.recordings()
        return [film.id for film in films if film.delete_by is not None and film.delete_by <= now]

    def _strays(self) -> list[Path]:
        """Films of which nobody has the key, but for those that a history set aside may still know."""
        folder = self._partner.folder
        if not folder.is_dir() or Backups(path_of(self._connection)).has_set_aside():
            return []
        known = {film.path.name for film in self._partner.recordings()}
        return [file for file in sorted(folder.glob("*.sealed")) if file.name not in known]
