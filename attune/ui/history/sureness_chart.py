"""How often somebody agreed at each level of sureness, beside the line on which the two are the same."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from attune.resources import Words
from attune.scoring.calibration import Bin
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, pen

SHARES = tuple((share / 100, f"{share}%") for share in (0, 25, 50, 75, 100))


class SurenessChart(Chart):
    """Discs as large as the answers they stand for; the dashed line is being as sure as in agreement."""

    tall = 340.0

    def __init__(self, words: Words, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._words = words
        self._bins: tuple[Bin, ...] = ()

    def fill(self, bins: tuple[Bin, ...]) -> None:
        """Show these."""
        self._bins = bins
        self._place = -1
        self.redraw()

    def count(self) -> int:
        """One place a bin."""
        return len(self._bins)

    def said(self, place: int) -> str:
        """How sure, how often in agreement, how likely."""
        each = self._bins[place]
        low, high = each.interval
        return self._words(
            "history.sureness.bin",
            sure=each.confidence,
            share=each.share,
            low=low,
            high=high,
            agreed=each.agreed,
            n=each.n,
        )

    def spot(self, place: int) -> Spot:
        """Mean confidence and share."""
        return self._bins[place].confidence, self._bins[place].share

    def draw(self) -> None:
        """The line, then bars, then discs."""
        self.axes(across=SHARES, upwards=SHARES, x=(0, 1), y=(0, 1))
        self.line(np.array([0, 1]), np.array([0, 1]), "outline", width=1.4, dashed=True)
        if not self._bins:
            return
        x, y = np.array([self.spot(place) for place in range(self.count())]).T
        low, high = np.array([each.interval for each in self._bins]).T
        colour = self._theme.colour("accent")
        self.addItem(pg.ErrorBarItem(x=x, y=y, top=high - y, bottom=y - low, pen=pen(colour, 2, alpha=0.6)))
        most = max(each.n for each in self._bins)
        self.line(x, y, "accent", width=1.4)
        self.marks(x, y, "o", "accent", size=[9 + 11 * (each.n / most) ** 0.5 for each in self._bins])
