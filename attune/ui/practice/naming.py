"""The question what it is, beside the picture: names, two at once, or a word; how strong; how sure."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.affect.reading import NONE
from attune.affect.vocabulary import Core
from attune.app.practice import Answer, When
from attune.app.protocols.trial import Name
from attune.app.services import Services
from attune.ui.practice.choices import ChoiceGrid
from attune.ui.practice.scales import STRENGTH, SURENESS, Balance, Line, Scale
from attune.ui.practice.side import SideColumn
from attune.ui.practice.word import WordField
from attune.ui.theme import Theme
from attune.ui.widgets import PrimaryButton, column, text

AT_REST = (Core.NEUTRAL, NONE)  # what has no strength


class NameSide(SideColumn):
    """Asks for a name. ``chosen`` on every choice of one, ``confirmed`` when the answer is complete.

    Where nothing else is asked, choosing confirms. A word is settled with Enter before
    anything else is asked.
    """

    chosen = Signal()
    confirmed = Signal()

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        self.confirm_button = PrimaryButton("")
        super().__init__(theme, self.confirm_button, parent)
        self._words = words = services.words
        self._ask = Name(choices=())
        self._settled = False
        self._question = text("", "heading")
        self._hint = text("", "quiet")
        self.choices = ChoiceGrid(words, theme)
        self.word = WordField(services, theme)
        self.balance = Balance(words)
        self.strength = Scale(words, "strength", STRENGTH)
        self.sureness = Scale(words, "sureness", SURENESS)
        self._arrange()
        self._connect()

    @property
    def labels(self) -> tuple[str, ...]:
        """What is chosen now: nothing, a name, or two."""
        return self._names.labels

    def begin(self, ask: Name, feedback: When) -> None:
        """Ask; ``feedback`` says what comes after the answer."""
        self._ask = ask
        self._settled = False
        kind = "typed" if ask.typed else "blends" if ask.blends else "plain"
        self._question.setText(self._words(f"practice.question.{kind}"))
        hint = "blends" if kind == "blends" else "at_once" if self._at_once else ""
        self._hint.setText(self._words(f"practice.question.hint.{hint}") if hint else "")
        self._hint.setVisible(bool(hint))
        self.choices.setVisible(not ask.typed)
        self.word.setVisible(ask.typed)
        self.choices.offer(() if ask.typed else ask.choices, most=2 if ask.blends else 1)
        self.word.begin(ask.choices)
        self.strength.begin(0, 50)
        lowest = round(100 / len(ask.choices))
        self.sureness.begin(lowest, 5 * round((lowest + 100) / 10))
        self._scales.hide()
        self.confirm_button.setText(
            self._words(f"practice.question.confirm.{'each' if feedback is When.EACH else 'later'}")
        )
        self.confirm_button.setVisible(not self._at_once)
        self.confirm_button.setEnabled(False)
        self.to_top()

    def clear(self) -> None:
        """Ask nothing any more."""
        self.choices.offer(())
        self.word.begin(())
        self._scales.hide()
        self.confirm_button.setEnabled(False)

    @property
    def said(self) -> str:
        """The question as it stands there."""
        return self._question.text()

    def take_focus(self) -> bool:
        """Give the keyboard to what is typed into, where that is so."""
        if self._ask.typed:
            self.word.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return self._ask.typed

    def confirm(self) -> None:
        """Give the answer if there is one; the first time for a word, settle it."""
        if not self.labels:
            if self._ask.typed and self.word.word:
                self.word.offer_all()
        elif self._ask.typed and not self._settled:
            self._settle()
        else:
            self.confirmed.emit()

    def answer(self, *, response_ms: float | None, replays: int = 0, shown_ms: float | None = None) -> Answer:
        """What was said. Needs :attr:`labels`."""
        label, second, share = self.labels[0], None, 1.0
        if len(self.labels) > 1:
            share = self.balance.share
            label, second = self.labels if share >= 0.5 else reversed(self.labels)
            share = max(share, 1 - share)
        return Answer(
            label=label,
            second=second,
            share=share,
            intensity=self._intensity(),
            confidence=self._confidence(),
            response_ms=response_ms,
            replays=replays,
            word=self.word.word if self._ask.typed else "",
            shown_ms=shown_ms,
        )

    def take_key(self, event: QKeyEvent) -> bool:
        """Numbers choose, Enter confirms, up and down lead to the lines; whether it was one of them."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if not event.isAutoRepeat():
                self._names.choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.confirm()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._lines:
            self._lines[0].slider.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    @property
    def _names(self) -> ChoiceGrid:
        return self.word.near if self._ask.typed else self.choices

    @property
    def _at_once(self) -> bool:
        """Whether a choice is the whole answer."""
        return not (self._ask.rated or self._ask.blends or self._ask.typed)

    @property
    def _lines(self) -> list[Line]:
        lines: tuple[Line, ...] = (self.balance, self.strength, self.sureness)
        return [line for line in lines if line.isVisible()]

    def _arrange(self) -> None:
        self._scales = QWidget()
        scales = column(spacing=12)
        scales.setContentsMargins(0, 4, 0, 0)
        for line in (self.balance, self.strength, self.sureness):
            scales.addWidget(line)
        self._scales.setLayout(scales)
        for part in (self._question, self._hint, self.choices, self.word, self._scales):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.choices.chosen.connect(self._chosen)
        self.word.chosen.connect(self._settle)
        self.word.changed.connect(self._typed)
        self.confirm_button.clicked.connect(self.confirm)
        for line in (self.balance, self.strength, self.sureness):
            line.left.connect(lambda way, line=line: self._go(line, way))

    def _typed(self) -> None:
        self._settled = False
        self._scales.hide()
        self.confirm_button.setEnabled(bool(self.labels))

    def _settle(self) -> None:
        self._settled = True
        self._chosen()
        if not self._ask.rated:
            self.confirmed.emit()

    def _chosen(self) -> None:
        self.chosen.emit()
        if self._at_once:
            self.confirmed.emit()
            return
        self.confirm_button.setEnabled(bool(self.labels))
        self._ask_how()

    def _ask_how(self) -> None:
        """Show the lines that belong to what is chosen, and go to the first of them."""
        names = self.labels
        two = len(names) > 1
        if two:
            self.balance.begin(*(self._words(f"emotions.{name}.title") for name in names))
        self.balance.setVisible(two)
        self.strength.setVisible(self._ask.rated and not set(names) <= set(AT_REST))
        self.sureness.setVisible(self._ask.rated)
        self._scales.setVisible(bool(names) and (two or self._ask.rated))
        if lines := self._lines:
            lines[0].slider.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, self, lambda: self.bring(self._scales))  # once they have their place

    def _go(self, line: Line, way: int) -> None:
        lines = self._lines
        place = min(max(lines.index(line) + way, 0), len(lines) - 1)
        lines[place].slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _intensity(self) -> float | None:
        """At rest there is none; where it was not asked, or is of nothing offered, nobody knows."""
        if not self._ask.rated or (set(self.labels) <= set(AT_REST) and NONE in self.labels):
            return None
        return 0.0 if set(self.labels) == {Core.NEUTRAL} else self.strength.value

    def _confidence(self) -> float | None:
        least = len(self.labels) / len(self._ask.choices)
        return max(self.sureness.value, least) if self._ask.rated else None
