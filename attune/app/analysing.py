"""Measuring all clips of a set in the background, after everything that somebody waits for, with pauses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attune.app.library import Channel, ClipSet
from attune.app.measuring import Measurer

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    from attune.app.measured import Measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysed:
    """How far it is: clips done, those among them that could not be measured, and clips in all."""

    done: int
    failed: int
    total: int


Heard = Callable[[Analysed], None]


class Analysis:
    """Measures clips whose tracks are kept, one for each process at a time; any thread may call.

    ``heard`` is called after each clip, on threads of the Measurer.
    """

    def __init__(self, measurer: Measurer, clip_set: ClipSet, heard: Heard) -> None:
        self._measurer = measurer
        self._heard = heard
        self._lock = threading.Lock()  # guards all below
        self._waiting = [clip for clip in reversed(clip_set.clips) if clip.channel is not Channel.SOUND]
        self._running: set[Future[Measured]] = set()
        self._going = False
        self._state = Analysed(done=0, failed=0, total=len(self._waiting))

    @property
    def going(self) -> bool:
        """Whether it goes on by itself: not paused, and not at its end."""
        return self._going and self._state.done < self._state.total

    def go_on(self) -> None:
        """Begin, or go on after a pause."""
        self._going = True
        for _ in range(self._measurer.processes):
            self._next()

    def pause(self) -> None:
        """Begin no other clip; those under way are finished."""
        self._going = False

    def stop(self) -> None:
        """Give up what is under way too; nothing more is heard."""
        self.pause()
        with self._lock:
            self._waiting.clear()
            running = tuple(self._running)
        for future in running:
            future.cancel()

    def _next(self) -> None:
        with self._lock:
            if not self._going or not self._waiting or len(self._running) >= self._measurer.processes:
                return
            clip = self._waiting.pop()
            future = self._measurer.measure(clip.file, content_hash=clip.content_hash, bulk=True)
            self._running.add(future)
        future.add_done_callback(self._one_done)

    def _one_done(self, future: Future[Measured]) -> None:
        with self._lock:
            self._running.discard(future)
            if future.cancelled() or isinstance(future.exception(), CancelledError):
                return
            state = self._state
            failed = state.failed + (future.exception() is not None)
            self._state = state = Analysed(done=state.done + 1, failed=failed, total=state.total)
        self._heard(state)
        self._next()
