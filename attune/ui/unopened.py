"""What the window shows before it has anything to show."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Card, PrimaryButton, ScrollPage, column, row, text


class OpeningPage(QWidget):
    """A quiet word while the database opens."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        inside = column(margin=48)
        inside.addStretch(1)
        opening = text(words("shell.window.opening"), "quiet")
        inside.addWidget(opening)
        inside.addStretch(1)
        self.setLayout(inside)


class UnopenedPage(ScrollPage):
    """Why the history could not be opened and what to do; ``again`` tries once more."""

    def __init__(self, words: Words, theme: Theme, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.again = PrimaryButton(words("shell.unopened.again"))
        actions = row()
        actions.addWidget(self.again)
        actions.addStretch(1)
        card = Card(margin=32)
        card.body.addWidget(text(words("shell.unopened.title"), "title"))
        card.body.addWidget(text(sentence, "large"))
        card.body.addSpacing(8)
        card.body.addLayout(actions)
        self.body.addStretch(1)
        self.body.addWidget(card)
        self.body.addStretch(2)
