"""What two people keep of their rounds: told to the history, asked of it, and taken out of it for good."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, Future
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from attune.app.futures import after
from attune.app.history import History
from attune.app.partner.about import everything_about, write_about
from attune.app.partner.films import finish
from attune.errors import MediaError, SealError
from attune.files import remove_unfinished
from attune.storage.partner_records import (
    Agreed,
    Kind,
    Moment,
    Note,
    Person,
    Piece,
    Recording,
    Stored,
    What,
    clip_hash,
)
from attune.storage.records import utc_text
from attune.storage.store import Store
from attune.storage.troubles import told

__all__ = [
    "Agreed",
    "Couple",
    "Kind",
    "Moment",
    "Note",
    "Person",
    "Piece",
    "Recording",
    "Stored",
    "What",
    "clip_hash",
]


class Couple:
    """The people, moments, recordings and notes of one profile; every method gives a future at once.

    Futures fail with StorageError where the history cannot be read or written: storage.in_use in a window
    that can only read. What is deleted is deleted from the file, its log, copies and backups.
    """

    def __init__(
        self,
        history: History,
        background: Executor,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._history = history
        self._background = background
        self._now = now

    @property
    def read_only(self) -> bool:
        """Whether another window writes the history: here everything can be looked at and nothing changed."""
        return self._history.read_only

    def tidy(self) -> Future[None]:
        """At the start: films that were broken off become whole, those whose time is over go.

        What was being deleted when the program was ended is carried to its end. A window that can only read
        does nothing.
        """
        now = self._when()

        def look(store: Store) -> bool:
            remove_unfinished(store.partner.folder)
            for recording in store.partner.unfinished():
                with suppress(SealError, OSError):  # told to whoever plays it; the next start tries again
                    _finish(store, recording)
            return store.forget.is_anything_due(now)

        def go_on(due: bool) -> Future[None]:
            if not due:
                return self._history.ask(lambda _store: None)
            return self._history.delete(lambda store: store.forget.go_on(now))

        return go_on(due=False) if self.read_only else after(self._history.ask(look), go_on)

    def people(self) -> Future[tuple[Person, ...]]:
        """Everybody, in the order they came."""
        return self._history.ask(lambda store: store.partner.people())

    def add_person(self, name: str) -> Future[Person]:
        """Somebody new, who was not asked anything yet."""
        return self._history.ask(lambda store: store.partner.add_person(name, self._when()))

    def rename(self, person: int, name: str) -> Future[None]:
        """Call somebody by another name."""
        return self._history.ask(lambda store: store.partner.rename(person, name))

    def agree(self, person: int, agreed: Agreed) -> Future[Person]:
        """Keep what somebody agrees to as of now; what they no longer agree to goes.

        Without the reading, their neutral and all that was measured of them; without the camera or
        recordings, the films they are in.
        """
        if agreed.camera and agreed.recording and agreed.reading:
            return self._history.ask(lambda store: store.partner.agree(person, agreed, self._when()))
        return self._history.delete(lambda store: store.forget.agree(person, agreed, self._when()))

    def set_neutral(self, person: int, neutral: Mapping[str, Any] | None) -> Future[None]:
        """Keep somebody's face at rest, or forget it; ValueError unless they agreed to the reading."""
        if neutral is None:
            return self._history.delete(lambda store: store.forget.neutral(person))
        return self._history.ask(lambda store: store.partner.set_neutral(person, neutral))

    def keep(self, moment: Moment) -> Future[Moment]:
        """Keep a moment, in place of the one with its id where it has one; the moment with its id.

        Fails with ValueError where something was measured of somebody who did not agree to that, KeyError
        where its id was vetoed meanwhile.
        """
        return self._history.ask(lambda store: store.partner.keep(moment))

    def moments(
        self, *, kind: Kind | None = None, people: Collection[int] | None = None
    ) -> Future[tuple[Moment, ...]]:
        """The moments, oldest first: of one kind, and between these people, where that is said."""
        return self._history.ask(lambda store: store.partner.moments(kind=kind, people=people))

    def reveal(self, moment: int) -> Future[None]:
        """Let both see how a moment's corners agree, from now on."""
        return self._history.ask(lambda store: store.partner.reveal(moment))

    def veto(self, moment: int) -> Future[None]:
        """Delete a moment, its recording, and what leads from answers to that."""
        return self._history.delete(lambda store: store.forget.moment(moment))

    def begin_recording(self, people: Collection[int], *, sound: bool) -> Future[Recording]:
        """A path for a film of these people, its key on the disk before any picture is.

        Write it with ``attune.app.recording.Recording(path, sound=sound)``. Fails with ValueError unless
        everybody agreed to the camera and to recordings.
        """
        return self._history.ask(
            lambda store: store.partner.begin_recording(people, self._when(), sound=sound)
        )

    def end_recording(self, recording: int, seconds: float) -> Future[None]:
        """Note that a film came to its end, and how long it is; once its writer was stopped."""

        def end(store: Store) -> None:
            store.partner.end_recording(recording, seconds, self._when())
            _finish(store, store.partner.recording(recording))

        return self._history.ask(end)

    def recordings(self, person: int | None = None) -> Future[tuple[Recording, ...]]:
        """The recordings, oldest first: those somebody is in, where that is said."""
        return self._history.ask(lambda store: store.partner.recordings(person))

    def discard_recording(self, recording: int) -> Future[None]:
        """Delete a film of just now that no moment is to have. Unlike all other deleting, backups stay."""
        known = self._history.ask(lambda store: store.partner.discard(recording))
        # Behind whoever writes it, who may just be ending there.
        return after(known, lambda film: self._background.submit(_remove, film))

    def delete_recording(self, recording: int) -> Future[None]:
        """Delete a film; its moments stay."""
        return self._history.delete(lambda store: store.forget.recordings([recording]))

    def notes(self, person: int | None = None, kind: str | None = None) -> Future[tuple[Note, ...]]:
        """The notes in the order they were written: about one person, of one kind, where that is said."""
        return self._history.ask(lambda store: store.partner.notes(person, kind))

    def note(
        self, person: int, *, kind: str, text: str, key: str = "", by: int | None = None
    ) -> Future[Note]:
        """Keep a note of now about somebody."""
        new = Note(id=0, person=person, by=by, kind=kind, key=key, text=text, at=self._when())
        return self._history.ask(lambda store: store.partner.add_note(new))

    def change_note(self, note: int, text: str) -> Future[None]:
        """Put another text in a note's place."""
        return self._history.ask(lambda store: store.partner.change_note(note, text))

    def forget_note(self, note: int) -> Future[None]:
        """Delete a note."""
        return self._history.delete(lambda store: store.forget.note(note))

    def stored_about(self, person: int) -> Future[Stored]:
        """Everything that is stored of somebody, counted. Fails with KeyError for nobody."""
        return self._history.ask(lambda store: store.forget.stored(person))

    def export_about(self, person: int, folder: Path) -> Future[None]:
        """Write everything stored of somebody into a new folder: ``about.json`` and their films, playable.

        Fails with ExchangeError exchange.target_taken, StorageError about the folder, KeyError for nobody.
        """
        told = self._history.ask(lambda store: everything_about(store.partner, person))
        return after(told, lambda about: self._background.submit(write_about, about, folder))

    def forget(self, person: int) -> Future[tuple[Piece, ...]]:
        """Delete everything of somebody, and give the list of what is gone.

        Moments and recordings go with everybody in them. However the program ends meanwhile, it is carried to
        its end at the next start.
        """
        return self._history.delete(lambda store: store.forget.person(person))

    def _when(self) -> str:
        return utc_text(self._now())


def _remove(film: Path) -> None:
    with told(film):
        film.unlink(missing_ok=True)


def _finish(store: Store, recording: Recording) -> None:
    """On the history's thread, where nobody can delete the film meanwhile."""
    try:
        seconds = finish(recording.path)
    except (MediaError, FileNotFoundError):  # ended before its first picture
        _remove(store.partner.discard(recording.id))
        return
    store.partner.finished(recording.id, recording.seconds if seconds is None else seconds)
