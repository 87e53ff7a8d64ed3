"""What was noticed: the edges over time; tracking, level and projection beside what chance would do."""

from __future__ import annotations

from collections.abc import Mapping
from math import tanh

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from attune.affect.moment import Edge
from attune.app.partner.looking_back import ENOUGH, STRETCH, LookingBack, Noticing, Stretch
from attune.resources import Words
from attune.scoring.dyads import Distinctive, Effect
from attune.scoring.shuffled import BesideShuffled, SameName, Shuffles
from attune.scoring.student import Mean
from attune.scoring.unscorable import Unscorable
from attune.ui.history.course_chart import Course, CourseChart, Series, times
from attune.ui.partner.parts import Pair, Parts, day_words
from attune.ui.partner.share_bar import Lies, ShareBar
from attune.ui.widgets import Card, column, row, text
from attune.ui.widgets.chart import Spot
from attune.ui.widgets.text import with_minus

LOOKS = {
    Edge.ATTUNEMENT: ("accent", "o"),
    Edge.READING_THE_FACE: ("differ", "s"),
    Edge.LEGIBILITY: ("measured", "t1"),
}
SHAPES = {"o": "●", "s": "■", "t1": "▲"}
ASIDE = 0.012  # of the chart's time, between marks of one stretch
AROUND = (-0.5, 1.5)  # of coefficients drawn
HALVES = (-0.5, 0.5)  # of differences drawn


class EdgesCard(Card):
    """Rows while there is one stretch, a chart from the second on."""

    def __init__(self, parts: Parts, pair: Pair, back: LookingBack) -> None:
        super().__init__(margin=28)
        words, names = parts.words, {"shower": pair.one.name, "noticer": pair.other.name}
        self._names = {edge: words(f"partner_back.edges.names.{edge}", **names) for edge in Edge}
        self.body.setSpacing(12)
        self.body.addWidget(text(words("partner_back.edges.title"), "heading"))
        self.body.addWidget(text(words("partner_back.edges.about", **names), "quiet"))
        there = {edge: found for edge, found in back.edges.items() if found}
        self.chart: CourseChart | None = None
        if not there:
            self.body.addWidget(text(words("partner_back.edges.none", enough=STRETCH)))
        elif all(len(found) == 1 for found in there.values()):
            for edge, found in there.items():
                self.body.addWidget(self._row(parts, edge, found[0]))
        else:
            self._draw(parts, there)

    def _row(self, parts: Parts, edge: Edge, stretch: Stretch) -> QWidget:
        said = self._said(edge, stretch, parts.words)
        lies = Lies(value=stretch.same / stretch.n, low=stretch.low, high=stretch.high)
        count = parts.words("partner_back.edges.row", same=stretch.same, n=stretch.n)
        line = row(spacing=16)
        line.addWidget(text(self._names[edge]), 1)
        line.addWidget(ShareBar(parts.theme, lies, said), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(text(count, "strong", wrap=False))
        around = QWidget()
        around.setLayout(line)
        return around

    def _draw(self, parts: Parts, there: Mapping[Edge, tuple[Stretch, ...]]) -> None:
        words = parts.words
        chart = self.chart = CourseChart(words, parts.theme, words("partner_back.edges.chart"))
        chart.fill(self._course(there, words))
        said = text(words("partner_back.heard.keys"), "small")
        chart.chosen.connect(lambda place: said.setText(chart.said(place)))
        self.body.addWidget(chart)
        self.body.addWidget(said)
        shapes = [f"{SHAPES[LOOKS[edge][1]]} {self._names[edge]}" for edge in there]
        legend = words("partner_back.edges.legend", edges="   ".join(shapes))
        self.body.addWidget(text(legend, "small"))

    def _course(self, there: Mapping[Edge, tuple[Stretch, ...]], words: Words) -> Course:
        series, said = [], []
        spots: list[Spot] = []
        whole = times([each.when for found in there.values() for each in found])
        aside = float(np.ptp(whole)) * ASIDE  # so that no line up and down hides another
        for place, (edge, found) in enumerate(there.items()):
            colour, symbol = LOOKS[edge]
            x = times([each.when for each in found]) + (place - 1) * aside
            y, low, high = np.array([(each.same / each.n, each.low, each.high) for each in found]).T
            series.append(Series(colour=colour, symbol=symbol, x=x, y=y, low=low, high=high, joined=True))
            spots += zip(x.tolist(), y.tolist(), strict=True)
            said += [self._said(edge, each, words) for each in found]
        upwards = [(share, f"{share:.0%}") for share in (0, 0.25, 0.5, 0.75, 1)]
        return Course(
            series=tuple(series), spots=tuple(spots), said=said.__getitem__, y=(-0.04, 1.06), upwards=upwards
        )

    def _said(self, edge: Edge, stretch: Stretch, words: Words) -> str:
        return words(
            "partner_back.edges.point",
            what=self._names[edge],
            day=day_words(stretch.when.isoformat(), words),
            same=stretch.same,
            n=stretch.n,
            low=stretch.low,
            high=stretch.high,
        )


class NoticingCard(Card):
    """How much is still missing, or one block for each thing that can be told."""

    def __init__(self, parts: Parts, pair: Pair, back: LookingBack) -> None:
        super().__init__(margin=28)
        self._parts, self._words = parts, parts.words
        self._names = {"shower": pair.one.name, "noticer": pair.other.name}
        self._beyond_chance = back.beyond_chance
        self.body.setSpacing(16)
        self.body.addWidget(text(self._words("partner_back.noticing.title", **self._names), "heading"))
        self.body.addWidget(text(self._words("partner_back.noticing.about"), "quiet"))
        if back.noticing is None:
            key = "few_kept" if back.kept_back else "few"
            gaps = {"enough": ENOUGH, "count": back.counted, "kept": back.kept_back}
            self.body.addWidget(text(self._words(f"partner_back.noticing.{key}", **gaps, **self._names)))
        else:
            self._fill(back.noticing)
        if back.listening is not None:
            self._show_listening(back.listening)
        if self.findChildren(ShareBar):
            self.body.addWidget(text(self._words("partner_back.noticing.legend"), "small"))

    def _fill(self, noticing: Noticing) -> None:
        self._show_names(noticing.names)
        pleasant = noticing.pleasant
        if isinstance(pleasant, Unscorable):
            self._block("tracking", (self._why(pleasant),))
        else:
            self._show_pleasant(pleasant)
        if isinstance(noticing.strength, Mean):
            self._show_level("strength", noticing.strength)

    def _show_names(self, names: SameName | Unscorable) -> None:
        if isinstance(names, Unscorable):
            self._block("names", (self._why(names),))
            return
        said = self._say(
            "names.said",
            same=names.same,
            n=names.n,
            low=names.low,
            high=names.high,
            usual=names.shuffles.usual,
        )
        beside = (max(0.0, names.shuffles.low), names.shuffles.high)
        lies = Lies(value=names.share, low=names.low, high=names.high, beside=beside)
        self._block("names", (said, self._verdict("names")), lies)

    def _show_pleasant(self, pleasant: BesideShuffled) -> None:
        found = pleasant.found
        self._show_effect("tracking", found.tracking, pleasant.tracking)
        self._show_level("level", found.level)
        if isinstance(found.projection, Unscorable) or isinstance(pleasant.projection, Unscorable):
            reason = found.projection if isinstance(found.projection, Unscorable) else Unscorable.NO_ANSWERS
            self._block("projection", (self._why(reason),))
        else:
            self._show_effect("projection", found.projection, pleasant.projection)

    def _show_effect(self, key: str, effect: Effect, shuffles: Shuffles) -> None:
        said = self._say(
            f"{key}.said",
            value=effect.value,
            low=effect.low,
            high=effect.high,
            usual_low=shuffles.low,
            usual_high=shuffles.high,
        )
        lies = Lies(
            value=effect.value,
            low=effect.low,
            high=effect.high,
            beside=(shuffles.low, shuffles.high),
            ends=AROUND,
        )
        self._block(key, (said, self._verdict(key)), lies)

    def _show_level(self, key: str, level: Mean | Unscorable) -> None:
        """More, less, or neither as far as can be told."""
        if isinstance(level, Unscorable):
            said = self._say(f"{key}.level") if level is Unscorable.ALIKE else self._why(level)
            self._block(key, (said,))
            return
        lean = "level" if key not in self._beyond_chance else "brighter" if level.value > 0 else "darker"
        said = self._say(f"{key}.{lean}")
        range_ = self._say(f"{key}.range", value=level.value, low=level.low, high=level.high)
        self._block(key, (said, range_), Lies(value=level.value, low=level.low, high=level.high, ends=HALVES))

    def _show_listening(self, listening: Distinctive | Unscorable) -> None:
        """As a share of going along entirely; z is what is averaged, r what is said."""
        if isinstance(listening, Unscorable):
            self._block("listening", (self._why(listening),))
            return
        middle = listening.others
        own, others, low, high = (
            tanh(z)
            for z in (
                listening.own,
                middle,
                middle + listening.difference.low,
                middle + listening.difference.high,
            )
        )
        said = self._say(
            "listening.said", value=own, low=low, high=high, usual=others, n=listening.difference.n
        )
        lies = Lies(value=own, low=low, high=high, beside=others, ends=(-0.5, 1.0))
        self._block("listening", (said, self._verdict("listening")), lies)

    def _verdict(self, key: str) -> str:
        return self._say(f"{key}.{'more' if key in self._beyond_chance else 'open'}")

    def _why(self, reason: Unscorable) -> str:
        return self._words(f"partner_back.unscorable.{reason}", **self._names)

    def _say(self, key: str, **gaps: object) -> str:
        return with_minus(self._words(f"partner_back.noticing.{key}", **gaps, **self._names))

    def _block(self, key: str, sentences: tuple[str, ...], lies: Lies | None = None) -> None:
        said = column(spacing=4)
        said.addWidget(text(self._say(f"{key}.title"), "strong"))
        for sentence in sentences:
            said.addWidget(text(sentence))
        line = row(spacing=24)
        line.addLayout(said, 1)
        if lies is not None:
            bar = ShareBar(self._parts.theme, lies, sentences[0])
            line.addWidget(bar, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)
