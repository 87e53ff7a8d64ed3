"""The lines drawn over a face: contours as rows of the 478 landmarks, and which of them show a movement.

"Left" and "right" are the subject's. The landmark numbers are the face mesh's own topology.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF

if TYPE_CHECKING:  # a window that opens does not wait for numpy
    import numpy as np
    from numpy.typing import NDArray


class Part(StrEnum):
    """Part of the face."""

    BROWS = "brows"
    EYES = "eyes"
    NOSE = "nose"
    MOUTH = "mouth"
    OVAL = "oval"


@dataclass(frozen=True, slots=True, eq=False)
class Contour:
    """A row of landmarks that make one line; a closed one ends where it begins."""

    part: Part
    points: tuple[int, ...]


def _contour(part: Part, *points: int, closed: bool = True) -> Contour:
    return Contour(part, points + points[:1] if closed else points)


CONTOURS = (
    _contour(
        Part.OVAL,
        *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
        *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
    ),
    _contour(Part.BROWS, 70, 63, 105, 66, 107, 55, 65, 52, 53, 46),
    _contour(Part.BROWS, 300, 293, 334, 296, 336, 285, 295, 282, 283, 276),
    _contour(Part.EYES, 33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246),
    _contour(Part.EYES, 263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466),
    _contour(Part.NOSE, 168, 6, 197, 195, 5, closed=False),
    _contour(Part.NOSE, 98, 97, 2, 326, 327, closed=False),
    _contour(
        Part.MOUTH,
        *(61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
    ),
    _contour(
        Part.MOUTH,
        *(78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191),
    ),
)

_UNITS = {
    Part.BROWS: ("AU1", "AU2", "AU4"),
    Part.EYES: ("AU5", "AU6", "AU7", "AU43", "AU45"),
    Part.NOSE: ("AU9",),
}


def part_of(unit: str) -> Part:
    """Where an action unit is seen; all others move the mouth and jaw."""
    return next((part for part, units in _UNITS.items() if unit in units), Part.MOUTH)


def lines(landmarks: NDArray[np.float32], place: QRectF) -> list[tuple[Part, QPolygonF]]:
    """Contours of one frame's ``landmarks`` (478, 3; x, y in picture widths and heights) within ``place``."""
    xy = landmarks[:, :2].astype("float64") * (place.width(), place.height()) + (place.x(), place.y())
    return [
        (contour.part, QPolygonF([QPointF(x, y) for x, y in xy[list(contour.points)].tolist()]))
        for contour in CONTOURS
    ]
