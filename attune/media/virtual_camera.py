"""A file that behaves like a camera: its frames arrive when they are due, and late ones are lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event, Thread
from types import TracebackType
from typing import Protocol, Self

from attune.media.frames import Frame, FrameSource

HICCUP_NS = 500_000_000
"""A camera later than this carries on from now, instead of losing every frame until it has caught up."""


class Clock(Protocol):
    """Time that only goes forward, and waiting for it."""

    def now_ns(self) -> int:
        """Nanoseconds since some fixed moment."""

    def wait(self, event: Event, seconds: float) -> bool:
        """Wait until the event is set (True) or the time is over (False)."""


class MonotonicClock:
    """The computer's monotonic clock."""

    def now_ns(self) -> int:
        """Nanoseconds since some fixed moment."""
        return time.monotonic_ns()

    def wait(self, event: Event, seconds: float) -> bool:
        """Wait until the event is set (True) or the time is over (False)."""
        return event.wait(seconds)


class VirtualCamera:
    """Plays a source at its own pace on its own thread and hands each frame to ``on_frame`` there.

    A frame's ``time_ns`` is the clock's when it is handed over. A frame that comes more than one interval
    late, because decoding or ``on_frame`` takes long, is lost and counted in ``dropped``. ``on_end`` is
    called on the same thread when the source has ended, with what went wrong or None; not after :meth:`stop`.
    """

    def __init__(
        self,
        source: FrameSource,
        on_frame: Callable[[Frame], None],
        *,
        clock: Clock | None = None,
        loop: bool = False,
        on_end: Callable[[Exception | None], None] | None = None,
    ) -> None:
        self.dropped = 0
        self._source = source
        self._on_frame = on_frame
        self._on_end = on_end
        self._clock = clock or MonotonicClock()
        self._loop = loop
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="virtual camera")

    def start(self) -> None:
        """Begin; a camera starts once."""
        self._thread.start()

    def stop(self) -> None:
        """End and wait for the thread; twice, or before the start, is fine. The source stays open."""
        self._stopped.set()
        if self._thread.ident is not None:
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        problem: Exception | None = None
        try:
            self._play()
        except Exception as error:
            if self._on_end is None:
                raise
            problem = error
        if self._on_end is not None and not self._stopped.is_set():
            self._on_end(problem)

    def _play(self) -> None:
        begin_ns = self._clock.now_ns()
        index, last_ns = 0, -1
        for frame in self._film():
            late_ns = self._clock.now_ns() - begin_ns - frame.time_ns
            if late_ns > HICCUP_NS:
                begin_ns += late_ns
            elif last_ns >= 0 and late_ns > frame.time_ns - last_ns:
                self.dropped += 1
                last_ns = frame.time_ns
                continue
            if self._clock.wait(self._stopped, max(0, -late_ns) / 1e9):
                return
            last_ns = frame.time_ns
            self._on_frame(Frame(frame.rgb, self._clock.now_ns(), index))
            index += 1

    def _film(self) -> Iterator[Frame]:
        """Yield the source's frames with times from 0 on, again and again if it loops."""
        begin_ns = 0
        while True:
            first_ns, frame, interval_ns = None, None, 0
            for found in self._source.frames():
                first_ns = found.time_ns if first_ns is None else first_ns
                time_ns = begin_ns + found.time_ns - first_ns
                interval_ns = time_ns - frame.time_ns if frame else interval_ns
                frame = Frame(found.rgb, time_ns, found.index)
                yield frame
            if not self._loop or frame is None:
                return
            begin_ns = frame.time_ns + (interval_ns or 40_000_000)
