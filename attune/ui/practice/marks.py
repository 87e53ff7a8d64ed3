"""Small drawn things: who said it, whether readings agree, and bars."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.ui.theme import Theme


class Shape(StrEnum):
    """A form and the colour that goes with it, so that neither speaks alone."""

    PERSON = "accent"  # a disc
    REFERENCE = "differ"  # a diamond
    MEASURED = "measured"  # a triangle
    AGREE = "agree"  # a tick in a ring
    DIFFER = "text_quiet"  # two discs apart


def outline(shape: Shape) -> QPainterPath:
    """The shape's form around (0, 0), one unit to each side."""
    path = QPainterPath()
    if shape is Shape.PERSON:
        path.addEllipse(QPointF(), 0.8, 0.8)
    elif shape is Shape.REFERENCE:
        path.addPolygon(QPolygonF([QPointF(0, -1), QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0)]))
    elif shape is Shape.MEASURED:
        path.addPolygon(QPolygonF([QPointF(0, -0.9), QPointF(1, 0.8), QPointF(-1, 0.8)]))
    elif shape is Shape.DIFFER:
        path.addEllipse(QPointF(-0.5, 0), 0.42, 0.42)
        path.addEllipse(QPointF(0.5, 0), 0.42, 0.42)
    path.closeSubpath()
    return path


def _tick() -> QPainterPath:
    path = QPainterPath(QPointF(-0.42, 0.02))
    path.lineTo(-0.1, 0.36)
    path.lineTo(0.46, -0.34)
    return path


def paint_mark(painter: QPainter, theme: Theme, shape: Shape) -> None:
    """A shape in its colour around (0, 0), one unit to each side."""
    colour = theme.colour(shape.value)
    if shape is not Shape.AGREE:
        painter.fillPath(outline(shape), colour)
        return
    pen = QPen(colour, 0.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawEllipse(QPointF(), 0.86, 0.86)
    painter.drawPath(_tick())


class Mark(QWidget):
    """One shape; what it means stands beside it in words."""

    def __init__(self, theme: Theme, shape: Shape, size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shape = shape
        self.setFixedSize(size, size)
        theme.changed.connect(self.update)

    def set_shape(self, shape: Shape) -> None:
        """Show another shape."""
        self._shape = shape
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(self.width() / 2.1, self.height() / 2.1)
        paint_mark(painter, self._theme, self._shape)
        painter.end()


class Bar(QWidget):
    """A share in [0, 1] as a bar, with its interval as a line; the number stands beside it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, colour: str = "accent") -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        self._share = 0.0
        self._interval: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_share(self, share: float, interval: tuple[float, float] | None = None) -> None:
        """Show a share."""
        self._share = min(max(share, 0.0), 1.0)
        self._interval = interval
        self.update()

    def sizeHint(self) -> QSize:
        """Slim."""
        return QSize(90, 14)

    def minimumSizeHint(self) -> QSize:
        """Wide enough to compare."""
        return QSize(40, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track, bar, interval."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, self.height() / 2 - 4, self.width(), 8)
        painter.setBrush(self._theme.colour("border"))
        painter.drawRoundedRect(track, 4, 4)
        if self._share > 0:
            painter.setBrush(self._theme.colour(self._colour))
            painter.drawRoundedRect(QRectF(0, track.y(), max(8.0, track.width() * self._share), 8), 4, 4)
        if self._interval is not None:
            self._paint_interval(painter, *self._interval)
        painter.end()

    def _paint_interval(self, painter: QPainter, low: float, high: float) -> None:
        middle, width = self.height() / 2, self.width() - 2
        painter.setPen(QPen(self._theme.colour("text"), 1.6))
        painter.drawLine(QPointF(1 + low * width, middle), QPointF(1 + high * width, middle))
        for end in (low, high):
            x = 1 + end * width
            painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5))


class Span(QWidget):
    """A place on a line, with the range in which it likely lies, and a bar to be passed where there is one.

    Ranges and places are words beside it; ``value`` None shows the range alone.
    """

    def __init__(self, theme: Theme, ends: tuple[float, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ends = ends
        self._value: float | None = None
        self._range: tuple[float, float] | None = None
        self._goal: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_value(
        self,
        value: float | None,
        *,
        likely: tuple[float, float] | None = None,
        goal: float | None = None,
    ) -> None:
        """Show a value, its likely range, and the bar."""
        self._value, self._range, self._goal = value, likely, goal
        self.update()

    def sizeHint(self) -> QSize:
        """Slim."""
        return QSize(240, 34)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, range, bar, place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("border"))
        painter.drawRoundedRect(QRectF(0, middle - 4, self.width(), 8), 4, 4)
        if self._range is not None:
            low, high = (self._x(end) for end in self._range)
            painter.setPen(QPen(self._theme.colour("accent"), 1.2))
            painter.setBrush(self._theme.colour("accent_soft"))
            painter.drawRoundedRect(QRectF(low, middle - 7, max(6.0, high - low), 14), 7, 7)
        if self._goal is not None:
            pen = QPen(self._theme.colour("text"), 2, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(self._x(self._goal), 2), QPointF(self._x(self._goal), self.height() - 2))
        if self._value is not None:
            painter.setPen(QPen(self._theme.colour("surface"), 2.5))
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(QPointF(self._x(self._value), middle), 10, 10)
        painter.end()

    def _x(self, value: float) -> float:
        low, high = self._ends
        share = min(max((value - low) / (high - low), 0.0), 1.0)
        return 11 + share * (self.width() - 22)
