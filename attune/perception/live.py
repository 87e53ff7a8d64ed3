"""Looking at live frames: the newest wins, the picture never waits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

Found = TypeVar("Found")
Found_co = TypeVar("Found_co", covariant=True)


class Looks(Protocol[Found_co]):
    """What looks at one frame after the other: a FaceTracker (with ``hold``) or a FacesTracker."""

    def look(self, rgb: NDArray[np.uint8], time_ns: int) -> Found_co:
        """Look for faces in the next frame, (H, W, 3) contiguous."""
        ...


def nothing(_rgb: NDArray[np.uint8], _time_ns: int, _found: object) -> None:
    """Do nothing more about a frame."""


class LiveTracker(Generic[Found]):
    """Looks at the latest frame on a thread of its own; frames that come too fast are dropped and counted.

    ``make_tracker`` runs on that thread, so nobody waits for MediaPipe to load. ``on_result`` (time, what
    was found), then ``afterwards`` (the frame, too: what may be measured once the result is told) and
    ``on_error`` (what ended the thread) are called on it too.
    """

    def __init__(
        self,
        make_tracker: Callable[[], AbstractContextManager[Looks[Found]]],
        on_result: Callable[[int, Found], None],
        on_error: Callable[[Exception], None],
        *,
        afterwards: Callable[[NDArray[np.uint8], int, Found], None] = nothing,
    ) -> None:
        self.dropped = 0
        self._make_tracker = make_tracker
        self._on_result = on_result
        self._on_error = on_error
        self._afterwards = afterwards
        self._waiting: tuple[NDArray[np.uint8], int] | None = None
        self._stopping = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="live tracker")
        self._thread.start()

    def submit(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        """Hand over a frame, (H, W, 3) contiguous, not written to afterwards; any thread, never waits."""
        with self._changed:
            self.dropped += self._waiting is not None
            self._waiting = (rgb, time_ns)
            self._changed.notify()

    def stop(self) -> None:
        """Finish the frame at hand, drop the one waiting, join the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        try:
            with self._make_tracker() as tracker:
                while (frame := self._next()) is not None:
                    rgb, time_ns = frame
                    found = tracker.look(rgb, time_ns)
                    self._on_result(time_ns, found)
                    self._afterwards(rgb, time_ns, found)
        except Exception as error:  # noqa: BLE001 - whatever it was, the owner of the thread must hear it
            self._on_error(error)

    def _next(self) -> tuple[NDArray[np.uint8], int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._waiting is not None)
            frame, self._waiting = self._waiting, None
            return None if self._stopping else frame
