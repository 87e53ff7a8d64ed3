"""A million points drawn as the few thousand that can be told apart. Loads pyqtgraph."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

MOST = 3000  # points drawn at once
FEW = 800  # of them that are drawn as round dots
ROUND, SQUARE = 4.0, 2.0  # pixels of one
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


class Cloud(pg.GraphicsObject):  # type: ignore[misc] # pyqtgraph has no types
    """Small dots, thinned anew whenever other times are looked at.

    Painted as points: pyqtgraph's own scatter takes longer to take over thousands than to draw them.
    """

    def __init__(self, x: NDArray[Any], y: NDArray[Any], colour: QColor) -> None:
        super().__init__()
        self._x, self._y = x, y
        self._colour = colour
        self._place = QRectF(x[0], y.min(), x[-1] - x[0], y.max() - y.min()) if len(x) else QRectF()
        self._shown: tuple[tuple[float, float], Any] | None = None
        self.setZValue(-500)

    def boundingRect(self) -> QRectF:
        """All of it."""
        return self._place

    def paint(self, painter: QPainter, *_options: object) -> None:
        """Draw what can be told apart of what is looked at."""
        view = self.viewRect()
        looked_at = view.left(), view.right()
        if self._shown is None or self._shown[0] != looked_at:
            x, y = thinned(self._x, self._y, *looked_at)
            points = pg.functions.create_qpolygonf(len(x))
            pairs = pg.functions.ndarray_from_qpolygonf(points)
            pairs[:, 0], pairs[:, 1] = x, y
            self._shown = looked_at, points
        points = self._shown[1]
        few = points.size() <= FEW
        cap = Qt.PenCapStyle.RoundCap if few else Qt.PenCapStyle.SquareCap
        dot = QPen(self._colour, ROUND if few else SQUARE, Qt.PenStyle.SolidLine, cap)
        dot.setCosmetic(True)
        # Thousands of round, smooth points would take longer than a frame.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, few)
        painter.setPen(dot)
        painter.drawPoints(points)
