"""Where a face folds, how deep, and what folds it: units while it moves, years while it rests.

A fold is a line drawn on the front of the mesh nobody has been made from yet (x to the person's left, y up,
decimetres) and pressed along the normals; what a unit folds follows Ekman, Friesen and Hager's manual (2002).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from attune.people.mesh import smoothstep
from attune.people.parts import Floats
from attune.people.shapes import SHAPES

FRONT_Z = 0.75  # behind it lie the ears, the neck and the inside of the mouth
REACH = 4.0  # half widths beyond which a fold no longer shows
YOUNG = 0.7  # how deep a young skin folds where an old one folds fully

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Lines that deepen together: what drives them, and how deep the years alone leave them.

    units: shares of the shapes' weights; a stem (``browDown``) stands for the side the fold is on. depth and
    width (half, of the groove) in decimetres; swell lifts the skin above the line, as a smile the cheek.
    """

    lines: tuple[Points, ...]
    units: Mapping[str, float]
    depth: float
    width: float
    resting: float = 0.0
    swell: float = 0.0


def _level(height: float, *, inner: float, outer: float) -> Points:
    """A furrow of the forehead, lowest over the nose and falling again over the temples."""
    across = np.linspace(inner, outer, 9)
    return tuple((float(x), float(height + 0.035 * np.sin(x * 7.5) - 0.02 * x)) for x in across)


_FOREHEAD = (7.615, 7.695, 7.785, 7.88, 7.965)

# Those on the left; the right side has their mirror images.
_SIDED: Mapping[str, Fold] = {
    "forehead": Fold(
        lines=tuple(_level(y, inner=0.12, outer=0.44 - 0.05 * k) for k, y in enumerate(_FOREHEAD)),
        units={"browOuterUp": 0.9, "browInnerUp": 0.15},
        depth=0.0125,
        width=0.024,
        resting=0.28,
    ),
    "glabella": Fold(
        lines=(((0.048, 7.36), (0.052, 7.43), (0.062, 7.50), (0.070, 7.57)),),
        units={"browDown": 0.85, "browInnerUp": 0.2, "noseSneer": 0.15},
        depth=0.0110,
        width=0.020,
        resting=0.25,
    ),
    "crow": Fold(
        lines=(
            ((0.475, 7.310), (0.53, 7.345), (0.585, 7.395)),
            ((0.480, 7.292), (0.54, 7.307), (0.605, 7.330)),
            ((0.480, 7.270), (0.54, 7.265), (0.605, 7.258)),
            ((0.470, 7.245), (0.53, 7.222), (0.585, 7.190)),
        ),
        units={"cheekSquint": 0.6, "mouthSmile": 0.25, "eyeSquint": 0.3, "noseSneer": 0.15},
        depth=0.0050,
        width=0.014,
        resting=0.35,
    ),
    "bunny": Fold(
        lines=(
            ((0.030, 7.335), (0.07, 7.300), (0.105, 7.245)),
            ((0.028, 7.270), (0.065, 7.240), (0.100, 7.185)),
            ((0.028, 7.205), (0.06, 7.180), (0.092, 7.130)),
        ),
        units={"noseSneer": 1.0},
        depth=0.0050,
        width=0.014,
        resting=0.08,
    ),
    "nasolabial": Fold(
        lines=(((0.170, 6.955), (0.205, 6.895), (0.250, 6.815), (0.295, 6.725), (0.325, 6.635)),),
        units={"mouthSmile": 0.75, "noseSneer": 0.55, "mouthUpperUp": 0.45, "cheekSquint": 0.2},
        depth=0.0075,
        width=0.024,
        resting=0.55,
        swell=0.6,
    ),
    "eye": Fold(
        lines=(
            ((0.185, 7.235), (0.235, 7.205), (0.31, 7.192), (0.385, 7.205), (0.435, 7.230)),
            ((0.170, 7.205), (0.215, 7.150), (0.28, 7.112), (0.345, 7.105)),
        ),
        units={"cheekSquint": 0.6, "eyeSquint": 0.4, "mouthSmile": 0.2},
        depth=0.0036,
        width=0.014,
        resting=0.6,
        swell=0.35,
    ),
    "marionette": Fold(
        lines=(((0.285, 6.575), (0.300, 6.520), (0.305, 6.450)),),
        units={"mouthFrown": 0.7, "mouthStretch": 0.25},
        depth=0.0055,
        width=0.020,
        resting=0.45,
        swell=0.3,
    ),
    "bracket": Fold(
        lines=(((0.325, 6.665), (0.350, 6.610), (0.348, 6.545)),),
        units={"mouthDimple": 0.8, "mouthSmile": 0.1},
        depth=0.0045,
        width=0.018,
        resting=0.2,
        swell=0.3,
    ),
}
_MIDDLE: Mapping[str, Fold] = {
    "forehead_middle": Fold(
        lines=tuple(_level(y, inner=-0.20, outer=0.20) for y in _FOREHEAD),
        units={"browInnerUp": 0.75, "browOuterUpLeft": 0.2, "browOuterUpRight": 0.2},
        depth=0.0125,
        width=0.024,
        resting=0.25,
    ),
    "nose_root": Fold(
        lines=(((-0.07, 7.325), (0.0, 7.335), (0.07, 7.325)), ((-0.055, 7.385), (0.0, 7.39), (0.055, 7.385))),
        units={"browDownLeft": 0.3, "browDownRight": 0.3, "noseSneerLeft": 0.35, "noseSneerRight": 0.35},
        depth=0.0060,
        width=0.015,
        resting=0.15,
    ),
    "chin": Fold(
        lines=(((-0.15, 6.425), (-0.08, 6.440), (0.0, 6.445), (0.08, 6.440), (0.15, 6.425)),),
        units={"mouthShrugLower": 0.9, "mouthFrownLeft": 0.15, "mouthFrownRight": 0.15},
        depth=0.0080,
        width=0.024,
        resting=0.2,
    ),
}

# Every fold with the side it is on, "" for the middle.
_FOLDS: Mapping[str, tuple[Fold, str]] = {
    f"{name}_{side}": (fold, side) for name, fold in _SIDED.items() for side in ("left", "right")
} | {name: (fold, "") for name, fold in _MIDDLE.items()}
WRINKLES = tuple(_FOLDS)


def wrinkle_depths(rest: Floats, *, seed: int, fineness: float = 1.0) -> Floats:
    """How far each fold at its deepest moves each vertex along its normal: (n, k) decimetres, inward < 0.

    rest (n, 3): positions of the mesh nobody has been made from yet. seed: no two people fold in quite the
    same places. fineness below 1 widens every fold, for meshes too coarse to hold it.
    """
    rng = np.random.default_rng((seed, 0xF01D))
    front = np.flatnonzero(rest[:, 2] > FRONT_Z)
    depths = np.zeros((len(rest), len(WRINKLES)), np.float32)
    for k, (fold, side) in enumerate(_FOLDS.values()):
        mirrored = side == "right"
        depths[front, k] = _pressed(rest[front, :2], fold, mirrored=mirrored, fineness=fineness, rng=rng)
    return depths


def wrinkle_drive(shapes: Floats, *, lines: float) -> Floats:
    """How deep each fold is now: (k,) from 0 for smooth to about 1, a little more on an old face.

    shapes (52,): weights in [0, 1]; lines in [0, 1]: what the years have left.
    """
    weights = dict(zip(SHAPES, shapes.tolist(), strict=True))
    drive = np.empty(len(WRINKLES), np.float32)
    for k, (fold, side) in enumerate(_FOLDS.values()):
        moved = sum(
            share * (weights[unit] if unit in weights else weights[unit + side.title()])
            for unit, share in fold.units.items()
        )
        drive[k] = min(moved, 1.2) * (YOUNG + (1 - YOUNG) * lines) + fold.resting * lines
    return drive


def _pressed(
    places: Floats, fold: Fold, *, mirrored: bool, fineness: float, rng: np.random.Generator
) -> Floats:
    """One fold's displacement (n,) at places (n, 2) of the front: its lines' together."""
    width = fold.width / fineness
    result = np.zeros(len(places), np.float32)
    aside, up = places.T.copy()
    for line in fold.lines:
        drawn = np.array(line) * ([-1, 1] if mirrored else [1, 1])
        wandering = rng.normal(0, 0.005, 2) + rng.normal(0, 0.0025, drawn.shape)
        points = (drawn + wandering).astype(np.float32)
        strength = rng.uniform(0.65, 1.0)
        low, high = points.min(axis=0) - REACH * width, points.max(axis=0) + REACH * width
        near = np.flatnonzero((low[1] < up) & (up < high[1]))
        near = near[(low[0] < aside[near]) & (aside[near] < high[0])]
        along, beside = _along_and_beside(places[near], points)
        if mirrored:
            beside = -beside
        ends = smoothstep(0.0, 0.22, along) * smoothstep(1.0, 0.78, along)
        profile = _profile(beside / width, swell=fold.swell)
        result[near] += fold.depth * strength * ends * profile
    return result


def _profile(beside: Floats, *, swell: float) -> Floats:
    """A groove with raised shoulders; beside in half widths, > 0 above, where swell lifts the skin."""
    square = beside**2
    groove = -(1 - 0.4 * square) * np.exp(-square / 2)
    lifted = swell * smoothstep(0.0, 1.2, beside) * np.exp(-(((beside - 1.6) / 1.3) ** 2))
    return np.asarray(groove + lifted, np.float32)


def _along_and_beside(places: Floats, line: Floats) -> tuple[Floats, Floats]:
    """How far along a line each place lies, in [0, 1], and how far beside it, above (or left of) it > 0."""
    start, step = line[:-1], np.diff(line, axis=0)
    length = np.linalg.norm(step, axis=1)
    offset = places[:, None] - start
    share = np.clip((offset * step).sum(-1) / length**2, 0, 1)
    gap = offset - share[..., None] * step
    distance = np.linalg.norm(gap, axis=-1)
    nearest = distance.argmin(axis=1)
    rows = np.arange(len(places))
    done = np.concatenate([[0.0], np.cumsum(length)])
    along = (done[nearest] + share[rows, nearest] * length[nearest]) / done[-1]
    towards, apart = step[nearest], gap[rows, nearest]
    turn = towards[:, 0] * apart[:, 1] - towards[:, 1] * apart[:, 0]
    return np.asarray(along, np.float32), np.asarray(np.sign(turn) * distance[rows, nearest], np.float32)
