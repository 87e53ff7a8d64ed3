"""The partner as a picture that can be turned: by dragging, or with the arrow keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.ui.drawn.painter import Easel, Painter, Scene
from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Motion

SMALLEST = 200  # px: below this a face cannot be read
STEP = 64  # px that a picture's side is a multiple of: a window being resized does not ask for every size
LARGEST = 1280  # px: finer than this nobody sees
FAR_ROUND, FAR_UP = 1.2, 0.45  # radians
PER_PIXEL, PER_KEY = 0.008, 0.12
RESIZED_MS = 120


def side_for(pixels: float) -> int:
    """How large to draw what is to be seen this large: a little larger rather than smaller."""
    return max(STEP, min(LARGEST, STEP * round(pixels / STEP + 0.49)))


class PartnerView(QWidget):
    """Shows somebody doing something; ``failed(error)`` where nothing can be drawn.

    ``came`` with the first picture of somebody, ``over`` when the last of a motion shows, and
    ``painted(time_s, clock_ns)`` with each picture and the time of its motion. ``turnable``: whether one can
    walk around them.
    """

    failed = Signal(object)
    came = Signal()
    over = Signal()
    painted = Signal(float, object)

    def __init__(
        self,
        painter: Painter,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        turnable: bool = False,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._easel = Easel(painter, self)
        self._person = ""
        self._motion: Motion | None = None
        self._goes_on = False
        self._yaw = self._pitch = 0.0
        self._image: QImage | None = None
        self._time_s: float | None = None
        self._said = ""
        self._dragged_from: QPointF | None = None
        self._turnable = turnable
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(RESIZED_MS)
        self._resized.timeout.connect(self._ask)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST, SMALLEST)
        if turnable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setProperty(RING, True)  # noqa: FBT003 - Qt's own signature
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._easel.came.connect(self._take)
        self._easel.failed.connect(self.failed)
        theme.changed.connect(self.update)

    @property
    def image(self) -> QImage | None:
        """The picture that shows."""
        return self._image

    @property
    def turned(self) -> tuple[float, float]:
        """From where the person is looked at: yaw to their left and pitch from above, radians."""
        return self._yaw, self._pitch

    def show_motion(self, person: str, motion: Motion, *, goes_on: bool = False) -> None:
        """Show somebody doing this from now on; ``goes_on`` as in a scene."""
        if person != self._person:
            self._image = None
        self._person, self._motion, self._goes_on = person, motion, goes_on
        self._ask()

    def say(self, sentence: str) -> None:
        """What stands in the picture's place while there is none."""
        self._said = sentence
        self.update()

    def clear(self) -> None:
        """Show nobody."""
        self._easel.want(None)
        self._person, self._motion, self._image = "", None, None
        self.update()

    def rest(self) -> None:
        """Draw no further, keeping what shows; :meth:`show_motion` goes on."""
        self._easel.want(None)

    def turn(self, yaw: float, pitch: float) -> None:
        """Look from there, as far round as one can go."""
        self._yaw = max(-FAR_ROUND, min(FAR_ROUND, yaw))
        self._pitch = max(-FAR_UP, min(FAR_UP, pitch))
        self._ask()

    def sizeHint(self) -> QSize:
        """As little as there is room for: it grows with its place."""
        return QSize(SMALLEST, SMALLEST)

    def picture_rect(self) -> QRectF:
        """Where the picture is: the largest square, in the middle."""
        whole = QRectF(self.rect())
        side = min(whole.width(), whole.height())
        place = QRectF(0, 0, side, side)
        place.moveCenter(whole.center())
        return QRectF(place.toAlignedRect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The newest picture, or what is to be said instead."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = self.picture_rect()
        shape = QPainterPath()
        shape.addRoundedRect(place, self._theme.sizes.radius_large, self._theme.sizes.radius_large)
        if self._image is None:
            painter.fillPath(shape, self._theme.colour("sunken"))
            painter.setPen(self._theme.colour("text_quiet"))
            painter.setFont(self._theme.font(self._theme.sizes.body))
            words = place.adjusted(32, 32, -32, -32)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._said)
        else:
            painter.setClipPath(shape)
            painter.drawImage(place, self._image)
        painter.end()
        if self._time_s is not None:
            time_s, self._time_s = self._time_s, None
            self.painted.emit(time_s, self._clock())
            if self._motion is not None and 0 < self._motion.lasts_s <= time_s:
                self.over.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have it drawn as large as it now shows, once the window stays as it is."""
        super().resizeEvent(event)
        self._resized.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if self._turnable and event.button() is Qt.MouseButton.LeftButton:
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn along with the hand."""
        if self._dragged_from is not None:
            way = event.position() - self._dragged_from
            self._dragged_from = event.position()
            self.turn(self._yaw - PER_PIXEL * way.x(), self._pitch + PER_PIXEL * way.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        if self._dragged_from is not None:
            self._dragged_from = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Face to face again."""
        if self._turnable and event.button() is Qt.MouseButton.LeftButton:
            self.turn(0.0, 0.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys turn, Home faces again."""
        ways = {
            Qt.Key.Key_Left: (-PER_KEY, 0.0),
            Qt.Key.Key_Right: (PER_KEY, 0.0),
            Qt.Key.Key_Up: (0.0, PER_KEY),
            Qt.Key.Key_Down: (0.0, -PER_KEY),
        }
        way = ways.get(Qt.Key(event.key()))
        if self._turnable and way is not None and not event.modifiers():
            self.turn(self._yaw + way[0], self._pitch + way[1])
        elif self._turnable and event.key() == Qt.Key.Key_Home:
            self.turn(0.0, 0.0)
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if self._motion is None:
            return
        from attune.app.studio import View  # noqa: PLC0415 - loads numpy

        side = side_for(self.picture_rect().width() * self.devicePixelRatioF())
        view = View(yaw=self._yaw, pitch=self._pitch)
        scene = Scene(person=self._person, motion=self._motion, view=view, side=side, goes_on=self._goes_on)
        self._easel.want(scene)

    def _take(self, image: QImage, time_s: float) -> None:
        first, self._image = self._image is None, image
        self._time_s = time_s
        self.update()
        if first:
            self.came.emit()
