"""What two people keep of their rounds: told to the history, asked of it, and taken out of it for good."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Executor, Future
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from attune.app.history import History
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
)

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


def clip_hash(recording: Recording) -> str:
    """What stands for the recording's content wherever it is practised on as a clip.

    By this hash answers to it are found and made to lead to nobody, once it is deleted.
    """
    return sha256(recording.path.name.encode()).hexdigest()


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

    def people(self) -> Future[tuple[Person, ...]]:
        """Everybody, in the order they came."""
        raise NotImplementedError

    def add_person(self, name: str) -> Future[Person]:
        """Somebody new, who was not asked anything yet."""
        raise NotImplementedError

    def rename(self, person: int, name: str) -> Future[None]:
        """Call somebody by another name."""
        raise NotImplementedError

    def agree(self, person: int, agreed: Agreed) -> Future[Person]:
        """Keep what somebody agrees to as of now; without the reading, their neutral goes."""
        raise NotImplementedError

    def set_neutral(self, person: int, neutral: Mapping[str, Any] | None) -> Future[None]:
        """Keep somebody's face at rest, or forget it; ValueError unless they agreed to the reading."""
        raise NotImplementedError

    def keep(self, moment: Moment) -> Future[Moment]:
        """Keep a moment, in place of the one with its id where it has one; the moment with its id.

        Fails with ValueError where something was measured of somebody who did not agree to that, KeyError
        where its id was vetoed meanwhile.
        """
        raise NotImplementedError

    def moments(
        self, *, kind: Kind | None = None, people: Collection[int] | None = None
    ) -> Future[tuple[Moment, ...]]:
        """The moments, oldest first: of one kind, and between these people, where that is said."""
        raise NotImplementedError

    def reveal(self, moment: int) -> Future[None]:
        """Let both see how a moment's corners agree, from now on."""
        raise NotImplementedError

    def veto(self, moment: int) -> Future[None]:
        """Delete a moment, its recording, and what leads from answers to that."""
        raise NotImplementedError

    def begin_recording(self, people: Collection[int], *, sound: bool) -> Future[Recording]:
        """A path for a film of these people, its key on the disk before any picture is.

        Write it with ``attune.app.recording.Recording(path, sound=sound)``. Fails with ValueError unless
        everybody agreed to the camera and to recordings.
        """
        raise NotImplementedError

    def end_recording(self, recording: int, seconds: float) -> Future[None]:
        """Note that a film came to its end, and how long it is; once its writer was stopped."""
        raise NotImplementedError

    def recordings(self, person: int | None = None) -> Future[tuple[Recording, ...]]:
        """The recordings, oldest first: those somebody is in, where that is said."""
        raise NotImplementedError

    def delete_recording(self, recording: int) -> Future[None]:
        """Delete a film; its moments stay."""
        raise NotImplementedError

    def notes(self, person: int | None = None, kind: str | None = None) -> Future[tuple[Note, ...]]:
        """The notes in the order they were written: about one person, of one kind, where that is said."""
        raise NotImplementedError

    def note(
        self, person: int, *, kind: str, text: str, key: str = "", by: int | None = None
    ) -> Future[Note]:
        """Keep a note of now about somebody."""
        raise NotImplementedError

    def change_note(self, note: int, text: str) -> Future[None]:
        """Put another text in a note's place."""
        raise NotImplementedError

    def forget_note(self, note: int) -> Future[None]:
        """Delete a note."""
        raise NotImplementedError

    def stored_about(self, person: int) -> Future[Stored]:
        """Everything that is stored of somebody, counted. Fails with KeyError for nobody."""
        raise NotImplementedError

    def export_about(self, person: int, folder: Path) -> Future[None]:
        """Write everything stored of somebody into a new folder: ``about.json`` and their films, playable.

        Fails with ExchangeError exchange.target_taken, StorageError about the folder, KeyError for nobody.
        """
        raise NotImplementedError

    def forget(self, person: int) -> Future[tuple[Piece, ...]]:
        """Delete everything of somebody, and give the list of what is gone.

        Moments and recordings go with everybody in them. However the program ends meanwhile, it is carried to
        its end at the next start.
        """
        raise NotImplementedError
