"""Somebody said that it is enough: nothing has to be explained, and there are kind ways on."""

from __future__ import annotations

from PySide6.QtCore import Signal

from attune.ui.partner.parts import Parts
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, Card, PrimaryButton, announce, text


class EnoughPage(Step):
    """``left``: keep nothing of it; ``lighter``: the same, and something lighter; ``kept``: go on with it."""

    left = Signal()
    lighter = Signal()
    kept = Signal()

    def __init__(self, parts: Parts, *, speaker: str, listener: str, something: bool) -> None:
        """``something``: enough was said for it to be gone on with."""
        super().__init__(parts.theme)
        words = parts.words
        title = words("partner_open.enough.title")
        self.body.addStretch(1)
        self.body.addWidget(text(title, "title"))
        self.body.addWidget(text(words("partner_open.enough.good"), "large"))
        card = Card(margin=24)
        for key in ("breathe", "near", "later"):
            card.body.addWidget(text(words(f"partner_open.enough.{key}", speaker=speaker, listener=listener)))
        self.body.addWidget(card)
        self.body.addStretch(2)
        self.leave_button = PrimaryButton(words("partner_open.enough.leave"))
        self.lighter_button = Button(words("partner_open.enough.lighter"))
        self.keep_button = Button(words("partner_open.enough.keep"))
        self.leave_button.clicked.connect(self.left)
        self.lighter_button.clicked.connect(self.lighter)
        self.keep_button.clicked.connect(self.kept)
        if not something:
            self.keep_button.hide()
        self.ways(self.leave_button, self.lighter_button, self.keep_button)
        self.setAccessibleName(title)
        announce(self, title)
