"""How much each part of a face moved over a clip: a small curve each, below the scrubber and on its time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.video.player import ROUNDING_NS
from attune.ui.widgets.focus import RING
from attune.ui.widgets.text import announce

EDGE = 11  # half of the scrubber's handle: where its line begins and ends
CURVE = 22  # px, height of a curve at its strongest
GAP = 6


@dataclass(frozen=True, slots=True)
class Curve:
    """One movement: its name, and ``amounts`` in [0, 1] at each of the strip's times, NaN without a face."""

    name: str
    amounts: tuple[float, ...]


class CurveStrip(QWidget):
    """Curves one below the other. A click goes to its time (``sought``), the arrow keys step (``stepped``).

    Up and down choose a curve, whose amount at the time shown is said.
    """

    sought = Signal(object)  # ns: Qt's int has 32 bits
    stepped = Signal(int)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._curves: tuple[Curve, ...] = ()
        self._times: tuple[int, ...] = ()
        self._end_ns = 1
        self._now = 0
        self._most = 4
        self._chosen = -1
        self.above = 0  # px kept free above the curves, for who draws there
        self.setAccessibleName(words("practice.curves.name"))
        self.setToolTip(words("practice.curves.how_to_read"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RING, "yes")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    @property
    def shown(self) -> tuple[Curve, ...]:
        """The curves there is room for."""
        return self._curves[: self._most]

    def show_curves(self, curves: Sequence[Curve], times_ns: Sequence[int], end_ns: int) -> None:
        """Show curves over these times of a clip that is over at ``end_ns``; none: hide."""
        self._curves = tuple(curves)
        self._times = tuple(times_ns)
        self._end_ns = max(1, end_ns)
        self._chosen = -1
        self._now = 0
        self._tell()
        self.setVisible(bool(curves) or self.above > 0)
        self.updateGeometry()
        self.update()

    def set_time(self, time_ns: int, end_ns: int) -> None:
        """The clip is there now."""
        self._now, self._end_ns = time_ns, max(1, end_ns)
        self.update()

    def set_most(self, most: int) -> None:
        """Show no more curves than that: the picture needs the room."""
        if most != self._most:
            self._most = most
            self.updateGeometry()
            self.update()

    def said(self, place: int) -> str:
        """One curve's amount now, in words."""
        curve, amount = self.shown[place], self._amount(self.shown[place])
        if amount is None:
            return self._words("practice.curves.no_face", unit=curve.name)
        return self._words("practice.curves.said", unit=curve.name, amount=amount, seconds=self._now / 1e9)

    def sizeHint(self) -> QSize:
        """As tall as its curves."""
        return QSize(240, self.above + len(self.shown) * self._row())

    def minimumSizeHint(self) -> QSize:
        """Curves may be narrow, not flat."""
        return QSize(120, self.sizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the time that is pointed at."""
        self._seek(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while its button is down."""
        self._seek(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows: a frame back or on; another curve."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in rows and self.shown:
            self._chosen = min(max(self._chosen + rows[key], 0), len(self.shown) - 1)
            self._tell()
            announce(self, self.said(self._chosen))
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names and amounts, curves, the line of now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, curve in enumerate(self.shown):
            top = self.above + place * self._row()
            self._paint_words(painter, curve, top, chosen=place == self._chosen)
            self._paint_curve(painter, curve, top + self._words_height())
        x = self._x(self._now)
        painter.setPen(QPen(self._theme.colour("text"), 1.5))
        painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()

    def _paint_words(self, painter: QPainter, curve: Curve, top: int, *, chosen: bool) -> None:
        weight = QFont.Weight.DemiBold if chosen else QFont.Weight.Normal
        painter.setFont(self._theme.font(self._theme.sizes.small, weight=weight))
        painter.setPen(self._theme.colour("text" if chosen else "text_quiet"))
        place = QRectF(EDGE, top, self.width() - 2 * EDGE, self._words_height())
        amount = self._amount(curve)
        number = "" if amount is None else self._words("practice.percent", share=amount)
        room = int(place.width()) - QFontMetrics(painter.font()).horizontalAdvance("100%  ")
        name = QFontMetrics(painter.font()).elidedText(curve.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, number)

    def _paint_curve(self, painter: QPainter, curve: Curve, top: float) -> None:
        floor = top + CURVE
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.drawLine(QPointF(EDGE, floor), QPointF(self.width() - EDGE, floor))
        for stretch in self._stretches(curve):
            points = [QPointF(self._x(time), floor - amount * CURVE) for time, amount in stretch]
            line = QPolygonF(points)
            area = QPolygonF([QPointF(points[0].x(), floor), *points, QPointF(points[-1].x(), floor)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("measured", 0.22))
            painter.drawPolygon(area)
            painter.setPen(QPen(self._theme.colour("measured"), 1.8))
            painter.drawPolyline(line)

    def _stretches(self, curve: Curve) -> list[list[tuple[int, float]]]:
        """The curve without the times at which there was no face."""
        found: list[list[tuple[int, float]]] = [[]]
        for time, amount in zip(self._times, curve.amounts, strict=True):
            if isfinite(amount):
                found[-1].append((time, amount))
            elif found[-1]:
                found.append([])
        return [stretch for stretch in found if len(stretch) > 1]

    def _amount(self, curve: Curve) -> float | None:
        """The amount of the frame shown now."""
        if not self._times:
            return None
        amount = curve.amounts[max(0, bisect_right(self._times, self._now + ROUNDING_NS) - 1)]
        return amount if isfinite(amount) else None

    def _tell(self) -> None:
        told = self._words("practice.curves.how_to_read")
        self.setAccessibleDescription(told if self._chosen < 0 else self.said(self._chosen))

    def _seek(self, at: QPointF) -> None:
        share = (at.x() - EDGE) / max(1, self.width() - 2 * EDGE)
        self.sought.emit(round(min(max(share, 0.0), 1.0) * self._end_ns))

    def _x(self, time_ns: int) -> float:
        return EDGE + min(time_ns / self._end_ns, 1.0) * (self.width() - 2 * EDGE)

    def _words_height(self) -> int:
        return round(self._theme.sizes.small * 1.4)

    def _row(self) -> int:
        return self._words_height() + CURVE + GAP
