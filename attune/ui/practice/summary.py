"""What a session came to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.app.practice import PracticeSession
from attune.app.services import Services
from attune.scoring.calibration import Calibration
from attune.scoring.response_time import ResponseTimes
from attune.scoring.summary import EmotionSummary, Summary
from attune.ui.practice.marks import Bar, Mark, Shape
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, announce, row, text
from attune.ui.widgets.page import emptied


class SummaryPage(ScrollPage):
    """Agreement with its interval, per emotion, time and sureness, and every answer."""

    again = Signal()
    history_wanted = Signal()

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, wide=True)
        self._words = services.words
        self._theme = theme
        self.again_button = PrimaryButton(self._words("practice.summary.again"))
        self.history_button = Button(self._words("practice.summary.history"))
        self.again_button.clicked.connect(self.again)
        self.history_button.clicked.connect(self.history_wanted)
        self.body.addWidget(self.again_button)  # the page's own from the start, or they would outlive it
        self.body.addWidget(self.history_button)

    def show_summary(self, summary: Summary, session: PracticeSession) -> None:
        """Show one session. Needs at least one answer."""
        self.again_button.setParent(None)
        self.history_button.setParent(None)
        emptied(self.body)
        words = self._words
        headline = words("practice.summary.headline", agreed=summary.agreed, answered=summary.answered)
        self.body.addWidget(text(headline, "title"))
        self.body.addWidget(self._overall(summary))
        self.body.addWidget(self._figures(summary))
        buttons = row()
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.history_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.body.addWidget(self._emotions(summary))
        self.body.addWidget(self._answers(session))
        self.body.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self.again_button.setFocus()
        announce(self, headline)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter practises again."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.again.emit()
        else:
            super().keyPressEvent(event)

    def _overall(self, summary: Summary) -> QWidget:
        bar = Bar(self._theme)
        bar.set_share(summary.share or 0.0, (summary.low, summary.high))
        said = self._words(
            "practice.summary.interval", share=summary.share or 0.0, low=summary.low, high=summary.high
        )
        bar.setAccessibleName(said)
        card = Card()
        card.body.setSpacing(8)
        card.body.addWidget(bar)
        card.body.addWidget(text(said, "quiet"))
        return card

    def _figures(self, summary: Summary) -> QWidget:
        words = self._words
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
        figures = QWidget()
        beside = row(spacing=16)
        for number, explained in said:
            card = Card()
            card.body.setSpacing(4)
            card.body.addWidget(text(number, "heading"))
            card.body.addWidget(text(explained, "quiet"))
            card.body.addStretch(1)
            beside.addWidget(card, 1)
        figures.setLayout(beside)
        if not said:
            figures.hide()  # never shown here: it has no parent yet and would be a window of its own
        return figures

    def _emotions(self, summary: Summary) -> QWidget:
        card, grid = self._table("practice.summary.emotions")
        grid.setColumnStretch(1, 1)
        shown = [emotion for emotion in summary.emotions if emotion.shown or emotion.said]
        for place, emotion in enumerate(shown):
            bar = Bar(self._theme)
            bar.set_share(emotion.hits / emotion.shown if emotion.shown else 0.0)
            bar.setMaximumWidth(220)
            grid.addWidget(text(self._title(emotion.name), wrap=False), place, 0)
            grid.addWidget(bar, place, 1)
            grid.addWidget(text(self._told(emotion), "quiet"), place, 2)
        grid.setColumnStretch(2, 2)
        return card

    def _told(self, emotion: EmotionSummary) -> str:
        if not emotion.shown:
            return self._words("practice.summary.not_shown", said=emotion.said)
        key = "never_said" if not emotion.said else "told"
        return self._words(
            f"practice.summary.{key}", hits=emotion.hits, shown=emotion.shown, said=emotion.said
        )

    def _answers(self, session: PracticeSession) -> QWidget:
        card, grid = self._table("practice.summary.answers")
        for place, feedback in enumerate(session.answered):
            same = feedback.agreement.same
            number = text(str(feedback.trial.position + 1), "quiet", wrap=False)
            grid.addWidget(number, place, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(Mark(self._theme, Shape.AGREE if same else Shape.DIFFER, 18), place, 1)
            grid.addWidget(text(feedback.sentences[0]), place, 2)
            grid.addWidget(text(feedback.trial.clip.person, "quiet", wrap=False), place, 3)
        grid.setColumnStretch(2, 1)
        return card

    def _table(self, heading: str) -> tuple[Card, QGridLayout]:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        card.body.addWidget(text(self._words(heading), "strong"))
        card.body.addLayout(grid)
        return card, grid

    def _title(self, label: str) -> str:
        return self._words(f"emotions.{label}.title")
