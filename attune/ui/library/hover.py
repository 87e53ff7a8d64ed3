"""The clip under a resting pointer plays in its place among the pictures, without sound."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QTimer

from attune.app.library import Channel
from attune.ui.library.grid import Grid
from attune.ui.theme import Theme

if TYPE_CHECKING:  # playing takes as long to load as the rest of the page
    from attune.ui.video.player import ClipPlayer, ShownFrame

RESTS_MS = 450  # before anything moves: who only passes by is left in peace


class Hover(QObject):
    """Only where things may move that need not. ``allowed``: nothing else plays beside."""

    def __init__(self, grid: Grid, theme: Theme) -> None:
        super().__init__(grid)
        self._grid, self._theme = grid, theme
        self.allowed = True
        self._at = QPersistentModelIndex()
        self._rested = QTimer(self)
        self._rested.setSingleShot(True)
        self._rested.setInterval(RESTS_MS)
        self._rested.timeout.connect(self._begin)
        grid.entered.connect(self._come)
        grid.viewportEntered.connect(self.stop)
        grid.verticalScrollBar().valueChanged.connect(self.stop)
        grid.model().modelReset.connect(self.stop)
        grid.viewport().installEventFilter(self)

    @property
    def waiting(self) -> bool:
        """Whether a clip is about to play."""
        return self._rested.isActive()

    @cached_property
    def player(self) -> ClipPlayer:
        """Made for the first clip."""
        from attune.ui.video.player import ClipPlayer  # noqa: PLC0415

        made = ClipPlayer(self)
        made.frame_came.connect(self._show)
        return made

    def stop(self) -> None:
        """Show the picture again."""
        self._rested.stop()
        if self._at.isValid() and "player" in self.__dict__:
            self.player.close()
        self._grid.show_live(self._at, None)
        self._at = QPersistentModelIndex()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer left the pictures."""
        if event.type() in (QEvent.Type.Leave, QEvent.Type.Hide):
            self.stop()
        return super().eventFilter(watched, event)

    def _come(self, index: QModelIndex) -> None:
        if self._at != index:
            self.stop()
            self._at = QPersistentModelIndex(index)
            if self.allowed and self._theme.motion:
                self._rested.start()

    def _begin(self) -> None:
        if not (self._at.isValid() and self.allowed):
            return
        clip = self._grid.entries[self._at.row()].clip
        if clip.channel is not Channel.SOUND:
            self.player.open(clip.file, audible=False)
            self.player.set_looping(True)
            self.player.play()

    def _show(self, frame: ShownFrame) -> None:
        self._grid.show_live(self._at, frame.image)
