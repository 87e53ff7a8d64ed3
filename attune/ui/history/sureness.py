"""Calibration: how sure somebody was against how often they agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.scoring.unscorable import Unscorable
from attune.ui.history import told
from attune.ui.history.intervals_chart import Interval, IntervalsChart
from attune.ui.history.save import Sheet
from attune.ui.history.sureness_chart import SurenessChart
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import Card, text
from attune.ui.widgets.table import Column
from attune.ui.widgets.text import with_minus

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.sureness import Gap, Sureness
    from attune.scoring.calibration import Calibration

GAPS = tuple((points / 100, with_minus(f"{points:+d}") if points else "0") for points in range(-100, 101, 20))
LEAST_REACH = 0.3


class SurenessTopic(TopicPage):
    """One sentence, the curve, and which emotions are said too surely."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "sureness")
        words, theme = self._words, parts.theme
        self.summary = Card()
        self.summary.body.setSpacing(8)
        self.said = text("", "large")
        self.parts_said = text("", "quiet")
        self.summary.body.addWidget(self.said)
        self.summary.body.addWidget(self.parts_said)
        self.body.addWidget(self.summary)
        self.curve = self.card(
            "sureness.curve", SurenessChart(words, theme, words("history.sureness.curve.name"))
        )
        self.gaps = self.card(
            "sureness.gaps",
            IntervalsChart(theme, words("history.sureness.gaps.name"), x=(-0.3, 0.3), across=GAPS, line=0.0),
        )
        self.body.addStretch(1)

    def look(self, lens: Lens | None) -> None:
        """Ask for it."""
        self.ask(self._parts.services.progress.sureness(lens), self._got)

    def _got(self, found: Sureness) -> None:
        words = self._words
        calibration = found.calibration
        self.summary.setVisible(not isinstance(calibration, Unscorable))
        if isinstance(calibration, Unscorable):
            self.curve.fill_with_nothing(words("history.sureness.nothing"))
            self.gaps.fill_with_nothing("")
            self.gaps.hide()
            return
        self.gaps.show()
        self.said.setText(told.overall_gap(found.gaps[0], words))
        self.parts_said.setText(
            words(
                "history.sureness.parts",
                error=calibration.error * 100,
                brier=calibration.brier,
                reliability=calibration.reliability,
                resolution=calibration.resolution,
                uncertainty=calibration.uncertainty,
            )
        )
        self._fill_curve(calibration)
        self._fill_gaps(found.gaps[1:])

    def _fill_curve(self, calibration: Calibration) -> None:
        words, chart = self._words, self.curve.chart
        assert isinstance(chart, SurenessChart)
        chart.fill(calibration.bins)
        heads = ("sure", "agreed", "share", "range")
        self.curve.fill(
            Sheet(
                columns=(
                    *(Column(words(f"history.sureness.column.{head}"), number=True) for head in heads),
                    Column("", stretch=True),
                ),
                rows=tuple(
                    (
                        f"{each.confidence:.0%}",
                        words("history.table.of", agreed=each.agreed, answered=each.n),
                        f"{each.share:.0%}",
                        told.wilson_range(each.agreed, each.n, words),
                        "",
                    )
                    for each in calibration.bins
                ),
                plain=tuple(
                    (
                        each.confidence,
                        f"{each.agreed}/{each.n}",
                        each.share,
                        told.plain_range(each.agreed, each.n),
                        "",
                    )
                    for each in calibration.bins
                ),
            ),
            legend=words("history.sureness.curve.legend", n=calibration.n),
        )

    def _fill_gaps(self, gaps: tuple[Gap, ...]) -> None:
        words, chart = self._words, self.gaps.chart
        assert isinstance(chart, IntervalsChart)
        reach = max(LEAST_REACH, *(min(1.0, abs(end)) for gap in gaps for end in (gap.low, gap.high)))
        chart.fill(
            [
                Interval(
                    label=words(f"emotions.{gap.emotion}.title"),
                    low=gap.low,
                    high=gap.high,
                    value=gap.value if gap.n >= told.ENOUGH else None,
                    said=told.gap(gap, words),
                )
                for gap in gaps
            ],
            x=(-reach, reach),
            across=GAPS,
        )
        heads = ("emotion", "n", "mean", "share", "gap", "gap_range")
        self.gaps.fill(
            Sheet(
                columns=tuple(
                    Column(
                        words(f"history.sureness.column.{head}"),
                        number=head != "emotion",
                        stretch=head == "emotion",
                    )
                    for head in heads
                ),
                rows=tuple(told.gap_row(gap, words) for gap in gaps),
                plain=tuple(
                    (gap.emotion, gap.n, gap.sure, gap.agreed, gap.value, (gap.low, gap.high)) for gap in gaps
                ),
            ),
            legend=words("history.sureness.gaps.legend"),
            keys="history.card.keys_rows",
        )
