"""What somebody told, as a list by topics; and how much waits for their word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from attune.app.partner.couple import Person
from attune.app.partner.love_map import Told
from attune.ui.partner.parts import Parts, day_words
from attune.ui.widgets import Button, Card, QuietButton, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.page import emptied

FIRST = 8  # entries shown before somebody asks for all
SHORT = 60  # letters of an entry that names it


class WaitingCard(Card):
    """Not there while nothing waits; ``begun`` when the screen is to be handed over."""

    begun = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(role="well", margin=24)
        self._parts = parts
        self._names: dict[str, str] = {}
        self._title, self._said = text("", "heading"), text("")
        self.begin = Button("")
        self.begin.clicked.connect(self.begun)
        allow(self.begin, unless=only_read(parts.services))
        said = column(spacing=6)
        said.addWidget(self._title)
        said.addWidget(self._said)
        line = row(spacing=20)
        line.addLayout(said, 1)
        line.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(line)
        self.hide()

    def turn_to(self, about: Person, reader: Person) -> None:
        """Whose word is waited for."""
        self._names = {"name": about.name, "reader": reader.name}
        words = self._parts.words
        self._title.setText(words("partner_person.waiting.title", name=about.name))
        self.begin.setText(words("partner_person.waiting.begin", name=about.name))
        self.hide()

    def show_waiting(self, waiting: Sequence[Told]) -> None:
        """How many things wait."""
        count = len(waiting)
        key = "one" if count == 1 else "many"
        self._said.setText(self._parts.words(f"partner_person.waiting.{key}", count=count, **self._names))
        self.setVisible(bool(count))


class ToldCard(Card):
    """Topics in their own order, what was told to each, the newest first; ``forgotten`` once one is gone."""

    forgotten = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(margin=28)
        self._parts = parts
        self._reason = only_read(parts.services)
        self._name = ""
        self._all = False
        self._told: tuple[Told, ...] = ()
        self._title = text("", "heading")
        self._entries = column(spacing=18)
        self.more = QuietButton("")
        self.more.clicked.connect(self._show_all)
        self.forget_buttons: dict[int, QuietButton] = {}
        self.body.setSpacing(14)
        self.body.addWidget(self._title)
        self.body.addLayout(self._entries)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def turn_to(self, about: Person, reader: Person) -> None:
        """Whose words these are."""
        del reader
        self._name, self._all = about.name, False
        self._title.setText(self._parts.words("partner_person.told.title", name=about.name))
        self.show_told(())

    def show_told(self, told: Sequence[Told]) -> None:
        """Show these."""
        self._told = tuple(told)
        self._show()

    def _show(self) -> None:
        emptied(self._entries)
        self.forget_buttons.clear()
        words = self._parts.words
        shown = self._told if self._all else self._told[:FIRST]
        if not shown:
            self._entries.addWidget(text(words("partner_person.told.none", name=self._name), "quiet"))
        topics: dict[str, list[Told]] = {}
        for each in shown:
            topics.setdefault(each.question.topic if each.question else "", []).append(each)
        for topic in (*words.table("partner_person.topics"), ""):
            if topic in topics:
                self._entries.addWidget(self._topic(topic, topics[topic]))
        self.more.setText(words("partner_person.told.all", count=len(self._told)))
        self.more.setVisible(len(shown) < len(self._told))

    def _topic(self, topic: str, told: Sequence[Told]) -> QWidget:
        words = self._parts.words
        title = (
            words(f"partner_person.topics.{topic}", name=self._name)
            if topic
            else words("partner_person.told.own")
        )
        inside = column(spacing=10)
        inside.addWidget(_tag(title), 0, Qt.AlignmentFlag.AlignLeft)
        for each in told:
            inside.addWidget(self._entry(each))
        around = QWidget()
        around.setLayout(inside)
        return around

    def _entry(self, each: Told) -> QWidget:
        words = self._parts.words
        short = each.note.text if len(each.note.text) <= SHORT else f"{each.note.text[:SHORT]}…"
        forget = self.forget_buttons[each.note.id] = QuietButton(words("partner_person.told.forget"))
        forget.setAccessibleName(words("partner_person.told.forget_named", text=short))
        forget.clicked.connect(lambda: self._ask_to_forget(each))
        allow(forget, unless=self._reason)
        said = column(spacing=2)
        asked = each.question.text.format(name=self._name) if each.question is not None else ""
        old = words("partner_person.told.old") if each.old else ""
        above = (day_words(each.note.at, words), old, asked)
        said.addWidget(text("  ·  ".join(part for part in above if part), "small"))
        said.addWidget(text(each.note.text))
        line = row(spacing=12)
        line.addLayout(said, 1)
        line.addWidget(forget, 0, Qt.AlignmentFlag.AlignVCenter)
        around = QWidget()
        around.setLayout(line)
        return around

    def _show_all(self) -> None:
        self._all = True
        self._show()

    def _ask_to_forget(self, each: Told) -> None:
        Question(
            self._parts.words,
            "partner_person.forget",
            agreed=lambda: self._forget(each),
            parent=self,
            theme=self._parts.theme,
            text=each.note.text,
        )

    def _forget(self, each: Told) -> None:
        done = self._parts.couple.forget_note(each.note.id)
        self._parts.bridge.deliver(done, self._forgot)

    def _forgot(self, _done: None) -> None:
        self.forgotten.emit()


def _tag(words: str) -> QLabel:
    tag = QLabel(words)
    tag.setProperty("role", "tag")
    return tag
