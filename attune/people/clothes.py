"""A plain top: cloth that hangs from the shoulders, and a collar that lies on the neck and moves with it.

A neckline is where a height falls to 0: how far a point at rest lies above a cut that slopes from the nape to
the throat. Collars are strips laid by that height and by the direction from the neck.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.colour import linear
from attune.people.mesh import Around, smoothstep, unit
from attune.people.noise import ValueNoise
from attune.people.parts import Floats, Ints, Material, Surface
from attune.people.person import Clothes, Cut
from attune.people.sculpt import Shape

NECK_RADIUS = 0.5
NEAR = 12  # points of the skin that carry one of a collar
CARRIERS = 1200  # points of the skin that carry any
NECK_Z = 0.25  # decimetres: where the axis of the neck stands
AROUND = 180  # columns of a collar
RIBS = 3  # columns to a rib of knitted cloth
TUCKED = 0.02  # the cloth begins a little below the upper edge of its collar
COVERED = 0.12  # skin so far below the neckline is never seen
CLOTH_ABOVE_SKIN = 0.022
HANGING = 30  # times the cloth is smoothed: it spans what the skin dips into

Rows = tuple[tuple[float, float], ...]  # height above the neckline and distance from the skin


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """How a top is cut.

    side: the neckline's height beside the neck; slope: how it falls towards the front; drop and spread: a
    notch in front, so deep and half as wide; rows: the collar's strips from inside its upper edge outwards;
    opening: half the angle a collar is open in front, radians, and points: how far its corners reach down.
    """

    side: float
    slope: float
    rows: Rows
    drop: float = 0.0
    spread: float = 0.4
    pointed: bool = False
    ribbed: bool = True
    opening: float = 0.0
    points: float = 0.0


_BAND: Rows = (
    (-0.050, 0.004),
    (-0.010, 0.006),
    (0.012, 0.016),
    (0.016, 0.030),
    (-0.004, 0.042),
    (-0.06, 0.046),
    (-0.12, 0.046),
    (-0.155, 0.044),
    (-0.170, 0.030),
)
_EDGE: Rows = (
    (-0.05, 0.006),
    (-0.012, 0.010),
    (0.004, 0.022),
    (-0.010, 0.034),
    (-0.06, 0.038),
    (-0.09, 0.026),
)
_ROLL: Rows = (
    (-0.20, 0.012),
    (0.0, 0.016),
    (0.05, 0.030),
    (0.055, 0.055),
    (0.02, 0.082),
    (-0.06, 0.092),
    (-0.16, 0.094),
    (-0.23, 0.090),
    (-0.26, 0.070),
    (-0.25, 0.040),
)
_FOLDED: Rows = (
    (-0.12, 0.020),
    (0.04, 0.028),
    (0.13, 0.034),
    (0.165, 0.044),
    (0.17, 0.058),
    (0.14, 0.074),
    (0.06, 0.088),
    (-0.03, 0.098),
    (-0.10, 0.098),
    (-0.125, 0.090),
    (-0.120, 0.078),
)

PATTERNS: Mapping[Cut, Pattern] = MappingProxyType(
    {
        Cut.CREW: Pattern(side=5.99, slope=0.42, rows=_BAND),
        Cut.SCOOP: Pattern(side=5.93, slope=0.40, rows=_EDGE, drop=0.34, spread=0.42, ribbed=False),
        Cut.V_NECK: Pattern(side=5.96, slope=0.40, rows=_BAND, drop=0.62, spread=0.40, pointed=True),
        Cut.SHIRT: Pattern(
            side=5.97, slope=0.38, rows=_FOLDED, ribbed=False, opening=0.30, points=0.20,
        ),
        Cut.TURTLENECK: Pattern(side=6.19, slope=0.24, rows=_ROLL),
    }
)  # fmt: skip


class Garment:
    """A person's top: one surface, posed from the skin after the head has turned."""

    def __init__(self, shape: Shape, look: Clothes) -> None:
        pattern = PATTERNS[look.cut]
        height = _height(shape.rest, pattern) - look.collar / 10
        lowest = height[shape.quads].max(axis=1)
        self.hidden = lowest < -COVERED
        self._cloth, compact = np.unique(shape.quads[lowest < -TUCKED], return_inverse=True)
        quads = compact.reshape(-1, 4)
        self._cloth_offset = _hanging(shape, height, self._cloth, quads)
        level, away, around = _strips(pattern)
        at, self._shares = _places(shape, height, level.ravel(), around.ravel())
        self._carriers, self._at = np.unique(at, return_inverse=True)
        self._at = self._at.reshape(at.shape)
        self._away = away.ravel()[:, None].astype(np.float32)
        band = _band_quads(len(pattern.rows), closed=not pattern.opening) + len(self._cloth)
        rest = np.concatenate([shape.rest[self._cloth], self._carried(shape.rest[self._carriers])])
        self.surface = Surface(
            name="cloth",
            material=Material.CLOTH,
            quads=np.concatenate([quads, band]).astype(np.int32),
            albedo=self._coloured(look, pattern),
            rough=np.full(len(rest), 0.9, np.float32),
            gloss=np.zeros(len(rest), np.float32),
            occlusion=np.ones(len(rest), np.float32),
            rest=rest.astype(np.float32),
        )

    def pose(self, skin: Floats, normals: Floats) -> Floats:
        """Positions (m, 3) of the cloth on skin and its normals (n, 3)."""
        cloth = skin.take(self._cloth, axis=0) + self._cloth_offset
        carriers = np.hstack([skin.take(self._carriers, axis=0), normals.take(self._carriers, axis=0)])
        below = self._carried(carriers)
        return np.concatenate([cloth, below[:, :3] + unit(below[:, 3:]) * self._away])

    def _carried(self, values: Floats) -> Floats:
        """Values (m, k) where the collar's points lie over the skin, from those of what carries it."""
        return np.asarray((self._shares[:, None] @ values.take(self._at, axis=0))[:, 0], np.float32)

    def _coloured(self, look: Clothes, pattern: Pattern) -> Floats:
        colour = linear(look.colour)
        light = np.ones((AROUND, len(pattern.rows)))
        light[:, 0] = 0.5
        if pattern.ribbed:
            light *= 1 - 0.10 * (np.arange(AROUND) % RIBS == 0)[:, None]
        band = np.outer(light.ravel() * (0.92 if pattern.ribbed else 1.0), colour)
        return np.concatenate([np.tile(colour, (len(self._cloth), 1)), band]).astype(np.float32)


def _height(rest: Floats, pattern: Pattern) -> Floats:
    """How far each place (n, 3) lies above the neckline, decimetres."""
    x, y, z = rest.T
    line = pattern.side - pattern.slope * (z - NECK_Z)
    if pattern.drop:
        across = np.abs(x) / pattern.spread
        notch = np.clip(1 - across, 0, None) if pattern.pointed else np.exp(-1.6 * across**4)
        line = line - pattern.drop * notch * smoothstep(0.15, 0.45, z)
    return np.asarray(y - line, np.float32)


def _hanging(shape: Shape, height: Floats, points: NDArray[Any], quads: NDArray[Any]) -> Floats:
    """From the skin's points (c,) to the cloth over them (c, 3): smooth where the body is not, softly folded.

    quads (g, 4) join those points.
    """
    around = Around(quads.ravel(), np.repeat(np.arange(len(quads)), 4), count=len(points), of=len(quads))
    skin, height = shape.skin[points], height[points]
    hanging, free = skin, smoothstep(-0.10, -0.55, height)[:, None]
    for _ in range(HANGING):
        hanging = hanging + free * (around.mean(hanging[quads].mean(axis=1)) - hanging)
    down = smoothstep(-0.15, -0.8, height)
    folds = ValueNoise(2).layers(shape.rest[points] * np.array([1.6, 0.7, 1.6], np.float32), 1.7, 2)
    above = CLOTH_ABOVE_SKIN + 0.03 * down + 0.035 * down * folds
    return np.asarray(hanging - skin + shape.normals[points] * above[:, None], np.float32)


def _strips(pattern: Pattern) -> tuple[Floats, Floats, Floats]:
    """Heights, distances from the skin and angles about the neck, (AROUND, rows) each; 0 is ahead."""
    rows = np.array(pattern.rows, np.float32)
    turn = np.linspace(-np.pi, np.pi, AROUND, endpoint=False)
    level = np.tile(rows[:, 0], (AROUND, 1))
    away = np.tile(rows[:, 1], (AROUND, 1))
    if not pattern.opening:
        return level, away, np.tile(turn[:, None], (1, len(rows)))
    # An open collar begins and ends in front; its leaves spread the further down they reach.
    leaf = np.linspace(0, 1, len(rows)) ** 1.5
    gap = pattern.opening * smoothstep(0.15, 1.0, leaf) - 0.03
    share = np.linspace(0, 1, AROUND)[:, None]
    around = gap + share * (2 * np.pi - 2 * gap)
    to_corner = np.minimum(share, 1 - share) * 2 * np.pi
    level -= pattern.points * smoothstep(0.75, 0.05, to_corner) * smoothstep(0.3, 1.0, leaf)
    return level, away, np.asarray((around + np.pi) % (2 * np.pi) - np.pi, np.float32)


def _places(shape: Shape, height: Floats, level: Floats, around: Floats) -> tuple[Ints, Floats]:
    """The skin's points (m, NEAR) about each height and angle (m,), and their shares in it (m, NEAR).

    Shares by moving least squares (D. Levin 1998): they give back what changes evenly across the skin.
    """
    x, y, z = shape.rest.T
    away = np.hypot(x, z - NECK_Z)
    band = (height > level.min() - 0.12) & (height < level.max() + 0.12)
    # Neither the jaw above a collar nor the arms, which lie as high and in the same direction.
    on_neck = band & (away < 1.15) & ~((y > 5.95) & (away > 0.62))
    # A finer mesh begins with the points of the coarser one, and those are enough.
    known = np.flatnonzero(on_neck)[:CARRIERS]
    angle = np.arctan2(x, z - NECK_Z)[known]
    turned = np.concatenate([angle - 2 * np.pi, angle, angle + 2 * np.pi])
    nearby = np.abs(turned) < np.pi + 0.5
    known, turned = np.tile(known, 3)[nearby], turned[nearby]
    aside, above = (turned - around[:, None]) * NECK_RADIUS, height[known] - level[:, None]
    nearest = np.argpartition(aside**2 + above**2, NEAR, axis=1)[:, :NEAR]
    aside, above = (np.take_along_axis(apart, nearest, axis=1) for apart in (aside, above))
    square = aside**2 + above**2
    fading = np.exp(-2.5 * square / square.max(axis=1, keepdims=True))
    plane = np.stack([np.ones_like(aside), aside, above], axis=-1)
    moments = np.einsum("mk,mki,mkj->mij", fading, plane, plane) + 1e-9 * np.eye(3)
    first = np.linalg.solve(moments, np.tile([[1.0], [0.0], [0.0]], (len(nearest), 1, 1)))[..., 0]
    shares = fading * np.einsum("mki,mi->mk", plane, first)
    return known[nearest].astype(np.int32), shares.astype(np.float32)


def _band_quads(rows: int, *, closed: bool) -> Ints:
    """Quads of a strip whose points are numbered across first, outside to the front."""
    index = np.arange(AROUND * rows, dtype=np.int32).reshape(AROUND, rows)
    onward = np.roll(index, -1, axis=0)
    quads = np.stack([index[:, 1:], onward[:, 1:], onward[:, :-1], index[:, :-1]], axis=-1)
    return (quads if closed else quads[:-1]).reshape(-1, 4)
