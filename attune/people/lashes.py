"""Lashes, on the strips of the base mesh that the face units move with the lids."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from attune.people.parts import Floats, Ints, StrandKind, Strands

if TYPE_CHECKING:
    from attune.people.head import Head
    from attune.people.person import Person
    from attune.people.sculpt import Shape

UPPER, LOWER = 78, 34  # hairs of one eye's lids
POINTS = 5
WIDTH = 0.0017
COLOUR = (0.010, 0.008, 0.007)
TUFT = 3.2  # lashes that lean towards each other


@dataclass(frozen=True, slots=True, eq=False)
class _Lid:
    """One lid's lashes: the strip's two long edges in points of the base mesh, and each hair's place on them.

    place (m,): along the rims, in points; lean (m,): how far along the tip lies from the root; length (m,) in
    times the strip's; up: 1 for the upper lid, -1 for the lower.
    """

    root_rim: Ints
    tip_rim: Ints
    place: Floats
    lean: Floats
    length: Floats
    up: float

    def grown(self, base: Floats) -> Floats:
        """Hairs (m, k, 3) on the moved base mesh (b, 3)."""
        root = _along(base[self.root_rim], self.place)
        reach = (_along(base[self.tip_rim], self.place + self.lean) - root) * self.length[:, None]
        share = np.linspace(0, 1, POINTS, dtype=np.float32)
        rise = np.linalg.norm(reach, axis=1)[:, None] * (0.0, 0.30 * self.up, 0.05)
        grown = root[:, None] + reach[:, None] * share[:, None] + rise[:, None] * (share**2)[:, None]
        return np.asarray(grown, np.float32)


class Lashes:
    """The lashes of both eyes of one person."""

    def __init__(self, head: Head, shape: Shape, person: Person) -> None:
        generator = np.random.default_rng([person.seed, 41])
        much = person.eyes.lashes
        self._lids: list[_Lid] = []
        for side, eye in zip("lr", shape.eyes, strict=True):
            for strip, many, long, up in (("2", UPPER, 0.78, 1.0), ("1", LOWER, 0.40, -1.0)):
                rims = _rims(head.group_quads[f"{side}-eyelashes-{strip}"], shape.base, eye[0])
                count = max(int(many * min(much, 1.0) ** 0.5), 2)
                self._lids.append(_lid(rims, count, long * (0.55 + 0.45 * much), up, generator))
        points = self.pose(shape.base)
        count = len(points)
        width = WIDTH * generator.uniform(0.75, 1.1, count) * (0.7 + 0.3 * min(much, 1.5))
        colour = np.tile(np.array(COLOUR, np.float32), (count, 1))
        self.strands = Strands(StrandKind.LASH, points, width.astype(np.float32), colour)

    def pose(self, base: Floats) -> Floats:
        """The hairs (m, k, 3) on the moved base mesh (b, 3)."""
        return np.concatenate([lid.grown(base) for lid in self._lids]).astype(np.float32)


def _lid(rims: tuple[Ints, Ints], count: int, long: float, up: float, generator: np.random.Generator) -> _Lid:
    """Lashes along a strip: evenly, leaning together in tufts, shorter towards the inner corner."""
    last = len(rims[0]) - 1
    place = (np.arange(count) + generator.uniform(0.2, 0.8, count)) / count * last
    tuft = np.sin(place / last * count / TUFT * np.pi) * 0.16
    along = place / last
    arch = 0.70 + 0.30 * np.sin(np.pi * np.clip(along * 0.9 + 0.05, 0, 1))
    length = long * arch * generator.uniform(0.75, 1.05, count)
    lean = tuft + generator.normal(0, 0.10, count)
    return _Lid(
        rims[0], rims[1], place.astype(np.float32), lean.astype(np.float32), length.astype(np.float32), up
    )


def _along(rim: Floats, place: Floats) -> Floats:
    """Points (m, 3) at places counted in points along a rim (r, 3), held to its ends."""
    place = np.clip(place, 0, len(rim) - 1.001)
    low = place.astype(np.int64)
    share = (place - low)[:, None]
    result: Floats = rim[low] * (1 - share) + rim[low + 1] * share
    return result


def _rims(quads: Ints, base: Floats, eye: Floats) -> tuple[Ints, Ints]:
    """The two long edges of a strip of quads, the one at the eyeball first, both in the same direction."""
    border = _border(quads)
    once = np.bincount(quads.ravel())
    turns = [at for at, point in enumerate(border) if once[point] == 1]
    sides = [border[a : b + 1] for a, b in pairwise(turns)]
    sides.append(border[turns[-1] :] + border[: turns[0] + 1])
    one, other = (np.array(side) for side in sorted(sides, key=len)[-2:])
    other = other[::-1]
    far = [np.linalg.norm(base[rim] - eye, axis=1).mean() for rim in (one, other)]
    return (one, other) if far[0] < far[1] else (other, one)


def _border(quads: Ints) -> list[int]:
    """The points around a strip of quads, in order, beginning at a corner."""
    ends = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2)
    seen = {(int(a), int(b)) for a, b in ends}
    follows = {a: b for a, b in seen if (b, a) not in seen}
    once = np.bincount(quads.ravel())
    start = next(point for point in follows if once[point] == 1)
    border = [start]
    while follows[border[-1]] != start:
        border.append(follows[border[-1]])
    return border
