"""Which hairs can be seen from somewhere, and in which order to draw them: most lie under others."""

from __future__ import annotations

from collections.abc import Callable

import moderngl
import numpy as np

from attune.people.camera import MIDDLE, RADIUS, look_along
from attune.people.parts import Floats, Ints

PIXELS = 800
SECTOR = np.pi / 9  # views within such an angle share an order
_ASIDE = (-0.4, 0.0, 0.4)  # the head is looked at from here within a sector, in sectors

Sector = tuple[int, int]


def sector_of(direction: Floats) -> Sector:
    """The sector of turns and rises that a direction (3,) from the head's middle lies in."""
    x, y, z = direction
    return round(np.arctan2(x, z) / SECTOR), round(np.arctan2(y, np.hypot(x, z)) / SECTOR)


class StrandView:
    """Small pictures of the hair that hold, for each pixel, which part of which strand is seen there."""

    def __init__(self, context: moderngl.Context) -> None:
        self._numbers = context.texture((PIXELS, PIXELS), 1, dtype="f4")
        self._depths = context.depth_renderbuffer((PIXELS, PIXELS))
        self._target = context.framebuffer(self._numbers, self._depths)

    def seen(self, sector: Sector, strands: Floats, draw: Callable[[Floats], None]) -> tuple[Ints, Ints]:
        """The parts of strands (m, k, 3) to draw for a sector, the farthest strands first.

        draw puts skin and then the numbers of the strands' parts through the matrix it is given. Returns
        numbers of strands and of their parts (k - 1), as many of both.
        """
        parts = strands.shape[1] - 1
        seen = np.zeros(len(strands) * parts, bool)
        for aside in _ASIDE:
            seen[self._look(_way(sector, aside), draw)] = True
        seen = seen.reshape(-1, parts)
        # Where a strand goes under another one, it goes on a little.
        seen[:, 1:] |= seen[:, :-1]
        seen[:, :-1] |= seen[:, 1:]
        order = np.argsort((strands @ _way(sector, 0.0)).mean(axis=1), kind="stable")
        number, part = np.nonzero(seen[order])
        return order[number].astype(np.int32), part.astype(np.int32)

    def release(self) -> None:
        """Give back what OpenGL keeps."""
        self._target.release()
        self._numbers.release()
        self._depths.release()

    def _look(self, way: Floats, draw: Callable[[Floats], None]) -> Ints:
        self._target.use()
        self._target.clear(depth=1.0)
        draw(look_along(way.astype(np.float64), MIDDLE, RADIUS))
        numbers = np.frombuffer(self._numbers.read(), np.float32).astype(np.int32)
        return np.unique(numbers[numbers > 0]) - 1


def _way(sector: Sector, aside: float) -> Floats:
    turn, rise = (sector[0] + aside) * SECTOR, sector[1] * SECTOR
    way = np.sin(turn) * np.cos(rise), np.sin(rise), np.cos(turn) * np.cos(rise)
    return np.array(way, np.float32)
