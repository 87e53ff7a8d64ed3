"""Parts of a frame: where a small face is looked for and followed, and how it looks from the whole frame.

MediaPipe's detector sees its picture at 128 pixels and finds faces that are a tenth of that. A face that is
smaller is looked for in windows, and followed in one that is a few times its own size.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

FIELD_DEG = 63.0  # vertical field of view of the camera that MediaPipe's matrix supposes
AROUND = 3.0  # a face is followed in a window this many times as large,
ALONE = 1.8  # and shown alone in one so many times as large
LEAST, MOST = 0.15, 0.6  # until it has less or more than this share of it,
MARGIN = 0.25  # or comes nearer to its edge than this share of the face
OVERLAP = 0.3  # of neighbouring windows: what the one cuts in two lies whole in the other
SMALLEST = 96  # pixels; in smaller windows there is nothing to read


@dataclass(frozen=True, slots=True)
class Box:
    """Where a face is, in pixels of the frame."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, landmarks: NDArray[np.float32], frame: Window) -> Self:
        """Around landmarks (478, 3) of the frame."""
        points = landmarks[:, :2] * (frame.width, frame.height)
        return cls(*map(float, (*points.min(axis=0), *points.max(axis=0))))

    @property
    def middle(self) -> tuple[float, float]:
        """Middle, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Longer side."""
        return max(self.right - self.left, self.bottom - self.top)

    def apart(self, other: Box) -> float:
        """Distance of the middles, in sizes of the larger one."""
        return math.dist(self.middle, other.middle) / max(self.size, other.size, 1e-6)


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of whole pixels inside a frame; ``turned``: looked at upside down."""

    left: int
    top: int
    width: int
    height: int
    turned: bool = False

    @classmethod
    def whole(cls, rgb: NDArray[np.uint8]) -> Self:
        """All of a picture (H, W, 3)."""
        return cls(0, 0, rgb.shape[1], rgb.shape[0])

    def around(self, box: Box, times: float = AROUND, *, turned: bool = False) -> Window:
        """The part of this frame so many times as large as the face; all of it if that is not less."""
        side = max(SMALLEST, math.ceil(times * box.size))
        if side >= min(self.width, self.height):
            return replace(self, turned=turned)
        left, top = (
            min(max(0, round(middle - side / 2)), most - side)
            for middle, most in zip(box.middle, (self.width, self.height), strict=True)
        )
        return Window(left, top, side, side, turned)

    def holds(self, box: Box, frame: Window) -> bool:
        """Whether a face can still be followed here; at the frame's own edge it always can."""
        if replace(self, turned=False) == frame:
            return True
        margin = MARGIN * box.size
        inside = (
            (self.left <= box.left - margin or self.left == 0)
            and (self.top <= box.top - margin or self.top == 0)
            and (box.right + margin <= self.left + self.width or self.left + self.width == frame.width)
            and (box.bottom + margin <= self.top + self.height or self.top + self.height == frame.height)
        )
        return inside and LEAST <= box.size / self.width <= MOST

    def cut(self, rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """This part of a frame (H, W, 3), contiguous."""
        part = rgb[self.top : self.top + self.height, self.left : self.left + self.width]
        return np.ascontiguousarray(part[::-1, ::-1] if self.turned else part)

    def cut_alone(self, rgb: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
        """This part of a frame, dark but for the face in the box."""
        bare = np.zeros_like(rgb)
        rows, columns = (
            slice(max(0, round(middle - ALONE * box.size / 2)), round(middle + ALONE * box.size / 2))
            for middle in reversed(box.middle)
        )
        bare[rows, columns] = rgb[rows, columns]
        return self.cut(bare)

    def landmarks_in(self, frame: Window, landmarks: NDArray[np.float32]) -> NDArray[np.float32]:
        """Landmarks (478, 3) of this part as landmarks of the frame; z, too, is in widths."""
        if self.turned:
            landmarks = np.array((1, 1, 0), np.float32) + landmarks * np.array((-1, -1, 1), np.float32)
        scale = np.array([self.width, self.height, self.width], dtype=np.float32)
        start = np.array([self.left, self.top, 0], dtype=np.float32)
        return np.asarray((landmarks * scale + start) / (frame.width, frame.height, frame.width), np.float32)

    def matrix_in(self, frame: Window, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
        """The (4, 4) of a face in this part as the frame's own camera would see it.

        Both cameras are supposed to have the same field of view, so the window's stands nearer by as much as
        it is smaller, and looks at another middle: the face keeps its place on the picture and moves back.
        Its turn is left as it looks on the picture. MediaPipe's own answer in the whole frame is up to 9
        degrees off that at the frame's edge, because there it takes some of the place for a turn.
        """
        seen = matrix.copy()
        if self.turned:
            seen[:2] *= -1
        near, far = (part.height / 2 / math.tan(math.radians(FIELD_DEG / 2)) for part in (self, frame))
        x, y, z = (float(value) for value in seen[:3, 3])
        right = self.left + self.width / 2 - frame.width / 2
        down = self.top + self.height / 2 - frame.height / 2
        seen[:3, 3] = x - right * z / near, y + down * z / near, z * far / near
        return seen


def windows(frame: Window) -> list[Window]:
    """Squares that cover the frame, overlapping: its shorter side wide, then half of that."""
    short = min(frame.width, frame.height)
    found: list[Window] = []
    for side in (short, short // 2):
        if side < SMALLEST or (side, side) == (frame.width, frame.height):
            continue
        found += [
            Window(left, top, side, side)
            for top in _starts(frame.height, side)
            for left in _starts(frame.width, side)
        ]
    return found


def _starts(length: int, side: int) -> list[int]:
    count = 1 + math.ceil((length - side) / (side * (1 - OVERLAP)))
    return [round(start) for start in np.linspace(0, length - side, count)]
