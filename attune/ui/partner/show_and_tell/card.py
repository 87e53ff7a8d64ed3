"""The card, for the one who shows alone: uncovered by them, opened by their number, or a code word."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from attune.affect.vocabulary import Core
from attune.app.partner.cards import Card, Way, code_sheet
from attune.app.partner.couple import Person
from attune.app.saving import save
from attune.resources import Words
from attune.ui.partner.handing import Private
from attune.ui.partner.parts import Parts
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, PrimaryButton, QuietButton, announce, column, row, text
from attune.ui.widgets import Card as Surface
from attune.ui.widgets.asking import ask_where_to

DIGITS = re.compile(r"\d{3,6}")
MOST_DIGITS = 6


class CardStep(Step):
    """A card to be uncovered. ``ready``: the card is taken; ``another`` is wanted, or none; ``passed``.

    ``ask``: what comes before it is uncovered once more, where it opens by a number. ``open_``: it lies open.
    """

    ready = Signal()
    another = Signal()
    freely = Signal()
    passed = Signal()

    def __init__(
        self,
        parts: Parts,
        turn: str,
        name: str,
        card: Card,
        *,
        open_: bool,
        ask: Callable[[], object] | None,
    ) -> None:
        super().__init__(parts.theme, turn)
        words = parts.words
        self.take = PrimaryButton(words("partner_show.card.ready"))
        self.other = Button(words("partner_show.card.another"))
        self.skip = QuietButton(words("partner_show.pass"))
        self.private = Private(parts, name, _face(words, card), ask=ask)
        self.body.addStretch(1)
        self.body.addWidget(self.private)
        self.body.addStretch(2)
        self.free = Button(words("partner_show.card.freely"))
        self.ways(self.take, self.other, self.free, self.skip)
        self.free.setVisible(card.way is not Way.FREE)
        self.setFocusProxy(self.private)
        self.take.clicked.connect(self.ready)
        self.other.clicked.connect(self.another)
        self.free.clicked.connect(self.freely)
        self.skip.clicked.connect(self.passed)
        self.private.opened.connect(self._opened)
        self.private.closed.connect(self._closed)
        self.take.setEnabled(False)
        self._closed()
        if open_:
            self.private.uncover()

    def _opened(self) -> None:
        for button in (self.take, self.other, self.free):
            button.setEnabled(True)
        self.setFocusProxy(self.take)
        self.take.setFocus()

    def _closed(self) -> None:
        """What they lead to lies open: it is for whoever has this one open."""
        for button in (self.other, self.free):
            button.setEnabled(False)


class WordStep(Step):
    """A code word, which may be seen by both. Signals as :class:`CardStep`; ``list_wanted``."""

    ready = Signal()
    another = Signal()
    passed = Signal()
    list_wanted = Signal()

    def __init__(self, parts: Parts, turn: str, word: str, *, shower: str, noticer: str) -> None:
        super().__init__(parts.theme, turn)
        words = parts.words
        self.word = text(word, "display")
        lead = text(words("partner_show.card.word", name=shower), "large")
        note = text(words("partner_show.card.word_note", other=noticer), "quiet")
        self.body.addStretch(1)
        for label in (lead, self.word, note):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(label)
        self.no_list = QuietButton(words("partner_show.card.no_list"))
        self.body.addWidget(self.no_list, 0, Qt.AlignmentFlag.AlignHCenter)
        self.body.addStretch(2)
        self.take = PrimaryButton(words("partner_show.card.ready"))
        self.other = Button(words("partner_show.card.another"))
        self.skip = QuietButton(words("partner_show.pass"))
        self.ways(self.take, self.other, self.skip)
        self.take.clicked.connect(self.ready)
        self.other.clicked.connect(self.another)
        self.skip.clicked.connect(self.passed)
        self.no_list.clicked.connect(self.list_wanted)
        announce(self, f"{lead.text()} {word}")


class NumberStep(Step):
    """Asks for somebody's number, or for a first one. ``opened(number)``; ``forgotten``; ``passed``."""

    opened = Signal(str)
    forgotten = Signal()
    passed = Signal()

    def __init__(self, parts: Parts, turn: str, name: str, number: str | None) -> None:
        super().__init__(parts.theme, turn)
        words = self._words = parts.words
        self._number = number
        key = "choose" if number is None else "ask"
        self.field = QLineEdit()
        self.field.setAccessibleName(words("partner_show.number.field"))
        self.field.setPlaceholderText(words("partner_show.number.field"))
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(MOST_DIGITS)
        self.field.setValidator(QRegularExpressionValidator(r"\d*", self.field))
        self.problem = text("", "strong")
        self.problem.hide()
        card = Surface(margin=28)
        card.body.addWidget(text(words(f"partner_show.number.{key}", name=name), "heading"))
        card.body.addWidget(text(words(f"partner_show.number.{key}_note"), "quiet"))
        card.body.addWidget(self.field)
        card.body.addWidget(self.problem)
        self.body.addStretch(1)
        self.body.addWidget(card)
        self.body.addStretch(2)
        self.go = PrimaryButton(words("partner_show.number.go"))
        self.new = Button(words("partner_show.number.new"))
        self.skip = QuietButton(words("partner_show.pass"))
        self.ways(self.go, self.new, self.skip)
        self.new.setVisible(number is not None)
        self.setFocusProxy(self.field)
        self.field.returnPressed.connect(self._try)
        self.go.clicked.connect(self._try)
        self.new.clicked.connect(self.forgotten)
        self.skip.clicked.connect(self.passed)

    def _try(self) -> None:
        typed = self.field.text()
        if self._number is not None and typed != self._number:
            self._say("another")
        elif not DIGITS.fullmatch(typed):
            self._say("short")
        else:
            self.opened.emit(typed)

    def _say(self, key: str) -> None:
        self.problem.setText(self._words(f"partner_show.number.{key}"))
        self.problem.show()
        self.field.clear()
        announce(self, self.problem.text())


class ListStep(Step):
    """What each of somebody's code words stands for. ``done``."""

    done = Signal()

    def __init__(self, parts: Parts, person: Person, other: Person) -> None:
        super().__init__(parts.theme)
        words = parts.words
        self._parts = parts
        self._title = words("partner_show.list.title", name=person.name)
        self._sheet = sheet_of(person)
        note = words("partner_show.list.note", name=person.name, other=other.name)
        card = Surface(margin=24)
        card.body.addLayout(self._two_columns())
        self.body.setSpacing(12)
        self.body.addWidget(text(self._title, "heading"))
        self.body.addWidget(text(note, "quiet"))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.hide_it = PrimaryButton(words("partner_show.list.done"))
        self.save = Button(words("partner_show.list.save"))
        self.ways(self.hide_it, self.save)
        self.hide_it.clicked.connect(self.done)
        self.save.clicked.connect(self._ask_where)

    def _two_columns(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        half = (len(self._sheet) + 1) // 2
        for place, (word, card) in enumerate(self._sheet.items()):
            line, side = place % half, place // half * 2
            grid.addWidget(text(word, "strong", wrap=False), line, side)
            grid.addWidget(text(kind_words(self._parts.words, card)), line, side + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        return grid

    def _ask_where(self) -> None:
        words = self._parts.words
        ask_where_to(self, self._title, words("partner_show.list.files"), f"{self._title}.txt", self._save)

    def _save(self, path: Path) -> None:
        lines = [self._title, ""]
        lines += [f"{word}: {kind_words(self._parts.words, card)}" for word, card in self._sheet.items()]
        content = "".join(f"{line}\n" for line in lines).encode()
        written = self._parts.services.background.submit(save, path, content)
        self._parts.bridge.deliver(
            written, lambda _none: self._parts.say(self._parts.words("partner_show.list.saved"))
        )


def sheet_of(person: Person) -> dict[str, Card]:
    """The code words of one person."""
    return code_sheet(f"{person.id} {person.made_at}")


def kind_words(words: Words, card: Card) -> str:
    """What a card asks for, in two or three words."""
    if card.emotion is None:
        return words("partner_show.kind.free")
    if card.emotion == Core.NEUTRAL:
        return words(f"partner_show.kind.{card.way}_neutral")
    return words(f"partner_show.kind.{card.way}", emotion=words(f"emotions.{card.emotion}.noun"))


def _face(words: Words, card: Card) -> QWidget:
    """What stands on the card."""
    face = QWidget()
    inside = column(spacing=10)
    title = words(f"partner_show.card.{card.way}")
    if card.way is not Way.FREE:
        head = row(spacing=10)
        head.addWidget(text(title, "large", wrap=False))
        head.addWidget(text(words(f"emotions.{card.emotion}.title"), "title", wrap=False))
        head.addStretch(1)
        inside.addLayout(head)
    else:
        inside.addWidget(text(title, "title"))
    inside.addWidget(text(card.text, "large"))
    inside.addWidget(text(words(f"partner_show.card.{card.way}_note"), "quiet"))
    face.setLayout(inside)
    return face
