"""What somebody looks like, coarsely: enough to tell two people of one film apart, and no use beyond it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attune.perception.appearance import EYES_AND_LIPS

SQUARES = 8  # of colour, across and down
_FINE = 3  # pixels looked at across each of them
# Where the middles of the subject's right eye, left eye and lips are to lie, in shares of the side.
_PLACES = ((0.33, 0.42), (0.67, 0.42), (0.50, 0.78))


def likeness(rgb: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours (SQUARES, SQUARES, 3) in [0, 1] of a face with its hair, leaning and turning taken out.

    ``rgb`` (H, W, 3), ``landmarks`` (478, 3) of the same picture, whose edge goes on where it ends.
    """
    height, width = rgb.shape[:2]
    corners = np.array([landmarks[list(pair), :2].mean(axis=0) for pair in EYES_AND_LIPS]) * (width, height)
    shape = np.linalg.solve(np.column_stack([_PLACES, np.ones(3)]), corners)
    steps = (np.arange(SQUARES * _FINE) + 0.5) / (SQUARES * _FINE)
    across, down = np.meshgrid(steps, steps)
    places = np.stack([across, down, np.ones_like(across)], axis=-1) @ shape
    columns, rows = (np.clip(places[..., axis], 0, (width, height)[axis] - 1).astype(int) for axis in (0, 1))
    fine = rgb[rows, columns].reshape(SQUARES, _FINE, SQUARES, _FINE, 3)
    return np.asarray(fine.mean(axis=(1, 3)) / 255, dtype=np.float32)


def unlike(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """How differently two faces look: root mean square of the difference, in [0, 1]."""
    return float(np.sqrt(np.mean((one - other) ** 2)))
