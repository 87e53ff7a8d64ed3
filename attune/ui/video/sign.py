"""The sign that a camera is on."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from attune.ui.theme import Theme
from attune.ui.theme.tokens import OKABE_ITO
from attune.ui.widgets import row, text

DOT = 14


class Sign(QWidget):
    """Says that the camera is on, with a dot that is full while it records. Hidden when it is off."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._recording = False
        self._words = text("", "strong")
        inside = row(spacing=10)
        inside.addSpacing(DOT + 8)
        inside.addWidget(self._words, 1)
        self.setLayout(inside)
        self.hide()

    @property
    def said(self) -> str:
        """What it says now."""
        return self._words.text()

    def say(self, words: str, *, recording: bool = False) -> None:
        """Show this; nothing where the camera is off."""
        if (words, recording) == (self.said, self._recording):
            return
        self._recording = recording
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring, or a full dot: shape and words say it, not the colour alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(OKABE_ITO["vermillion"]) if self._recording else self._theme.colour("accent")
        painter.setPen(colour)
        if self._recording:
            painter.setBrush(colour)
        painter.drawEllipse(2, (self.height() - DOT) // 2, DOT, DOT)
        painter.end()
