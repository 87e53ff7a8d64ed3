"""What a hair style is made of: where its guides start, how they are parted, how high they lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from groom_tools import Ground
from numpy.typing import NDArray

from attune.people.mesh import smoothstep
from attune.people.noise import ValueNoise
from attune.people.parts import Floats, Ints

Array = NDArray[Any]


@dataclass(frozen=True, eq=False)
class Roots:
    """Where guides start: places and directions out of the skin (m, 3), degrees from straight ahead (m,)."""

    at: Floats
    out: Floats
    around: Floats

    @property
    def top(self) -> Array:
        """1 on the top of the head, 0 at the sides and the back."""
        return smoothstep(7.78, 8.14, self.at[:, 1])

    @property
    def front(self) -> Array:
        """1 at the forehead, 0 from the middle of the head backwards."""
        return smoothstep(0.65, 1.25, self.at[:, 2])

    @property
    def side(self) -> Array:
        """-1 at the person's right, 1 at the left, without a step between."""
        return np.tanh(self.at[:, 0] / 0.12)

    def noise(self, frequency: float, seed: int = 5) -> Floats:
        """Smooth noise (m, 3) over the scalp."""
        noise = ValueNoise(seed)
        return np.stack([noise(self.at + 9 * axis, frequency) for axis in range(3)], axis=1)


def one_group(roots: Roots) -> Ints:
    """No parting."""
    return np.zeros(len(roots.at), np.int64)


@dataclass(frozen=True, eq=False)
class Style:
    """How a style's guides grow, which of them belong together, how many there are (0: as usual)."""

    grow: Callable[[Roots, Ground], Array]
    group: Callable[[Roots], Ints] = one_group
    parting: Parting | None = None
    guides: int = 0


@dataclass(frozen=True)
class Parting:
    """Where hair is parted: how far to the left at the forehead; it ends at the crown, z = back."""

    left: float
    back: float = 0.15

    def at(self, ahead: Array) -> Array:
        """Its x by z."""
        return self.left * smoothstep(self.back - 0.25, 0.75, ahead)

    def side(self, places: Array) -> Array:
        """1 to its left, -1 to its right."""
        return np.where(places[:, 0] > self.at(places[:, 2]), 1.0, -1.0)

    def group(self, roots: Roots) -> Ints:
        """The two sides as far as there is a parting; behind it hair is one."""
        groups = np.where(self.side(roots.at) > 0, 1, 2)
        return np.where(roots.at[:, 2] > self.back, groups, 0)


def flat(*values: float | Array) -> Array:
    """Columns side by side, numbers repeated: vectors (m, 3)."""
    return np.stack(np.broadcast_arrays(*values), axis=-1).astype(np.float64)


def band(low: float | Array, high: float | Array, rise: float = 4.0) -> tuple[Any, Any]:
    """Heights between which strands are kept: from nothing at the root, reached at 1 / rise of the way."""
    return (
        lambda _place, share: low * min(1.0, share * rise) + 0 * _place[:, 0],
        lambda _place, share: high * min(1.0, 0.15 + share * rise) + 0 * _place[:, 0],
    )
