"""Where somebody stands: this week, what to do next and why, and the skill of each emotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.ui.history import told
from attune.ui.history.intervals_chart import Interval, IntervalsChart
from attune.ui.history.save import Sheet
from attune.ui.history.sureness_chart import SHARES
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.history.week_dots import WeekDots
from attune.ui.widgets import Card, PrimaryButton, row, text
from attune.ui.widgets.choices import Switch
from attune.ui.widgets.table import Column

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.overview import EmotionSkill, Standing, Step


class OverviewTopic(TopicPage):
    """``start`` leads to practice, from the empty page as from the step that is offered."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "overview")
        words, theme = self._words, parts.theme
        self.dots = WeekDots(words, theme)
        self.week_said = text("", "strong")
        self.streak_said = text("", "quiet")
        self.streak = Switch(words("history.overview.streak.switch"), theme)
        self.step_title = text("", "large")
        self.step_why = text("", "body")
        self.start = PrimaryButton(words("history.overview.step.start"))
        self.beside(self._week_card(), self._step_card())
        self.skills = self.card(
            "overview.skills",
            IntervalsChart(theme, words("history.overview.skills.name"), x=(0, 1), across=SHARES),
        )
        self.body.addStretch(1)
        self.streak.clicked.connect(self._switch)
        self._step: Step | None = None
        self.start.clicked.connect(self._go)

    def look(self, lens: Lens | None) -> None:
        """Ask for it anew: days pass, and cards fall due."""
        self.ask(self._parts.services.progress.standing(lens), self._got)

    def _got(self, found: Standing) -> None:
        words = self._words
        self.dots.fill(found.week)
        self.week_said.setText(told.week(found.week, words))
        shown = self._parts.services.settings.current.streak
        self.streak.setChecked(shown)
        self.streak_said.setText(told.streak(found.streak, words))
        self.streak_said.setVisible(shown)
        self._show_step(found.step, first=not found.answers)
        if not found.skills:
            self.skills.fill_with_nothing(words("history.overview.skills.nothing"))
            return
        chart = self.skills.chart
        assert isinstance(chart, IntervalsChart)
        chart.fill([self._interval(skill) for skill in found.skills])
        self.skills.fill(
            self._sheet(found.skills),
            legend=words("history.overview.skills.legend"),
            keys="history.card.keys_rows",
        )

    def _show_step(self, step: Step, *, first: bool) -> None:
        words, self._step = self._words, step
        why = "first" if first else step.why
        nouns = [words(f"emotions.{name}.noun") for name in step.emotions]
        self.step_title.setText(words(f"practice.start.modes.{step.mode}.title"))
        self.step_why.setText(
            words(
                f"history.overview.step.{why}",
                one=nouns[0] if nouns else "",
                other=nouns[-1] if nouns else "",
                count=step.count,
                of=step.of,
                weeks=step.weeks,
            )
        )

    def _interval(self, skill: EmotionSkill) -> Interval:
        rate = skill.rate
        return Interval(
            label=self._words(f"emotions.{skill.name}.title"),
            low=0.0 if rate is None else rate.low,
            high=1.0 if rate is None else rate.high,
            value=None if rate is None else rate.value,
            said=told.emotion_skill(skill, self._words),
            beside=skill.chance,
        )

    def _sheet(self, skills: tuple[EmotionSkill, ...]) -> Sheet:
        words = self._words
        heads = ("emotion", "shown", "said", "rate", "range", "chance")
        return Sheet(
            columns=tuple(
                Column(
                    words(f"history.overview.skills.{head}"),
                    number=head != "emotion",
                    stretch=head == "emotion",
                )
                for head in heads
            ),
            rows=tuple(told.emotion_skill_row(skill, words) for skill in skills),
            plain=tuple(
                (
                    skill.name,
                    skill.shown,
                    skill.said,
                    None if skill.rate is None else skill.rate.value,
                    None if skill.rate is None else (skill.rate.low, skill.rate.high),
                    skill.chance,
                )
                for skill in skills
            ),
        )

    def _week_card(self) -> Card:
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(self._words("history.overview.week.title"), "heading"))
        for widget in (self.dots, self.week_said, self.streak_said):
            card.body.addWidget(widget)
        card.body.addStretch(1)
        card.body.addWidget(self.streak)
        return card

    def _step_card(self) -> Card:
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(self._words("history.overview.step.title"), "heading"))
        card.body.addWidget(self.step_title)
        card.body.addWidget(self.step_why)
        card.body.addStretch(1)
        action = row()
        action.addWidget(self.start)
        action.addStretch(1)
        card.body.addLayout(action)
        return card

    def _go(self) -> None:
        if self._step is not None:
            # A session about one emotion alone would ask nothing; only a pair is one to choose.
            self._parts.practise(self._step.mode, self._step.emotions if self._step.why == "pair" else ())

    def _switch(self, on: bool) -> None:
        self.streak_said.setVisible(on)
        self._parts.bridge.deliver(self._parts.services.settings.change(streak=on), _kept)


def _kept(_nothing: None) -> None:
    """The setting is on disk; there is nothing to say."""
