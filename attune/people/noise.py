"""Noise in space that is the same everywhere and always: what skin, cloth and hair are mottled with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.people.parts import Floats

CELLS = 32  # after so many cells the pattern begins anew


class ValueNoise:
    """Random values at the corners of a grid of cubes, blended smoothly between; in [-1, 1]."""

    def __init__(self, seed: int) -> None:
        self.values: Floats = np.random.default_rng(seed).uniform(-1, 1, (CELLS,) * 3).astype(np.float32)

    def __call__(self, points: NDArray[Any], frequency: float) -> Floats:
        """Noise (n,) at points (n, 3), with ``frequency`` cells to a decimetre."""
        scaled = points * np.float32(frequency)
        corner = np.floor(scaled)
        share = (scaled - corner).astype(np.float32)
        x, y, z = (share * share * (3 - 2 * share)).T
        low = corner.astype(np.int64) % CELLS
        (x0, y0, z0), (x1, y1, z1) = low.T, ((low + 1) % CELLS).T
        grid = self.values

        def edge(a: NDArray[Any], b: NDArray[Any]) -> Floats:
            return np.asarray(grid[x0, a, b] * (1 - x) + grid[x1, a, b] * x, np.float32)

        near = edge(y0, z0) * (1 - y) + edge(y1, z0) * y
        far = edge(y0, z1) * (1 - y) + edge(y1, z1) * y
        return np.asarray(near * (1 - z) + far * z, np.float32)

    def layers(
        self, points: NDArray[Any], frequency: float, octaves: int = 4, *, fading: float = 0.5
    ) -> Floats:
        """Noise (n,) of several sizes: each twice as fine as the last and ``fading`` times as strong."""
        total = np.zeros(len(points), np.float32)
        for octave in range(octaves):
            # Shifted, so that the corners of the octaves do not lie on each other.
            total += fading**octave * self(points + 7.31 * octave, frequency * 2**octave)
        return total
