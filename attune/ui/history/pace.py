"""Response time: over time, and by emotion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from attune.resources import Words
from attune.ui.history import told
from attune.ui.history.course_chart import Course, CourseChart, Series, times
from attune.ui.history.intervals_chart import Interval, IntervalsChart
from attune.ui.history.save import Sheet
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import Card, text
from attune.ui.widgets.chart import Ticks
from attune.ui.widgets.table import Column

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.pace import Pace, Times


class PaceTopic(TopicPage):
    """One sentence, the course over time with every answer behind it, and each emotion's median."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "pace")
        words, theme = self._words, parts.theme
        self.summary = Card()
        self.said = text("", "large")
        self.summary.body.setSpacing(8)
        self.summary.body.addWidget(self.said)
        self.dropped = text("", "quiet")
        self.summary.body.addWidget(self.dropped)
        self.body.addWidget(self.summary)
        self.course = self.card("pace.course", CourseChart(words, theme, words("history.pace.course.name")))
        self.emotions = self.card(
            "pace.emotions", IntervalsChart(theme, words("history.pace.emotions.name"), x=(0, 1), across=())
        )
        self.body.addStretch(1)

    def look(self, lens: Lens | None) -> None:
        """Ask for it."""
        self.ask(self._parts.services.progress.pace(lens), self._got)

    def _got(self, found: Pace) -> None:
        words = self._words
        self.summary.setVisible(found.whole is not None)
        if found.whole is None:
            self.course.fill_with_nothing(words("history.pace.nothing"))
            self.emotions.hide()
            return
        self.emotions.show()
        self.said.setText(words("history.pace.said", **told.seconds(found.whole, words)))
        self.dropped.setText(words("history.pace.dropped", count=found.dropped))
        self.dropped.setVisible(found.dropped > 0)
        self._fill_course(found)
        self._fill_emotions(found.emotions)

    def _fill_course(self, found: Pace) -> None:
        words, marks = self._words, found.marks
        chart = self.course.chart
        assert isinstance(chart, CourseChart)
        # A few very slow answers must not press the rest flat: what is higher is cut at the edge.
        top = max(max(mark.times.three_quarters for mark in marks) * 1.6, 2.0)
        chart.fill(
            Course(
                series=(
                    Series(
                        colour="accent",
                        symbol="o",
                        x=times([mark.middle for mark in marks]),
                        y=np.array([mark.times.median for mark in marks]),
                        line=(
                            np.array([mark.times.median for mark in marks]),
                            np.array([mark.times.quarter for mark in marks]),
                            np.array([mark.times.three_quarters for mark in marks]),
                        ),
                        low=np.array([mark.times.low for mark in marks]),
                        high=np.array([mark.times.high for mark in marks]),
                    ),
                ),
                spots=tuple((mark.middle.timestamp(), mark.times.median) for mark in marks),
                said=lambda place: words(
                    "history.pace.mark",
                    span=told.span(marks[place].begin, marks[place].end, words),
                    **told.seconds(marks[place].times, words),
                ),
                y=(0, top),
                upwards=second_ticks(top, words),
                cloud=found.each,
            )
        )
        self.course.fill(
            _sheet(
                [(told.span(m.begin, m.end, words), m.middle.isoformat(), m.times) for m in marks],
                "when",
                words,
            ),
            legend=words("history.pace.course.legend") + " " + told.stretches(found.unit_days, words),
            keys="history.card.keys_course",
        )

    def _fill_emotions(self, emotions: tuple[tuple[str, Times], ...]) -> None:
        words, chart = self._words, self.emotions.chart
        assert isinstance(chart, IntervalsChart)
        emotions = tuple(sorted(emotions, key=lambda each: each[1].median))
        top = max(each.high for _name, each in emotions) * 1.1
        chart.fill(
            [
                Interval(
                    label=words(f"emotions.{name}.title"),
                    low=each.low,
                    high=each.high,
                    value=each.median if each.n >= told.ENOUGH else None,
                    said=words(
                        "history.pace.emotion",
                        emotion=words(f"emotions.{name}.title"),
                        **told.seconds(each, words),
                    ),
                )
                for name, each in emotions
            ],
            x=(0, top),
            across=second_ticks(top, words),
        )
        self.emotions.fill(
            _sheet(
                [(words(f"emotions.{name}.title"), name, each) for name, each in emotions], "emotion", words
            ),
            legend=words("history.pace.emotions.legend"),
            keys="history.card.keys_rows",
        )


def second_ticks(top: float, words: Words) -> Ticks:
    """Up to seven even seconds from 0."""
    step = next((s for s in (0.5, 1.0, 2.0, 5.0, 10.0, 20.0) if top / s <= 7), 60.0)
    return [
        (at, words("history.pace.seconds", seconds=at))
        for at in np.arange(0, top + step / 100, step).tolist()
    ]


def _sheet(rows: Sequence[tuple[str, str, Times]], first: str, words: Words) -> Sheet:
    heads = (first, "n", "median", "range", "quarters")
    return Sheet(
        columns=tuple(
            Column(words(f"history.pace.column.{head}"), number=head != first, stretch=head == first)
            for head in heads
        ),
        rows=tuple(
            (
                name,
                str(each.n),
                words("history.pace.exact", seconds=each.median),
                words("history.pace.range", low=each.low, high=each.high),
                words("history.pace.range", low=each.quarter, high=each.three_quarters),
            )
            for name, _plain, each in rows
        ),
        plain=tuple(
            (plain, each.n, each.median, (each.low, each.high), (each.quarter, each.three_quarters))
            for _name, plain, each in rows
        ),
    )
