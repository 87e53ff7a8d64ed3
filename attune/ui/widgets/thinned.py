"""A million points drawn as the few thousand that can be told apart. Loads pyqtgraph."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor

MOST = 4000  # points drawn at once
EACH = 4  # of them in each column: the lowest, the highest, and some between


def thinned(
    x: NDArray[Any], y: NDArray[Any], low: float, high: float, *, most: int = MOST
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Points of ascending ``x`` (n,) from ``low`` to ``high``, at most about ``most`` of them.

    Where there are more, each of ``most`` / 4 columns of equal width keeps its lowest and its highest point
    and two at even places between, so that nothing that stands out goes.
    """
    begin, end = np.searchsorted(x, [low, high], side="left")
    end = min(len(x), int(end) + 1)
    x, y = x[begin:end], y[begin:end]
    if len(x) <= most:
        return x, y
    edges = np.searchsorted(x, np.linspace(x[0], x[-1], most // EACH + 1)[:-1])
    edges = np.unique(edges)
    lowest, highest = np.minimum.reduceat(y, edges), np.maximum.reduceat(y, edges)
    lengths = np.diff(np.append(edges, len(x)))
    middle = edges + lengths // 2
    between = np.unique(np.concatenate([middle, edges + lengths // 4]))
    found_x = np.concatenate([x[middle], x[middle], x[between]])
    return found_x, np.concatenate([lowest, highest, y[between]])


class Cloud(pg.ScatterPlotItem):  # type: ignore[misc] # pyqtgraph has no types
    """Small dots, thinned anew whenever other times are looked at."""

    def __init__(self, x: NDArray[Any], y: NDArray[Any], *, brush: QColor) -> None:
        super().__init__(size=4, pen=None, brush=brush)
        self._x, self._y = x, y
        self.setZValue(-500)

    def viewRangeChanged(self, *_range: object) -> None:
        """Choose the dots that are drawn."""
        super().viewRangeChanged()
        view = self.getViewBox()
        if view is not None:
            low, high = view.viewRange()[0]
            self.setData(*thinned(self._x, self._y, low, high))

    def dataBounds(self, *_axis: object, **_more: object) -> tuple[None, None]:
        """The chart sets its range itself."""
        return None, None
