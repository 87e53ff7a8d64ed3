"""Would you go deeper? Asked of each alone, so that nobody has to be the one who did not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from attune.app.partner.prompts import Depth, Wish
from attune.ui.partner.parts import Parts
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, PrimaryButton, text


class DeeperPage(Step):
    """``wished(Wish)``: what ``name`` would like; the other one does not see it."""

    wished = Signal(object)

    def __init__(self, parts: Parts, name: str, now: Depth) -> None:
        super().__init__(parts.theme)
        words = parts.words
        then = Depth(now + 1)
        question = words("partner_open.deeper.question", name=name)
        self.body.addStretch(1)
        self.body.addWidget(text(question, "title"))
        self.body.addWidget(
            text(words("partner_open.deeper.what", depth=words(f"partner_open.depth.{then.key}")), "large")
        )
        self.body.addWidget(text(words(f"partner_open.deeper.about.{then.key}")))
        self.body.addWidget(text(words("partner_open.deeper.private"), "quiet"))
        self.body.addStretch(2)
        self.buttons = {
            Wish.STAY: PrimaryButton(words("partner_open.deeper.stay")),
            Wish.DEEPER: Button(words("partner_open.deeper.deeper")),
            Wish.LIGHTER: Button(words("partner_open.deeper.lighter")),
        }
        for wish, button in self.buttons.items():
            button.clicked.connect(lambda _=False, wish=wish: self.wished.emit(wish))
        if now is Depth.LIGHTNESS:
            self.buttons[Wish.LIGHTER].hide()
        self.ways(*self.buttons.values())
        self.setAccessibleName(question)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stays where they are: no answer is no yes."""
        if event.key() == Qt.Key.Key_Escape:
            self.wished.emit(Wish.STAY)
        else:
            super().keyPressEvent(event)
