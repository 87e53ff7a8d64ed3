"""What the landmarks say of a face, whichever way it is turned: heights and widths, left and right apart.

Every face is laid over the average one by its bones (eye corners, nose, temples), which no expression moves;
what is then higher or wider than it was has moved. MediaPipe's facial matrix is not needed for that: the
laying over finds the turn itself, and finds it more steadily.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

# Points that keep their places, subject's right and left, with the left one's place in the average of 2,900
# calm faces: x to the subject's left, y up, z to the viewer, eyes 1 apart, origin between the eyes.
_STEADY_PAIRS = {
    (33, 263): (0.714, -0.059, -0.338),
    (133, 362): (0.286, -0.085, -0.253),
    (127, 356): (1.113, -0.108, -1.106),
    (98, 327): (0.257, -0.747, -0.036),
}
_STEADY_MIDDLE = {
    168: (0.0, 0.0, 0.0),
    6: (0.0, -0.126, 0.069),
    197: (0.0, -0.234, 0.149),
    195: (0.0, -0.331, 0.234),
    5: (0.0, -0.434, 0.320),
    4: (0.0, -0.559, 0.359),
}
STEADY: Mapping[int, tuple[float, float, float]] = {
    **{right: (-x, y, z) for (right, _), (x, y, z) in _STEADY_PAIRS.items()},
    **{left: place for (_, left), place in _STEADY_PAIRS.items()},
    **_STEADY_MIDDLE,
}

# Groups of landmarks on the subject's right; _TWINS names those on the left.
_RIGHT = {
    "brow_inner": (55, 107),
    "brow_middle": (105, 52),
    "brow_outer": (63, 70),
    "eye": (33, 133),
    "lid_upper": (158, 159, 160),
    "lid_lower": (144, 145, 153),
    "cheek": (205, 50),
    "jowl": (187, 213),
    "wing": (129, 49),
    "nostril": (79,),
    "corner": (61, 78),
    "lip_upper": (37, 39, 81, 82),
    "lip_lower": (84, 181, 87, 178),
}
_TWINS = {
    33: 263, 37: 267, 39: 269, 49: 279, 50: 280, 52: 282, 55: 285, 61: 291, 63: 293, 70: 300, 78: 308,
    79: 309, 81: 311, 82: 312, 84: 314, 87: 317, 105: 334, 107: 336, 129: 358, 133: 362, 144: 373,
    145: 374, 153: 380, 158: 385, 159: 386, 160: 387, 178: 402, 181: 405, 187: 411, 205: 425, 213: 433,
}  # fmt: skip
_NOSE_BASE, _LIP_TOP, _LIP_UP, _LIP_LOW, _LIP_END, _CHIN_BALL, _CHIN = _MIDDLE = (2, 0, 13, 14, 17, 199, 152)
_LOOKED_AT = (*_TWINS, *_TWINS.values(), *_MIDDLE)

SIDED = (
    "browInner", "browMiddle", "browOuter", "browIn", "lidUpper", "lidLower", "lidGap", "cheekUp", "cheekOut",
    "wingUp", "wingOut", "nostrilUp", "cornerUp", "cornerOut", "cornerBack", "cornerAngle", "lipUpperUp",
    "lipLowerDown",
)  # fmt: skip
CENTRAL = (
    "lipsApart", "lipUpperHeight", "lipLowerHeight", "lipForward", "mouthWidth", "mouthRound", "noseLip",
    "chinLip", "chinForward", "jawDown",
)  # fmt: skip
MEASURES = (*(f"{name}{side}" for name in SIDED for side in ("Left", "Right")), *CENTRAL)


def measures(landmarks: NDArray[np.floating], aspect: float) -> NDArray[np.float64]:
    """(n, len(MEASURES)) of n faces, in distances between the eyes of the average face.

    ``landmarks`` (n, 478, 3) and ``aspect``, height through width of the frame, as for :func:`laid_over`.
    Rows of NaN where there is no face. A face in the mirror gives the same numbers, left and right exchanged.
    """
    points = dict(zip(_LOOKED_AT, laid_over(landmarks, aspect, _LOOKED_AT).swapaxes(0, 1), strict=True))
    sides = {side: _side(points, side) for side in ("Left", "Right")}
    middle = _middle(points)
    columns = {f"{name}{side}": sides[side][name] for name in SIDED for side in ("Left", "Right")} | middle
    return np.column_stack([columns[name] for name in MEASURES])


def laid_over(landmarks: NDArray[np.floating], aspect: float, points: Sequence[int]) -> NDArray[np.float64]:
    """Some points (n, points, 3) of n faces that lie with their bones nearest to the average face's.

    ``landmarks`` (n, 478, 3) as in FaceTrack, x and y in image widths and heights, z in widths; ``aspect``:
    height through width. Result: x to the subject's left, y up, z to the viewer, in distances between the
    eyes of the average face, origin at the nose root; NaN where there is no face. Least squares over rotation
    and scale (Umeyama 1991).
    """
    axes, places = (1.0, -aspect, -1.0), np.array(list(STEADY.values()))
    bones = landmarks[:, list(STEADY)] * axes
    found = np.isfinite(bones).all(axis=(1, 2))
    bones = bones[found]
    centre, middle = bones.mean(axis=1, keepdims=True), places.mean(axis=0)
    u, sizes, v = np.linalg.svd(np.einsum("nki,kj->nij", bones - centre, places - middle))
    # A mirror is not a rotation: the least certain axis gives way.
    sizes[:, 2] *= (sign := np.sign(np.linalg.det(u @ v)))
    u[:, :, 2] *= sign[:, None]
    scale = sizes.sum(axis=1) / np.maximum(((bones - centre) ** 2).sum(axis=(1, 2)), 1e-12)
    full = np.full((len(landmarks), len(points), 3), np.nan)
    seen = landmarks[:, list(points)][found] * axes
    full[found] = (seen - centre) @ (u @ v) * scale[:, None, None] + middle
    return full


def _side(points: Mapping[int, NDArray[np.float64]], side: str) -> dict[str, NDArray[np.float64]]:
    """Measures of one of the subject's sides; x grows outward from the middle of the face."""
    left = side == "Left"
    at = {
        name: np.mean([points[_TWINS[point] if left else point] for point in right], axis=0)
        * ((1, 1, 1) if left else (-1, 1, 1))
        for name, right in _RIGHT.items()
    }
    lips = (points[_LIP_UP][:, 1] + points[_LIP_LOW][:, 1]) / 2
    nose = points[_NOSE_BASE][:, 1]
    eye = at["eye"][:, 1]
    return {
        "browInner": at["brow_inner"][:, 1] - eye,
        "browMiddle": at["brow_middle"][:, 1] - eye,
        "browOuter": at["brow_outer"][:, 1] - eye,
        "browIn": -at["brow_inner"][:, 0],
        "lidUpper": at["lid_upper"][:, 1] - eye,
        "lidLower": at["lid_lower"][:, 1] - eye,
        "lidGap": at["lid_upper"][:, 1] - at["lid_lower"][:, 1],
        "cheekUp": at["cheek"][:, 1] - eye,
        "cheekOut": at["jowl"][:, 0] + at["cheek"][:, 2],
        "wingUp": at["wing"][:, 1] - eye,
        "wingOut": at["wing"][:, 0],
        "nostrilUp": at["nostril"][:, 1] - eye,
        "cornerUp": at["corner"][:, 1] - nose,
        "cornerOut": at["corner"][:, 0],
        "cornerBack": -at["corner"][:, 2],
        "cornerAngle": at["corner"][:, 1] - lips,
        "lipUpperUp": at["lip_upper"][:, 1] - nose,
        "lipLowerDown": nose - at["lip_lower"][:, 1],
    }


def _middle(points: Mapping[int, NDArray[np.float64]]) -> dict[str, NDArray[np.float64]]:
    def between(one: int, other: int) -> NDArray[np.float64]:
        return np.asarray(np.linalg.norm(points[one] - points[other], axis=-1))

    apart, width = between(_LIP_UP, _LIP_LOW), between(61, 291)
    return {
        "lipsApart": apart,
        "lipUpperHeight": between(_LIP_TOP, _LIP_UP),
        "lipLowerHeight": between(_LIP_LOW, _LIP_END),
        "lipForward": (points[_LIP_TOP][:, 2] + points[_LIP_END][:, 2]) / 2 - points[_NOSE_BASE][:, 2],
        "mouthWidth": width,
        "mouthRound": apart - 0.5 * between(78, 308),
        "noseLip": points[_NOSE_BASE][:, 1] - points[_LIP_TOP][:, 1],
        "chinLip": points[_LIP_END][:, 1] - points[_CHIN][:, 1],
        "chinForward": points[_CHIN_BALL][:, 2] - points[_NOSE_BASE][:, 2],
        "jawDown": points[_NOSE_BASE][:, 1] - points[_CHIN][:, 1],
    }
