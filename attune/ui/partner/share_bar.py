"""A number and where it likely lies, drawn on a line: small enough to stand in a row of words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.ui.theme import Theme

WIDE = 11.0  # in heights of the body type
BAND, DOT = 8.0, 5.0  # height of the band, radius of the dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Lies:
    """``value`` with its interval ``low`` to ``high``, on a line between ``ends``.

    ``beside``: another value, marked by a short line; a pair: where another lies, marked by a bracket.
    """

    value: float
    low: float
    high: float
    beside: float | tuple[float, float] | None = None
    ends: tuple[float, float] = (0.0, 1.0)


class ShareBar(QWidget):
    """Says nothing by itself: ``said`` is the sentence of it, for the pointer and screen readers."""

    def __init__(self, theme: Theme, lies: Lies, said: str) -> None:
        super().__init__()
        self._theme, self._lies = theme, lies
        self.setToolTip(said)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(self.sizeHint().width())
        theme.changed.connect(self._fit)

    def sizeHint(self) -> QSize:
        """Wide enough to tell a tenth."""
        body = self._theme.sizes.body
        return QSize(round(body * WIDE), round(body * 1.6))

    def minimumSizeHint(self) -> QSize:
        """Half of that where there is little room."""
        wanted = self.sizeHint()
        return QSize(wanted.width() // 2, wanted.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line with its ends, the band, the other value, the dot."""
        lies, middle = self._lies, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("border"), 2))
        first, last = self._at(lies.ends[0]), self._at(lies.ends[1])
        painter.drawLine(QPointF(first, middle), QPointF(last, middle))
        if lies.ends[0] < 0 < lies.ends[1]:
            zero = self._at(0.0)
            painter.drawLine(QPointF(zero, middle - BAND), QPointF(zero, middle + BAND))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent", 0.38))
        low, high = self._at(lies.low), self._at(lies.high)
        painter.drawRoundedRect(QRectF(low, middle - BAND / 2, high - low, BAND), BAND / 2, BAND / 2)
        self._draw_beside(painter, middle)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(QPointF(self._at(lies.value), middle), DOT, DOT)
        painter.end()

    def _fit(self) -> None:
        self.setMaximumWidth(self.sizeHint().width())
        self.updateGeometry()

    def _draw_beside(self, painter: QPainter, middle: float) -> None:
        painter.setPen(QPen(self._theme.colour("text_quiet"), 1.6))
        match self._lies.beside:
            case (low, high):
                left, right, top = self._at(low), self._at(high), middle - BAND
                painter.drawLine(QPointF(left, top), QPointF(right, top))
                for at in (left, right):
                    painter.drawLine(QPointF(at, top), QPointF(at, middle - BAND / 2))
            case float(value):
                at = self._at(value)
                painter.drawLine(QPointF(at, middle - BAND), QPointF(at, middle + BAND))

    def _at(self, value: float) -> float:
        """Where a value stands, in pixels; what lies outside stands at the end."""
        low, high = self._lies.ends
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return DOT + 1 + share * (self.width() - 2 * (DOT + 1))
