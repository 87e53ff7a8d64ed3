"""Neutral beside apex: two stills of the clip with their captions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.video.view import Track
from attune.ui.widgets import column, row, text

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray

HIGHEST = 320
AIR = 0.22  # of the face, around it


def face_place(track: Track, times_ns: Sequence[int]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the face over these times with some air, in picture widths and heights."""
    rows = [track.index_at(time_ns) for time_ns in times_ns]
    points = track.landmarks[rows][track.face[rows]][:, :, :2].reshape(-1, 2).astype("float64")
    if not len(points):
        return 0.0, 0.0, 1.0, 1.0
    low, high = points.min(axis=0), points.max(axis=0)
    air = (high - low) * AIR
    (left, top), (right, bottom) = (low - air).clip(0, 1).tolist(), (high + air).clip(0, 1).tolist()
    return left, top, right, bottom


def cut(rgb: NDArray[np.uint8], place: tuple[float, float, float, float]) -> NDArray[np.uint8]:
    """The part of an RGB picture (H, W, 3) at ``place``."""
    height, width = rgb.shape[:2]
    left, top, right, bottom = place
    return rgb[
        int(top * height) : max(1, round(bottom * height)), int(left * width) : max(1, round(right * width))
    ]


def image_of(rgb: NDArray[np.uint8]) -> QImage:
    """Copy of an RGB picture (H, W, 3)."""
    height, width = rgb.shape[:2]
    packed = rgb.copy()
    return QImage(packed.data, width, height, width * 3, QImage.Format.Format_RGB888).copy()


class Still(QWidget):
    """One picture as wide as its place, in its own proportions, with rounded corners."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._image: QImage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(80)
        theme.changed.connect(self.update)

    def set_image(self, image: QImage | None) -> None:
        """Show a picture, or an empty place for one."""
        self._image = image
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Proportions of the picture, a square without one."""
        if self._image is None:
            return min(width, HIGHEST)
        return min(HIGHEST, round(width * self._image.height() / self._image.width()))

    def sizeHint(self) -> QSize:
        """Small."""
        return QSize(160, self.heightForWidth(160))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, or a sunken place."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = QRectF(self.rect())
        if self._image is not None:
            size = self._image.size().toSizeF().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            fitted = QRectF(0, 0, size.width(), size.height())
            fitted.moveLeft(place.left())
            place = fitted
        corners = QPainterPath()
        corners.addRoundedRect(place, self._theme.sizes.radius, self._theme.sizes.radius)
        if self._image is None:
            painter.fillPath(corners, self._theme.colour("sunken"))
        else:
            painter.setClipPath(corners)
            painter.drawImage(place, self._image)
        painter.end()


class Stills(QWidget):
    """At rest, at the strongest moment, and the expression it is most easily taken for, side by side."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.neutral = Still(theme)
        self.apex = Still(theme)
        self.other = Still(theme)
        self._captions = {still: text("", "small") for still in (self.neutral, self.apex, self.other)}
        self._places: dict[Still, QWidget] = {}
        inside = row(spacing=12)
        for still, caption in self._captions.items():
            place = QWidget()
            part = column(spacing=4)
            part.addWidget(still)
            part.addWidget(caption)
            part.addStretch(1)
            place.setLayout(part)
            self._places[still] = place
            inside.addWidget(place, 1)
        self.setLayout(inside)

    def wait(self, neutral_s: float, apex_s: float, other: str | None) -> None:
        """Keep places for the pictures of these times, and of an expression named ``other``, where given."""
        said = {
            self.neutral: self._words("practice.stills.neutral", seconds=neutral_s),
            self.apex: self._words("practice.stills.apex", seconds=apex_s),
            self.other: "" if other is None else self._words("practice.stills.other", emotion=other),
        }
        for still, caption in said.items():
            self._captions[still].setText(caption)
            still.setAccessibleName(caption)
            still.set_image(None)
        self._places[self.other].setVisible(other is not None)

    def show_stills(self, neutral: NDArray[np.uint8], apex: NDArray[np.uint8]) -> None:
        """Show the two pictures of this clip."""
        self.neutral.set_image(image_of(neutral))
        self.apex.set_image(image_of(apex))

    def show_image(self, number: int, image: QImage) -> None:
        """Show one of the three in its place."""
        (self.neutral, self.apex, self.other)[number].set_image(image)

    def show_other(self, picture: NDArray[np.uint8] | None) -> None:
        """Show the picture of the other expression, or take its place away."""
        if picture is None:
            self._places[self.other].hide()
        else:
            self.other.set_image(image_of(picture))
