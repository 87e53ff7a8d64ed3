"""The share that agreed, session by session, with the range in which it likely lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPen
from PySide6.QtWidgets import QWidget

from attune.affect.reading import Source
from attune.app.history import ProgressPoint
from attune.resources import Words
from attune.ui.history import phrases
from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING
from attune.ui.widgets.text import announce

# Each reference is a measure of its own: its own shape, colour (a token's name) and line.
MARKS = {
    Source.INTENDED: ("o", "●", "accent"),
    Source.SELF_REPORT: ("s", "■", "differ"),
    Source.CROWD: ("t1", "▲", "measured"),
    Source.EXPERT: ("d", "◆", "agree"),
    Source.MEASURED: ("p", "⬟", "attention"),
    Source.USER: ("star", "★", "text"),
}
FEWEST_PLACES = 4  # a first session stands to the left, with room for more
BEHIND = -1000  # the grid goes below the marks
MOST_DAYS = 8  # labels that fit below the narrowest chart


class ProgressChart(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """One mark a session from left to right; the arrow keys choose one, Enter or a click opens it.

    ``chosen`` and ``opened`` carry the place of a point in what :meth:`fill` was given.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, words: Words, theme: Theme, choices: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=None)
        self._words = words
        self._theme = theme
        self._choices = choices  # guessing alone agrees once in so many answers
        self._points: tuple[ProgressPoint, ...] = ()
        self._place = 0
        self._ring: Any = None
        self.setAccessibleName(words("history.chart.name"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty(RING, "yes")
        self.setMenuEnabled(False)
        menu = self.getPlotItem().ctrlMenu  # made all the same; it would stay behind as a window of its own
        menu.setParent(self, menu.windowFlags())
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.setFrameShape(self.Shape.NoFrame)
        theme.changed.connect(self._draw)

    def fill(self, points: Sequence[ProgressPoint]) -> None:
        """Show these sessions, oldest first; the newest is chosen."""
        self._points = tuple(points)
        self._place = len(points) - 1
        self._draw()
        if points:
            self.chosen.emit(self._place)

    def choose(self, place: int) -> None:
        """Mark a point as the one spoken of, and say it."""
        self._place = min(max(place, 0), len(self._points) - 1)
        self._mark_chosen()
        self.chosen.emit(self._place)
        announce(self, phrases.point(self._points[self._place], self._words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right, Home and End choose; Enter opens."""
        steps = {
            Qt.Key.Key_Left: self._place - 1,
            Qt.Key.Key_Right: self._place + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._points) - 1,
        }
        key = Qt.Key(event.key())
        if self._points and key in steps:
            self.choose(steps[key])
        elif self._points and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._place)
        else:
            event.ignore()  # the page and the window have keys of their own

    def _draw(self) -> None:
        self.clear()
        self._draw_axes()
        colours = self._theme.tokens
        line = pg.InfiniteLine(
            1 / self._choices,
            angle=0,
            pen=_pen(colours.outline, 1.2, Qt.PenStyle.DashLine),
            label=self._words("history.chart.chance", choices=self._choices),
            labelOpts={"position": 0.995, "anchors": [(1, 0), (1, 0)], "color": colours.text_quiet},
        )
        line.label.setFont(self._theme.font(self._theme.sizes.small))
        self.addItem(line)
        for source in dict.fromkeys(point.scored_against for point in self._points):
            self._draw_measure(source)
        self._ring = pg.ScatterPlotItem(size=24, brush=None, pen=_pen(colours.focus, 2))
        self.addItem(self._ring)
        self._mark_chosen()

    def _draw_measure(self, source: Source) -> None:
        """Band, line and marks of the sessions that were scored against one reference."""
        shape, _sign, token = MARKS[source]
        places = np.array([i for i, p in enumerate(self._points) if p.scored_against is source], dtype=float)
        low, share, high = np.array(
            [(p.low, p.share, p.high) for p in self._points if p.scored_against is source]
        ).T
        colour = self._theme.colour(token)
        soft = self._theme.colour(token, 0.16)
        if len(places) == 1:
            self.addItem(
                pg.ErrorBarItem(
                    x=places, y=share, top=high - share, bottom=share - low, beam=0.12, pen=_pen(colour, 2)
                )
            )
        else:
            edges = [
                pg.PlotDataItem(places, edge, pen=_pen(colour, 1, alpha=0.35), antialias=True)
                for edge in (low, high)
            ]
            for item in (*edges, pg.FillBetweenItem(*edges, brush=pg.mkBrush(soft))):
                self.addItem(item)
            self.addItem(pg.PlotDataItem(places, share, pen=_pen(colour, 2), antialias=True))
        marks = pg.ScatterPlotItem(
            places, share, symbol=shape, size=12, brush=colour, pen=_pen(self._theme.tokens.surface, 2)
        )
        marks.sigClicked.connect(self._clicked)
        self.addItem(marks)

    def _draw_axes(self) -> None:
        count = max(len(self._points), FEWEST_PLACES)
        self.setXRange(-0.5, count - 0.5, padding=0.02)
        self.setYRange(0, 1, padding=0.04)
        every = -(-len(self._points) // MOST_DAYS) or 1
        days = [(i, phrases.day(p.when, self._words)) for i, p in enumerate(self._points) if i % every == 0]
        shares = [(share / 100, f"{share}%") for share in (0, 25, 50, 75, 100)]
        for name, ticks in (("bottom", days), ("left", shares)):
            axis = self.getAxis(name)
            axis.setTicks([ticks])
            axis.setZValue(BEHIND)
            axis.setPen(_pen(self._theme.tokens.border, 1))
            axis.setTextPen(self._theme.tokens.text_quiet)
            axis.setStyle(tickFont=self._theme.font(self._theme.sizes.small), tickTextOffset=8, tickLength=0)
        self.getAxis("bottom").setHeight(self._theme.sizes.small + 18)
        self.getAxis("left").setWidth(round(self._theme.sizes.small * 3.4))
        self.showGrid(y=True, alpha=0.25)
        self.setMinimumHeight(round(260 * self._theme.sizes.body / 15))

    def _mark_chosen(self) -> None:
        at = [(self._place, self._points[self._place].share)] if self._points else []
        self._ring.setData(pos=np.array(at).reshape(-1, 2))

    def _clicked(self, _item: object, spots: Sequence[Any], _event: object) -> None:
        if len(spots):
            where: QPointF = spots[0].pos()
            self.choose(round(where.x()))
            self.opened.emit(self._place)


def _pen(
    colour: QColor | str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine, *, alpha: float = 1.0
) -> QPen:
    shade = QColor(colour)
    shade.setAlphaF(alpha)
    pen = QPen(shade, width, style)
    pen.setCosmetic(True)
    return pen
