"""A brief moment on the screen: a calm picture, an expression for so many of the screen's frames, calm again.

A picture handed to the screen shows at its next refresh. Two pictures handed over a whole number of refreshes
apart therefore stand that many refreshes apart on the screen; when each was handed over is what is measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.ui.theme import Theme
from attune.ui.video.view import MOST_ENLARGED, SMALLEST, USUAL

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000
NOW_NS = 100_000  # nearer than this is now

Clock = Callable[[], int]
"""A monotonic clock in ns."""


class Shows(Protocol):
    """What a moment is shown on."""

    def put(self, place: int) -> int | None:
        """Hand a picture to the screen now; the clock when that was done, None where nobody can see it."""


class Stage(QWidget):
    """Shows one of a few pictures of the same size, made ready beforehand so that showing one is a copy."""

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, clock: Clock = time.monotonic_ns
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._images: tuple[QImage, ...] = ()
        self._ready: tuple[QPixmap, ...] = ()
        self._ready_for: tuple[QSize, float] | None = None
        self._place = 0
        self._paints = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST, SMALLEST)
        theme.changed.connect(self._start_over)

    def set_pictures(self, *images: QImage) -> None:
        """Take the pictures, and show the first; none: an empty stage."""
        self._images = images
        self._place = 0
        self._start_over()

    def put(self, place: int) -> int | None:
        """Paint a picture and hand it to the screen before returning."""
        self._place = place
        before = self._paints
        self.repaint()
        exposed = self.isVisible() and self.window().windowHandle().isExposed()
        return self._clock() if exposed and self._paints > before else None

    def sizeHint(self) -> QSize:
        """As a clip's."""
        return self._images[0].size() if self._images else USUAL

    def picture_rect(self) -> QRectF:
        """Where the pictures are: as a clip would be."""
        whole = QRectF(self.rect())
        size = self._images[0].size() if self._images else USUAL
        most = whole.size().boundedTo((size * MOST_ENLARGED).expandedTo(USUAL).toSizeF())
        place = QRectF(QPointF(), size.toSizeF().scaled(most, Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(whole.center())
        return QRectF(place.toAlignedRect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Copy the picture that is due."""
        painter = QPainter(self)
        place = self.picture_rect()
        if not self._images:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillPath(self._rounded(place), self._theme.colour("sunken"))
        else:
            self._make_ready(place.size().toSize())
            painter.drawPixmap(place.topLeft(), self._ready[self._place])
        painter.end()
        self._paints += 1

    def _start_over(self) -> None:
        self._ready_for = None
        self.update()

    def _make_ready(self, size: QSize) -> None:
        """Scale and round all pictures for this size and screen, unless that was done before."""
        scale = self.devicePixelRatioF()
        if self._ready_for == (size, scale):
            return
        self._ready_for = (size, scale)
        self._ready = tuple(self._rounded_picture(image, size, scale) for image in self._images)

    def _rounded_picture(self, image: QImage, size: QSize, scale: float) -> QPixmap:
        made = QPixmap(size * scale)
        made.setDevicePixelRatio(scale)
        made.fill(self._theme.colour("window"))
        painter = QPainter(made)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(QPointF(), size.toSizeF())
        painter.setClipPath(self._rounded(place))
        painter.drawImage(place, image)
        painter.end()
        return made

    def _rounded(self, place: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(place, self._theme.sizes.radius_large, self._theme.sizes.radius_large)
        return path


class Moment(QObject):
    """Shows picture 0, then 1 for ``frames`` of a screen of ``hz``, then 0 again.

    ``stirred(clock)`` when the expression was handed to the screen, ``over(shown_ms)`` when the calm picture
    was; None where one of the two could not be seen. Waiting leaves the event loop free.
    """

    stirred = Signal(object)
    over = Signal(object)

    def __init__(
        self, stage: Shows, parent: QObject | None = None, *, clock: Clock = time.monotonic_ns
    ) -> None:
        super().__init__(parent)
        self._stage = stage
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._wake)
        self._due_ns = 0
        self._then: Callable[[], None] = self._stir
        self._lasts_ns = 0
        self._stirred_ns: int | None = None

    @property
    def running(self) -> bool:
        """Whether it is under way."""
        return self._timer.isActive()

    def run(self, *, frames: int, hz: float, calm_ms: float) -> None:
        """Begin with ``calm_ms`` of calm."""
        self._stage.put(0)
        self._lasts_ns = round(frames * NS_PER_S / hz)
        self._wait(self._clock() + round(calm_ms * NS_PER_MS), self._stir)

    def stop(self) -> None:
        """Give up; nothing more is shown or told."""
        self._timer.stop()

    def _stir(self) -> None:
        self._stirred_ns = self._stage.put(1)
        begun = self._clock() if self._stirred_ns is None else self._stirred_ns
        self._wait(begun + self._lasts_ns, self._calm)  # before anyone who listens takes time
        self.stirred.emit(self._stirred_ns)

    def _calm(self) -> None:
        calmed = self._stage.put(0)
        unknown = calmed is None or self._stirred_ns is None
        self.over.emit(None if unknown else (calmed - self._stirred_ns) / NS_PER_MS)  # type: ignore[operator]

    def _wait(self, due_ns: int, then: Callable[[], None]) -> None:
        self._due_ns, self._then = due_ns, then
        self._timer.start(max(0, (due_ns - self._clock()) // NS_PER_MS))

    def _wake(self) -> None:
        left = self._due_ns - self._clock()
        if left > NOW_NS:  # timers count whole milliseconds: the rest is a few turns of the event loop
            self._timer.start(left // NS_PER_MS)
        else:
            self._then()
