"""The head every drawn person is made from: MakeHuman's base mesh and its shapes, out of ``head.npz``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.mesh import Normals, Refinement
from attune.people.parts import Floats, Ints
from attune.people.shapes import SHAPES
from attune.resources import asset

LEVELS = 2  # how often the mesh can be refined
STEP = 1e-3  # decimetres: what the shapes are counted in, at their source already
MASKS = ("lips", "inside-mouth", "eyelids", "ears")


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Many ways to move the points of the base mesh, each moving only some of them."""

    starts: NDArray[np.int32]
    index: NDArray[np.uint16]
    steps: NDArray[np.int16]

    def add(self, to: NDArray[Any], which: int, amount: float) -> None:
        """Move the points ``to`` (b, 3) by ``amount`` times one shape."""
        part = slice(self.starts[which], self.starts[which + 1])
        to[self.index[part]] += self.steps[part] * (amount * STEP)

    def dense(self, points: int) -> Floats:
        """All shapes as (b, shapes, 3), decimetres."""
        many = len(self.starts) - 1
        result = np.zeros((points, many, 3), np.float32)
        which = np.repeat(np.arange(many), np.diff(self.starts))
        result[self.index, which] = self.steps * np.float32(STEP)
        return result


class Moves:
    """How far each unit moves each point, ready to be added up: rows (m,) of the points that move at all.

    Unit by unit, so that only those a face uses are gone through.
    """

    def __init__(self, dense: Floats) -> None:
        """Dense (n, 52 * 3): every point, unit and axis."""
        self.rows = np.flatnonzero(np.abs(dense).max(axis=1) > STEP / 20)
        each = dense[self.rows].reshape(len(self.rows), len(SHAPES), 3).transpose(1, 0, 2)
        self._each: Floats = each.reshape(len(SHAPES), -1)

    def __call__(self, weights: Floats) -> Floats:
        """How far the rows move (m, 3) for weights (52,), decimetres."""
        used = np.flatnonzero(weights)
        return (weights[used] @ self._each[used]).reshape(-1, 3)

    def part(self, rows: NDArray[np.bool_], units: list[int]) -> Floats:
        """How far some of the rows, chosen by (m,), move for each of some units: (k, 3, units)."""
        return self._each.reshape(len(SHAPES), -1, 3)[units][:, rows].transpose(1, 2, 0)


class Grid:
    """The skin's mesh at one level of refinement."""

    def __init__(self, steps: tuple[Refinement, ...], quads: Ints, count: int) -> None:
        self._steps = steps
        self.quads: Ints = steps[-1].fine if steps else quads
        self.count = int(self.quads.max()) + 1
        self._coarse = count

    def subdivide(self, values: Floats) -> Floats:
        """Values (n, k) from values (b, k) on the base mesh, of which the first belong to the skin."""
        values = np.asarray(values, np.float32)[: self._coarse]
        for step in self._steps:
            values = step.smooth(values)
        return values

    @cached_property
    def normals(self) -> Normals:
        """What makes normals of this mesh."""
        return Normals(self.quads, self.count)


class Head:
    """The base mesh (b, 3) in decimetres, its skin and helper meshes, and the shapes it can take.

    groups: the points of each helper mesh (``l-eye``, ``upper-teeth``, ``tongue``, ``l-eyelashes-1`` …);
    group_quads: its quads; both count in points of the base mesh.
    """

    def __init__(self, packed: Mapping[str, NDArray[Any]]) -> None:
        self.base: Floats = np.asarray(packed["base"] * 1e-4, np.float32)
        self._quads: Ints = packed["quads"].astype(np.int32)
        self.group_quads = {
            name.removeprefix("group/"): packed[name].astype(np.int32)
            for name in packed
            if name.startswith("group/")
        }
        self.groups = {name: np.unique(quads) for name, quads in self.group_quads.items()}
        self._masks = packed["masks"]
        self.units = _shapes(packed, "units")
        self.macros = _shapes(packed, "macros")
        self.macro_names = {str(name): at for at, name in enumerate(packed["macros/names"])}
        self.details = _shapes(packed, "details")
        self.detail_names = {
            (str(name), int(sign)): at
            for at, (name, sign) in enumerate(
                zip(packed["details/names"], packed["details/signs"], strict=True)
            )
        }
        self._grids: dict[int, Grid] = {}
        self._moves: dict[int, Moves] = {}

    def features(self, name: str, amount: float) -> list[int]:
        """Which details make more (amount > 0) or less of a feature, on both sides if no side is named.

        Raises KeyError if there is no such feature, or none that way.
        """
        sign = -1 if amount < 0 else 1
        if (name, sign) in self.detail_names:
            return [self.detail_names[name, sign]]
        return [self.detail_names[f"{side}-{name}", sign] for side in "lr"]

    def grid(self, level: int) -> Grid:
        """The skin's mesh, refined ``level`` times: 0 to 2."""
        if level not in self._grids:
            steps: list[Refinement] = []
            quads = self._quads
            for _ in range(level):
                steps.append(Refinement(quads, int(quads.max()) + 1))
                quads = steps[-1].fine
            self._grids[level] = Grid(tuple(steps), self._quads, int(self._quads.max()) + 1)
        return self._grids[level]

    def mask(self, name: str, level: int) -> Floats:
        """Where on the skin the lips, the mouth's inside, the eyelids or the ears are, (n,) in [0, 1]."""
        # A finer mesh begins with the points of the coarser one.
        painted = self._masks[MASKS.index(name), : self.grid(level).count]
        return np.asarray(painted / 255, np.float32)

    def lips(self, level: int) -> Floats:
        """Where the lips are, (n,) in [0, 1]."""
        return self.mask("lips", level)

    def inner_mouth(self, level: int) -> Floats:
        """Where the skin lines the mouth, (n,) in [0, 1]."""
        return self.mask("inside-mouth", level)

    def moves(self, level: int) -> Moves:
        """How the units move the skin's points at a level of refinement."""
        if level not in self._moves:
            self._moves[level] = Moves(self.grid(level).subdivide(self._dense_units()))
        return self._moves[level]

    @cached_property
    def base_moves(self) -> Moves:
        """How the units move the base mesh, helper meshes and all."""
        return Moves(self._dense_units())

    def _dense_units(self) -> Floats:
        """(b, 52 * 3): every point of the base mesh, unit and axis."""
        return self.units.dense(len(self.base)).reshape(len(self.base), -1)


def _shapes(packed: Mapping[str, NDArray[Any]], table: str) -> Shapes:
    return Shapes(packed[f"{table}/starts"], packed[f"{table}/index"], packed[f"{table}/steps"])


def load_head(path: Path | None = None) -> Head:
    """Read the carried head."""
    with np.load(path or asset("people", "head.npz")) as packed:
        return Head({name: packed[name] for name in packed.files})
