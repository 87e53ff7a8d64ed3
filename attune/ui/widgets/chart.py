"""What every chart has: quiet axes in the theme's colours, and a point that the arrow keys choose and say.

Loads pyqtgraph: import it when a chart is to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QWidget

from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING
from attune.ui.widgets.text import announce

BEHIND = -1000  # the grid goes below the marks
Ticks = Sequence[tuple[float, str]]


class Chart(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Subclasses draw (:meth:`draw`) and say each of their places (:meth:`count`, :meth:`said`).

    Arrow keys, Home and End choose a place, which is said aloud; ``chosen`` carries it.
    """

    chosen = Signal(int)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._theme = theme
        self._place = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RING, "yes")
        self.setMenuEnabled(False)
        menu = self.getPlotItem().ctrlMenu  # made all the same; it would stay behind as a window of its own
        menu.setParent(self, menu.windowFlags())
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFrameShape(self.Shape.NoFrame)
        theme.changed.connect(self.redraw)

    def draw(self) -> None:
        """Add the items; the chart is empty."""
        raise NotImplementedError

    def count(self) -> int:
        """How many places there are to choose."""
        raise NotImplementedError

    def said(self, place: int) -> str:
        """One place as a sentence."""
        raise NotImplementedError

    def mark(self, place: int) -> None:
        """Draw the ring, or whatever marks the chosen place."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw everything anew, in the colours and sizes of now."""
        self.clear()
        self.setFixedHeight(round(280 * self._theme.sizes.body / 15))
        self.draw()
        if 0 <= self._place < self.count():
            self.mark(self._place)

    def choose(self, place: int) -> None:
        """Mark a place as the one spoken of, and say it."""
        self._place = min(max(place, 0), self.count() - 1)
        self.mark(self._place)
        self.chosen.emit(self._place)
        announce(self, self.said(self._place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End choose; the rest is the page's."""
        steps = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }
        key = Qt.Key(event.key())
        if self.count() and key in steps:
            self.choose(steps[key])
        else:
            event.ignore()

    def axes(self, *, across: Ticks, upwards: Ticks, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Set ranges and the words along the two axes."""
        self.setXRange(*x, padding=0.02)
        self.setYRange(*y, padding=0.04)
        small = self._theme.sizes.small
        for name, ticks in (("bottom", across), ("left", upwards)):
            axis = self.getAxis(name)
            axis.setTicks([list(ticks)])
            axis.setZValue(BEHIND)
            axis.setPen(pen(self._theme.tokens.border, 1))
            axis.setTextPen(self._theme.tokens.text_quiet)
            axis.setStyle(tickFont=self._theme.font(small), tickTextOffset=8, tickLength=0)
        self.getAxis("bottom").setHeight(small + 18)
        widest = max((len(words) for _, words in upwards), default=4)
        self.getAxis("left").setWidth(round(small * max(3.4, widest * 0.66)))
        self.showGrid(y=True, alpha=0.25)

    def line(self, x: Any, y: Any, token: str, *, width: float = 2, dashed: bool = False) -> None:  # noqa: ANN401 - numpy's
        """A line in a token's colour."""
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        colour = self._theme.colour(token)
        self.addItem(pg.PlotDataItem(x, y, pen=pen(colour, width, style), antialias=True))

    def across(self, y: float, words: str) -> None:
        """A dashed line at a height, with its words at the right end."""
        line = pg.InfiniteLine(
            y,
            angle=0,
            pen=pen(self._theme.tokens.outline, 1.2, Qt.PenStyle.DashLine),
            label=words,
            labelOpts={
                "position": 0.995,
                "anchors": [(1, 0), (1, 0)],
                "color": self._theme.tokens.text_quiet,
            },
        )
        line.label.setFont(self._theme.font(self._theme.sizes.small))
        self.addItem(line)

    def band(self, low: float, high: float, token: str, *, alpha: float = 0.14) -> None:
        """A band from ``low`` to ``high`` along the lower axis."""
        shade = self._theme.colour(token, alpha)
        region = pg.LinearRegionItem((low, high), movable=False, brush=shade, pen=pg.mkPen(None))
        region.setZValue(BEHIND + 1)
        self.addItem(region)


def pen(
    colour: QColor | str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine, *, alpha: float = 1.0
) -> QPen:
    """A pen as wide at every zoom."""
    shade = QColor(colour)
    shade.setAlphaF(alpha * shade.alphaF())
    made = QPen(shade, width, style)
    made.setCosmetic(True)
    return made
