"""The time somebody spoke, as a line to put marks on: what they felt, and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.app.partner.open_up import Mark
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING
from attune.ui.widgets.text import announce

EDGE = 18.0  # left and right of the line
DISC = 8.0  # px, radius of a mark
REACH = 14.0  # px within which a click means the mark
STEP_S, STRIDE_S = 1.0, 5.0
TICKS_S = (5, 10, 15, 20, 30, 60)
MOST_TICKS = 9
ROOM = 4.5  # of a time below the line, in heights of its type
AXES = {"valence": ("accent", Qt.PenStyle.SolidLine), "arousal": ("differ", Qt.PenStyle.DashLine)}


class MarkLine(QWidget):
    """``moved(s)`` when the person goes to a time, by click, drag, arrows (Shift: 5 s), Home, End.

    Page up and down go to the mark before and after. Marks stand as high as the first axis says; the lines
    run straight from mark to mark.
    """

    moved = Signal(float)

    def __init__(
        self,
        words: Words,
        theme: Theme,
        *,
        lasts_s: float,
        axes: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self._lasts_s, self._axes = lasts_s, tuple(axes)
        self._marks: tuple[Mark, ...] = ()
        self._time_s = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RING, "yes")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words("partner_open.line.name"))
        vertical = QSizePolicy.Policy.Expanding if axes else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        theme.changed.connect(self.updateGeometry)

    @property
    def time_s(self) -> float:
        """Where the person is."""
        return self._time_s

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show these marks."""
        self._marks = tuple(marks)
        self._tell()
        self.update()

    def go_to(self, time_s: float) -> None:
        """Be at a time, saying nothing."""
        self._time_s = min(max(time_s, 0.0), self._lasts_s)
        self._tell()
        self.update()

    def said(self) -> str:
        """Where it is, and what is marked there."""
        here = next((mark for mark in self._marks if mark.time_s == self._time_s), None)
        when = clock_words(self._words, self._time_s)
        if here is None:
            return self._words("partner_open.line.at", time=when)
        return self._words("partner_open.line.at_mark", time=when, mark=mark_words(self._words, here))

    def sizeHint(self) -> QSize:
        """Tall where there is a line to see."""
        return QSize(480, round(self._top() + (190 if self._axes else 44) + self._below()))

    def minimumSizeHint(self) -> QSize:
        """Room for two lines of names."""
        return QSize(240, round(self._top() + (90 if self._axes else 44) + self._below()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a mark, or to the time pointed at."""
        at = event.position()
        near = [mark for mark in self._marks if (self._spot(mark) - at).manhattanLength() <= REACH]
        self._go(near[0].time_s if near else self._time_at(at.x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse while its button is down."""
        self._go(self._time_at(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home, End; page up and down between marks."""
        step = STRIDE_S if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP_S
        now = self._time_s
        goes = {
            Qt.Key.Key_Left: now - step,
            Qt.Key.Key_Right: now + step,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._lasts_s,
            Qt.Key.Key_PageUp: max((m.time_s for m in self._marks if m.time_s < now), default=now),
            Qt.Key.Key_PageDown: min((m.time_s for m in self._marks if m.time_s > now), default=now),
        }
        key = Qt.Key(event.key())
        if key in goes:
            self._go(goes[key])
            announce(self, self.said())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, ticks, lines, marks, where it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = self._field()
        self._paint_ground(painter, field)
        if self._axes and self._marks:
            self._paint_lines(painter)
        x = self._x(self._time_s)
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        reach = 0 if self._axes else 16  # beyond the bare line
        painter.drawLine(QPointF(x, field.top() - 6 + reach / 2), QPointF(x, field.bottom() + 6))
        self._paint_marks(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter, field: QRectF) -> None:
        painter.setFont(self._theme.font(self._theme.sizes.small))
        if self._axes:
            painter.setPen(QPen(self._theme.colour("border"), 1))
            painter.setBrush(self._theme.colour("sunken"))
            painter.drawRoundedRect(field.adjusted(-10, -6, 10, 6), 8, 8)
        painter.setPen(QPen(self._theme.colour("outline" if not self._axes else "border"), 3))
        painter.drawLine(
            QPointF(field.left(), field.center().y()), QPointF(field.right(), field.center().y())
        )
        painter.setPen(self._theme.colour("text_quiet"))
        for second in ticks(self._lasts_s, most=int(field.width() / self._theme.sizes.small / ROOM)):
            said = clock_words(self._words, second)
            wide = painter.fontMetrics().horizontalAdvance(said)
            left, top = self._left(self._x(second), wide), field.bottom() + 8
            place = QRectF(left, top, wide, self._theme.sizes.small * 1.5)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
        if self._axes and field.height() > 5 * self._theme.sizes.small:
            high, low = (self._words(f"practice.follow.{self._axes[0]}.{end}") for end in ("high", "low"))
            painter.drawText(field, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight, high)
            painter.drawText(field, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, low)

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, axis in enumerate(self._axes):
            colour, style = AXES[axis]
            points = [QPointF(self._x(mark.time_s), self._y(mark.values[place])) for mark in self._marks]
            points.insert(0, QPointF(self._x(0.0), points[0].y()))
            points.append(QPointF(self._x(self._lasts_s), points[-1].y()))
            painter.setPen(QPen(self._theme.colour(colour), 2.4, style))
            painter.drawPolyline(QPolygonF(points))

    def _paint_marks(self, painter: QPainter) -> None:
        free = -1e9
        for mark in self._marks:
            at, here = self._spot(mark), mark.time_s == self._time_s
            painter.setPen(QPen(self._theme.colour("focus" if here else "surface"), 3))
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(at, DISC + here, DISC + here)
            if mark.label is None:
                continue
            weight = QFont.Weight.DemiBold if here else QFont.Weight.Medium
            painter.setFont(self._theme.font(self._theme.sizes.small, weight=weight))
            name = self._words(f"emotions.{mark.label}.title")
            wide = QFontMetrics(painter.font()).horizontalAdvance(name)
            left = self._left(at.x(), wide)
            up = DISC + 7.0
            if left < free:  # names that would touch take turns above and below
                up = -DISC - self._theme.sizes.small - 3.0
            else:
                free = left + wide + 10
            self._paint_name(painter, name, QRectF(left, at.y() - up, wide, 0))

    def _paint_name(self, painter: QPainter, name: str, place: QRectF) -> None:
        """On a ground of its own, so that no line runs through it."""
        tall = self._theme.sizes.small * 1.3
        ground = place.adjusted(-2, -tall * 0.85, 2, tall * 0.15)
        painter.fillRect(ground, self._theme.colour("sunken" if self._axes else "window"))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(place.topLeft(), name)

    def _go(self, time_s: float) -> None:
        self.go_to(round(time_s, 1))
        self.moved.emit(self._time_s)

    def _tell(self) -> None:
        self.setAccessibleDescription(self.said())

    def _left(self, middle: float, wide: float) -> float:
        """Where something written around there begins, so that nothing of it is cut off."""
        return min(max(middle - wide / 2, 0.0), self.width() - wide)

    def _top(self) -> float:
        return self._theme.sizes.small * 1.4 + (0 if self._axes else 6)

    def _below(self) -> float:
        return self._theme.sizes.small * 1.5 + 12

    def _field(self) -> QRectF:
        whole = QRectF(self.rect())
        return whole.adjusted(EDGE, self._top() + 6, -EDGE, -self._below() - 4)

    def _x(self, time_s: float) -> float:
        field = self._field()
        return field.left() + field.width() * time_s / max(self._lasts_s, 1e-6)

    def _y(self, value: float) -> float:
        field = self._field()
        return field.center().y() - value * (field.height() / 2 - DISC - 2)

    def _spot(self, mark: Mark) -> QPointF:
        return QPointF(self._x(mark.time_s), self._y(mark.values[0] if mark.values else 0.0))

    def _time_at(self, x: float) -> float:
        field = self._field()
        return (x - field.left()) / max(field.width(), 1.0) * self._lasts_s


def clock_words(words: Words, time_s: float) -> str:
    """Minutes and seconds."""
    seconds = round(time_s)
    return words("partner_open.line.clock", minutes=seconds // 60, seconds=seconds % 60)


def mark_words(words: Words, mark: Mark) -> str:
    """What a mark says."""
    if mark.label is None:
        return words("partner_open.line.no_name")
    name = words(f"emotions.{mark.label}.noun")
    if mark.intensity is None:
        return name
    return words("partner_open.line.mark", name=name, strength=mark.intensity)


def ticks(lasts_s: float, *, most: int = MOST_TICKS) -> list[int]:
    """Seconds to write below the line: round ones, and no more than there is room for."""
    step = next((step for step in TICKS_S if lasts_s / step <= most - 1), TICKS_S[-1])
    return list(range(0, int(lasts_s) + 1, step))
