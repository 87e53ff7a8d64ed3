"""Two curves over a clip: what the person traced, and what the reference says, and where they parted.

Loads pyqtgraph: import it when it is to be shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, pen
from attune.ui.widgets.text import with_minus

MOST_TICKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Curves:
    """One axis of a trace, every second: ``mine`` and ``theirs`` in [-1, 1], None where there is none.

    ``time_s`` on the clip's clock, ``mine`` moved to it by the person's own lag. ``parted``: [from, to] in s.
    """

    axis: str
    time_s: tuple[float, ...]
    mine: tuple[float | None, ...]
    theirs: tuple[float | None, ...]
    parted: tuple[tuple[float, float], ...]

    def apart(self, place: int) -> bool:
        """Whether they had parted there."""
        return any(low <= self.time_s[place] <= high for low, high in self.parted)


class FollowChart(Chart):
    """The person's line whole and marked with discs, the reference's dashed; bands where they parted."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        curves: Curves,
        lines: tuple[tuple[Sequence[float], Sequence[float]], tuple[Sequence[float], Sequence[float]] | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, words(f"practice.follow_answer.chart.{curves.axis}"), parent)
        self._words = words
        self._curves = curves
        self._mine, self._theirs = lines
        self._cursor: Any = None
        self.redraw()

    def count(self) -> int:
        """A place a second."""
        return len(self._curves.time_s)

    def said(self, place: int) -> str:
        """Both values at that second."""
        return self._words("practice.follow_answer.second", **row_words(self._words, self._curves, place))

    def draw(self) -> None:
        """Bands, lines, cursor."""
        end = max((*self._mine[0], *(self._theirs[0] if self._theirs else ()), 1.0))
        every = max(1, round(end / MOST_TICKS))
        across = [
            (float(s), self._words("practice.follow_answer.tick", seconds=s))
            for s in range(0, int(end) + 1, every)
        ]
        ends = [
            (value, self._words(f"practice.follow.{self._curves.axis}.{key}"))
            for value, key in ((-1.0, "low"), (0.0, "middle"), (1.0, "high"))
        ]
        self.axes(across=across, upwards=ends, x=(0, end), y=(-1, 1))
        for low, high in self._curves.parted:
            self.band(low, high, "attention")
        if self._theirs is not None:
            self.line(*self._theirs, "differ", width=2.5, dashed=True)
        self.line(*self._mine, "accent", width=2.5)
        self._cursor = pg.InfiniteLine(
            0, angle=90, pen=pen(self._theme.colour("focus"), 1.6, Qt.PenStyle.DotLine)
        )
        self._cursor.hide()
        self.addItem(self._cursor)

    def mark(self, place: int) -> None:
        """A line at that second."""
        self._cursor.setPos(self._curves.time_s[place])
        self._cursor.show()


def row_words(words: Words, curves: Curves, place: int) -> dict[str, str]:
    """One second of both curves in words."""

    def value(of: float | None) -> str:
        return words("practice.follow_answer.none") if of is None else with_minus(f"{of:+.1f}")

    return {
        "time": words("practice.follow_answer.tick", seconds=round(curves.time_s[place])),
        "mine": value(curves.mine[place]),
        "theirs": value(curves.theirs[place]),
        "apart": words(f"practice.follow_answer.{'apart' if curves.apart(place) else 'together'}"),
    }
