"""What stands in the place of a picture where there is only something to hear."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Card, announce, column, text

HEIGHTS = (0.22, 0.45, 0.8, 0.55, 1.0, 0.62, 0.85, 0.4, 0.25)  # of a wave that looks like speech
BAR, GAP = 8, 7


class Wave(QWidget):
    """Bars like those of a voice: in the accent while it is heard, quiet otherwise."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heard = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_heard(self, heard: bool) -> None:
        """Whether something is heard now."""
        self._heard = heard
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the bars."""
        return QSize(len(HEIGHTS) * (BAR + GAP) - GAP, 84)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars around the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent" if self._heard else "outline"))
        for place, share in enumerate(HEIGHTS):
            high = self.height() * share * (1.0 if self._heard else 0.6)
            top = (self.height() - high) / 2
            painter.drawRoundedRect(QRectF(place * (BAR + GAP), top, BAR, high), BAR / 2, BAR / 2)
        painter.end()


class ListeningPanel(Card):
    """Says that one listens, that it is over, or that there is nothing to hear it with."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="well")
        self._words = words
        self._wave = Wave(theme)
        self._title = text("", "heading", wrap=False)
        self._more = text("", "quiet")
        self._more.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = column(spacing=14)
        inside.addStretch(1)
        inside.addWidget(self._wave, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addSpacing(8)
        inside.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self._more)
        inside.addStretch(1)
        self.body.addLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 240)  # as a picture's place

    def say(self, key: str, *, heard: bool = False) -> None:
        """``key``: listen, over or no_device."""
        self._wave.set_heard(heard)
        self._title.setText(self._words(f"practice.listening.{key}.title"))
        self._more.setText(self._words(f"practice.listening.{key}.more"))
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(self._more.text())
        if key == "no_device":
            announce(self, f"{self._title.text()}. {self._more.text()}")
