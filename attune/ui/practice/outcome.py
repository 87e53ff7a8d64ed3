"""What a session came to: what its protocol was about first, then what all sessions have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.app.practice import Outcome, PracticeSession, When
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.services import Services
from attune.ui.practice import outcome_cards, outcome_summary
from attune.ui.theme import Theme
from attune.ui.widgets import Button, PrimaryButton, ScrollPage, announce, row, text
from attune.ui.widgets.page import emptied


class OutcomePage(ScrollPage):
    """``again`` to practise once more, ``history_wanted`` to see all sessions."""

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

    def show_outcome(self, session: PracticeSession, outcome: Outcome) -> None:
        """Show what a session came to, one with at least one answer or trace."""
        self.again_button.setParent(None)
        self.history_button.setParent(None)
        emptied(self.body)
        headline = self._headline(session, outcome)
        self.body.addWidget(text(headline, "title"))
        for said in self._asides(session, outcome):
            self.body.addWidget(text(said, "quiet"))
        for part in self._own(session, outcome):
            self.body.addWidget(part)
        common = self._common(session, outcome)
        for part in common[:2]:
            self.body.addWidget(part)
        buttons = row()
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.history_button)
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        for part in common[2:]:
            self.body.addWidget(part)
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

    def _headline(self, session: PracticeSession, outcome: Outcome) -> str:
        words, summary = self._words, outcome.summary
        if session.traced:
            key = "one" if len(session.traced) == 1 else "many"
            return words(f"practice.outcome.headline.traces.{key}", count=len(session.traced))
        if isinstance(session.setup, FindTheThreshold | CheckUp | Daily):
            return words(f"practice.outcome.headline.{session.setup.mode}")
        return words("practice.summary.headline", agreed=summary.agreed, answered=summary.answered)

    def _asides(self, session: PracticeSession, outcome: Outcome) -> list[str]:
        words = self._words
        said = []
        if not outcome.complete:
            said.append(words("practice.outcome.incomplete"))
        if outcome.unscored:
            key = "one" if outcome.unscored == 1 else "many"
            said.append(words(f"practice.outcome.unscored.{key}", count=outcome.unscored))
        if isinstance(session.setup, CheckUp):
            said.append(words("practice.outcome.checkup.silent"))
        return said

    def _own(self, session: PracticeSession, outcome: Outcome) -> list[QWidget]:
        """What this protocol, and no other, is about."""
        words, theme, setup = self._words, self._theme, session.setup
        if isinstance(setup, FindTheThreshold) and outcome.thresholds:
            from attune.ui.practice.outcome_threshold import threshold_card  # noqa: PLC0415 - loads charts

            return [
                threshold_card(words, theme, emotion, quest=quest, setup=setup)
                for emotion, quest in outcome.thresholds.items()
                if quest.trials
            ]
        if isinstance(setup, Contrast):
            return [outcome_cards.contrast_card(words, theme, setup, outcome.d_prime)]
        if outcome.checked is not None:
            return [outcome_cards.check_up_card(words, theme, outcome.checked)]
        if isinstance(setup, Daily):
            return [outcome_cards.cards_card(words, theme, outcome.cards)]
        if outcome.brief:
            hz = getattr(setup, "hz", 60.0)
            return [outcome_cards.brief_card(words, theme, outcome.brief, hz)]
        return [outcome_cards.traces_card(words, theme, session.traced)] if session.traced else []

    def _common(self, session: PracticeSession, outcome: Outcome) -> list[QWidget]:
        words, theme, summary = self._words, self._theme, outcome.summary
        if summary.share is None:
            return []
        answers = outcome_summary.answers(words, theme, session.answered)
        if isinstance(session.setup, FindTheThreshold):  # the clips were chosen so that about half agree
            return [answers]
        parts = [
            outcome_summary.overall(words, theme, summary),
            outcome_summary.figures(words, summary),
        ]
        if len(outcome.channels) > 1:
            parts.append(outcome_summary.channels(words, theme, outcome.channels))
        parts.append(outcome_summary.emotions(words, theme, summary))
        if session.setup.feedback is not When.NEVER:
            parts.append(answers)
        return parts
