"""Thresholds: the faintest and the shortest expressions caught, emotion by emotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout

from attune.app.protocols.threshold import By, FindTheThreshold
from attune.ui.history import told
from attune.ui.history.card import ChartCard
from attune.ui.history.intervals_chart import Interval, IntervalsChart
from attune.ui.history.save import Sheet
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.practice.threshold_chart import ThresholdChart, amount
from attune.ui.widgets import PrimaryButton, row
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Column

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.thresholds import Curve

SHOWN = {By.INTENSITY: (0.0, 0.25, 0.5, 0.75, 1.0), By.DURATION: ()}
STEPS_MS = (20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
LONGEST_MS = 100.0  # of the scale of durations, at least


class ThresholdsTopic(TopicPage):
    """All thresholds of a kind on one card, then each with its curve."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "thresholds")
        words, theme = self._words, parts.theme
        self.start = PrimaryButton(words("history.thresholds.start"))
        self.all = {
            by: self.card(
                f"thresholds.{by}",
                IntervalsChart(theme, words(f"history.thresholds.{by}.name"), x=(0, 1), across=()),
            )
            for by in By
        }
        self.curves: list[ChartCard] = []
        self._each = QGridLayout()
        self._each.setSpacing(24)
        self._action = row()
        self._action.addWidget(self.start)
        self._action.addStretch(1)
        self.body.addLayout(self._action)
        self.body.addLayout(self._each)
        self.body.addStretch(1)
        self.start.clicked.connect(lambda: parts.practise(FindTheThreshold.mode))

    def look(self, lens: Lens | None) -> None:
        """Ask for them; a threshold is its own measure."""
        del lens
        self.ask(self._parts.services.progress.thresholds(), self._got)

    def _got(self, curves: tuple[Curve, ...]) -> None:
        emptied(self._each)
        self.curves = []
        self.start.setVisible(not curves)
        for by, card in self.all.items():
            found = [curve for curve in curves if curve.by is by]
            card.setVisible(bool(found) or (by is By.INTENSITY and not curves))
            if found:
                self._fill_all(card, by, found)
            else:
                card.fill_with_nothing(self._words("history.thresholds.nothing"))
        for curve in curves:
            self._add_curve(curve)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many beside each other as there is room for."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        across = 2 if self.roomy else 1
        for number, card in enumerate(self.curves):
            self._each.addWidget(card, number // across, number % across)
        self._each.setColumnStretch(0, 1)
        self._each.setColumnStretch(1, across - 1)

    def _fill_all(self, card: ChartCard, by: By, curves: list[Curve]) -> None:
        words, chart = self._words, card.chart
        assert isinstance(chart, IntervalsChart)
        top = 1.0 if by is By.INTENSITY else max(LONGEST_MS, max(c.estimate.high for c in curves) * 1.1)
        steps = SHOWN[by] or tuple(np.arange(0, top, next(s for s in STEPS_MS if top / s <= 6)).tolist())
        across = [(at, amount(words, by, at)) for at in steps]
        curves = sorted(curves, key=lambda curve: curve.estimate.value)
        chart.fill(
            [
                Interval(
                    label=words(f"emotions.{curve.emotion}.title"),
                    low=min(curve.estimate.low, top),
                    high=min(curve.estimate.high, top),
                    value=min(curve.estimate.value, top),
                    said=told.threshold(curve, words),
                )
                for curve in curves
            ],
            x=(0, top),
            across=across,
        )
        found = [(curve.emotion, curve.found[-1]) for curve in curves]  # first, as the chart has them
        found += [(curve.emotion, each) for curve in curves for each in reversed(curve.found[:-1])]
        heads = ("emotion", "when", "value", "range", "trials")
        sheet = Sheet(
            columns=tuple(
                Column(
                    words(f"history.thresholds.column.{head}"),
                    number=head in heads[2:],
                    stretch=head == "emotion",
                )
                for head in heads
            ),
            rows=tuple(
                (
                    words(f"emotions.{emotion}.title"),
                    told.date(each.when, words),
                    amount(words, by, each.estimate.value),
                    words(
                        "history.thresholds.range",
                        low=amount(words, by, each.estimate.low),
                        high=amount(words, by, each.estimate.high),
                    ),
                    str(each.trials),
                )
                for emotion, each in found
            ),
            plain=tuple(
                (
                    emotion,
                    each.when.isoformat(),
                    each.estimate.value,
                    (each.estimate.low, each.estimate.high),
                    each.trials,
                )
                for emotion, each in found
            ),
        )
        card.fill(sheet, legend=words("history.thresholds.legend"), keys="history.card.keys_rows")

    def _add_curve(self, curve: Curve) -> None:
        words = self._words
        title = words(f"emotions.{curve.emotion}.title")
        name = words("practice.outcome.threshold.name", emotion=words(f"emotions.{curve.emotion}.noun"))
        chart = ThresholdChart(words, self._parts.theme, name, quest=curve.quest, by=curve.by)
        card = ChartCard(words, self._parts.theme, "history.thresholds.curve", chart, self._parts.write)
        card.title.setText(words(f"history.thresholds.{curve.by}.curve", emotion=title))
        heads = ("stimulus", "caught", "curve")
        expected = curve.quest.curve([point.stimulus for point in curve.quest.points])
        points = list(zip(curve.quest.points, expected.tolist(), strict=True))
        sheet = Sheet(
            columns=(
                *(Column(words(f"history.thresholds.column.{head}"), number=True) for head in heads),
                Column("", stretch=True),
            ),
            rows=tuple(
                (
                    amount(words, curve.by, point.stimulus),
                    words("history.table.of", agreed=point.caught, answered=point.shown),
                    f"{share:.0%}",
                    "",
                )
                for point, share in points
            ),
            plain=tuple(
                (point.stimulus, f"{point.caught}/{point.shown}", share, "") for point, share in points
            ),
        )
        self.curves.append(card)
        card.fill(sheet, legend=words("practice.outcome.threshold.legend"))
        card.unfold(unfolded=False)
