"""A beard, from a few days' to a full one: hairs that go with jaw and lips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from attune.people.hairline import beard_zone
from attune.people.mesh import smoothstep, unit
from attune.people.parts import Floats, StrandKind, Strands
from attune.people.planting import Bound, plant
from attune.people.tint import tints

if TYPE_CHECKING:
    from attune.people.person import Person
    from attune.people.sculpt import Shape

HAIRS = 9500  # of the densest
WIDTH = 0.0036
SHORT = 0.08  # decimetres: what is shorter needs fewer points
CENTIMETRES = 0.1  # decimetres in one


class Beard:
    """The beard of one person; strands is None for a bare face."""

    def __init__(self, shape: Shape, person: Person, *, density: float = 1.0) -> None:
        look = person.beard
        self.strands: Strands | None = None
        if look.density <= 0:
            return
        generator = np.random.default_rng([person.seed, 31])
        zone = beard_zone(shape.rest, look)
        count = max(int(HAIRS * look.density * density), 1)
        roots = plant(shape.quads, shape.skin, zone**2, count, generator)
        rest, normals = roots.at(shape.rest), unit(roots.at(shape.normals))
        full = roots.at(zone[:, None])[:, 0]
        usual = look.length * CENTIMETRES * _long(rest, full)
        length = np.asarray(usual * generator.uniform(0.65, 1.15, count), np.float32)
        points = _grown(rest, normals, length, generator)
        points += roots.at(shape.skin)[:, None]
        self._bound = Bound.bind(roots, shape.skin, points)
        width = WIDTH * generator.uniform(0.7, 1.2, count) / np.sqrt(density)
        colour = tints(look.colour, look.grey, count, generator) * generator.uniform(0.8, 1.15, (count, 1))
        self.strands = Strands(StrandKind.BEARD, points, width.astype(np.float32), colour.astype(np.float32))

    def pose(self, skin: Floats) -> Floats:
        """The hairs (m, k, 3) on the moved skin (n, 3). Raises AttributeError for a bare face."""
        return self._bound.pose(skin)


def _long(rest: Floats, full: Floats) -> Floats:
    """How long a hair is, in times the beard's length: longest at the chin, short at lips and edges."""
    chin = smoothstep(6.55, 6.25, rest[:, 1]) * smoothstep(0.6, 1.1, rest[:, 2])
    lip = smoothstep(6.62, 6.70, rest[:, 1]) * smoothstep(0.36, 0.26, np.abs(rest[:, 0]))
    usual = (0.15 + 0.65 * full * full + 0.30 * chin) * (1 - 0.20 * lip)
    return np.asarray(usual, np.float32)


def _grown(rest: Floats, normals: Floats, length: Floats, generator: np.random.Generator) -> Floats:
    """Hairs (m, k, 3) from where they are planted: down, the moustache to both sides, long ones bent down."""
    count, side = len(rest), np.tanh(rest[:, 0] / 0.06)
    lip = smoothstep(6.60, 6.68, rest[:, 1]) * smoothstep(0.34, 0.22, np.abs(rest[:, 0]))
    down = np.stack([0.15 * side + 0.75 * side * lip, -1 + 0.35 * lip, 0.25 - 0.2 * lip], axis=1)
    down += generator.normal(0, 0.20, (count, 3))
    flat = unit(down - normals * np.einsum("mi,mi->m", down, normals)[:, None])
    start = unit(flat + (0.42 - 0.12 * lip)[:, None] * normals)
    points = 3 if length.max() < SHORT else 6
    share = np.linspace(0, 1, points)
    hang = np.minimum(length / 0.4, 1.0)[:, None] * (0.0, -0.5, 0.0)
    curve = start[:, None] * share[:, None] + (hang - 0.12 * normals)[:, None] * (share**2)[:, None]
    result: Floats = (curve * length[:, None, None] + 0.001 * normals[:, None]).astype(np.float32)
    return result
