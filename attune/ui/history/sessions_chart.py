"""The share that agreed, session by session, with the range in which it likely lies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QWidget

from attune.affect.reading import Source
from attune.app.history import ProgressPoint
from attune.resources import Words
from attune.ui.history import phrases
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, pen

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
MOST_DAYS = 8  # labels that fit below the narrowest chart


class ProgressChart(Chart):
    """One mark a session from left to right; the arrow keys choose one, Enter or a click opens it.

    ``chosen`` and ``opened`` carry the place of a point in what :meth:`fill` was given.
    """

    def __init__(self, words: Words, theme: Theme, choices: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, words("history.chart.name"), parent)
        self._words = words
        self._choices = choices  # guessing alone agrees once in so many answers
        self._points: tuple[ProgressPoint, ...] = ()

    def fill(self, points: Sequence[ProgressPoint]) -> None:
        """Show these sessions, oldest first; the newest is chosen."""
        self._points = tuple(points)
        self._place = len(points) - 1
        self.redraw()
        if points:
            self.chosen.emit(self._place)

    def count(self) -> int:
        """One place a session."""
        return len(self._points)

    def said(self, place: int) -> str:
        """One session as a sentence."""
        return phrases.point(self._points[place], self._words)

    def draw(self) -> None:
        """Axes, chance, and the measures one by one."""
        places = max(len(self._points), FEWEST_PLACES)
        every = -(-len(self._points) // MOST_DAYS) or 1
        days = [(i, phrases.day(p.when, self._words)) for i, p in enumerate(self._points) if i % every == 0]
        shares = [(share / 100, f"{share}%") for share in (0, 25, 50, 75, 100)]
        self.axes(across=days, upwards=shares, x=(-0.5, places - 0.5), y=(0, 1))
        self.across(1 / self._choices, self._words("history.chart.chance", choices=self._choices))
        for source in dict.fromkeys(point.scored_against for point in self._points):
            self._draw_measure(source)

    def spot(self, place: int) -> Spot:
        """Its place in the row, and its share."""
        return place, self._points[place].share

    def _draw_measure(self, source: Source) -> None:
        """Band, line and marks of the sessions that were scored against one reference."""
        shape, _sign, token = MARKS[source]
        places = np.array([i for i, p in enumerate(self._points) if p.scored_against is source], dtype=float)
        low, share, high = np.array(
            [(p.low, p.share, p.high) for p in self._points if p.scored_against is source]
        ).T
        colour = self._theme.colour(token)
        if len(places) == 1:
            self.addItem(
                pg.ErrorBarItem(
                    x=places, y=share, top=high - share, bottom=share - low, beam=0.12, pen=pen(colour, 2)
                )
            )
        else:
            self.ribbon(places, low, high, token)
            self.line(places, share, token)
        self.marks(places, share, shape, token)
