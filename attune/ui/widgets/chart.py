"""What every chart has: quiet axes in the theme's colours, and a point that keys and pointer choose and say.

Loads pyqtgraph: import it when a chart is to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING
from attune.ui.widgets.text import announce

BEHIND = -1000  # the grid goes below the marks
REACH = 28  # pixels from a mark within which the pointer means it
STEP = 1.5  # a key's or a wheel notch's zoom
Ticks = Sequence[tuple[float, str]]
Spot = tuple[float, float]


class Chart(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Subclasses draw (:meth:`draw`) and say each of their places (:meth:`count`, :meth:`said`).

    Arrow keys, Home and End choose a place, which is said aloud; so does the pointer near its :meth:`spot`,
    silently. ``chosen`` carries it, ``opened`` the one that was clicked or Enter was pressed on.
    """

    chosen = Signal(int)
    opened = Signal(int)
    tall = 280.0  # height in pixels at the usual size of type

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._theme = theme
        self._place = -1
        self._travels: tuple[float, float, float] | None = None
        self._ring: Any = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RING, "yes")
        self.setMenuEnabled(False)
        menu = self.getPlotItem().ctrlMenu  # made all the same; it would stay behind as a window of its own
        menu.setParent(self, menu.windowFlags())
        self.setMouseEnabled(x=False, y=False)
        self.viewport().setMouseTracking(True)
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

    def spot(self, place: int) -> Spot | None:
        """Where a place stands, in the axes' units; None where it has no point of its own."""
        del place
        return None

    def mark(self, place: int) -> None:
        """Draw a ring around the chosen place."""
        spot = self.spot(place)
        if spot is not None:
            self._ring.setData(pos=[spot])

    def redraw(self) -> None:
        """Draw everything anew, in the colours and sizes of now."""
        self.clear()
        self.setFixedHeight(round(self.tall * self._theme.sizes.body / 15))
        self.draw()
        self._ring = pg.ScatterPlotItem(size=24, brush=None, pen=pen(self._theme.tokens.focus, 2))
        self.addItem(self._ring)
        if 0 <= self._place < self.count():
            self.mark(self._place)

    def choose(self, place: int, *, aloud: bool = True) -> None:
        """Mark a place as the one spoken of, and say it."""
        self._place = min(max(place, 0), self.count() - 1)
        self.mark(self._place)
        self.chosen.emit(self._place)
        if aloud:
            announce(self, self.said(self._place))

    def nearest(self, at: QPointF) -> int | None:
        """The place whose spot is nearest to a point of the widget; None with none in reach."""
        view = self.plotItem.vb
        here = view.mapSceneToView(self.mapToScene(at.toPoint()))
        wide, tall = view.viewPixelSize()
        best, found = float(REACH), None
        for place in range(self.count()):
            spot = self.spot(place)
            if spot is None:
                continue
            if (away := hypot((spot[0] - here.x()) / wide, (spot[1] - here.y()) / tall)) < best:
                best, found = away, place
        return found

    def travels(self, low: float, high: float, least: float) -> None:
        """Let the lower axis be moved and zoomed between ``low`` and ``high``, down to ``least`` of it."""
        self._travels = low, high, least
        self.setMouseEnabled(x=True, y=False)
        self.setLimits(xMin=low, xMax=high, minXRange=least)

    def zoom(self, factor: float) -> None:
        """Show so many times less of the lower axis, around the chosen place or the middle."""
        if self._travels is not None:
            (left, right), spot = self.viewRange()[0], None
            if 0 <= self._place < self.count():
                spot = self.spot(self._place)
            centre = spot[0] if spot and left <= spot[0] <= right else (left + right) / 2
            half = (right - left) / factor / 2
            self.setXRange(centre - half, centre + half, padding=0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End choose, Enter opens, plus and minus zoom; the rest is the page's."""
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count() - 1,
        }
        zooms = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP, Qt.Key.Key_0: 0}
        if self.count() and key in steps:
            self.choose(steps[key])
            self._follow()
        elif self.count() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._place)
        elif self._travels is not None and key in zooms:
            self.zoom(zooms[key]) if zooms[key] else self.setXRange(*self._travels[:2], padding=0)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mark under the pointer is the one spoken of."""
        super().mouseMoveEvent(event)
        place = None if event.buttons() else self.nearest(event.position())
        if place is not None and place != self._place:
            self.choose(place, aloud=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a mark opens it."""
        super().mouseReleaseEvent(event)
        place = self.nearest(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.choose(place)
            self.opened.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls; with Control held, the chart zooms."""
        if self._travels is not None and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            event.ignore()

    def _follow(self) -> None:
        """Keep the chosen place in sight."""
        spot = self.spot(self._place)
        (left, right) = self.viewRange()[0]
        if self._travels is not None and spot is not None and not left <= spot[0] <= right:
            half = (right - left) / 2
            self.setXRange(spot[0] - half, spot[0] + half, padding=0)

    def axes(self, *, across: Ticks, upwards: Ticks, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Set ranges and the words along the two axes."""
        self.setXRange(*x, padding=0.035)
        self.setYRange(*y, padding=0.06)
        small = self._theme.sizes.small
        for name, ticks in (("bottom", across), ("left", upwards)):
            axis = self.getAxis(name)
            axis.setTicks([list(ticks)])
            axis.setZValue(BEHIND)
            axis.setPen(pen(self._theme.tokens.border, 1))
            axis.setTextPen(self._theme.tokens.text_quiet)
            font = self._theme.font(small)
            axis.setStyle(tickFont=font, tickTextOffset=8, tickLength=0, hideOverlappingLabels=False)
        self.getAxis("bottom").setHeight(small + 18)
        # Half of the last word below may stand out at the right; else it would not be drawn at all.
        self.plotItem.layout.setContentsMargins(0, 4, round(small * 1.5), 0)
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

    def ribbon(self, x: Any, low: Any, high: Any, token: str) -> None:  # noqa: ANN401 - numpy's
        """A band between two lines, with quiet edges."""
        colour = self._theme.colour(token)
        edges = [
            pg.PlotDataItem(x, edge, pen=pen(colour, 1, alpha=0.35), antialias=True) for edge in (low, high)
        ]
        for item in (*edges, pg.FillBetweenItem(*edges, brush=pg.mkBrush(self._theme.colour(token, 0.16)))):
            self.addItem(item)

    def marks(self, x: Any, y: Any, symbol: str, token: str, *, size: Any = 12) -> None:  # noqa: ANN401 - as above
        """Marks of a shape in a token's colour, with a rim of the surface around them."""
        rim = pen(self._theme.tokens.surface, 2)
        self.addItem(
            pg.ScatterPlotItem(x, y, symbol=symbol, size=size, brush=self._theme.colour(token), pen=rim)
        )


def pen(
    colour: QColor | str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine, *, alpha: float = 1.0
) -> QPen:
    """A pen as wide at every zoom."""
    shade = QColor(colour)
    shade.setAlphaF(alpha * shade.alphaF())
    made = QPen(shade, width, style)
    made.setCosmetic(True)
    return made
