"""How understood, cared for and accepted: said by who spoke, guessed by who listened."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from attune.app.partner.open_up import RATED
from attune.resources import Words
from attune.ui.partner.parts import Parts
from attune.ui.partner.step import Step
from attune.ui.practice.scales import Line
from attune.ui.widgets import Card, PrimaryButton, QuietButton, text

STEPS = ((0.0, "not"), (0.1, "little"), (0.35, "partly"), (0.6, "quite"), (0.8, "very"), (0.95, "fully"))


def rating_words(words: Words, value: float | None) -> str:
    """How much, in words and percent; None: not said."""
    if value is None:
        return words("partner_open.rating.not_said")
    key = next(key for least, key in reversed(STEPS) if value >= least)
    said = words(f"partner_open.rating.words.{key}")
    return words("practice.scale", words=said, percent=round(100 * value))


class Rate(Line):
    """One rating; as long as nobody touched it, it says nothing and is passed."""

    def __init__(self, words: Words, question: str) -> None:
        super().__init__(question)
        self._words = words
        self.said = False
        self._mark_ends(words("partner_open.rating.low"), words("partner_open.rating.high"))
        self.slider.sliderPressed.connect(self._begin)
        self.slider.actionTriggered.connect(self._begin)
        self.pass_it()

    @property
    def rating(self) -> float | None:
        """In [0, 1]; None = passed."""
        return self.value if self.said else None

    def pass_it(self) -> None:
        """Say nothing."""
        self.said = False
        self.slider.setValue(50)
        self._look()

    def in_words(self, percent: int) -> str:
        """The word, and the number."""
        return rating_words(self._words, percent / 100 if self.said else None)

    def _begin(self, _action: int = 0) -> None:
        self.said = True
        self._look()

    def _look(self) -> None:
        self.slider.setProperty("rest", not self.said)
        self.slider.style().polish(self.slider)
        self._say(self.slider.value())


class RatingPage(Step):
    """``rated(dict)``: RATED in [0, 1], None where passed. Up and down lead from line to line, Enter ends."""

    rated = Signal(object)

    def __init__(
        self, parts: Parts, kind: Literal["ratings", "guesses"], *, speaker: str, listener: str
    ) -> None:
        super().__init__(parts.theme)
        words, names = parts.words, {"speaker": speaker, "listener": listener}
        title = words(f"partner_open.{kind}.title", **names)
        self.body.setSpacing(16)
        self.body.addWidget(text(title, "title"))
        self.body.addWidget(text(words(f"partner_open.{kind}.about", **names)))
        card = Card(margin=28)
        card.body.setSpacing(22)
        self.lines = {rated: Rate(words, words(f"partner_open.{kind}.{rated}", **names)) for rated in RATED}
        for line in self.lines.values():
            line.left.connect(lambda way, line=line: self._go(line, way))
            line.slider.installEventFilter(self)
            card.body.addWidget(line)
        self.body.addWidget(card)
        self.body.addWidget(text(words("partner_open.rating.passing"), "quiet"))
        self.body.addStretch(1)
        self.done_button = PrimaryButton(words(f"partner_open.{kind}.done"))
        self.done_button.clicked.connect(self._done)
        self.pass_button = QuietButton(words("partner_open.rating.pass_all"))
        self.pass_button.clicked.connect(self._pass_all)
        self.ways(self.done_button, self.pass_button)
        self.setFocusProxy(self.lines[RATED[0]].slider)
        self.setAccessibleName(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends; one still held from the page before does not."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._done()
        else:
            super().keyPressEvent(event)

    def _go(self, line: Line, way: int) -> None:
        lines = list(self.lines.values())
        place = lines.index(line) + way  # type: ignore[arg-type] # every line of these is a Rate
        if place >= len(lines):
            self.done_button.setFocus(Qt.FocusReason.TabFocusReason)
        elif place >= 0:
            lines[place].slider.setFocus(Qt.FocusReason.TabFocusReason)

    def _pass_all(self) -> None:
        for line in self.lines.values():
            line.pass_it()
        self._done()

    def _done(self) -> None:
        self.rated.emit({rated: line.rating for rated, line in self.lines.items()})
