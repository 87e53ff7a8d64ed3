"""Meshes of quads: normals, and Catmull-Clark refinement with numpy alone."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.parts import Floats, Ints

REGULAR = 4  # quads around most vertices


def unit(vectors: NDArray[Any]) -> Floats:
    """Vectors (…, 3) made one long; those without a direction stay zero."""
    lengths = np.sqrt(np.einsum("...i,...i", vectors, vectors))[..., None]
    result: Floats = (vectors / np.maximum(lengths, 1e-12)).astype(np.float32)
    return result


def cross_axes(one: Floats, other: Floats) -> Floats:
    """Cross products (3, n) of vectors given axis by axis (3, n): numpy is slow on rows of three."""
    result = np.empty_like(one)
    for axis in range(3):
        after, last = (axis + 1) % 3, (axis + 2) % 3
        np.multiply(one[after], other[last], out=result[axis])
        result[axis] -= one[last] * other[after]
    return result


def unit_axes(vectors: Floats) -> Floats:
    """Vectors given axis by axis (3, n) made one long; those without a direction stay zero."""
    x, y, z = vectors
    result: Floats = vectors / np.maximum(np.sqrt(x * x + y * y + z * z), np.float32(1e-12))
    return result


def moved(points: Floats, move: Floats) -> Floats:
    """Points (…, 3) moved by a matrix (4, 4)."""
    result: Floats = points.reshape(-1, 3) @ move[:3, :3].T
    for axis in range(3):  # column by column: three times as fast as row by row
        result[:, axis] += move[axis, 3]
    return result.reshape(points.shape)


def rotation(yaw: float, pitch: float, roll: float = 0.0) -> NDArray[np.float64]:
    """(3, 3): roll about z, then pitch about x, down > 0, then yaw about y, to the left > 0; radians."""
    (sy, cy), (sp, cp), (sr, cr) = ((np.sin(angle), np.cos(angle)) for angle in (yaw, pitch, roll))
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    about_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(about_y @ about_x @ about_z)


def smoothstep(low: float, high: float, values: NDArray[Any]) -> NDArray[Any]:
    """0 below low, 1 above high (or the other way round where low > high), smooth between."""
    share = np.clip((values - low) / (high - low), 0.0, 1.0)
    result: NDArray[Any] = share * share * (3.0 - 2.0 * share)
    return result


class Around:
    """For each point of a mesh, what lies around it: quads, edges or neighbours, summed fast."""

    def __init__(self, points: Ints, items: Ints, *, count: int, of: int) -> None:
        """Item ``items[i]`` of ``of`` lies at point ``points[i]`` of ``count``."""
        order = np.argsort(points, kind="stable")
        points, items = points[order], items[order]
        place = np.arange(len(points)) - np.searchsorted(points, points)
        usual = place < REGULAR
        # Points with less around them ask for one past the last, which is empty.
        self._first = np.full((REGULAR, count), of, np.intp)
        self._first[place[usual], points[usual]] = items[usual]
        self._further = [
            (points[place == further], items[place == further])
            for further in range(REGULAR, place.max(initial=0) + 1)
        ]
        self.many = np.bincount(points, minlength=count).astype(np.float32)

    def sum(self, values: Floats) -> Floats:
        """Sums (count, k) of the values (m, k) around each point."""
        padded = np.concatenate([values, np.zeros_like(values[:1])])
        total: Floats = padded.take(self._first[0], axis=0)
        for items in self._first[1:]:
            total += padded.take(items, axis=0)
        for points, items in self._further:
            total[points] += padded.take(items, axis=0)
        return total

    def sum_axes(self, values: Floats) -> Floats:
        """Sums (k, count) of values (k, m + 1) given axis by axis, of which the last are zero."""
        total: Floats = values.take(self._first[0], axis=1)
        for items in self._first[1:]:
            total += values.take(items, axis=1)
        for points, items in self._further:
            total[:, points] += values.take(items, axis=1)
        return total

    def mean(self, values: Floats) -> Floats:
        """Means (count, k) of the values (m, k) around each point, 0 where there are none."""
        return np.asarray(self.sum(values) / np.maximum(self.many, 1)[:, None], np.float32)


class Normals:
    """Unit normals of one mesh of quads, again and again while it moves."""

    def __init__(self, quads: Ints, count: int) -> None:
        # One past the last quad is empty: all its corners are the first point.
        self._corners = np.concatenate([quads, np.zeros_like(quads[:1])]).T.astype(np.intp, order="C")
        self._around = Around(quads.ravel(), np.repeat(np.arange(len(quads)), 4), count=count, of=len(quads))

    def __call__(self, positions: Floats) -> Floats:
        """Normals (n, 3) at positions (n, 3), each the sum of the quads around weighted by their area."""
        axes = np.ascontiguousarray(positions.T)
        a, b, c, d = (axes.take(corner, axis=1) for corner in self._corners)
        across = self._around.sum_axes(cross_axes(c - a, d - b))
        return np.ascontiguousarray(unit_axes(across).T)


class Refinement:
    """One Catmull-Clark step: the old mesh's points, then one for each edge, then one for each quad.

    E. Catmull and J. Clark 1978; borders as cubic B-splines. ``fine`` (4 f, 4) are the new quads of the old
    ones (f, 4) over ``count`` points.
    """

    def __init__(self, quads: Ints, count: int) -> None:
        ends = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2).astype(np.int64)
        keys = ends.min(axis=1) * count + ends.max(axis=1)
        found, first, which = np.unique(keys, return_index=True, return_inverse=True)
        last = np.empty(len(found), np.int64)
        last[which] = np.arange(len(keys))  # written last by the other side of an edge seen twice
        self._corners = [np.ascontiguousarray(quads[:, corner]) for corner in range(4)]
        self._ends = np.divmod(found, count)
        self._sides = first // 4, last // 4

        edge, middle = count + which.reshape(-1, 4), count + len(found) + np.arange(len(quads))
        quarters = [np.stack([quads[:, i], edge[:, i], middle, edge[:, i - 1]], axis=1) for i in range(4)]
        self.fine: Ints = np.stack(quarters, axis=1).reshape(-1, 4).astype(np.int32)

        self._inner = (self._sides[0] != self._sides[1])[:, None]
        low, high = (end[~self._inner[:, 0]] for end in self._ends)
        both, numbers = np.concatenate(self._ends), np.arange(len(found))
        self._quads_at = Around(
            quads.ravel(), np.repeat(np.arange(len(quads)), 4), count=count, of=len(quads)
        )
        self._edges_at = Around(both, np.tile(numbers, 2), count=count, of=len(found))
        self._rim = Around(np.concatenate([low, high]), np.concatenate([high, low]), count=count, of=count)

    def smooth(self, values: Floats) -> Floats:
        """Values (count, k) on the finer mesh, (count + edges + f, k)."""
        faces, middles = self._faces(values), self._middles(values)
        beside = (faces.take(self._sides[0], axis=0) + faces.take(self._sides[1], axis=0)) / 2
        edges = np.where(self._inner, (middles + beside) / 2, middles)
        valence = np.maximum(self._quads_at.many, 1)[:, None]
        points = self._quads_at.mean(faces) + 2 * self._edges_at.mean(middles) + (valence - 3) * values
        points /= valence
        on_rim, smooth_rim = self._rim.many > 0, self._rim.many == 2
        points[on_rim] = values[on_rim]
        points[smooth_rim] = 0.75 * values[smooth_rim] + 0.25 * self._rim.mean(values)[smooth_rim]
        return np.concatenate([points, edges, faces])

    def linear(self, values: Floats) -> Floats:
        """Values (count, k) on the finer mesh without rounding anything."""
        return np.concatenate([values, self._middles(values), self._faces(values)])

    def _faces(self, values: Floats) -> Floats:
        a, b, c, d = (values.take(corner, axis=0) for corner in self._corners)
        return np.asarray((a + b + c + d) / 4, np.float32)

    def _middles(self, values: Floats) -> Floats:
        first, second = (values.take(ends, axis=0) for ends in self._ends)
        return np.asarray((first + second) / 2, np.float32)
