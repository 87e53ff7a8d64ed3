"""Lashes, on the strips of the base mesh that the face units move with the lids."""

from __future__ import annotations

from collections.abc import Sequence
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
class _Places:
    """Places on the base mesh, each between two of its points (m,): share (m, 1) tells how far along."""

    low: Ints
    high: Ints
    share: Floats

    @classmethod
    def along(cls, rim: Ints, place: Floats) -> _Places:
        """Places (m,) counted in points along a rim (r,), held to its ends."""
        place = np.clip(place, 0, len(rim) - 1.001)
        low = place.astype(np.intp)
        return cls(rim[low], rim[low + 1], (place - low)[:, None].astype(np.float32))

    @classmethod
    def together(cls, parts: Sequence[_Places]) -> _Places:
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    def on(self, base: Floats) -> Floats:
        """Where they are (m, 3) on the moved base mesh (b, 3)."""
        low = base.take(self.low, axis=0)
        result: Floats = low + self.share * (base.take(self.high, axis=0) - low)
        return result


class Lashes:
    """The lashes of both eyes of one person."""

    def __init__(self, head: Head, shape: Shape, person: Person) -> None:
        generator = np.random.default_rng([person.seed, 41])
        much = person.eyes.lashes
        roots, tips, lengths, rises = [], [], [], []
        for side, eye in zip("lr", shape.eyes, strict=True):
            for strip, many, long, up in (("2", UPPER, 0.78, 1.0), ("1", LOWER, 0.40, -1.0)):
                rims = _rims(head.group_quads[f"{side}-eyelashes-{strip}"], shape.base, eye[0])
                count = max(int(many * min(much, 1.0) ** 0.5), 2)
                place, lean, length = _laid_out(count, len(rims[0]) - 1, generator)
                roots.append(_Places.along(rims[0], place))
                tips.append(_Places.along(rims[1], place + lean))
                lengths.append(long * (0.55 + 0.45 * much) * length)
                rises.append(np.tile((0.0, 0.30 * up, 0.05), (count, 1)))
        self._roots, self._tips = _Places.together(roots), _Places.together(tips)
        self._lengths = np.concatenate(lengths)[:, None].astype(np.float32)
        self._rises = np.concatenate(rises).astype(np.float32)
        points = self.pose(shape.base)
        count = len(points)
        width = WIDTH * generator.uniform(0.75, 1.1, count) * (0.7 + 0.3 * min(much, 1.5))
        colour = np.tile(np.array(COLOUR, np.float32), (count, 1))
        self.strands = Strands(StrandKind.LASH, points, width.astype(np.float32), colour)

    def pose(self, base: Floats) -> Floats:
        """The hairs (m, k, 3) on the moved base mesh (b, 3)."""
        root = self._roots.on(base)
        reach = (self._tips.on(base) - root) * self._lengths
        rise = np.sqrt(np.einsum("mi,mi->m", reach, reach))[:, None] * self._rises
        share = np.linspace(0, 1, POINTS, dtype=np.float32)[:, None]
        result: Floats = root[:, None] + reach[:, None] * share + rise[:, None] * share**2
        return result


def _laid_out(count: int, last: int, generator: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Lashes along a strip of ``last`` quads: evenly, leaning together in tufts, shorter at the inner corner.

    For each (count,): its place and how far along the tip lies from it, in points; its length in times the
    strip's.
    """
    place = (np.arange(count) + generator.uniform(0.2, 0.8, count)) / count * last
    tuft = np.sin(place / last * count / TUFT * np.pi) * 0.16
    along = place / last
    arch = 0.70 + 0.30 * np.sin(np.pi * np.clip(along * 0.9 + 0.05, 0, 1))
    length = arch * generator.uniform(0.75, 1.05, count)
    lean = tuft + generator.normal(0, 0.10, count)
    return place.astype(np.float32), lean.astype(np.float32), length.astype(np.float32)


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
