"""Brows: short hairs that lie on the skin and go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from attune.people.hairline import brow_line, brow_zone
from attune.people.mesh import unit
from attune.people.parts import Floats, StrandKind, Strands
from attune.people.planting import Bound, laid_on, plant
from attune.people.tint import tints

if TYPE_CHECKING:
    from attune.people.person import Person
    from attune.people.sculpt import Shape

HAIRS = 780  # of both brows together, at the usual density
POINTS = 4
WIDTH = 0.0029
LEAST_OFF = 0.001  # decimetres: what hairs keep from the skin
NEAR_BROW = 1e-4  # of the brow's zone: where a hair can still come to lie
# By the distance from the nose: how steeply hairs stand (degrees over straight outwards), and their length.
_ACROSS = (0.08, 0.14, 0.22, 0.34, 0.46, 0.62)
_STEEP = (80, 64, 42, 20, 0, -20)
_LENGTH = (0.046, 0.060, 0.066, 0.066, 0.060, 0.042)


class Brows:
    """Both brows of one person."""

    def __init__(self, shape: Shape, person: Person) -> None:
        look = person.brows
        generator = np.random.default_rng([person.seed, 21])
        zone = brow_zone(shape.rest, look) ** 1.3
        count = max(int(HAIRS * look.density * look.thickness**0.6), 1)
        roots = plant(shape.quads, shape.skin, zone, count, generator)
        rest = roots.at(shape.rest)
        normals = unit(roots.at(shape.normals))
        across = np.abs(rest[:, 0])
        above = np.clip((rest[:, 1] - brow_line(across, look)) / (0.03 * look.thickness), -1.3, 1.3)
        # The upper hairs come down and the lower ones go up: they meet along the brow's middle.
        together = above * np.interp(across, (0.1, 0.4), (10, 24))
        angle = np.radians(np.interp(across, _ACROSS, _STEEP) - together + generator.normal(0, 8, count))
        along = np.stack([np.sign(rest[:, 0]) * np.cos(angle), np.sin(angle), 0 * angle], axis=1)
        along = unit(along - normals * np.einsum("mi,mi->m", along, normals)[:, None])
        length = np.interp(across, _ACROSS, _LENGTH) * generator.uniform(0.65, 1.15, count)
        share = np.linspace(0, 1, POINTS)
        bend = np.cross(normals, along) * (generator.normal(0, 0.10, count) * length)[:, None]
        off = 0.0012 + length[:, None] * (0.22 * share - 0.14 * share**2)
        points = (
            roots.at(shape.skin)[:, None]
            + along[:, None] * (length[:, None] * share)[..., None]
            + bend[:, None] * (share**2)[:, None]
            + normals[:, None] * off[..., None]
        ).astype(np.float32)
        points = laid_on(points, shape, np.flatnonzero(zone > NEAR_BROW), LEAST_OFF)
        self._bound = Bound.bind(roots, shape.skin, points)
        width = WIDTH * generator.uniform(0.7, 1.15, count) * (0.6 + 0.4 * roots.at(zone[:, None])[:, 0])
        colour = tints(look.colour, 0.6 * person.hair.grey, count, generator)
        self.strands = Strands(StrandKind.BROW, points, width.astype(np.float32), colour)

    def pose(self, skin: Floats) -> Floats:
        """The hairs (m, k, 3) on the moved skin (n, 3)."""
        return self._bound.pose(skin)
