"""The picture of a clip, fitted into its place, with the face's lines drawn over it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.ui.theme import Theme
from attune.ui.theme.tokens import OKABE_ITO
from attune.ui.video.face_lines import Part, lines
from attune.ui.video.player import ShownFrame

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

SMALLEST = 240  # px: below this a face cannot be read
USUAL = QSize(512, 512)
MOST_ENLARGED = 2  # beyond this a picture only gets softer


class Track(Protocol):
    """What is needed of a face track: where the face's landmarks are at a stream time."""

    @property
    def time_ns(self) -> NDArray[np.int64]:
        """(n,) stream times."""

    @property
    def face(self) -> NDArray[np.bool_]:
        """(n,) whether there is a face."""

    @property
    def landmarks(self) -> NDArray[np.float32]:
        """(n, 478, 3), x and y in picture widths and heights."""

    def index_at(self, time_ns: int) -> int:
        """The row that holds at a stream time."""


class ClipView(QWidget):
    """Paints the newest frame; ``painted(time_ns, clock_ns)`` tells when each frame first was.

    ``clock`` is a monotonic clock in ns. Frames replaced before they were painted are counted in ``missed``.
    """

    painted = Signal(object, object)  # Qt's int has 32 bits

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, *, clock: Callable[[], int] = time.monotonic_ns
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._frame: ShownFrame | None = None
        self._unpainted = False
        self.missed = 0
        self._track: Track | None = None
        self._faces: NDArray[np.bool_] | None = None
        self._lit: frozenset[Part] = frozenset()
        self._lines_on = True
        self._ground = "window"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST, SMALLEST)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As large as the clip."""
        return self._frame.image.size() if self._frame else USUAL

    @property
    def lines_on(self) -> bool:
        """Whether the face's lines are drawn where they are known."""
        return self._lines_on

    def set_lines_on(self, on: bool) -> None:
        """Draw the face's lines or not."""
        self._lines_on = on
        self.update()

    def set_track(self, track: Track | None, lit: Collection[Part] = ()) -> None:
        """Take the track to draw over the frames; ``lit`` parts are drawn stronger."""
        self._track = track
        self._faces = track.face if track is not None else None
        self._lit = frozenset(lit)
        self.update()

    def show_frame(self, frame: ShownFrame) -> None:
        """Show this frame from now on."""
        self.missed += self._unpainted
        self._unpainted = True
        self._frame = frame
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._frame = None
        self._unpainted = False
        self.missed = 0
        self.set_track(None)

    def picture_rect(self) -> QRectF:
        """Where the picture is: as large as fits, in its own proportions, in the middle."""
        whole = QRectF(self.rect())
        size = self._frame.image.size() if self._frame else USUAL
        most = whole.size().boundedTo((size * MOST_ENLARGED).expandedTo(USUAL).toSizeF())
        fitted = size.toSizeF().scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(QPointF(), fitted)
        place.moveCenter(whole.center())
        return QRectF(place.toAlignedRect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, lines, rounded corners."""
        painter = QPainter(self)
        place = self.picture_rect()
        if self._frame is None:
            painter.fillRect(place, self._theme.colour("stage"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._frame.image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_lines(painter, place)
        self._round_corners(painter, place)
        painter.end()
        if self._frame is not None and self._unpainted:
            self._unpainted = False
            self.painted.emit(self._frame.time_ns, self._clock())

    def _paint_lines(self, painter: QPainter, place: QRectF) -> None:
        if not (self._lines_on and self._track is not None and self._frame is not None):
            return
        row = self._track.index_at(self._frame.time_ns)
        if self._faces is None or not self._faces[row]:
            return
        drawn = lines(self._track.landmarks[row], place)
        thin = max(1.1, place.width() / 450)
        # Dark below light, so that the lines stand out on any skin and any picture. All of it opaque, joints
        # unrounded: drawing lines that let the picture through takes Qt six times as long.
        weights = {part: thin * (1.8 if part in self._lit else 1.0) for part in Part}
        dark = {part: QPen(self._theme.colour("stage"), weight + 1.0) for part, weight in weights.items()}
        light = {
            part: QPen(QColor(OKABE_ITO["orange" if part in self._lit else "sky"]), weight)
            for part, weight in weights.items()
        }
        for pens in (dark, light):
            for part, line in drawn:
                painter.setPen(pens[part])
                painter.drawPolyline(line)

    def _round_corners(self, painter: QPainter, place: QRectF) -> None:
        """Cover the corners with the ground: far cheaper than clipping every frame."""
        radius = self._theme.sizes.radius_large
        corners = QPainterPath()
        corners.addRect(place.adjusted(-1, -1, 1, 1))
        corners.addRoundedRect(place, radius, radius)
        painter.fillPath(corners, self._theme.colour(self._ground))
