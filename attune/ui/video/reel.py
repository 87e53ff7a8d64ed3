"""Plays clips one after the other as if they were one, on one clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from attune.ui.video.player import ClipPlayer, ShownFrame

NS_PER_S = 1_000_000_000
LONGEST_FRAME_NS = NS_PER_S  # a clip that gives no frame for longer has stopped, and its clock with it


class ReelPlayer(QObject):
    """``frame_came(ShownFrame)`` as of its clip; ``ended`` after the last; ``failed(str)`` ends everything.

    Between two clips, and while paused, its clock stands still.
    """

    frame_came = Signal(object)
    playing_changed = Signal(bool)
    ended = Signal()
    failed = Signal(str)

    def __init__(
        self, parent: QObject | None = None, *, clock: Callable[[], int] = time.monotonic_ns
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._player = ClipPlayer(self)
        self._parts: tuple[tuple[Path, float], ...] = ()
        self._place = 0
        self._audible = True
        self._seen: tuple[int, int] | None = None  # time within the clip, and the clock when it came
        self._player.frame_came.connect(self._took)
        self._player.playing_changed.connect(self._playing_changed)
        self._player.ended.connect(self._next)
        self._player.failed.connect(self.failed)

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._player.playing

    @property
    def time_s(self) -> float:
        """Where it is on its one clock."""
        if not self._parts:
            return 0.0
        starts_s = self._parts[self._place][1]
        within_ns = self._player.position_ns
        if self._seen is not None:
            since = self._clock() - self._seen[1] if self._player.playing else 0
            within_ns = self._seen[0] + min(since, LONGEST_FRAME_NS)
        ends_s = self._parts[self._place + 1][1] if self._place + 1 < len(self._parts) else float("inf")
        return min(starts_s + within_ns / NS_PER_S, ends_s)

    @property
    def length_s(self) -> float:
        """How long it all is, as far as that is known: the last clip is taken to be as long as the others."""
        if not self._parts:
            return 0.0
        last_s = self._parts[-1][1]
        if self._place + 1 == len(self._parts):
            return last_s + self._player.duration_ns / NS_PER_S
        return last_s * len(self._parts) / (len(self._parts) - 1)

    def open(self, parts: Sequence[tuple[Path, float]], *, audible: bool = True) -> None:
        """Take (file, start in s on the reel's clock) of each clip, and show the first picture."""
        self._parts = tuple(parts)
        self._audible = audible
        self._open(0)
        self._player.pause()

    def close(self) -> None:
        """Let go of the files."""
        self._parts = ()
        self._seen = None
        self._player.close()

    def play(self) -> None:
        """Run on from here."""
        self._player.play()

    def pause(self) -> None:
        """Hold."""
        self._player.pause()

    def restart(self) -> None:
        """Run from the very beginning."""
        self._open(0)
        self._player.play()

    def _open(self, place: int) -> None:
        self._place = place
        self._seen = None
        self._player.open(self._parts[place][0], audible=self._audible)

    def _took(self, frame: ShownFrame) -> None:
        self._seen = (frame.time_ns, self._clock())
        self.frame_came.emit(frame)

    def _playing_changed(self, playing: bool) -> None:
        if self._seen is not None:  # the clock goes on from where it stood
            self._seen = (self._seen[0], self._clock())
        self.playing_changed.emit(playing)

    def _next(self) -> None:
        if self._place + 1 < len(self._parts):
            self._open(self._place + 1)
            self._player.play()
        elif self._parts:
            self.ended.emit()
