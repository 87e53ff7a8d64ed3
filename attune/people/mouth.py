"""What an open mouth shows: teeth, gums that only a high lip uncovers, and the tongue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attune.people.head import Head
from attune.people.mesh import Normals, Refinement, moved, smoothstep
from attune.people.noise import ValueNoise
from attune.people.parts import Floats, Material, Surface
from attune.people.person import Person
from attune.people.sculpt import Shape
from attune.people.teeth import LOWER, UPPER, Arch, Part, row_of_teeth

TONGUE = (0.43, 0.165, 0.145)
EDGE = -0.043  # of the upper row's front teeth below MakeHuman's, behind the lower lip at rest
OVERBITE, OVERJET = 0.014, 0.032  # the lower front teeth reach behind the upper ones


class Mouth:
    """A person's teeth with their gums, and tongue: surfaces ``teeth`` and ``tongue``."""

    def __init__(self, head: Head, shape: Shape, person: Person) -> None:
        base = shape.base
        rng = np.random.default_rng((person.seed, 0x7EE7))
        self._hinge = head.groups["lower-teeth"]
        self._hinge_at_rest = base[self._hinge]
        upper = base[head.groups["upper-teeth"]]
        edge = float(upper[:, 1].min()) + EDGE
        half_width, front = 0.93 * float(np.abs(upper[:, 0]).max()), float(upper[:, 2].max()) - 0.045
        depth = 1.02 * float(np.ptp(upper[:, 2]))
        above = Arch(half_width=half_width, depth=depth, front=front)
        below = Arch(half_width=half_width - 0.02, depth=depth - 0.02, front=front - OVERJET)
        parts = row_of_teeth(UPPER, above, edge, person.skin, rng)
        lower = row_of_teeth(LOWER, below, edge + OVERBITE, person.skin, rng)
        self._lower_from = sum(len(part.points) for part in parts)
        teeth = _surface("teeth", [*parts, *lower])
        self._teeth = teeth.rest
        self._teeth_normals = Normals(teeth.quads, len(teeth.rest))(teeth.rest)

        quads = head.group_quads["tongue"]
        self._tongue_at, compact = np.unique(quads, return_inverse=True)
        first = Refinement(compact.reshape(-1, 4).astype(np.int32), len(self._tongue_at))
        self._tongue_steps = first, Refinement(first.fine, int(first.fine.max()) + 1)
        tongue = _surface("tongue", [self._tongue_part(base)])
        self._tongue_normals = Normals(tongue.quads, len(tongue.rest))
        self.surfaces = teeth, tongue

    def pose(self, base: Floats, head: Floats | None = None) -> dict[str, tuple[Floats, Floats]]:
        """Positions and normals (n, 3) by surface; base (b, 3): the base mesh as the face holds it.

        head (4, 4): how the head is turned; None leaves it as it is.
        """
        head = np.eye(4, dtype=np.float32) if head is None else head
        jaw = head @ _rigid(self._hinge_at_rest, base[self._hinge])
        teeth, normals = np.empty_like(self._teeth), np.empty_like(self._teeth)
        for part, move in ((slice(self._lower_from), head), (slice(self._lower_from, None), jaw)):
            teeth[part] = moved(self._teeth[part], move)
            normals[part] = self._teeth_normals[part] @ move[:3, :3].T
        tongue = self._tongue(moved(base[self._tongue_at], head))
        return {"teeth": (teeth, normals), "tongue": (tongue, self._tongue_normals(tongue))}

    def _tongue(self, values: Floats) -> Floats:
        """The refined tongue (n, 3) over the base mesh's (t, 3)."""
        for step in self._tongue_steps:
            values = step.smooth(values)
        return values

    def _tongue_part(self, base: Floats) -> Part:
        points = self._tongue(base[self._tongue_at])
        back = smoothstep(0.02, 0.42, points[:, 2].max() - points[:, 2])
        groove = np.exp(-((points[:, 0] / 0.012) ** 2)) * (1 - back)
        colour = np.array(TONGUE) * (1 + 0.10 * ValueNoise(3).layers(points, 28, 2))[:, None]
        light = (1 - 0.75 * back) * (1 - 0.2 * groove)
        return Part(points, self._tongue_steps[-1].fine, colour, light, rough=0.42)


def _surface(name: str, parts: Sequence[Part]) -> Surface:
    """One surface of one or many pieces."""
    counts = [len(part.points) for part in parts]
    starts = np.cumsum([0, *counts[:-1]])
    quads = np.concatenate([part.quads + start for part, start in zip(parts, starts, strict=True)])
    return Surface(
        name=name,
        material=Material.MOUTH,
        quads=quads.astype(np.int32),
        albedo=np.concatenate([part.colour for part in parts]).clip(0, 1).astype(np.float32),
        rough=np.repeat([part.rough for part in parts], counts).astype(np.float32),
        gloss=np.ones(sum(counts), np.float32),
        occlusion=np.concatenate([part.light for part in parts]).clip(0, 1).astype(np.float32),
        rest=np.concatenate([part.points for part in parts]).astype(np.float32),
    )


def _rigid(before: Floats, after: Floats) -> Floats:
    """The move (4, 4) without bending that best carries rows of before to after (W. Kabsch 1976)."""
    middle, arrived = before.mean(axis=0), after.mean(axis=0)
    left, _, right = np.linalg.svd((before - middle).T @ (after - arrived))
    turn = left @ np.diag([1, 1, np.sign(np.linalg.det(left @ right))]) @ right
    result = np.eye(4, dtype=np.float32)
    result[:3, :3], result[:3, 3] = turn.T, arrived - middle @ turn
    return result
