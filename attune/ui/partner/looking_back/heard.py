"""How it felt to be listened to, or looked at: on the whole, and over time."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from attune.app.partner.looking_back import FELT, Heard, LookingBack
from attune.resources import Words
from attune.scoring.student import Mean
from attune.ui.history.course_chart import Course, CourseChart, Series, times
from attune.ui.partner.parts import Pair, Parts, day_words
from attune.ui.partner.share_bar import Lies, ShareBar
from attune.ui.widgets import Card, text
from attune.ui.widgets.chart import Spot

LOOKS = {
    "understood": ("accent", "o"),
    "cared_for": ("differ", "s"),
    "accepted": ("measured", "t1"),
    "seen": ("text_quiet", "d"),
}
SHAPES = {"o": "●", "s": "■", "t1": "▲", "d": "◆"}
LEAST = 3  # rounds, before they are drawn over time


class HeardCard(Card):
    """Rows first; a chart from LEAST rounds on."""

    def __init__(self, parts: Parts, pair: Pair, back: LookingBack) -> None:
        super().__init__(margin=28)
        words, names = parts.words, {"shower": pair.one.name, "noticer": pair.other.name}
        self.body.setSpacing(14)
        self.body.addWidget(text(words("partner_back.heard.title", **names), "heading"))
        if not back.heard:
            self.body.addWidget(text(words("partner_back.heard.none", **names)))
            return
        self.body.addWidget(text(words("partner_back.heard.about"), "quiet"))
        self.body.addLayout(_rows(parts, back))
        if any(isinstance(mean, Mean) for mean in back.mean.values()):
            self.body.addWidget(text(words("partner_back.heard.legend"), "small"))
        self.chart: CourseChart | None = None
        if len(back.heard) >= LEAST:
            self._draw(parts, back)

    def _draw(self, parts: Parts, back: LookingBack) -> None:
        words = parts.words
        self.chart = CourseChart(words, parts.theme, words("partner_back.heard.chart"))
        self.chart.fill(_course(back.heard, words))
        said = text(words("partner_back.heard.keys"), "small")
        chart = self.chart
        chart.chosen.connect(lambda place: said.setText(chart.said(place)))
        self.body.addWidget(text(words("partner_back.heard.chart"), "strong"))
        self.body.addWidget(chart)
        self.body.addWidget(said)


def _rows(parts: Parts, back: LookingBack) -> QGridLayout:
    words, grid = parts.words, QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(2, 1)
    for place, (name, mean) in enumerate(back.mean.items()):
        what, shape = words(f"partner_back.heard.names.{name}"), SHAPES[LOOKS[name][1]]
        values = [heard.felt[name] for heard in back.heard if name in heard.felt]
        middle = sum(values) / len(values)
        gaps = {"what": what, "mean": middle, "value": middle, "n": len(values)}
        low, high, key = middle, middle, "said_one" if len(values) == 1 else "said_same"
        if isinstance(mean, Mean):
            low, high, key = max(0.0, mean.low), min(1.0, mean.high), "said"
        said = words(f"partner_back.heard.{key}", low=low, high=high, **gaps)
        row_key = "row_one" if len(values) == 1 else "row"
        grid.addWidget(text(f"{shape}  {what}", "strong", wrap=False), place, 0)
        bar = ShareBar(parts.theme, Lies(value=middle, low=low, high=high), said)
        grid.addWidget(bar, place, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(text(words(f"partner_back.heard.{row_key}", **gaps)), place, 2)
    return grid


def _course(heard: tuple[Heard, ...], words: Words) -> Course:
    """A line for each of FELT, through the rounds in which it was said."""
    series, said = [], []
    spots: list[Spot] = []
    for name in FELT:
        there = [each for each in heard if name in each.felt]
        if not there:
            continue
        colour, symbol = LOOKS[name]
        x, y = times([each.when for each in there]), np.array([each.felt[name] for each in there], float)
        series.append(Series(colour=colour, symbol=symbol, x=x, y=y, joined=True))
        spots += zip(x.tolist(), y.tolist(), strict=True)
        said += [_point(name, each.when, each.felt[name], words) for each in there]
    upwards = [
        (at, words(f"partner_back.axis.{key}")) for at, key in ((0, "none"), (0.5, "half"), (1, "full"))
    ]
    return Course(
        series=tuple(series), spots=tuple(spots), said=said.__getitem__, y=(-0.06, 1.06), upwards=upwards
    )


def _point(name: str, when: datetime, value: float, words: Words) -> str:
    what = words(f"partner_back.heard.names.{name}")
    return words("partner_back.heard.point", day=day_words(when.isoformat(), words), what=what, value=value)
