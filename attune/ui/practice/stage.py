"""Where a clip is seen and heard: as much of it as the trial says, on the channel it says."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtWidgets import QStackedLayout, QWidget

from attune.app.library import Channel, Clip
from attune.app.protocols.trial import Drawn
from attune.resources import Words
from attune.ui.practice.listening import ListeningPanel
from attune.ui.theme import Theme
from attune.ui.video.player import ROUNDING_NS, ClipPlayer, ShownFrame
from attune.ui.video.view import ClipView

if TYPE_CHECKING:  # few trials are drawn
    from attune.ui.drawn import Painter
    from attune.ui.practice.drawn import DrawnView

NS_PER_S = 1_000_000_000


class ClipStage(QWidget):
    """One clip at a time.

    ``ended`` when it was played to where it is to be, ``unplayable(why)`` when nothing of it can be shown,
    ``painted`` as the view's. Without anything to hear a sound with it says so and waits. With a ``painter``
    somebody may be drawn instead.
    """

    painted = Signal(object, object)
    ended = Signal()
    unplayable = Signal(str)

    def __init__(
        self,
        words: Words,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        painter: Painter | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._words, self._theme, self._painter = words, theme, painter
        self._clip: Clip | None = None
        self._drawing = False
        self._channel = Channel.PICTURE
        self._until_ns: int | None = None
        self._held = self._deaf = False
        self.view = ClipView(theme, clock=clock)
        self.view.setAccessibleName(words("practice.trial.picture"))
        self.player = ClipPlayer(self)
        self.listening = ListeningPanel(words, theme)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.view)
        self._layers.addWidget(self.listening)
        self.player.frame_came.connect(self._show)
        self.player.failed.connect(self._failed)
        self.player.ended.connect(self._over)
        self.player.playing_changed.connect(self._playing)
        self.view.painted.connect(self.painted)

    @cached_property
    def drawn(self) -> DrawnView:
        """Where people are drawn."""
        from attune.ui.practice.drawn import DrawnView  # noqa: PLC0415 - few trials are drawn

        assert self._painter is not None
        view = DrawnView(self._painter, self._words, self._theme)
        view.setAccessibleName(self._words("practice.trial.picture"))
        self._layers.addWidget(view)
        view.painted.connect(lambda time_s, clock: self.painted.emit(round(time_s * NS_PER_S), clock))
        view.over.connect(self.ended)
        view.failed.connect(lambda error: self.unplayable.emit(str(error)))
        return view

    @property
    def held(self) -> bool:
        """Whether it stands still at the moment it was to go to."""
        return self._held

    def open(self, clip: Clip, channel: Channel, until_s: float | None = None) -> None:
        """Take a clip, to be played with :meth:`play`, on to ``until_s`` and no further."""
        if self._drawing:
            self.close_clip()
        self._clip, self._channel = clip, channel
        self._until_ns = None if until_s is None else round(until_s * NS_PER_S)
        self._held = self._deaf = False
        self.view.clear()
        self._layers.setCurrentWidget(self.listening if channel is Channel.SOUND else self.view)
        self.listening.say("listen")
        self.player.open(clip.file, audible=channel is not Channel.PICTURE)
        if channel is Channel.SOUND and not QMediaDevices.audioOutputs():
            self._without_sound()

    def open_drawn(self, drawn: Drawn, until_s: float | None = None) -> None:
        """Take what is to be drawn instead, grown at ``until_s`` and held there, or coming and going."""
        self.close_clip()
        self._drawing = True
        self.drawn.open(drawn, until_s)
        self._layers.setCurrentWidget(self.drawn)

    def play(self) -> None:
        """Run."""
        if self._drawing:
            self.drawn.restart()
        elif not self._deaf:
            self.player.play()

    def restart(self) -> None:
        """Run from the start, with whatever there is to hear it with by now."""
        if self._drawing:
            self.drawn.restart()
            return
        if self._clip is None:
            return
        self._held = False
        if self._deaf:
            until_s = None if self._until_ns is None else self._until_ns / NS_PER_S
            self.open(self._clip, self._channel, until_s)
            self.play()
        else:
            self.player.restart()

    def pause(self) -> None:
        """Hold what is showing."""
        if self._drawing:
            self.drawn.rest()
        self.player.pause()

    def close_clip(self) -> None:
        """Let go of the clip, and of who is drawn."""
        if self._drawing:
            self._drawing = False
            self.drawn.clear()
        self._clip = None
        self.player.close()

    def _show(self, frame: ShownFrame) -> None:
        if self._channel is Channel.SOUND or self._held:
            return
        if self._until_ns is None or frame.end_ns <= self._until_ns + ROUNDING_NS:
            self.view.show_frame(frame)
        elif frame.time_ns > self._until_ns + ROUNDING_NS:  # it was late, and left the frame out
            self.player.seek(self._until_ns)
        else:
            self._held = True
            self.player.pause()
            self.view.show_frame(frame)
            self.ended.emit()

    def _over(self) -> None:
        if self._channel is Channel.SOUND:
            self.listening.say("over")
        self.ended.emit()

    def _playing(self, playing: bool) -> None:
        if playing and not self._deaf:
            self.listening.say("listen", heard=True)

    def _failed(self, why: str) -> None:
        # Without a device Qt finds nothing to hear in a file of sound alone.
        if not (self._deaf and self._clip is not None and self._clip.file.is_file()):
            self.unplayable.emit(why)

    def _without_sound(self) -> None:
        self._deaf = True
        self.listening.say("no_device")


class PointedAt(ClipStage):
    """A stage one can point at."""

    clicked = Signal()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
