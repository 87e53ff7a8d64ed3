"""What the expression model looks at: blendshapes that are alive, and distances that back the dead ones.

Every feature is the same for a face and its mirror image: pairs enter as their mean, and as the difference
of their sides where one-sidedness tells something.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attune.perception.track import BLENDSHAPES

SINGLES = (
    "browInnerUp", "jawOpen", "mouthClose", "mouthFunnel", "mouthPucker",
    "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper",
)  # fmt: skip
PAIRS = (
    "browDown", "browOuterUp", "eyeBlink", "eyeSquint", "eyeWide", "mouthDimple", "mouthFrown",
    "mouthLowerDown", "mouthPress", "mouthSmile", "mouthStretch", "mouthUpperUp",
)  # fmt: skip
ONE_SIDED = ("mouthDimple", "mouthFrown", "mouthPress", "mouthSmile", "mouthStretch", "mouthUpperUp")
# Landmark numbers of MediaPipe's mesh, (subject's right, left).
_BROW_INNER, _BROW_MID, _BROW_OUTER = (55, 285), (105, 334), (46, 276)
_EYE_INNER, _EYE_OUTER, _LID_UP, _LID_LOW = (133, 362), (33, 263), (159, 386), (145, 374)
_WING, _CORNER, _CHEEK = (129, 358), (61, 291), (205, 425)
_NOSE_BASE, _LIP_TOP, _LIP_UP, _LIP_LOW, _LIP_END, _CHIN = 2, 0, 13, 14, 17, 152
DISTANCES = (
    "brow_inner", "brow_mid", "brow_outer", "brow_gap", "eye_open", "wing_height", "wing_width",
    "mouth_width", "corner_height", "corner_difference", "lips_apart", "lip_up", "lip_low", "nose_lip",
    "chin", "cheek_lid",
)  # fmt: skip
FEATURES = (*SINGLES, *PAIRS, *(f"{name}_one_sided" for name in ONE_SIDED), *DISTANCES)
_SOFT = 0.02  # keeps logit finite and calm where the model's scores are all but 0 or 1


def features(
    blendshapes: NDArray[np.float32],
    landmarks: NDArray[np.float32],
    matrix: NDArray[np.float32],
    aspect: float,
) -> NDArray[np.float64]:
    """(n, len(FEATURES)) of n faces; rows of NaN where there is none.

    ``blendshapes`` (n, 52), ``landmarks`` (n, 478, 3) and ``matrix`` (n, 4, 4) as in FaceTrack, ``aspect``
    frame height through width. Blendshapes enter as logits, distances in units of the distance between
    the eyes after the head is turned to the front.
    """
    shapes = logit(blendshapes.astype(np.float64))
    single = shapes[:, [BLENDSHAPES.index(name) for name in SINGLES]]
    left, right = (
        shapes[:, [BLENDSHAPES.index(f"{name}{side}") for name in PAIRS]] for side in ("Left", "Right")
    )
    sided = [PAIRS.index(name) for name in ONE_SIDED]
    return np.column_stack(
        [
            single,
            (left + right) / 2,
            np.abs(left - right)[:, sided],
            _distances(frontal(landmarks, matrix, aspect)),
        ]
    )


def frontal(
    landmarks: NDArray[np.float32], matrix: NDArray[np.float32], aspect: float
) -> NDArray[np.float64]:
    """Landmarks (n, 478, 3) seen from the front: x right, y up, z to the viewer, eyes 1 apart."""
    points = landmarks.astype(np.float64) * (1.0, -aspect, -1.0)
    turn = matrix[:, :3, :3].astype(np.float64)
    turn = turn / np.linalg.norm(turn, axis=1, keepdims=True)
    points = points @ turn
    eyes = [
        (points[:, inner] + points[:, outer]) / 2 for inner, outer in zip(_EYE_INNER, _EYE_OUTER, strict=True)
    ]
    apart = np.linalg.norm(eyes[0] - eyes[1], axis=-1)[:, None, None]
    return np.asarray((points - points[:, 168:169]) / apart)


def _distances(points: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = points[..., 0], points[..., 1]

    def rise(upper: tuple[int, int], lower: tuple[int, int]) -> NDArray[np.float64]:
        return np.asarray(y[:, upper].mean(axis=1) - y[:, lower].mean(axis=1))

    def between(one: int, other: int) -> NDArray[np.float64]:
        return np.asarray(np.linalg.norm(points[:, one] - points[:, other], axis=-1))

    middle = (y[:, _LIP_UP] + y[:, _LIP_LOW]) / 2
    columns = {
        "brow_inner": rise(_BROW_INNER, _EYE_INNER),
        "brow_mid": rise(_BROW_MID, _EYE_INNER),
        "brow_outer": rise(_BROW_OUTER, _EYE_OUTER),
        "brow_gap": np.abs(x[:, _BROW_INNER[0]] - x[:, _BROW_INNER[1]]),
        "eye_open": rise(_LID_UP, _LID_LOW),
        "wing_height": rise(_EYE_INNER, _WING),
        "wing_width": between(*_WING),
        "mouth_width": between(*_CORNER),
        "corner_height": y[:, _CORNER].mean(axis=1) - middle,
        "corner_difference": np.abs(y[:, _CORNER[0]] - y[:, _CORNER[1]]),
        "lips_apart": between(_LIP_UP, _LIP_LOW),
        "lip_up": between(_LIP_TOP, _LIP_UP),
        "lip_low": between(_LIP_LOW, _LIP_END),
        "nose_lip": between(_NOSE_BASE, _LIP_TOP),
        "chin": between(_LIP_END, _CHIN),
        "cheek_lid": rise(_LID_LOW, _CHEEK),
    }
    return np.column_stack([columns[name] for name in DISTANCES])


def logit(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logit of a score in [0, 1], softened so that 0 and 1 stay within ±4."""
    soft = (share + _SOFT) / (1 + 2 * _SOFT)
    return np.log(soft / (1 - soft))
