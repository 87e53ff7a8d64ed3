"""Skill over time: ability with its band, hit rates, check-ups, and what of it is more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from attune.resources import Words
from attune.scoring.unscorable import Unscorable
from attune.ui.history import told
from attune.ui.history.course_chart import Course, CourseChart, Series, times
from attune.ui.history.save import Sheet
from attune.ui.history.sureness_chart import SHARES
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import Card, row, text
from attune.ui.widgets.chart import Ticks
from attune.ui.widgets.picker import Picker
from attune.ui.widgets.table import Column
from attune.ui.widgets.text import with_minus

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.skill import Skill


class SkillTopic(TopicPage):
    """``emotions``: all of them, or one."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "skill")
        words, theme = self._words, parts.theme
        self._lens: Lens | None = None
        self._offered: tuple[str | None, ...] = (None,)
        self.emotions = Picker((), words("history.skill.emotions"), theme)
        self.emotions.activated.connect(lambda _place: self.look(self._lens))
        chooser = row()
        chooser.addWidget(self.emotions)
        chooser.addStretch(1)
        self.body.addLayout(chooser)
        self.change = Card()
        self.change_said = text("", "large")
        self.change_note = text(words("history.skill.change.note"), "quiet")
        self.change.body.setSpacing(8)
        self.change.body.addWidget(self.change_said)
        self.change.body.addWidget(self.change_note)
        self.body.addWidget(self.change)
        self.ability = self.card(
            "skill.ability", CourseChart(words, theme, words("history.skill.ability.name"))
        )
        self.rates = self.card("skill.rates", CourseChart(words, theme, words("history.skill.rates.name")))
        self.body.addStretch(1)

    def look(self, lens: Lens | None) -> None:
        """Ask for the emotion chosen."""
        self._lens = lens
        self.ask(
            self._parts.services.progress.skill(lens, self._offered[max(0, self.emotions.currentIndex())]),
            self._got,
        )

    def _got(self, found: Skill) -> None:
        self._offer(found)
        self.change.setVisible(bool(found.marks))
        if not found.marks:
            nothing = self._words("history.skill.nothing")
            self.ability.fill_with_nothing(nothing)
            self.rates.fill_with_nothing(nothing)
            return
        self.change_said.setText(told.skill_change(found, self._words))
        self._fill_ability(found)
        self._fill_rates(found)

    def _offer(self, found: Skill) -> None:
        """The emotions there are answers of; the one shown stays chosen."""
        titles = (self._words(f"emotions.{name}.title") for name in found.emotions)
        self.emotions.offer((self._words("history.skill.all"), *titles))
        self._offered = (None, *found.emotions)
        self.emotions.setCurrentIndex(
            self._offered.index(found.emotion) if found.emotion in self._offered else 0
        )
        self.emotions.setVisible(bool(found.emotions))

    def _fill_ability(self, found: Skill) -> None:
        words, marks = self._words, found.marks
        x, checked = times([mark.middle for mark in marks]), times([check.when for check in found.checkups])
        own, smooth = [mark.ability for mark in marks], [mark.smoothed for mark in marks]
        series = [
            Series(
                colour="accent",
                symbol="o",
                x=x,
                y=np.array([each.theta for each in own]),
                low=np.array([each.low for each in own]),
                high=np.array([each.high for each in own]),
                line=(
                    np.array([each.theta for each in smooth]),
                    np.array([each.low for each in smooth]),
                    np.array([each.high for each in smooth]),
                ),
            )
        ]
        if found.checkups:
            series.append(
                Series(
                    colour="differ",
                    symbol="d",
                    x=checked,
                    y=np.array([check.ability.theta for check in found.checkups]),
                    low=np.array([check.ability.low for check in found.checkups]),
                    high=np.array([check.ability.high for check in found.checkups]),
                )
            )
        chart = self.ability.chart
        assert isinstance(chart, CourseChart)
        spots = sorted(
            [
                *(
                    (when, each.theta, told.ability_mark(mark, words))
                    for when, each, mark in zip(x, own, marks, strict=True)
                ),
                *(
                    (when, check.ability.theta, told.checkup_mark(check, words))
                    for when, check in zip(checked, found.checkups, strict=True)
                ),
            ]
        )
        chart.fill(
            Course(
                series=tuple(series),
                spots=tuple((when, value) for when, value, _said in spots),
                said=lambda place: spots[place][2],
                y=_reach(series),
                upwards=_abilities(words),
                across=(0.0,),
            )
        )
        self.ability.how.setText(
            words("history.skill.ability.how" if len(marks) > 1 else "history.skill.single")
        )
        self.ability.fill(
            _ability_sheet(found, words),
            legend=words(f"history.skill.ability.legend{'_checked' if found.checkups else ''}")
            + " "
            + told.stretches(found.unit_days, words)
            + " "
            + words("history.skill.ability.smoothing"),
            keys="history.card.keys_course",
        )

    def _fill_rates(self, found: Skill) -> None:
        words, marks = self._words, found.marks
        there = [mark for mark in marks if not isinstance(mark.unbiased, Unscorable)]
        rates = [mark.unbiased for mark in there if not isinstance(mark.unbiased, Unscorable)]
        series = (
            Series(
                colour="measured",
                symbol="s",
                x=times([mark.middle for mark in marks]),
                y=np.array([mark.raw.value for mark in marks]),
                low=np.array([mark.raw.low for mark in marks]),
                high=np.array([mark.raw.high for mark in marks]),
                joined=True,
            ),
            Series(
                colour="agree",
                symbol="t1",
                x=times([mark.middle for mark in there]),
                y=np.array([rate.value for rate in rates]),
                joined=True,
                dashed=True,
            ),
        )
        chart = self.rates.chart
        assert isinstance(chart, CourseChart)
        chart.fill(
            Course(
                series=series if rates else series[:1],
                spots=tuple((mark.middle.timestamp(), mark.raw.value) for mark in marks),
                said=lambda place: told.rates_mark(marks[place], words),
                y=(0, 1),
                upwards=SHARES,
            )
        )
        self.rates.fill(
            _rates_sheet(found, words),
            legend=words("history.skill.rates.legend"),
            keys="history.card.keys_course",
        )


def _abilities(words: Words) -> Ticks:
    return [
        (float(value), with_minus(f"{value:+d}") if value else words("history.skill.ability.average"))
        for value in range(-4, 5)
    ]


def _reach(series: list[Series]) -> tuple[float, float]:
    """Of the ability axis: what there is, and at least from -1.5 to 1.5."""
    low = min(float(each.low.min()) for each in series if each.low is not None)
    high = max(float(each.high.max()) for each in series if each.high is not None)
    return min(-1.5, low - 0.1), max(1.5, high + 0.1)


def _ability_sheet(found: Skill, words: Words) -> Sheet:
    rows = sorted(
        [
            *((mark.middle, told.span(mark.begin, mark.end, words), mark.ability) for mark in found.marks),
            *(
                (
                    check.when,
                    words("history.skill.ability.checkup", day=told.date(check.when, words)),
                    check.ability,
                )
                for check in found.checkups
            ),
        ],
        key=lambda each: each[0],
    )
    return Sheet(
        columns=(
            Column(words("history.skill.when"), stretch=True),
            Column(words("history.skill.answers"), number=True),
            Column(words("history.skill.ability.column"), number=True),
            Column(words("history.skill.range"), number=True),
        ),
        rows=tuple(
            (
                when,
                str(each.answers),
                words("history.skill.too_early") if each.only_interval else with_minus(f"{each.theta:+.2f}"),
                with_minus(words("history.skill.ability.range", low=each.low, high=each.high)),
            )
            for _at, when, each in rows
        ),
        plain=tuple(
            (at.isoformat(), each.answers, each.theta, (each.low, each.high)) for at, _when, each in rows
        ),
    )


def _rates_sheet(found: Skill, words: Words) -> Sheet:
    def unbiased(value: float | None) -> str:
        return words("history.answers.no_value") if value is None else f"{value:.0%}"

    found_rates = [
        (mark, None if isinstance(mark.unbiased, Unscorable) else mark.unbiased.value) for mark in found.marks
    ]
    return Sheet(
        columns=(
            Column(words("history.skill.when"), stretch=True),
            Column(words("history.skill.answers"), number=True),
            Column(words("history.skill.rates.raw"), number=True),
            Column(words("history.skill.range"), number=True),
            Column(words("history.skill.rates.unbiased"), number=True),
        ),
        rows=tuple(
            (
                told.span(mark.begin, mark.end, words),
                str(mark.raw.n),
                f"{mark.raw.value:.0%}",
                words("history.table.range", low=mark.raw.low, high=mark.raw.high),
                unbiased(value),
            )
            for mark, value in found_rates
        ),
        plain=tuple(
            (mark.middle.isoformat(), mark.raw.n, mark.raw.value, (mark.raw.low, mark.raw.high), value)
            for mark, value in found_rates
        ),
    )
