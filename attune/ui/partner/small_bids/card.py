"""The private card of whoever makes a bid: one of Attune's, or one of their own."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from attune.app.partner.small_bids import BidCard, draw, load_bids
from attune.resources import Words
from attune.ui.partner.step import Step
from attune.ui.theme import Theme
from attune.ui.widgets import (
    Button,
    Card,
    PrimaryButton,
    QuietButton,
    announce,
    column,
    text,
)

LONGEST = 200  # characters


class CardPage(Step):
    """``ready(key of the card or "", own words)`` once somebody has what they will do.

    ``seen``: keys of cards that came before; every one shown is added.
    """

    ready = Signal(str, str)

    def __init__(
        self, words: Words, theme: Theme, seen: set[str], *, name: str, other: str, chance: random.Random
    ) -> None:
        super().__init__(theme)
        self._words, self._seen, self._chance = words, seen, chance
        self._cards = load_bids(words.language)
        self.card: BidCard | None = None
        self._kind = text("", "small", wrap=False)
        self.said = text("", "title")
        self.own_field = QLineEdit()
        self.own_field.setMaxLength(LONGEST)
        self.another = Button(words("partner_bids.card.another"))
        self.own = QuietButton(words("partner_bids.card.own"))
        self.cards = QuietButton(words("partner_bids.card.cards"))
        self.ready_button = PrimaryButton(words("partner_bids.card.ready"))
        self.another.clicked.connect(self._another)
        self.own.clicked.connect(lambda: self._show_own(own=True))
        self.cards.clicked.connect(lambda: self._show_own(own=False))
        self.ready_button.clicked.connect(self._ready)
        self.own_field.returnPressed.connect(self._ready)
        self._faces = QStackedWidget()
        self.body.setSpacing(16)
        self.body.addWidget(text(words("partner_bids.card.title", name=name), "title"))
        self.body.addWidget(text(words("partner_bids.card.explanation", other=other), "quiet"))
        self._arrange(words("partner_bids.card.private", other=other))
        self.setFocusProxy(self.ready_button)
        self._another()
        self._show_own(own=False)

    def _arrange(self, private: str) -> None:
        self._faces.addWidget(self._drawn_card())
        self._faces.addWidget(self._own_card())
        self.body.addWidget(self._faces)
        self.body.addWidget(text(private, "small"))
        self.body.addStretch(1)
        for button in (self.ready_button, self.another, self.cards, self.own):
            self.foot.addWidget(button)
        self.foot.addStretch()

    def _drawn_card(self) -> QWidget:
        card = Card(margin=36)
        card.setMinimumHeight(round(self._theme.sizes.title * 6.5))
        card.body.addWidget(self._kind)
        card.body.addWidget(self.said, 1)
        self.said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return card

    def _own_card(self) -> QWidget:
        words = self._words
        card = Card(margin=36)
        inside = column(spacing=12)
        inside.addWidget(text(words("partner_bids.card.own_title"), "heading"))
        inside.addWidget(text(words("partner_bids.card.own_explanation")))
        label = text(words("partner_bids.card.own_field"), "strong")
        label.setBuddy(self.own_field)
        self.own_field.setAccessibleName(label.text())
        inside.addWidget(label)
        inside.addWidget(self.own_field)
        inside.addStretch(1)
        card.body.addLayout(inside)
        return card

    def _another(self) -> None:
        card = self.card = draw(self._cards, self._seen, self._chance)
        self._seen.add(card.key)
        self._kind.setText(self._words(f"partner_bids.kinds.{card.kind}"))
        self.said.setText(card.text)
        announce(self, card.text)

    def _show_own(self, *, own: bool) -> None:
        self._faces.setCurrentIndex(int(own))
        for button, shown in ((self.another, not own), (self.own, not own), (self.cards, own)):
            button.setVisible(shown)
        (self.own_field if own else self.ready_button).setFocus()

    def _ready(self) -> None:
        own = self._faces.currentIndex() == 1
        assert self.card is not None
        self.ready.emit("" if own else self.card.key, self.own_field.text().strip() if own else "")
