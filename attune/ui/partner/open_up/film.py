"""The film of one turn: begun with the speaking, scrubbed by the speaker, gone where the turn is not kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from attune.app.partner.couple import Recording
from attune.ui.partner.parts import Parts
from attune.ui.partner.stage import Stage, can_hear
from attune.ui.video.camera import Shot

if TYPE_CHECKING:  # loads numpy
    from attune.app.recording import Recorded
    from attune.app.recording import Recording as Film


class TurnFilm(QObject):
    """:meth:`begin`, then either :meth:`end` or :meth:`discard`; the window waits for none of it.

    ``first_ns``: the monotonic time of its first picture.
    """

    def __init__(self, parts: Parts, stage: Stage, people: Sequence[int]) -> None:
        super().__init__(parts.page)  # the stage goes before the film is written to its end
        self._parts, self._stage, self._people = parts, stage, tuple(people)
        self._over = False
        self._film: Film | None = None
        self.recording: Recording | None = None
        self.first_ns: int | None = None
        self._running: list[Film] = []  # ended however the window goes away
        self.destroyed.connect(partial(_end_all, self._running))

    def begin(self) -> None:
        """Film from now on; where that cannot be, the turn goes on without."""
        begun = self._parts.couple.begin_recording(self._people, sound=can_hear())
        self._parts.bridge.deliver(begun, self._begun)

    def end(self, then: Callable[[Recording], None]) -> None:
        """Film no more; ``then`` once the film can be played, not at all where there is none."""
        film, recording = self._stop()
        if film is None or recording is None:
            return
        stopped = self._stopped_soon(film)
        self._parts.bridge.deliver(stopped, partial(self._stopped, recording, then), self._not_whole)

    def discard(self) -> None:
        """Nothing of it is left."""
        film, recording = self._stop()
        self.recording = None
        if film is not None:
            self._stopped_soon(film)
        if recording is not None:
            self._parts.bridge.deliver(self._parts.couple.discard_recording(recording.id), _nothing)

    def _begun(self, recording: Recording) -> None:
        from attune.app.recording import Recording as Film  # noqa: PLC0415 - when something is filmed

        if self._over:
            self._parts.bridge.deliver(self._parts.couple.discard_recording(recording.id), _nothing)
            return
        self.recording = recording
        self._film = Film(recording.path, sound=recording.sound)
        self._running.append(self._film)
        self._stage.shot.connect(self._shot)
        self._stage.record(self._film, sound=recording.sound)

    def _shot(self, shot: Shot) -> None:
        self.first_ns = shot.time_ns
        self._stage.shot.disconnect(self._shot)

    def _stop(self) -> tuple[Film | None, Recording | None]:
        self._over = True
        film, self._film = self._film, None
        if film is not None:
            self._stage.record(None)
        return film, self.recording

    def _stopped_soon(self, film: Film) -> Future[Recorded]:
        """Encoding may be a little behind: not a matter for the window to wait for."""

        def stop() -> Recorded:
            found = film.stop().result()
            self._running.clear()
            return found

        return self._parts.services.background.submit(stop)

    def _stopped(self, recording: Recording, then: Callable[[Recording], None], recorded: Recorded) -> None:
        if self.recording is None:
            return  # discarded meanwhile
        if not recorded.pictures:
            self.discard()
            return
        ended = self._parts.couple.end_recording(recording.id, recorded.lasts_s)
        self._parts.bridge.deliver(ended, partial(self._ended, recording, then), self._not_whole)

    def _ended(self, recording: Recording, then: Callable[[Recording], None], _none: None) -> None:
        if self.recording is not None:  # not discarded meanwhile
            then(recording)

    def _not_whole(self, error: BaseException) -> None:
        """No moment will lead to it, and nobody would find it to delete it."""
        self.discard()
        self._parts.bridge.failed.emit(error)


def _end_all(running: list[Film]) -> None:
    for film in running:
        film.stop()


def _nothing(_result: object) -> None:
    """What was deleted is of no more interest."""
