"""How often an emotion was caught at each strength or length, and the curve that fits best.

Loads pyqtgraph and numpy: import it when it is to be shown.
"""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg

from attune.app.protocols.threshold import By
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, pen

if TYPE_CHECKING:
    from attune.scoring.questplus import Point, QuestPlus

TICKS = {By.INTENSITY: (0.05, 0.1, 0.2, 0.5, 1.0), By.DURATION: (20.0, 50.0, 100.0, 200.0, 500.0)}


def amount(words: Words, by: By, value: float) -> str:
    """A strength or a length in words."""
    return words(f"practice.outcome.threshold.{by}.amount", value=value)


class ThresholdChart(Chart):
    """Points as large as the trials they stand for, the curve, the threshold's line and likely range."""

    def __init__(self, words: Words, theme: Theme, name: str, *, quest: QuestPlus, by: By) -> None:
        super().__init__(theme, name)
        self._words = words
        self._quest = quest
        self._by = by
        self._points: tuple[Point, ...] = quest.points
        self.plotItem.vb.sigResized.connect(self._fit_ticks)
        self.redraw()

    def count(self) -> int:
        """One place for each stimulus shown."""
        return len(self._points)

    def said(self, place: int) -> str:
        """How often it was caught there."""
        point = self._points[place]
        return self._words(
            "practice.outcome.threshold.point",
            amount=amount(self._words, self._by, point.stimulus),
            caught=point.caught,
            shown=point.shown,
        )

    def draw(self) -> None:
        """Threshold behind, curve and points before it."""
        found, ticks = self._quest.threshold, TICKS[self._by]
        stimuli = [point.stimulus for point in self._points]
        low = log10(min(*ticks, found.low, *stimuli))
        high = log10(max(*ticks, found.high, *stimuli))
        shares = [(share / 100, f"{share}%") for share in (0, 25, 50, 75, 100)]
        self.axes(across=(), upwards=shares, x=(low, high), y=(0, 1))
        self._fit_ticks()
        self.band(log10(found.low), log10(found.high), "accent")
        at = pg.InfiniteLine(log10(found.value), angle=90, pen=pen(self._theme.colour("accent"), 1.6))
        self.addItem(at)
        x = np.linspace(low, high, 160)
        self.line(x, self._quest.curve(10**x), "text", width=2)
        self.addItem(
            pg.ScatterPlotItem(
                [log10(stimulus) for stimulus in stimuli],
                [point.caught / point.shown for point in self._points],
                size=[8 + 3 * point.shown**0.5 for point in self._points],
                symbol="d",
                brush=self._theme.colour("differ", 0.9),
                pen=pen(self._theme.tokens.surface, 1.5),
            )
        )

    def _fit_ticks(self) -> None:
        """Every amount below, or every other one where they would run into each other."""
        ticks = [(log10(tick), amount(self._words, self._by, tick)) for tick in TICKS[self._by]]
        low, high = self.viewRange()[0]
        seen = sum(low <= at <= high for at, _words in ticks)
        every = 1 if seen * self._theme.sizes.small * 7 <= self.width() else 2
        self.getAxis("bottom").setTicks([ticks[::every]])

    def spot(self, place: int) -> Spot:
        """Stimulus and share caught."""
        point = self._points[place]
        return log10(point.stimulus), point.caught / point.shown
