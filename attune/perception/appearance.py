"""What the picture of a face shows that its landmarks do not: nose root, brow furrow, folds, teeth, tears.

A small convolutional network looks at the face turned upright, scaled and without colour. It is three
networks side by side, each trained without a third of the people, so that every face that was ever trained
on can still be judged by one that never saw it; a new face is judged by all three.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.environment import QT_PATHS, kept
from attune.resources import asset

SIDE = 64  # pixels of the upright face
TOWERS = 3
CLASSES = 7  # Core without contempt, of which no collection of pictures holds enough
APPEARANCE = TOWERS * CLASSES
# Landmarks whose means are the middles of the subject's right eye, left eye and lips, and where these lie
# in the upright face, in shares of its side.
_POINTS = ((33, 133), (362, 263), (13, 14))
_PLACES = np.array([(0.30, 0.36), (0.70, 0.36), (0.50, 0.80)])


def face_crop(rgb: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The face upright, (SIDE, SIDE) grey, of a picture (H, W, 3) and its landmarks (478, 3).

    The similarity transform that brings the middles of eyes and lips nearest to their places (least squares).
    What lies outside the picture is continued from its edge.
    """
    import cv2  # noqa: PLC0415 - loads slowly

    height, width = rgb.shape[:2]
    points = landmarks[:, :2].astype(np.float64) * (width, height)
    here = np.array([points[list(pair)].mean(axis=0) for pair in _POINTS])
    away = (_PLACES * SIDE) - (middle := _PLACES.mean(axis=0) * SIDE)
    centre = here.mean(axis=0)
    # Written with complex numbers, a turn and a scaling are one factor.
    mine, theirs = (here - centre) @ (1, 1j), away @ (1, 1j)
    size = float(np.sum(np.abs(mine) ** 2))
    factor = np.sum(theirs * mine.conj()) / size if size > 0 else 1.0
    # A big face is made smaller by area first: one step of linear sampling would skip pixels.
    shrink = min(1.0, max(abs(factor) * 2, 1e-3))
    reach = np.ceil(1.1 * SIDE / max(abs(factor), 1e-6))
    left, top = np.clip(np.floor(centre - reach), 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(np.ceil(centre + reach), (left + 1, top + 1), (width, height)).astype(int)
    part = cv2.cvtColor(np.ascontiguousarray(rgb[top:bottom, left:right]), cv2.COLOR_RGB2GRAY)
    if shrink < 1.0:
        smaller = (max(1, round(part.shape[1] * shrink)), max(1, round(part.shape[0] * shrink)))
        scale = np.array(smaller) / (part.shape[1], part.shape[0])
        part = cv2.resize(part, smaller, interpolation=cv2.INTER_AREA)
    else:
        scale = np.ones(2)
    turn = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]]) / scale
    # A pixel's middle lies half a pixel from its corner, before and after.
    origin = (centre - (left, top)) * scale - 0.5
    matrix = np.column_stack([turn, middle - 0.5 - turn @ origin])
    return np.asarray(
        cv2.warpAffine(part, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def light(crop: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Brightness and contrast of an upright face, (2,): mean and standard deviation in [0, 1]."""
    return np.array([crop.mean() / 255, crop.std() / 255], dtype=np.float32)


class Appearance:
    """Runs the network on one core; one thread at a time."""

    def __init__(self, onnx: bytes) -> None:
        with kept(*QT_PATHS):
            import cv2  # noqa: PLC0415 - loads slowly
        self._cv2 = cv2
        self._net: Any = cv2.dnn.readNetFromONNX(np.frombuffer(onnx, dtype=np.uint8))

    def __call__(self, crop: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Scores (APPEARANCE,) of an upright face (SIDE, SIDE): CLASSES of each tower, before softmax."""
        self._net.setInput(standardised(crop[None])[:, None])
        return np.array(self._net.forward(), dtype=np.float32).reshape(APPEARANCE)


def standardised(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Upright faces (n, SIDE, SIDE) with mean 0 and standard deviation 1 each, as the network wants them."""
    values = crops.astype(np.float32)
    values -= values.mean(axis=(1, 2), keepdims=True)
    return np.asarray(values / (values.std(axis=(1, 2), keepdims=True) + 4.0), dtype=np.float32)


def load_appearance() -> Appearance:
    """The network Attune carries."""
    return Appearance(asset("models", "appearance.onnx").read_bytes())
