"""A person's own head: the base mesh moved by age, sex, ancestry, muscle, weight and single features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.head import Head
from attune.people.parts import Floats, Ints
from attune.people.person import Identity, Person
from attune.people.shapes import SHAPES

Eye = tuple[Floats, float]

EYES_MIDDLE = np.array([0.0, 7.284, 1.245], np.float32)  # where every person's eyes are put, decimetres
YOUNG_AGE, OLD_AGE = 25.0, 90.0  # years of the faces MakeHuman's shapes were averaged from

ON_LIP = 0.9  # of the lips' mask
LIPS_MEET = 0.065  # decimetres to both sides of the middle within which they are looked at
WITH_JAW = 0.2  # decimetres: what goes further down with the jaw is the lower lip
LIPS_APART = 0.001  # decimetres between the edges of lips that look closed
COLUMN = 0.02  # decimetres beside a column of points that counts as on it
IN_FRONT = 1.53  # decimetres: what lies further back is the lips' inside


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A person at rest, in decimetres.

    base (b, 3): the base mesh with its helpers; skin (n, 3): the refined skin; rest (n, 3): the same points
    of nobody, which everything is painted and planted by; normals (n, 3) and quads (f, 4) of the skin; eyes:
    centre (3,) and radius, the left one first.
    """

    level: int
    base: Floats
    skin: Floats
    rest: Floats
    normals: Floats
    quads: Ints
    eyes: tuple[Eye, Eye]


def sculpt(head: Head, person: Person, *, level: int) -> Shape:
    """Make a person's head, refined ``level`` times."""
    base = head.base.astype(np.float64)
    for name, share in macro_shares(person.identity):
        head.macros.add(base, head.macro_names[name], share)
    for feature, amount in person.identity.targets.items():
        for which in head.features(feature, amount):
            head.details.add(base, which, abs(amount))
    _close_mouth(head, base)
    left, right = (_sphere(base[head.groups[f"{side}-eye"]]) for side in "lr")
    shift = EYES_MIDDLE - (left[0] + right[0]) / 2
    moved = (base + shift).astype(np.float32)
    grid = head.grid(level)
    skin = grid.subdivide(moved)
    return Shape(
        level=level,
        base=moved,
        skin=skin,
        rest=grid.subdivide(head.base),
        normals=grid.normals(skin),
        quads=grid.quads,
        eyes=(_shifted(left, shift), _shifted(right, shift)),
    )


def macro_shares(identity: Identity) -> Iterator[tuple[str, float]]:
    """How much of each of MakeHuman's whole-body shapes makes this person, those with any."""
    old = float(np.clip((identity.age - YOUNG_AGE) / (OLD_AGE - YOUNG_AGE), 0, 1))
    ages = {"young": 1 - old, "old": old}
    sexes = {"male": identity.masculinity, "female": 1 - identity.masculinity}
    origin = identity.ancestry
    ancestries = {"african": origin.african, "asian": origin.asian, "caucasian": origin.caucasian}
    for ancestry, sex, age in product(ancestries, sexes, ages):
        if share := ancestries[ancestry] * sexes[sex] * ages[age]:
            yield f"{ancestry}-{sex}-{age}", share
    builds = product(_three("muscle", identity.muscle).items(), _three("weight", identity.weight).items())
    for (muscle, much), (weight, heavy) in builds:
        for sex, age in product(sexes, ages):
            if share := much * heavy * sexes[sex] * ages[age]:
                yield f"universal-{sex}-{age}-{muscle}-{weight}", share


def _close_mouth(head: Head, base: NDArray[np.float64]) -> None:
    """Let the lips meet: the faces that the shapes come from hold them more or less apart."""
    across = np.abs(head.base[:, 0])
    jaw = SHAPES.index("jawOpen")
    dropped = head.units.dense(len(base))[:, jaw, 1]
    lips = np.zeros(len(base))
    lips[: head.grid(0).count] = head.lips(0)
    lip = (lips > ON_LIP) & (across < LIPS_MEET)
    lower = lip & (dropped < -WITH_JAW)
    upper = lip & ~lower & (head.base[:, 2] > IN_FRONT)
    columns = np.unique(across[lower].round(2))
    gap = max(
        base[upper & (np.abs(across - column) < COLUMN), 1].min()
        - base[lower & (np.abs(across - column) < COLUMN), 1].max()
        for column in columns
    )
    head.units.add(base, jaw, min(0.0, (gap - LIPS_APART) / float(dropped[lower].mean())))


def _shifted(eye: Eye, shift: NDArray[Any]) -> Eye:
    return np.asarray(eye[0] + shift, np.float32), eye[1]


def _three(name: str, value: float) -> dict[str, float]:
    """Shares of the least, the average and the most of something in [0, 1]."""
    return {
        f"min{name}": max(0.0, 1 - 2 * value),
        f"average{name}": 1 - abs(2 * value - 1),
        f"max{name}": max(0.0, 2 * value - 1),
    }


def _sphere(points: NDArray[np.float64]) -> Eye:
    """Centre and radius of the sphere that fits points (n, 3) best, by least squares."""
    unknowns = np.concatenate([2 * points, np.ones((len(points), 1))], axis=1)
    found = np.linalg.lstsq(unknowns, (points**2).sum(axis=1), rcond=None)[0]
    centre = found[:3]
    return centre.astype(np.float32), float(np.sqrt(found[3] + centre @ centre))
