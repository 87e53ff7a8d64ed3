"""Plays what was drawn for an answer as a clip's player plays clips: slowly, step by step, in a loop."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from attune.app.replayed import NS_PER_S, Replay, Run
from attune.app.studio import FRONT
from attune.ui.drawn.painter import Easel, Painter, Scene
from attune.ui.video.player import NS_PER_MS, ShownFrame


class DrawnPlayer(QObject):
    """One replay at a time; the signals are those of ClipPlayer."""

    frame_came = Signal(object)
    playing_changed = Signal(bool)
    failed = Signal(str)

    def __init__(self, painter: Painter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._easel = Easel(painter, self)
        self._replay: Replay | None = None
        self._run: Run | None = None
        self._frame = 0
        self._shown: ShownFrame | None = None
        self._playing = self._looping = False
        self._rate = 1.0
        self._side = 0
        self._easel.came.connect(self._took)
        self._easel.failed.connect(lambda error: self.failed.emit(str(error)))

    @property
    def frame(self) -> ShownFrame | None:
        """The newest frame."""
        return self._shown

    @property
    def position_ns(self) -> int:
        """Where it is."""
        return 0 if self._replay is None else self._replay.begins_ns(self._frame)

    @property
    def playing(self) -> bool:
        """Whether it runs now."""
        return self._playing

    @property
    def duration_ns(self) -> int:
        """Length of the replay, 0 without one."""
        return 0 if self._replay is None else self._replay.duration_ns

    def open(self, replay: Replay, *, side: int) -> None:
        """Take a replay, to be drawn ``side`` pixels wide and high."""
        self._replay, self._side, self._frame, self._shown = replay, side, 0, None

    def fit(self, side: int) -> None:
        """Draw as large as this from now on."""
        if self._run is not None and side != self._side:
            self._side = side
            self._want(self._run)

    def close(self) -> None:
        """Draw no further."""
        self._easel.want(None)
        self._replay = self._run = self._shown = None
        self._tell(playing=False)

    def play(self) -> None:
        """Run on from here, from the start when at the end."""
        if self._replay is not None:
            over = self._frame >= len(self._replay.faces) - 1
            self._go(0 if over else self._frame, playing=True)

    def pause(self) -> None:
        """Hold the frame that is showing."""
        self._go(self._frame, playing=False)

    def set_rate(self, rate: float) -> None:
        """Change the speed."""
        self._rate = rate
        self._go(self._frame, playing=self._playing)

    def set_looping(self, looping: bool) -> None:
        """Begin again at the end, or not."""
        self._looping = looping
        self._go(self._frame, playing=self._playing)

    def seek(self, time_ns: int) -> None:
        """Hold the frame that shows at a time."""
        if self._replay is not None:  # a time in whole milliseconds lies a little before its frame
            self._go(int((time_ns + NS_PER_MS) * self._replay.fps / NS_PER_S), playing=False)

    def step(self, frames: int) -> None:
        """Hold the frame so many after this one, or before; stays at the ends."""
        self._go(self._frame + frames, playing=False)

    def _go(self, frame: int, *, playing: bool) -> None:
        if self._replay is None:
            return
        self._frame = max(0, min(frame, len(self._replay.faces) - 1))
        rate = self._rate if playing else 0.0
        self._want(Run(self._replay, self._frame, rate=rate, looping=self._looping))
        self._tell(playing=playing)

    def _want(self, run: Run) -> None:
        assert self._replay is not None
        self._run = run
        self._easel.want(Scene(person=self._replay.drawn.person, motion=run, view=FRONT, side=self._side))

    def _took(self, image: QImage, time_s: float) -> None:
        replay, run = self._replay, self._run
        if replay is None or run is None:
            return
        frame = self._frame = run.frame_at(time_s)
        self._shown = ShownFrame(image, replay.begins_ns(frame), replay.begins_ns(frame + 1))
        self.frame_came.emit(self._shown)
        if self._playing and time_s >= run.lasts_s:
            self._tell(playing=False)

    def _tell(self, *, playing: bool) -> None:
        if playing != self._playing:
            self._playing = playing
            self.playing_changed.emit(playing)
