"""Hairs on a skin: where they are planted, and how they stay with the triangle they grow from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from attune.people.mesh import cross_axes, unit_axes
from attune.people.parts import Floats, Ints

if TYPE_CHECKING:
    from attune.people.sculpt import Shape

ORDER_CELL = 0.2  # decimetres: triangles are gone through cell by cell, so that neighbours come together


@dataclass(frozen=True, slots=True, eq=False)
class Roots:
    """Places on a mesh: triangles (m, 3) of its points, and shares (m, 3) of the three corners."""

    triangles: Ints
    shares: Floats

    def at(self, values: Floats) -> Floats:
        """Values (m, c) at the roots, from values (n, c) at the mesh's points."""
        result: Floats = (self.shares[:, None] @ values.take(self.triangles, axis=0))[:, 0]
        return result

    def frames(self, skin: Floats) -> Floats:
        """Rows (m, 4, 3): along the triangle's first side, across it, out of the skin; and the root."""
        axes = np.ascontiguousarray(skin.T)
        first, second, third = (axes.take(self.triangles[:, corner], axis=1) for corner in range(3))
        along = unit_axes(second - first)
        out = unit_axes(cross_axes(along, third - first))
        root = first * self.shares[:, 0] + second * self.shares[:, 1] + third * self.shares[:, 2]
        result = np.empty((len(self.triangles), 4, 3), np.float32)
        for row, vectors in enumerate((along, cross_axes(out, along), out, root)):
            result[:, row] = vectors.T
        return result


def plant(quads: Ints, skin: Floats, cover: Floats, count: int, generator: np.random.Generator) -> Roots:
    """Choose ``count`` roots by area times cover (n,), evenly: no two as near as chance would put them.

    Systematic sampling along a walk over the mesh (W. G. Cochran, Sampling Techniques, 1977, chapter 8).
    """
    triangles = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    triangles = triangles[cover[triangles].max(axis=1) > 0]
    corners = skin[triangles]
    cells = np.floor(corners.mean(axis=1) / ORDER_CELL).astype(np.int64)
    triangles = triangles[np.lexsort((cells[:, 2], cells[:, 0], cells[:, 1]))]
    corners = skin[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    weight = np.cumsum(np.linalg.norm(across, axis=1) * cover[triangles].mean(axis=1))
    places = (np.arange(count) + generator.random(count)) / count * weight[-1]
    chosen = triangles[np.minimum(np.searchsorted(weight, places), len(triangles) - 1)]
    two = generator.random((count, 2))
    two = np.where(two.sum(axis=1, keepdims=True) > 1, 1 - two, two)
    shares = np.column_stack([1 - two.sum(axis=1), two]).astype(np.float32)
    mixed = generator.permutation(count)
    return Roots(chosen[mixed], shares[mixed])


def spread_out(places: Floats, count: int) -> NDArray[np.int64]:
    """``count`` of the places (m, d), each as far as can be from those before it."""
    chosen = np.zeros(count, np.int64)
    apart = np.full(len(places), np.inf, np.float32)
    for at in range(1, count):
        apart = np.minimum(apart, ((places - places[chosen[at - 1]]) ** 2).sum(axis=1))
        chosen[at] = apart.argmax()
    return chosen


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """Strands that move with the skin: their points (m, k, 4) in the frames of their roots, and a 1."""

    roots: Roots
    local: Floats

    @classmethod
    def bind(cls, roots: Roots, skin: Floats, points: Floats) -> Bound:
        """Remember strands (m, k, 3) as they lie on this skin."""
        frames = roots.frames(skin)
        local = np.ones((*points.shape[:2], 4), np.float32)
        local[..., :3] = np.einsum("mij,mkj->mki", frames[:, :3], points - frames[:, 3:])
        return cls(roots, local)

    def pose(self, skin: Floats) -> Floats:
        """The strands (m, k, 3) on the moved skin (n, 3)."""
        result: Floats = self.local @ self.roots.frames(skin)
        return result


def laid_on(points: Floats, shape: Shape, where: NDArray[Any], least: float) -> Floats:
    """Strands (m, k, 3) raised to the least height over the skin, of which the points ``where`` are near."""
    skin, normals = shape.skin[where], shape.normals[where]
    flat = points.reshape(-1, 3)
    near = ((skin**2).sum(axis=1) - 2 * flat @ skin.T).argmin(axis=1)
    over = np.einsum("mi,mi->m", flat - skin[near], normals[near])
    raised: Floats = flat + np.maximum(least - over, 0)[:, None] * normals[near]
    return raised.reshape(points.shape)


def shared_out(values: NDArray[Any], nearest: Ints, weights: Floats) -> Floats:
    """Mix of rows (g, …) by their places (m, w) and weights (m, w): (m, …)."""
    result = np.zeros((len(nearest), *values.shape[1:]), np.float32)
    for place in range(nearest.shape[1]):
        weight = weights[:, place].reshape(-1, *([1] * (values.ndim - 1)))
        result += values[nearest[:, place]] * weight
    return result
