"""How much a picture of a face can tell: what speaks against reading it, and how strongly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from attune.perception.appearance import EYES_AND_LIPS
from attune.perception.track import FaceTrack

# Every doubt grows from 0 at the first value to 1 at the second.
EYES_PX = (10.0, 5.0)  # pixels between the eyes; at 10 macro-F1 is what it was, at 5 it has lost .12
YAW_DEG, PITCH_DEG = (25.0, 40.0), (20.0, 30.0)
BRIGHTNESS, CONTRAST = (0.14, 0.04), (0.05, 0.02)  # both must be low: dark skin in good light has contrast
COVER = (0.5, 0.9)  # probability that a part of the face is covered
TALKING = 0.5  # what a speaking mouth shows belongs to the words as much as to the feeling
MOSTLY = 0.5  # share of the frames with a face from which a doubt is named
NAMED = 0.5  # doubt from which a frame counts for that


class Doubt(StrEnum):
    """Why a face tells less than it might."""

    SMALL = "small"
    TURNED = "turned"
    DARK = "dark"
    COVERED = "covered"
    TALKING = "talking"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """``trust`` in [0, 1] of every frame with a face, and the doubts that hold in most of them."""

    trust: NDArray[np.float64]
    doubts: tuple[Doubt, ...]


def evidence(track: FaceTrack, *, covered: NDArray[np.float64], speaking: NDArray[np.bool_]) -> Evidence:
    """How much the m frames with a face can tell.

    ``covered`` (m,): probability that a part of the face is covered; ``speaking`` (m,).
    """
    face = track.face
    pose = np.abs(track.pose_deg[face].astype(np.float64))
    light = track.light[face].astype(np.float64)
    found = {
        Doubt.SMALL: _between(_eyes_apart_px(track), EYES_PX),
        Doubt.TURNED: np.maximum(_between(pose[:, 0], YAW_DEG), _between(pose[:, 1], PITCH_DEG)),
        Doubt.DARK: np.minimum(_between(light[:, 0], BRIGHTNESS), _between(light[:, 1], CONTRAST)),
        Doubt.COVERED: _between(covered, COVER),
        Doubt.TALKING: TALKING * speaking,
    }
    trust = np.prod([1 - doubt for doubt in found.values()], axis=0)
    named = (name for name, doubt in found.items() if len(doubt) and (doubt >= NAMED).mean() >= MOSTLY)
    return Evidence(trust, tuple(named))


def _eyes_apart_px(track: FaceTrack) -> NDArray[np.float64]:
    """Pixels between the middles of the eyes, as if the face were turned to the camera."""
    right, left, _ = (track.landmarks[:, pair][track.face].mean(axis=1) for pair in EYES_AND_LIPS)
    return np.asarray(np.linalg.norm((right - left) * (track.width, track.height, track.width), axis=-1))


def _between(values: NDArray[np.float64], limits: tuple[float, float]) -> NDArray[np.float64]:
    good, bad = limits
    return np.asarray(np.clip((values - good) / (bad - good), 0.0, 1.0))
