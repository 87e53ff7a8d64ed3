"""A person put together: every surface and every hair, and how all of it stands in one frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from attune.people.beard import Beard
from attune.people.brows import Brows
from attune.people.clothes import Garment
from attune.people.eyes import Eyeballs
from attune.people.hair import grow_hair
from attune.people.head import Head
from attune.people.lashes import Lashes
from attune.people.mesh import Normals, moved
from attune.people.motion import Motion, head_turn
from attune.people.mouth import Mouth
from attune.people.parts import Face, Floats, Posed, StrandKind, Strands, Surface
from attune.people.person import Person
from attune.people.sculpt import sculpt
from attune.people.skin import skin_surface


class Figure:
    """One person, ready to be drawn in any frame.

    level: how often the skin is refined, 1 to be quick or 2 to be fine; density: how many of the hairs.
    """

    def __init__(self, head: Head, person: Person, *, level: int = 2, density: float = 1.0) -> None:
        shape = self._shape = sculpt(head, person, level=level)
        self._grid = head.grid(level)
        self._motion = Motion(head, shape, person)
        self._eyes = Eyeballs(shape, person.eyes, seed=person.seed)
        self._mouth = Mouth(head, shape, person)
        self._garment = Garment(shape, person.clothes)
        self._garment_normals = Normals(self._garment.surface.quads, len(self._garment.surface.rest))
        self._brows, self._lashes = Brows(shape, person), Lashes(head, shape, person)
        self._beard = Beard(shape, person, density=density)
        skin = skin_surface(shape, person, lips=head.lips(level), inner_mouth=head.inner_mouth(level))
        seen = replace(skin, quads=skin.quads[~self._garment.hidden])
        parts = (seen, *self._eyes.surfaces, *self._mouth.surfaces, self._garment.surface)
        self.surfaces: Mapping[str, Surface] = {surface.name: surface for surface in parts}
        grown = (
            grow_hair(shape, person, density=density),
            self._brows.strands,
            self._lashes.strands,
            self._beard.strands,
        )
        self.strands: Mapping[StrandKind, Strands] = {
            strands.kind: strands for strands in grown if strands is not None
        }
        teeth = shape.base[head.groups["upper-teeth"]].max(axis=0)
        self._front_teeth = np.array([0.0, teeth[1], teeth[2] + 0.05], np.float32)

    def pose(self, face: Face) -> Posed:
        """Stand as one frame says."""
        skin, base = self._motion.move(face)
        turn = head_turn(face)
        inner = self._eyes.pose(face.gaze, turn) | self._mouth.pose(base, turn)
        positions = {name: points for name, (points, _) in inner.items()}
        normals = {name: directions for name, (_, directions) in inner.items()}
        positions["skin"] = self._motion.turn(skin, turn, face)
        normals["skin"] = self._grid.normals(positions["skin"])
        positions["cloth"] = self._garment.pose(positions["skin"], normals["skin"])
        normals["cloth"] = self._garment_normals(positions["cloth"])
        return Posed(
            positions=positions,
            normals=normals,
            strands={kind: moved(points, turn) for kind, points in self._strands(skin, base).items()},
            head=turn,
            lids=self._lids(base, turn),
            mouth=moved(self._front_teeth[None], turn)[0],
        )

    def _strands(self, skin: Floats, base: Floats) -> dict[StrandKind, Floats]:
        """What grows on the face and goes with it, before the head turns."""
        strands = {StrandKind.BROW: self._brows.pose(skin), StrandKind.LASH: self._lashes.pose(base)}
        if self._beard.strands is not None:
            strands[StrandKind.BEARD] = self._beard.pose(skin)
        return strands

    def _lids(self, base: Floats, turn: Floats) -> Floats:
        rows = []
        for edges, (centre, radius) in zip(self._motion.edges, self._shape.eyes, strict=True):
            places = np.stack([centre, base[edges.upper].mean(axis=0), base[edges.lower].mean(axis=0)])
            middle, upper, lower = moved(places, turn)
            rows.append((middle[0], upper[1], 0.87 * radius, lower[1]))
        return np.array(rows, np.float32)
