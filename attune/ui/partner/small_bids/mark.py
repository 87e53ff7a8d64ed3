"""How a bid was taken, as one of the two marks it by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from attune.app.partner.small_bids import EASIER, UNNOTICED, WAYS, Mark, Turn
from attune.resources import Words
from attune.ui.partner.step import Step
from attune.ui.practice.choices import ChoiceButton
from attune.ui.theme import Theme
from attune.ui.widgets import Card, PrimaryButton, QuietButton, text
from attune.ui.widgets.buttons import Chip
from attune.ui.widgets.flow import Flow

Who = Literal["shower", "noticer"]
LONGEST = 200  # characters of one's own words


class MarkPage(Step):
    """Asks ``who`` is named ``name`` how the bid between them and ``other`` went.

    ``done(mark, noticed)``: all of it may be passed. Number keys choose, Tab goes on to the rest.
    """

    done = Signal(object, bool)

    def __init__(self, words: Words, theme: Theme, who: Who, *, name: str, other: str) -> None:
        super().__init__(theme)
        self._words = words
        self._who = who
        self.body.setSpacing(16)
        self.body.addWidget(text(words(f"partner_bids.{who}.title", name=name), "title"))
        self.body.addWidget(text(words(f"partner_bids.{who}.explanation", other=other), "quiet"))
        self.turns: dict[str, ChoiceButton] = {}
        self.body.addWidget(self._question(theme, words(f"partner_bids.{who}.question", other=other)))
        self.helps = {key: _chip(words(f"partner_bids.helps.{who}.{key}")) for key in self._offered()}
        self._helps_title = text("", "strong")
        self._words_title = text("", "strong")
        self.words_field = QLineEdit()
        self.words_field.setMaxLength(LONGEST)
        self.more = self._rest()
        self.body.addWidget(self.more)
        self.done_button = PrimaryButton(words("partner_bids.mark.done"))
        self.done_button.clicked.connect(self._done)
        self.pass_button = QuietButton(words("partner_bids.mark.pass"))
        self.pass_button.clicked.connect(lambda: self.done.emit(Mark(), True))  # noqa: FBT003 - a signal's
        self.body.addStretch(1)
        self.ways(self.done_button, self.pass_button)
        self.setFocusProxy(next(iter(self.turns.values())))
        self._ask()

    @property
    def mark(self) -> Mark:
        """What is said so far."""
        chosen = self._chosen
        turn = None if chosen is None else Turn.AWAY if chosen == UNNOTICED else Turn(chosen)
        helps = tuple(key for key, chip in self.helps.items() if chip.isChecked())
        return Mark(turn=turn, helps=helps, words=self.words_field.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys choose how it was taken."""
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self.turns) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            list(self.turns.values())[place].click()
        else:
            super().keyPressEvent(event)

    @property
    def _chosen(self) -> str | None:
        return next((key for key, button in self.turns.items() if button.isChecked()), None)

    def _offered(self) -> Sequence[str]:
        return WAYS if self._who == "shower" else EASIER

    def _question(self, theme: Theme, question: str) -> QWidget:
        words = self._words
        card = Card(margin=20)
        card.body.addWidget(text(question, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        offered = [*Turn, UNNOTICED] if self._who == "noticer" else list(Turn)
        for place, turn in enumerate(offered):
            more = "" if turn == UNNOTICED else words(f"partner_bids.turns.{self._who}.{turn}_more")
            button = ChoiceButton(
                theme, str(place + 1), words(f"partner_bids.turns.{self._who}.{turn}"), more
            )
            button.setAccessibleName(f"{question} {button.accessibleName()}")
            button.clicked.connect(lambda _checked, turn=str(turn): self._choose(turn))
            self.turns[str(turn)] = button
            grid.addWidget(button, place, 0)
            grid.addWidget(text(more, "quiet"), place, 1, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(grid)
        return card

    def _rest(self) -> QWidget:
        card = Card(margin=20)
        card.body.addWidget(self._helps_title)
        chips = QWidget()
        flow = Flow(chips, spacing=8)
        for chip in self.helps.values():
            flow.addWidget(chip)
        card.body.addWidget(chips)
        card.body.addSpacing(4)
        card.body.addWidget(self._words_title)
        card.body.addWidget(self.words_field)
        self._words_title.setBuddy(self.words_field)
        self.words_field.returnPressed.connect(self._done)
        return card

    def _choose(self, turn: str) -> None:
        for key, button in self.turns.items():
            button.setChecked(key == turn)
        self._ask()

    def _ask(self) -> None:
        """What helped, where it was taken up; else what would have. The words' field asks the same way."""
        words, turn = self._words, self.mark.turn
        if self._who == "noticer":
            helps, own, hint = (words(f"partner_bids.noticer.{key}") for key in ("helps", "words", "hint"))
        else:
            how = "toward" if turn in (Turn.TOWARD, None) else "away"
            helps = words(f"partner_bids.shower.helps_{how}")
            own, hint = words(f"partner_bids.shower.words_{how}"), words(f"partner_bids.shower.hint_{how}")
        self._helps_title.setText(helps)
        self._words_title.setText(own)
        self.words_field.setPlaceholderText(hint)
        self.words_field.setAccessibleName(own)
        self.more.setVisible(turn is not None)
        self.done_button.setEnabled(turn is not None)

    def _done(self) -> None:
        if self.mark.turn is not None:
            self.done.emit(self.mark, self._chosen != UNNOTICED)


def _chip(words: str) -> Chip:
    chip = Chip(words)
    chip.setCheckable(True)
    return chip
