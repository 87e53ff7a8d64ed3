"""What is to be measured, in its order: stills, then what somebody waits for, then the rest."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attune.app.measuring_messages import Request
from attune.errors import MeasuringError

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    from attune.app.measured import Progress

IDLE_S = 60.0  # who had nothing to do for this long goes home, but for the last one
CRASHES = 2  # a file that ended this many processes is not tried again until it was saved anew


class Rank(IntEnum):
    """What goes first."""

    WARM_UP = 0
    STILLS = 1
    WANTED = 2
    BULK = 3


@dataclass(order=True, slots=True)
class Job:
    """One request and the future of its answer. ``make`` may raise; ``path``: the file it is about."""

    rank: Rank
    number: int
    path: Path | None = field(compare=False)
    make: Callable[[], Request] = field(compare=False)
    progress: Progress | None = field(compare=False)
    future: Future[Any] = field(compare=False, default_factory=Future)
    given_up: Callable[[int], None] | None = field(compare=False, default=None)
    """Tells whoever is at this job, by its number, that it was cancelled."""


class Jobs:
    """Hands jobs to workers, any thread; ``hire`` makes one more worker, which then calls :meth:`take`.

    At most ``most`` work, and one more while bulk work alone keeps all of them busy.
    """

    def __init__(self, most: int, hire: Callable[[], None]) -> None:
        self._most = most
        self._hire = hire
        self._numbers = count(1)
        # Guards all below. Only ``with`` the lock itself: Ctrl+C in the midst of a condition's own entering
        # would leave it taken for ever.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._closed = False
        self._unfinished: dict[int, Job] = {}
        self._waiting: list[Job] = []
        self._running: dict[int, Job] = {}
        self._workers = 0
        self._crashes: Counter[tuple[Path, int]] = Counter()

    def admit(
        self, rank: Rank, path: Path | None, make: Callable[[], Request], progress: Progress | None = None
    ) -> Job:
        """Make a job, which waits for :meth:`put` or to be settled otherwise."""
        job = Job(rank, next(self._numbers), path, make, progress)
        with self._lock:
            if self._closed:
                raise RuntimeError("the measurer is closed")
            self._unfinished[job.number] = job
        job.future.add_done_callback(lambda _future: self._settled(job))
        return job

    def put(self, job: Job) -> None:
        """Let the next worker that is free take it, or a new one."""
        with self._lock:
            heappush(self._waiting, job)
            most = self._most + (job.rank < Rank.BULK and self._bulk() >= self._most)
            free = self._workers - len(self._running)
            if free < len(self._waiting) and self._workers < most and not self._closed:
                self._workers += 1
                self._hire()
            self._changed.notify_all()

    def take(self, given_up: Callable[[int], None]) -> Job | None:
        """Wait for a job; None when this worker is not needed any more."""
        with self._lock:
            while not self._changed.wait_for(self._ready, IDLE_S if self._workers > 1 else None):
                if self._workers > 1:
                    break
            if self._closed or not self._ready():
                self._workers -= 1
                return None
            job = heappop(self._waiting)
            job.given_up = given_up
            self._running[job.number] = job
            return job

    def done(self, job: Job) -> None:
        """Whoever took it is free again."""
        with self._lock:
            del self._running[job.number]
            self._changed.notify_all()

    def close(self) -> None:
        """Cancel all that is not finished and send the workers home."""
        with self._lock:
            self._closed = True
            unfinished = list(self._unfinished.values())
            self._changed.notify_all()
        for job in unfinished:
            job.future.cancel()

    def note_crash(self, path: Path) -> None:
        """A process ended while it was at this file."""
        with self._lock:
            self._crashes[_edition(path)] += 1

    def refuse_crashing(self, path: Path) -> None:
        """Raise MeasuringError ``measuring.gave_up`` for a file that crashed too often."""
        with self._lock:
            crashes = self._crashes[_edition(path)]
        if crashes >= CRASHES:
            raise MeasuringError("measuring.gave_up", path=str(path), crashes=crashes)

    def _settled(self, job: Job) -> None:
        with self._lock:
            self._unfinished.pop(job.number, None)
            given_up = job.given_up
        if job.future.cancelled() and given_up is not None:
            given_up(job.number)

    def _ready(self) -> bool:
        if self._closed or not self._waiting:
            return self._closed
        return self._waiting[0].rank < Rank.BULK or self._bulk() < self._most

    def _bulk(self) -> int:
        return sum(job.rank is Rank.BULK for job in self._running.values())


def _edition(path: Path) -> tuple[Path, int]:
    """The file as it was last saved."""
    try:
        return path, path.stat().st_mtime_ns
    except OSError:
        return path, 0
