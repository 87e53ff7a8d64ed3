"""What all sessions have in common: the share that agreed, per emotion and channel, and every answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.app.practice import Feedback
from attune.resources import Words
from attune.scoring.calibration import Calibration
from attune.scoring.response_time import ResponseTimes
from attune.scoring.summary import EmotionSummary, Summary
from attune.ui.practice.marks import Bar, Mark, Shape
from attune.ui.theme import Theme
from attune.ui.widgets import Card, row, text

BAR_WIDTH = 220


def overall(words: Words, theme: Theme, summary: Summary) -> QWidget:
    """The share that agreed, with its interval."""
    share = summary.share or 0.0
    bar = Bar(theme)
    bar.set_share(share, (summary.low, summary.high))
    said = words("practice.summary.interval", share=share, low=summary.low, high=summary.high)
    bar.setAccessibleName(said)
    card = Card()
    card.body.setSpacing(8)
    card.body.addWidget(bar)
    card.body.addWidget(text(said, "quiet"))
    return card


def figures(words: Words, summary: Summary) -> QWidget:
    """Time and sureness, as far as they are known."""
    said: list[tuple[str, str]] = []
    if isinstance(summary.times, ResponseTimes):
        seconds = summary.times.median_ms / 1000
        said.append((words("practice.seconds", seconds=seconds), words("practice.summary.time")))
    if isinstance(summary.calibration, Calibration):
        mean = summary.calibration.mean_confidence
        over = summary.calibration.overconfidence
        key = "more" if over > 0.1 else "less" if over < -0.1 else "even"
        explained = words(f"practice.summary.sureness.{key}", share=summary.share or 0.0)
        said.append((words("practice.percent", share=mean), explained))
    found = QWidget()
    beside = row(spacing=16)
    for number, explained in said:
        card = Card()
        card.body.setSpacing(4)
        card.body.addWidget(text(number, "heading"))
        card.body.addWidget(text(explained, "quiet"))
        card.body.addStretch(1)
        beside.addWidget(card, 1)
    found.setLayout(beside)
    if not said:
        found.hide()  # never shown here: it has no parent yet and would be a window of its own
    return found


def channels(words: Words, theme: Theme, by_channel: Mapping[str, Summary]) -> QWidget:
    """Picture with sound, picture, and sound are different things to be good at."""
    card, grid = table(words("practice.outcome.channels"))
    for place, (channel, summary) in enumerate(by_channel.items()):
        bar = Bar(theme)
        bar.set_share(summary.share or 0.0, (summary.low, summary.high))
        bar.setMaximumWidth(BAR_WIDTH)
        said = words(
            "practice.outcome.share",
            agreed=summary.agreed,
            shown=summary.answered,
            low=summary.low,
            high=summary.high,
        )
        grid.addWidget(text(words(f"practice.outcome.channel.{channel}"), wrap=False), place, 0)
        grid.addWidget(bar, place, 1)
        grid.addWidget(text(said, "quiet"), place, 2)
    return card


def emotions(words: Words, theme: Theme, summary: Summary) -> QWidget:
    """Emotion by emotion: how often shown, found and said."""
    card, grid = table(words("practice.summary.emotions"))
    shown = [emotion for emotion in summary.emotions if emotion.shown or emotion.said]
    for place, emotion in enumerate(shown):
        bar = Bar(theme)
        bar.set_share(emotion.hits / emotion.shown if emotion.shown else 0.0)
        bar.setMaximumWidth(BAR_WIDTH)
        grid.addWidget(text(words(f"emotions.{emotion.name}.title"), wrap=False), place, 0)
        grid.addWidget(bar, place, 1)
        grid.addWidget(text(_told(words, emotion), "quiet"), place, 2)
    return card


def answers(words: Words, theme: Theme, answered: Sequence[Feedback]) -> QWidget:
    """Every answer in its order; those that count nowhere say so."""
    card, grid = table(words("practice.summary.answers"))
    grid.setColumnStretch(1, 0)
    for place, feedback in enumerate(answered):
        same = feedback.agreement.same
        said = feedback.sentences[0]
        if not feedback.record.scored:
            said = f"{said} {words('practice.outcome.unscored.here')}"
        number = text(str(feedback.trial.position + 1), "quiet", wrap=False)
        grid.addWidget(number, place, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(Mark(theme, Shape.AGREE if same else Shape.DIFFER, 18), place, 1)
        grid.addWidget(text(said), place, 2)
        grid.addWidget(text(feedback.trial.clip.person, "quiet", wrap=False), place, 3)
    return card


def table(heading: str) -> tuple[Card, QGridLayout]:
    """A card with a heading and rows of name, bar, words."""
    card = Card()
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 2)
    card.body.addWidget(text(heading, "strong"))
    card.body.addLayout(grid)
    return card, grid


def _told(words: Words, emotion: EmotionSummary) -> str:
    if not emotion.shown:
        return words("practice.summary.not_shown", said=emotion.said)
    key = "never_said" if not emotion.said else "told"
    return words(f"practice.summary.{key}", hits=emotion.hits, shown=emotion.shown, said=emotion.said)
