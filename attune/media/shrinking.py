"""Pictures larger than is of use, made smaller."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from attune.media.opencv import cv2


def shrunk(rgb: NDArray[np.uint8], most: int) -> NDArray[np.uint8]:
    """A picture (height, width, 3) of ``most`` pixels or fewer, its proportions kept; itself if it is small.

    Area averaging, so that fine patterns do not shimmer, and fine edges do not move.
    """
    height, width = rgb.shape[:2]
    if height * width <= most:
        return rgb
    by = sqrt(most / (height * width))
    size = max(1, int(width * by)), max(1, int(height * by))
    return cv2.resize(rgb, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
