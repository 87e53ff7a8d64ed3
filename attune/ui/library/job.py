"""Something long on a thread of its own that tells how far it is and can be stopped."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from attune.app.importing import Advance, Progress, Stopped
from attune.ui.bridge import Bridge

T = TypeVar("T")
EVERY_S = 0.1  # between two tellings


class _Thread:
    """One thread, and whether what runs there is to stop; outlives the job's Qt object."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="bringing")
        self.stop = Event()

    def close(self, *_object: object) -> None:
        self.stop.set()
        self.pool.shutdown(wait=False, cancel_futures=True)


class Job(QObject):
    """One thing at a time; ``advanced(Advance)`` a few times a second. What is stopped tells nothing more."""

    advanced = Signal(object)

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._thread = _Thread()
        self.destroyed.connect(self._thread.close)

    def run(
        self,
        work: Callable[[Progress, Stopped], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Begin, after stopping what was under way. ``done`` and ``failed`` come on the UI thread."""
        self.stop()
        stop = self._thread.stop = Event()
        told_s = 0.0

        def wanted() -> bool:
            return shiboken6.isValid(self) and not stop.is_set()

        def tell(advance: Advance) -> None:
            nonlocal told_s
            if (now := time.monotonic()) - told_s >= EVERY_S:
                told_s = now
                self._bridge.post(lambda: self.advanced.emit(advance) if wanted() else None)

        future = self._thread.pool.submit(work, tell, stop.is_set)
        self._bridge.deliver(
            future,
            lambda result: done(result) if wanted() else None,
            lambda error: failed(error) if wanted() else None,
        )

    def stop(self) -> None:
        """Have it end soon; nothing of it is told any more."""
        self._thread.stop.set()
