"""What a person follows with: a line with a handle for one axis, a field for two."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING

TAP = 0.06  # what one press of a key moves
SPEED = 1.1  # a second, while it is held
NOTCH = 0.08  # of a wheel
WHEEL_STEP = 120  # Qt's units for one notch
HANDLE = 13.0  # px, its radius

WAYS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Down: (0.0, -1.0),
    Qt.Key.Key_Up: (0.0, 1.0),
}


class Tracer(QWidget):
    """``values``, one in [-1, 1] for each of ``axes``; mouse, arrow keys and wheel move them.

    One axis lies from left to right, and up is right; of two the first lies so, the second upwards.
    ``moved`` whenever the person moved it.
    """

    moved = Signal()

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._axes: tuple[str, ...] = ("valence",)
        self._at = [0.0, 0.0]
        self._held: dict[int, tuple[float, float]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty(RING, "yes")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        theme.changed.connect(self.updateGeometry)
        self.begin(self._axes)

    @property
    def values(self) -> tuple[float, ...]:
        """Where it stands."""
        return tuple(self._at[: len(self._axes)])

    def begin(self, axes: Sequence[str]) -> None:
        """Follow these axes, from the middle."""
        self._axes = tuple(axes)
        self._at = [0.0, 0.0]
        self._held.clear()
        vertical = QSizePolicy.Policy.Fixed if len(axes) == 1 else QSizePolicy.Policy.Preferred
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)
        self.setAccessibleName(self._words(f"practice.follow.name.{'_'.join(axes)}"))
        self._tell()
        self.updateGeometry()
        self.update()

    def move_to(self, *values: float) -> None:
        """Stand there, as near as it can be."""
        for place, value in enumerate(values):
            self._at[place] = min(max(value, -1.0), 1.0)
        self._tell()
        self.update()
        self.moved.emit()

    def tick(self, seconds: float) -> None:
        """So much time has passed: keys that are held move on."""
        for way in self._held.values():
            self._push(way, SPEED * seconds)

    def take_key(self, event: QKeyEvent, *, pressed: bool) -> bool:
        """An arrow key going down or up; whether it was one."""
        way = WAYS.get(Qt.Key(event.key()))
        if way is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.isAutoRepeat():
            return True
        if pressed:
            self._held[event.key()] = way
            self._push(way, TAP)
        else:
            self._held.pop(event.key(), None)
        return True

    def let_go(self) -> None:
        """No key is held any more."""
        self._held.clear()

    def sizeHint(self) -> QSize:
        """A line with its words below, or a square."""
        if len(self._axes) == 1:
            return QSize(420, round(4 * HANDLE) + self._theme.sizes.small * 2)
        return QSize(360, 360)

    def minimumSizeHint(self) -> QSize:
        """Enough to move in."""
        return QSize(200, self.sizeHint().height() if len(self._axes) == 1 else 200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys."""
        if not self.take_key(event, pressed=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Arrow keys."""
        if not self.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key let go elsewhere is not heard here."""
        self.let_go()
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the mouse points."""
        self._point(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse, its button down or not: holding it down for minutes tires the hand."""
        self._point(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Up is more: of one axis, of the second of two; sideways the first."""
        turned = event.angleDelta()
        self._push((turned.x(), turned.y()), NOTCH / WHEEL_STEP)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line or the field, its words, and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(self._theme.sizes.small))
        field = self._field()
        if len(self._axes) == 1:
            self._paint_line(painter, field)
        else:
            self._paint_field(painter, field)
        self.paint_handle(painter, self._handle(field))
        painter.end()

    def paint_handle(self, painter: QPainter, at: QPointF) -> None:
        """Draw the handle."""
        painter.setPen(QPen(self._theme.colour("surface"), 3))
        painter.setBrush(self._theme.colour("accent"))
        painter.drawEllipse(at, HANDLE, HANDLE)

    def _push(self, way: tuple[float, float], by: float) -> None:
        if len(self._axes) == 1:
            self.move_to(self._at[0] + (way[0] + way[1]) * by)
        else:
            self.move_to(self._at[0] + way[0] * by, self._at[1] + way[1] * by)

    def _point(self, at: QPointF) -> None:
        field = self._field()
        across = 2 * (at.x() - field.left()) / field.width() - 1
        if len(self._axes) == 1:
            self.move_to(across)
        else:
            self.move_to(across, 1 - 2 * (at.y() - field.top()) / field.height())

    def _tell(self) -> None:
        self.setAccessibleDescription(
            ", ".join(
                self._words(f"practice.follow.at.{axis}", value=value)
                for axis, value in zip(self._axes, self.values, strict=True)
            )
        )

    def _field(self) -> QRectF:
        """Where the middle of the handle can be."""
        edge = HANDLE + 3
        if len(self._axes) == 1:
            return QRectF(edge, 2 * HANDLE, self.width() - 2 * edge, 0)
        words = self._theme.sizes.small * 1.8
        side = min(self.width(), self.height()) - 2 * words - 2 * edge
        place = QRectF(0, 0, max(side, 1.0), max(side, 1.0))
        place.moveCenter(QPointF(self.rect().center()))
        return place

    def _handle(self, field: QRectF) -> QPointF:
        down = (1 - self._at[1]) / 2 * field.height() if len(self._axes) > 1 else 0.0
        return QPointF(field.left() + (self._at[0] + 1) / 2 * field.width(), field.top() + down)

    def _paint_line(self, painter: QPainter, field: QRectF) -> None:
        middle, y = field.center().x(), field.top()
        line = QPen(self._theme.colour("outline"), 6)
        line.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(line)
        painter.drawLine(field.topLeft(), field.topRight())
        painter.setPen(QPen(self._theme.colour("text_quiet"), 2))
        painter.drawLine(QPointF(middle, y - HANDLE), QPointF(middle, y + HANDLE))
        painter.setPen(self._theme.colour("text_quiet"))
        low, mid, high = self._ends(self._axes[0])
        below = QRectF(0, y + HANDLE + 6, self.width(), self._theme.sizes.small * 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, low)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, mid)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, high)

    def _paint_field(self, painter: QPainter, field: QRectF) -> None:
        around = field.adjusted(-HANDLE - 2, -HANDLE - 2, HANDLE + 2, HANDLE + 2)
        painter.setPen(QPen(self._theme.colour("outline"), 1.2))
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(around, self._theme.sizes.radius, self._theme.sizes.radius)
        painter.setPen(QPen(self._theme.colour("border"), 2))
        painter.drawLine(
            QPointF(field.center().x(), around.top()), QPointF(field.center().x(), around.bottom())
        )
        painter.drawLine(
            QPointF(around.left(), field.center().y()), QPointF(around.right(), field.center().y())
        )
        painter.setPen(self._theme.colour("text_quiet"))
        across, upwards = self._ends(self._axes[0]), self._ends(self._axes[1])
        height = self._theme.sizes.small * 1.8
        centre = Qt.AlignmentFlag.AlignCenter
        for words, y in ((upwards[2], around.top() - height), (upwards[0], around.bottom())):
            painter.drawText(QRectF(0, y, self.width(), height), centre, words)
        for words, right in ((across[0], False), (across[2], True)):
            self._paint_inside(painter, around, words, right=right)

    def _paint_inside(self, painter: QPainter, around: QRectF, words: str, *, right: bool) -> None:
        """The words of the ends to the side stand inside, just above the line they belong to."""
        wide = QFontMetrics(painter.font()).horizontalAdvance(words)
        x = around.right() - wide - 8 if right else around.left() + 8
        height = self._theme.sizes.small * 1.8
        painter.drawText(
            QRectF(x, around.center().y() - height, wide + 2, height), Qt.AlignmentFlag.AlignVCenter, words
        )

    def _ends(self, axis: str) -> tuple[str, str, str]:
        low, mid, high = (self._words(f"practice.follow.{axis}.{end}") for end in ("low", "middle", "high"))
        return low, mid, high
