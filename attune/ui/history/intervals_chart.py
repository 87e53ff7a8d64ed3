"""Intervals below one another: where a value likely lies, and, where enough is known, the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, Ticks, pen

ROW = 34.0  # pixels of height at the usual size of type
ENDS = 54.0  # pixels above and below


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """One row: ``label``, what likely lies between ``low`` and ``high``, and the sentence ``said`` of it.

    ``value`` None = too early to name one, and then the bar is open. ``colour`` (a token) and ``symbol`` tell
    kinds apart; ``beside``: another value in the row, marked by a short line.
    """

    label: str
    low: float
    high: float
    value: float | None
    said: str
    colour: str = "accent"
    symbol: str = "o"
    beside: float | None = None


class IntervalsChart(Chart):
    """The first row is the topmost; up and down choose too."""

    def __init__(
        self, theme: Theme, name: str, *, x: tuple[float, float], across: Ticks, line: float | None = None
    ) -> None:
        """``x``: range of the values; ``across``: the words below them; ``line``: a value to be seen."""
        super().__init__(theme, name)
        self._x, self._across, self._line = x, across, line
        self._rows: tuple[Interval, ...] = ()

    def fill(
        self, rows: Sequence[Interval], *, x: tuple[float, float] | None = None, across: Ticks = ()
    ) -> None:
        """Show these; ``x`` and ``across`` in place of what they were."""
        self._rows = tuple(rows)
        if x is not None:
            self._x, self._across = x, across
        self._place = -1
        self.tall = ENDS + ROW * len(rows)
        self.redraw()

    def count(self) -> int:
        """One place a row."""
        return len(self._rows)

    def said(self, place: int) -> str:
        """The row's own sentence."""
        return self._rows[place].said

    def spot(self, place: int) -> Spot:
        """Its value, or the middle of its bar."""
        shown = self._rows[place]
        value = (shown.low + shown.high) / 2 if shown.value is None else shown.value
        return value, self._height(place)

    def draw(self) -> None:
        """Bars, then marks."""
        labels = [(self._height(place), shown.label) for place, shown in enumerate(self._rows)]
        self.axes(across=self._across, upwards=labels, x=self._x, y=(-0.5, len(self._rows) - 0.5))
        self.showGrid(x=True, y=False, alpha=0.25)
        if self._line is not None:
            self.addItem(pg.InfiniteLine(self._line, angle=90, pen=pen(self._theme.tokens.outline, 1.4)))
        for place, shown in enumerate(self._rows):
            self._bar(self._height(place), shown)
        for place, shown in enumerate(self._rows):
            if shown.value is not None:
                self.marks([shown.value], [self._height(place)], shown.symbol, shown.colour, size=13)

    def keyPressEvent(self, event: pg.QtGui.QKeyEvent) -> None:
        """Rows stand below one another."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._place + step < self.count():
            self.choose(self._place + step)
        else:
            super().keyPressEvent(event)

    def _height(self, place: int) -> float:
        return float(len(self._rows) - 1 - place)

    def _bar(self, y: float, shown: Interval) -> None:
        known = shown.value is not None
        colour = self._theme.colour(shown.colour if known else "outline")
        style = Qt.PenStyle.SolidLine if known else Qt.PenStyle.DashLine
        bar = pg.PlotDataItem(
            np.array([shown.low, shown.high]),
            np.array([y, y]),
            pen=pen(colour, 9 if known else 2, style, alpha=0.38 if known else 1),
        )
        self.addItem(bar)
        if shown.beside is not None:
            tick = np.array([y - 0.28, y + 0.28])
            self.line(np.array([shown.beside] * 2), tick, "text_quiet", width=2)
