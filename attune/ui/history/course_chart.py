"""Something over time: marks with their intervals, the line through them, and a band around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from attune.resources import Words
from attune.ui.history import phrases, told
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, Ticks, pen
from attune.ui.widgets.thinned import Cloud

DAY_S = 86_400.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One thing over time: ``x`` (n,) Unix times, ``y`` with its interval ``low`` to ``high``.

    ``line``: (y, low, high) of a smoothed line with its band; ``joined``: a line through the marks instead.
    """

    colour: str
    symbol: str
    x: Floats
    y: Floats
    low: Floats | None = None
    high: Floats | None = None
    line: tuple[Floats, Floats, Floats] | None = None
    joined: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What is drawn. ``spots``: what keys and pointer choose, each ``said``; ``cloud``: dots behind.

    ``names``: of the places 0, 1, 2 … along the lower axis, where that holds no times.
    """

    series: tuple[Series, ...]
    spots: tuple[Spot, ...]
    said: Callable[[int], str]
    y: tuple[float, float]
    upwards: Ticks
    across: tuple[float, ...] = ()
    cloud: tuple[NDArray[Any], NDArray[Any]] | None = None
    names: tuple[str, ...] = ()


class CourseChart(Chart):
    """Moves and zooms along its time."""

    tall = 320.0

    def __init__(self, words: Words, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._words = words
        self._course: Course | None = None
        self.sigXRangeChanged.connect(self._fit_days)

    def fill(self, course: Course) -> None:
        """Show this from its beginning to its end."""
        self._course = course
        self._place = -1
        self.redraw()

    def count(self) -> int:
        """One place a mark."""
        return len(self._course.spots) if self._course else 0

    def said(self, place: int) -> str:
        """The mark's own sentence."""
        assert self._course is not None
        return self._course.said(place)

    def spot(self, place: int) -> Spot:
        """Where the mark is."""
        assert self._course is not None
        return self._course.spots[place]

    def draw(self) -> None:
        """Bands behind, then single answers, lines and marks."""
        course = self._course
        if course is None:
            return
        times = [spot[0] for spot in course.spots] + [
            t for s in course.series for t in (s.x[:1], s.x[-1:]) for t in t
        ]
        low, high = min(times), max(times)
        air = max((high - low) * 0.04, 0.5 if course.names else DAY_S / 2)
        self.setLimits(xMin=None, xMax=None, minXRange=None)
        self.axes(across=(), upwards=course.upwards, x=(low - air, high + air), y=course.y)
        self.travels(low - air, high + air, 2.0 if course.names else DAY_S)
        self.setXRange(low - air, high + air, padding=0)
        for y in course.across:
            self.across(y, "")
        if course.cloud is not None:
            self.addItem(Cloud(*course.cloud, self._theme.colour("text_quiet", 0.28)))
        for series in course.series:
            self._draw_line(series)
        for series in course.series:
            self._draw_marks(series)
        self._fit_days()

    def _draw_line(self, series: Series) -> None:
        if series.line is not None and len(series.x) > 1:
            y, low, high = series.line
            self.ribbon(series.x, low, high, series.colour)
            self.line(series.x, y, series.colour, width=2.5)
        elif series.joined and len(series.x) > 1:
            self.line(series.x, series.y, series.colour, dashed=series.dashed)

    def _draw_marks(self, series: Series) -> None:
        if series.low is not None and series.high is not None:
            bars = pg.ErrorBarItem(
                x=series.x,
                y=series.y,
                top=series.high - series.y,
                bottom=series.y - series.low,
                pen=pen(self._theme.colour(series.colour), 1.6, alpha=0.55),
            )
            self.addItem(bars)
        self.marks(series.x, series.y, series.symbol, series.colour, size=11)

    def _fit_days(self) -> None:
        """As many days below as there is room for."""
        if self._course is None:
            return
        low, high = self.viewRange()[0]
        room = max(2, int(self.width() / (self._theme.sizes.small * 7)))
        if names := self._course.names:
            every = max(1, round((high - low) / room))
            ticks = [(float(n), names[n]) for n in range(0, len(names), every)]
        else:
            ticks = day_ticks(low, high, room, self._words)
        self.getAxis("bottom").setTicks([ticks])


def day_ticks(low: float, high: float, most: int, words: Words) -> list[tuple[float, str]]:
    """Midnights between two Unix times, no more than ``most``, evenly apart, in words."""
    steps = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728, 1820, 3640)
    step = next((s for s in steps if (high - low) / (s * DAY_S) <= most), steps[-1]) * DAY_S
    shift = datetime.fromtimestamp(low).astimezone().utcoffset()
    assert shift is not None
    first = np.ceil((low + shift.total_seconds()) / step) * step - shift.total_seconds()
    found = np.arange(first, high, step).tolist()
    say = told.month if step >= 56 * DAY_S else phrases.day
    return [(at, say(datetime.fromtimestamp(at).astimezone(), words)) for at in found]


def times(moments: Sequence[datetime]) -> Floats:
    """Unix times (n,) of aware moments."""
    return np.array([moment.timestamp() for moment in moments], float)
