"""What the picture of a face shows that its landmarks do not: nose root, brow furrow, folds, teeth, tears.

A small convolutional network looks at the face turned upright, scaled and without colour. It is three
networks side by side, each trained without a third of the people, so that every face that was ever trained
on can still be judged by one that never saw it; a new face is judged by all three.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.affect.vocabulary import Core
from attune.environment import QT_PATHS, kept
from attune.resources import asset

SIDE = 64  # pixels of the upright face
TOWERS = 3
OUTPUTS = len(Core) + 1  # scores of a tower: the emotions, and whether a part of the face is covered
APPEARANCE = TOWERS * OUTPUTS
FLAT = 4.0  # added to a face's contrast, in grey levels, so that a flat one stays flat
# Landmarks whose means are the middles of the subject's right eye, left eye and lips.
EYES_AND_LIPS = ((33, 133), (362, 263), (13, 14))
# Where these lie in the upright face, in shares of its side.
_PLACES = np.array([(0.30, 0.36), (0.70, 0.36), (0.50, 0.80)])


def face_crop(rgb: NDArray[np.uint8], landmarks: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The face upright, (SIDE, SIDE) grey, of a picture (H, W, 3) and its landmarks (478, 3).

    The similarity transform that brings the middles of eyes and lips nearest to their places (least squares).
    What lies outside the picture is continued from its edge.
    """
    import cv2  # noqa: PLC0415 - loads slowly

    height, width = rgb.shape[:2]
    points = landmarks[:, :2].astype(np.float64) * (width, height)
    places = np.array([points[list(pair)].mean(axis=0) for pair in EYES_AND_LIPS])
    away = (_PLACES * SIDE) - (middle := _PLACES.mean(axis=0) * SIDE)
    centre = places.mean(axis=0)
    # Written with complex numbers, a turn and a scaling are one factor.
    mine, theirs = (places - centre) @ (1, 1j), away @ (1, 1j)
    size = float(np.sum(np.abs(mine) ** 2))
    factor = np.sum(theirs * mine.conj()) / size if size > 0 else 1.0
    reach = np.ceil(0.75 * SIDE / max(abs(factor), 1e-6))
    left, top = np.clip(np.floor(centre - reach), 0, (width - 1, height - 1)).astype(int)
    right, bottom = np.clip(np.ceil(centre + reach), (left + 1, top + 1), (width, height)).astype(int)
    part = cv2.cvtColor(np.ascontiguousarray(rgb[top:bottom, left:right]), cv2.COLOR_RGB2GRAY)
    here = centre - (left, top)
    while abs(factor) < 0.5 and min(part.shape) > 1:  # else linear sampling would skip pixels of a big face
        rows, columns = (2 * (side // 2) for side in part.shape)
        part = cv2.resize(part[:rows, :columns], (columns // 2, rows // 2), interpolation=cv2.INTER_AREA)
        factor, here = factor * 2, here / 2
    turn = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    # A pixel's middle lies half a pixel from its corner, before and after.
    matrix = np.column_stack([turn, middle - 0.5 - turn @ (here - 0.5)])
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
        """Scores (APPEARANCE,) of an upright face (SIDE, SIDE): OUTPUTS of each tower, before any softmax."""
        self._net.setInput(standardised(crop[None])[:, None])
        return np.array(self._net.forward(), dtype=np.float32).reshape(APPEARANCE)


def standardised(crops: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Upright faces (n, SIDE, SIDE) with mean 0 and standard deviation 1 each, as the network wants them."""
    values = crops.astype(np.float32)
    values -= values.mean(axis=(1, 2), keepdims=True)
    return np.asarray(values / (values.std(axis=(1, 2), keepdims=True) + FLAT), dtype=np.float32)


def load_appearance() -> Appearance:
    """The network Attune carries."""
    return Appearance(asset("models", "appearance.onnx").read_bytes())
