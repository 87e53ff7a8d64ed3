"""Hearing back at the end: all that was answered in a list, each to be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.app.practice import Feedback, PracticeSession
from attune.app.services import Services
from attune.ui.practice.marks import Mark, Shape
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, announce, column, row, text
from attune.ui.widgets.buttons import RowButton
from attune.ui.widgets.page import emptied

MARK = 20


class ReviewPage(ScrollPage):
    """``opened(Feedback)`` for one of them, ``going_on`` when the person has seen enough."""

    opened = Signal(object)
    going_on = Signal()

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._words = services.words
        self._theme = theme
        self.buttons: list[Button] = []
        self.on_button = PrimaryButton(self._words("practice.review.on"))
        self.on_button.clicked.connect(self.going_on)
        self._rows = column(spacing=4)
        card = Card(margin=12)
        card.body.addLayout(self._rows)
        act = row()
        act.addWidget(self.on_button)
        act.addStretch(1)
        self.body.addWidget(text(self._words("practice.review.title"), "title"))
        self.body.addWidget(text(self._words("practice.review.about"), "quiet"))
        self.body.addWidget(card)
        self.body.addLayout(act)
        self.body.addStretch(1)

    def show_answers(self, session: PracticeSession) -> None:
        """List what was answered."""
        emptied(self._rows)
        self.buttons = [self._row(feedback) for feedback in session.answered]
        self.verticalScrollBar().setValue(0)
        self.on_button.setFocus()
        announce(self, self._words("practice.review.title"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.going_on.emit()
        else:
            super().keyPressEvent(event)

    def _row(self, feedback: Feedback) -> Button:
        same = feedback.agreement.same
        number = feedback.trial.position + 1
        said = feedback.sentences[0]
        inside = row(spacing=12)
        inside.setContentsMargins(14, 8, 14, 8)
        mark = Mark(self._theme, Shape.AGREE if same else Shape.DIFFER, MARK)
        mark.setAccessibleName(self._words(f"practice.review.{'agree' if same else 'differ'}"))
        counted = text(str(number), "quiet", wrap=False)
        counted.setMinimumWidth(round(1.4 * self._theme.sizes.body))
        inside.addWidget(counted)
        inside.addWidget(mark)
        inside.addWidget(text(said), 1)
        inside.addWidget(text(feedback.trial.clip.person, "quiet", wrap=False))
        button = RowButton(inside)
        button.setAccessibleName(self._words("practice.review.open", number=number, said=said))
        button.clicked.connect(lambda: self.opened.emit(feedback))
        self._rows.addWidget(button)
        return button
