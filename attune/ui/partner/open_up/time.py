"""Time that passes quietly: a ring that fills, and words that change once a minute."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.theme import Theme

LEAST, MOST = 120, 300  # px across
WIDTH = 8.0  # of the ring
ROOM_S = 30  # of the last words before the end


class QuietTime(QWidget):
    """No seconds are counted: who speaks has other things to think of. ``words`` says where it is."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._share = 0.0
        self.said = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)
        self.show_time(0.0, 60.0, going=False)

    def show_time(self, spoken_s: float, whole_s: float, *, going: bool, paused: bool = False) -> None:
        """So much was spoken of what was chosen."""
        left = whole_s - spoken_s
        if paused:
            said = self._words("partner_open.time.paused")
        elif not going:
            said = self._words("partner_open.time.ready")
        elif left <= 0:
            said = self._words("partner_open.time.full")
        elif left <= ROOM_S:
            said = self._words("partner_open.time.soon")
        else:
            minutes = -(-left // 60)
            key = "minute" if minutes == 1 else "minutes"
            said = self._words(f"partner_open.time.{key}", minutes=int(minutes))
        self._share = min(max(spoken_s / whole_s, 0.0), 1.0)
        if said != self.said:
            self.said = said
            self.setAccessibleName(said)
        self.update()

    def sizeHint(self) -> QSize:
        """A ring with words in it."""
        return QSize(MOST, MOST)

    def minimumSizeHint(self) -> QSize:
        """Room for the words."""
        return QSize(LEAST, LEAST)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height(), MOST * self._theme.sizes.body / 15) - WIDTH - 2
        ring = QRectF(0, 0, side, side)
        ring.moveCenter(QPointF(self.rect().center()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("border"), WIDTH))
        painter.drawEllipse(ring)
        pen = QPen(self._theme.colour("accent"), WIDTH)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._share > 0:
            painter.drawArc(ring, 90 * 16, -round(self._share * 360 * 16))
        painter.setPen(self._theme.colour("text"))
        size = self._theme.sizes.large if side > 1.6 * LEAST else self._theme.sizes.small
        painter.setFont(self._theme.font(size, weight=QFont.Weight.Medium))
        inner = ring.adjusted(side * 0.12, side * 0.12, -side * 0.12, -side * 0.12)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.said)
        painter.end()
