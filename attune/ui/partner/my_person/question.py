"""A question about the other one, to be answered in writing, and kept for them to say whether it is so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit

from attune.app.partner.couple import Note, Person
from attune.app.partner.love_map import FACT, LONGEST, Asked
from attune.ui.partner.parts import Parts, day_words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, announce, column, row, text
from attune.ui.widgets.allowed import allow, only_read

LINES = 3.2  # of the field, in heights of a line


class Written(QPlainTextEdit):
    """A few lines of one's own; Tab leads on."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._cut)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def said(self) -> str:
        """What is written, without spaces around it."""
        return self.toPlainText().strip()

    def _fit(self) -> None:
        self.setFixedHeight(round(self._theme.sizes.body * 1.45 * LINES) + 20)

    def _cut(self) -> None:
        if len(self.toPlainText()) > LONGEST:
            self.textCursor().deletePreviousChar()


class QuestionCard(Card):
    """``written`` once an answer is kept. Another question is one press away, and nothing notes that."""

    written = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__(margin=28)
        self._parts = parts
        words = parts.words
        self._about: Person | None = None
        self._reader: Person | None = None
        self._asked: tuple[Asked, ...] = ()
        self._passed: set[str] = set()
        self._drafts: dict[int, tuple[str, bool]] = {}  # by whom it is about; whether it answers no question
        self._own = False
        self._title, self._note = text("", "heading"), text("", "quiet")
        self.question, self._before = text("", "large"), text("", "body")
        self.answer = Written(parts.theme, words("partner_person.question.answer"))
        self.problem = text("", "strong")
        self.keep = PrimaryButton("")
        self.still = Button(words("partner_person.question.still"))
        self.another = Button(words("partner_person.question.other"))
        self.own = QuietButton("")
        self.keep.clicked.connect(self._keep)
        self.still.clicked.connect(self._keep_still)
        self.another.clicked.connect(self._pass)
        self.own.clicked.connect(lambda: self._turn(own=not self._own))
        acts = column(spacing=10)
        for line in ((self.keep, self.still), (self.another, self.own)):
            side = row(spacing=12)
            for button in line:
                side.addWidget(button)
            side.addStretch(1)
            acts.addLayout(side)
        self.body.setSpacing(12)
        for widget in (self._title, self._note, self.question, self._before, self.answer, self.problem):
            self.body.addWidget(widget)
        self.body.addLayout(acts)
        for unneeded in (self.problem, self._before, self.still, self.another):
            unneeded.hide()
        reason = only_read(parts.services)
        allow(self.answer, self.keep, self.still, self.own, unless=reason)
        self.setFocusProxy(self.answer)

    def turn_to(self, about: Person, reader: Person) -> None:
        """Ask about somebody from now on; what is half written about the other waits."""
        if self._about is None or self._about.id != about.id:
            if self._about is not None:
                self._drafts[self._about.id] = self.answer.toPlainText(), self._own
            draft, self._own = self._drafts.pop(about.id, ("", False))
            self.answer.setPlainText(draft)
        self._about, self._reader = about, reader

    @property
    def is_half_written(self) -> bool:
        """Whether leaving would lose something."""
        return bool(self.answer.said) or any(draft.strip() for draft, _own in self._drafts.values())

    def show_questions(self, asked: Sequence[Asked]) -> None:
        """Those that may be asked now, in their order; what is being written stays."""
        self._asked = tuple(asked)
        self._show()

    @property
    def _current(self) -> Asked | None:
        if self._own:
            return None
        left = (each for each in self._asked if each.question.key not in self._passed)
        return next(left, None)

    def _show(self) -> None:
        assert self._about is not None
        assert self._reader is not None
        words, now = self._parts.words, self._current
        name, reader = self._about.name, self._reader.name
        title = "own_title" if self._own else "title"
        self._title.setText(words(f"partner_person.question.{title}", name=name))
        self._note.setText(words("partner_person.question.note", name=name, reader=reader))
        self.question.setText(self._text(now, name))
        before = now.before if now is not None else None
        if before is not None:
            day = day_words(before.at, words)
            self._before.setText(words("partner_person.question.again", name=name, day=day, text=before.text))
        writes = self._own or now is not None
        self._before.setVisible(before is not None)
        self.still.setVisible(before is not None)
        self.another.setVisible(not self._own and now is not None)
        for widget in (self._note, self.answer, self.keep):
            widget.setVisible(writes)
        self.keep.setText(words("partner_person.question.keep", name=name))
        self.own.setText(words(f"partner_person.question.{'back' if self._own else 'own'}"))
        self.answer.setAccessibleDescription(self.question.text())

    def _text(self, now: Asked | None, name: str) -> str:
        if self._own:
            return self._parts.words("partner_person.question.own_ask", name=name)
        if now is None:
            return self._parts.words("partner_person.question.none")
        return now.question.text.format(name=name)

    def _turn(self, *, own: bool) -> None:
        self._own = own
        self.answer.clear()
        self.problem.hide()
        self._show()
        self.answer.setFocus()

    def _pass(self) -> None:
        """The next one; once all were passed, they begin anew."""
        now = self._current
        if now is not None:
            self._passed.add(now.question.key)
        if len(self._passed) >= len(self._asked):
            self._passed.clear()
        self._show()
        announce(self, self.question.text())

    def _keep_still(self) -> None:
        now = self._current
        if now is not None and now.before is not None:
            self._write(now.question.key, now.before.text)

    def _keep(self) -> None:
        now, said = self._current, self.answer.said
        if said:
            self._write("" if now is None else now.question.key, said)
            return
        self.problem.setText(self._parts.words("partner_person.question.empty"))
        self.problem.show()
        announce(self, self.problem.text())
        self.answer.setFocus()

    def _write(self, key: str, said: str) -> None:
        assert self._about is not None
        assert self._reader is not None
        for button in (self.keep, self.still):
            button.setEnabled(False)  # a second press is not a second answer
        kept = self._parts.couple.note(self._about.id, kind=FACT, text=said, key=key, by=self._reader.id)
        self._parts.bridge.deliver(kept, self._kept, self._not_kept)

    def _kept(self, note: Note) -> None:
        assert self._about is not None
        self._allow_again()
        if note.person == self._about.id:
            self.answer.clear()
            self.problem.hide()
            announce(self, self._parts.words("partner_person.question.kept", name=self._about.name))
            self.answer.setFocus()
        else:  # they turned to the other one meanwhile
            self._drafts.pop(note.person, None)
        self.written.emit()

    def _not_kept(self, error: BaseException) -> None:
        self._allow_again()
        self._parts.bridge.failed.emit(error)

    def _allow_again(self) -> None:
        for button in (self.keep, self.still):
            button.setEnabled(True)
