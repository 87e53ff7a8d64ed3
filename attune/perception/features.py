"""What the expression model measures in a face: blendshapes that are alive, and what the landmarks add.

Every feature is the same for a face and its mirror image: pairs enter as their mean, and as the difference
of their sides where one-sidedness tells something.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attune.perception.geometry import CENTRAL, SIDED, measures
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
FEATURES = (
    *SINGLES,
    *PAIRS,
    *(f"{name}_one_sided" for name in ONE_SIDED),
    *SIDED,
    *(f"{name}_one_sided" for name in SIDED),
    *CENTRAL,
)
_SOFT = 0.02  # keeps logit finite and calm where the model's scores are all but 0 or 1


def features(
    blendshapes: NDArray[np.float32],
    landmarks: NDArray[np.float32],
    aspect: float,
) -> NDArray[np.float64]:
    """(n, len(FEATURES)) of n faces; rows of NaN where there is none.

    ``blendshapes`` (n, 52) and ``landmarks`` (n, 478, 3) as in FaceTrack, ``aspect`` frame height through
    width. Blendshapes enter as logits, the landmarks as :mod:`geometry` measures them.
    """
    shapes = logit(blendshapes.astype(np.float64))
    single = shapes[:, [BLENDSHAPES.index(name) for name in SINGLES]]
    left, right = (
        shapes[:, [BLENDSHAPES.index(f"{name}{side}") for name in PAIRS]] for side in ("Left", "Right")
    )
    found = measures(landmarks, aspect)
    measured = found[:, 0 : 2 * len(SIDED) : 2], found[:, 1 : 2 * len(SIDED) : 2]
    sided = [PAIRS.index(name) for name in ONE_SIDED]
    return np.column_stack(
        [
            single,
            (left + right) / 2,
            np.abs(left - right)[:, sided],
            (measured[0] + measured[1]) / 2,
            np.abs(measured[0] - measured[1]),
            found[:, 2 * len(SIDED) :],
        ]
    )


def logit(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logit of a score in [0, 1], softened so that 0 and 1 stay within ±4."""
    soft = (share + _SOFT) / (1 + 2 * _SOFT)
    return np.log(soft / (1 - soft))
