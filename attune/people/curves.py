"""Strands as round curves: through the points they have, with new points where they bend."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.mesh import unit
from attune.people.parts import Floats

PIECES = 4  # that each part is looked at in
STRAIGHT = 0.4  # radians a decimetre: how much a straight line counts as bent, so that it gets points too


def rounded(points: Floats, count: int) -> Floats:
    """Strands (m, k, 3) as curves (m, count, 3) from the same root to the same tip.

    Between two points the error of a chord goes with its length times how far the curve turns there, so
    points lie as densely as the root of the curvature asks for.
    """
    smooth = _averaged(points)
    # What averaging took from long bends is given back (J. W. Tukey's twicing, 1977); zigzags stay gone.
    fine = _curves(smooth + smooth - _averaged(smooth))
    steps = np.diff(fine, axis=1)
    sizes = np.maximum(np.linalg.norm(steps, axis=2), 1e-7)
    turns = np.zeros_like(sizes)
    turns[:, 1:] = np.linalg.norm(np.diff(unit(steps), axis=1), axis=2)
    effort = np.sqrt(sizes * (turns + STRAIGHT * sizes)).astype(np.float64)
    reached = np.concatenate([np.zeros((len(points), 1)), effort.cumsum(axis=1)], axis=1)
    reached /= reached[:, -1:]
    return _at(fine, reached, np.linspace(0, 1, count))


def _averaged(points: Floats) -> Floats:
    """Points (m, k, 3), each between its neighbours on the strand; root and tip stay."""
    result = points.copy()
    result[:, 1:-1] = 0.5 * points[:, 1:-1] + 0.25 * (points[:, 2:] + points[:, :-2])
    return result


def _curves(points: Floats) -> Floats:
    """Catmull-Rom curves (m, PIECES (k - 1) + 1, 3) through points (m, k, 3)."""
    first, last = 2 * points[:, :1] - points[:, 1:2], 2 * points[:, -1:] - points[:, -2:-1]
    whole = np.concatenate([first, points, last], axis=1)
    before, here, there, after = whole[:, :-3], whole[:, 1:-2], whole[:, 2:-1], whole[:, 3:]
    fine = np.empty((len(points), PIECES * (points.shape[1] - 1) + 1, 3), np.float32)
    for piece in range(PIECES):
        t = np.float32(piece / PIECES)
        fine[:, piece:-1:PIECES] = 0.5 * (
            2 * here
            + t * (there - before)
            + t**2 * (2 * before - 5 * here + 4 * there - after)
            + t**3 * (3 * (here - there) + after - before)
        )
    fine[:, -1] = points[:, -1]
    return fine


def _at(fine: Floats, reached: NDArray[Any], shares: NDArray[Any]) -> Floats:
    """Places on lines (m, f, 3) by shares (c,) of what was reached (m, f), rising from 0 to 1."""
    count, length = reached.shape
    # A line's number before the point makes all lines one, which is searched once.
    row = 2 * np.arange(count)[:, None]
    after = np.searchsorted((reached + row).ravel(), (shares + row).ravel()).reshape(count, -1)
    after = np.clip(after - length * (row // 2), 1, length - 1)
    low, high = np.take_along_axis(reached, after - 1, axis=1), np.take_along_axis(reached, after, axis=1)
    share = np.clip((shares - low) / np.maximum(high - low, 1e-12), 0, 1)[..., None].astype(np.float32)
    rows = np.arange(count)[:, None]
    result: Floats = fine[rows, after - 1] * (1 - share) + fine[rows, after] * share
    return result
