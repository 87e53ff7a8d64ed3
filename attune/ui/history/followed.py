"""Follow-along: how well somebody moved along with others, reel by reel and altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from attune.app.protocols.follow_along import FollowAlong
from attune.resources import Words
from attune.scoring.continuous import Following, Pooled
from attune.ui.history import phrases, told
from attune.ui.history.card import ChartCard
from attune.ui.history.course_chart import Course, CourseChart, Series
from attune.ui.history.save import Sheet
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import Card, PrimaryButton, column, row, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Column
from attune.ui.widgets.text import with_minus

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.followed import Axis, Reel

TRACKING = tuple((value / 2, with_minus(f"{value / 2:+.1f}") if value else "0") for value in range(-2, 3))


class FollowedTopic(TopicPage):
    """For each axis that was followed a sentence and a chart."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "followed")
        self.nothing = Card(margin=40)
        self.nothing.body.addWidget(text(self._words("history.followed.nothing"), "large"))
        self.start = PrimaryButton(self._words("history.followed.start"))
        action = row()
        action.addWidget(self.start)
        action.addStretch(1)
        self.nothing.body.addLayout(action)
        self.body.addWidget(self.nothing)
        self.nothing.hide()
        self._each = column(spacing=24)
        self.cards: dict[str, ChartCard] = {}
        self.sentences: dict[str, str] = {}
        self.body.addLayout(self._each)
        self.body.addStretch(1)
        self.start.clicked.connect(lambda: parts.practise(FollowAlong.mode))

    def look(self, lens: Lens | None) -> None:
        """Ask for it; what is traced has measures of its own."""
        del lens
        self.ask(self._parts.services.progress.followed(), self._got)

    def _got(self, axes: tuple[Axis, ...]) -> None:
        emptied(self._each)
        self.cards, self.sentences = {}, {}
        self.nothing.setVisible(not axes)
        for axis in axes:
            self._add(axis)

    def _add(self, axis: Axis) -> None:
        words = self._words
        summary = Card()
        summary.body.setSpacing(8)
        self.sentences[axis.axis] = told.followed(axis, words)
        summary.body.addWidget(text(words(f"history.followed.{axis.axis}.title"), "heading"))
        summary.body.addWidget(text(self.sentences[axis.axis], "large"))
        if isinstance(axis.pooled, Pooled) and axis.level is not None and axis.scale is not None:
            summary.body.addWidget(text(told.level_and_scale(axis.level, axis.scale, words), "body"))
        self._each.addWidget(summary)
        reels = [reel for reel in axis.reels if isinstance(reel.result, Following)]
        if not reels:
            return
        chart = CourseChart(words, self._parts.theme, words(f"history.followed.{axis.axis}.name"))
        card = ChartCard(words, self._parts.theme, "history.followed.chart", chart, self._parts.write)
        self._each.addWidget(card)
        self.cards[axis.axis] = card
        chart.fill(_course(reels, words))
        card.fill(
            _sheet(reels, words), legend=words("history.followed.legend"), keys="history.card.keys_course"
        )


def _course(reels: list[Reel], words: Words) -> Course:
    x = np.arange(len(reels), dtype=float)
    found = [reel.result for reel in reels if isinstance(reel.result, Following)]
    r, low, high, chance = (
        np.array([getattr(each, name) for each in found], float) for name in ("r", "low", "high", "by_chance")
    )
    return Course(
        series=(
            Series(colour="accent", symbol="o", x=x, y=r, low=low, high=high),
            Series(colour="outline", symbol="t", x=x, y=chance),
        ),
        spots=tuple(zip(x.tolist(), r.tolist(), strict=True)),
        said=lambda place: told.reel(reels[place], words),
        y=(-1, 1),
        upwards=TRACKING,
        across=(0.0,),
        names=tuple(phrases.day(reel.when, words) for reel in reels),
    )


def _sheet(reels: list[Reel], words: Words) -> Sheet:
    heads = ("when", "person", "r", "range", "level", "scale")
    found = [(reel, reel.result) for reel in reels if isinstance(reel.result, Following)]
    return Sheet(
        columns=tuple(
            Column(
                words(f"history.followed.column.{head}"), number=head in heads[2:], stretch=head == "person"
            )
            for head in heads
        ),
        rows=tuple(
            (
                told.date(reel.when, words),
                reel.person,
                with_minus(f"{each.r:.2f}"),
                with_minus(words("history.followed.range", low=each.low, high=each.high)),
                with_minus(f"{each.level:+.2f}"),
                f"{each.scale:.2f}",
            )
            for reel, each in found
        ),
        plain=tuple(
            (reel.when.isoformat(), reel.person, each.r, (each.low, each.high), each.level, each.scale)
            for reel, each in found
        ),
    )
