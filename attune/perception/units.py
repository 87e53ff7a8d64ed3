"""Which parts of a face moved, named as action units of the Facial Action Coding System."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from attune.perception.track import BLENDSHAPES, FaceTrack

AROUND_NS = 80_000_000  # a movement is the mean of this long before and after the apex
LEAST = 0.25  # amount below which a movement is not worth a word
WIDE_OPEN = 0.75  # a jaw this far down is AU27, less is AU26


class Side(StrEnum):
    """The subject's own side."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Moved:
    """One action unit: ``code`` "AU12", ``amount`` in (0, 1], 1 for as strong as it is commonly seen."""

    code: str
    side: Side
    amount: float


# Unit, blendshape (both sides where it has no side), and how much of a change counts as strong: about the
# 99th percentile of that channel over 15,000 photographs, so that a weak channel counts like a loud one.
# AU6 and AU9 are missing: their channels are dead in this model.
_SIDED = (
    ("AU2", "browOuterUp", 0.70),
    ("AU4", "browDown", 0.65),
    ("AU5", "eyeWide", 0.35),
    ("AU7", "eyeSquint", 0.45),
    ("AU10", "mouthUpperUp", 0.65),
    ("AU12", "mouthSmile", 0.85),
    ("AU14", "mouthDimple", 0.22),
    ("AU15", "mouthFrown", 0.38),
    ("AU16", "mouthLowerDown", 0.80),
    ("AU20", "mouthStretch", 0.55),
    ("AU24", "mouthPress", 0.35),
)
# Mean scores over calm faces, for a face whose own rest is not known.
_AT_REST = {
    "browDown": 0.02, "browInnerUp": 0.05, "browOuterUp": 0.11, "eyeBlink": 0.09, "eyeSquint": 0.25,
    "mouthPucker": 0.03, "mouthShrugLower": 0.01, "mouthShrugUpper": 0.01,
}  # fmt: skip
_CENTRAL = (
    ("AU1", "browInnerUp", 0.80),
    ("AU17", "mouthShrugLower", 0.45),
    ("AU18", "mouthPucker", 0.85),
    ("AU22", "mouthFunnel", 0.20),
    ("AU26", "jawOpen", 0.65),
    ("AU28", "mouthRollLower", 0.45),
)


def units_moved(track: FaceTrack, *, apex_ns: int, neutral_ns: int | None, calm: float) -> tuple[Moved, ...]:
    """What moved from the face at ease to the apex, strongest first.

    At ease is the frame at ``neutral_ns`` as far as that one is ``calm`` in [0, 1], else the average face.
    """
    near = _near(track, apex_ns)
    if not near.any():
        return ()
    change = track.blendshapes[near].mean(axis=0) - _rest(track, neutral_ns, calm)
    found = [_sided(code, name, strong, change) for code, name, strong in _SIDED]
    found += [
        Moved(code, Side.BOTH, _amount(change[BLENDSHAPES.index(name)], strong))
        for code, name, strong in _CENTRAL
    ]
    found = [_jaw(moved) for moved in found if moved.amount >= LEAST]
    return tuple(sorted(found, key=lambda moved: -moved.amount))


def _near(track: FaceTrack, time_ns: int) -> NDArray[np.bool_]:
    return np.asarray(track.face & (np.abs(track.time_ns - time_ns) <= AROUND_NS))


def _rest(track: FaceTrack, neutral_ns: int | None, calm: float) -> NDArray[np.float64]:
    average = np.array(
        [_AT_REST.get(name.removesuffix("Left").removesuffix("Right"), 0) for name in BLENDSHAPES]
    )
    near = np.zeros(len(track), bool) if neutral_ns is None else _near(track, neutral_ns)
    if not near.any():
        return average
    return np.asarray(calm * track.blendshapes[near].mean(axis=0) + (1 - calm) * average)


def _sided(code: str, name: str, strong: float, change: NDArray[np.float32]) -> Moved:
    left, right = (_amount(change[BLENDSHAPES.index(name + side)], strong) for side in ("Left", "Right"))
    most = max(left, right)
    if min(left, right) >= most / 2:
        return Moved(code, Side.BOTH, (left + right) / 2)
    return Moved(code, Side.LEFT if left > right else Side.RIGHT, most)


def _amount(change: np.float32, strong: float) -> float:
    return float(np.clip(change / strong, 0.0, 1.0))


def _jaw(moved: Moved) -> Moved:
    wide = moved.code == "AU26" and moved.amount >= WIDE_OPEN
    return Moved("AU27", moved.side, moved.amount) if wide else moved
