"""The one it is about says what is so: one thing after the other, on their own."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from attune.app.futures import after
from attune.app.partner.couple import Note, Person
from attune.app.partner.love_map import FACT, Told, load_questions, love_map, written_by
from attune.ui.partner.handing import HandOver
from attune.ui.partner.my_person.question import Written
from attune.ui.partner.parts import Parts
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, ScrollPage, announce, row, text
from attune.ui.widgets.dialogs import Question
from attune.ui.within import Go


def begin_confirming(parts: Parts, about: Person, reader: Person) -> None:
    """Hand the screen to the one it is about, then ask them."""

    def begin() -> None:
        parts.back()
        page = ConfirmPage(parts, about, reader)
        title = parts.words("partner_person.confirm.title", name=about.name)
        parts.open(page, title, leave=page.leave)

    why = parts.words("partner_person.waiting.why", name=about.name, reader=reader.name)
    parts.open(HandOver(parts, about.name, begin, why=why), parts.words("partner_person.title"))


class ConfirmPage(ScrollPage):
    """Goes back by itself after the last. Y says yes."""

    def __init__(self, parts: Parts, about: Person, reader: Person) -> None:
        super().__init__(parts.theme)
        self._parts, self._about, self._reader = parts, about, reader
        words = parts.words
        self._waiting: tuple[Told, ...] = ()
        self._before: dict[str, Note] = {}  # what they said to the same question once
        self._at = 0
        self._place, self.question = text("", "small"), text("", "large")
        self._wrote = text(words("partner_person.confirm.wrote", reader=reader.name), "quiet")
        self.text, self._earlier = text("", "heading"), text("", "quiet")
        self.own = Written(parts.theme, words("partner_person.confirm.own"))
        self.yes = PrimaryButton(words("partner_person.confirm.yes"))
        self.words = Button(words("partner_person.confirm.words"))
        self.drop = QuietButton(words("partner_person.confirm.drop"))
        self.yes.clicked.connect(self._yes)
        self.words.clicked.connect(self._put_in_words)
        self.drop.clicked.connect(self._drop)
        acts = row(spacing=12)
        for button in (self.yes, self.words, self.drop):
            acts.addWidget(button)
        acts.addStretch(1)
        card = Card(margin=32)
        card.body.setSpacing(14)
        for widget in (self._place, self.question, self._wrote, self.text, self._earlier, self.own):
            card.body.addWidget(widget)
        card.body.addSpacing(10)
        card.body.addLayout(acts)
        self.body.addWidget(card)
        self.body.addWidget(text(words("partner_person.confirm.drop_note"), "quiet"))
        self.body.addStretch(1)
        self.setFocusProxy(self.yes)
        parts.bridge.deliver(parts.couple.notes(about.id), self._begin)

    def leave(self, go: Go) -> None:
        """At once, or after asking where own words are not kept yet."""
        if self.own.isHidden() or self.own.said == self.text.text():
            go()
            return
        Question(self._parts.words, "partner_person.leave", agreed=go, parent=self, theme=self._parts.theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y says yes, as long as nothing is being written."""
        if event.key() == Qt.Key.Key_Y and self.own.isHidden() and self.yes.isEnabled():
            self._yes()
        else:
            super().keyPressEvent(event)

    def _begin(self, notes: Sequence[Note]) -> None:
        known = love_map(notes, self._about.id, load_questions(), datetime.now(UTC))
        waiting = written_by(known.waiting, self._reader.id)
        self._waiting = tuple(reversed(waiting))  # in the order they were written
        for each in reversed(known.told):
            if each.note.key:
                self._before[each.note.key] = each.note
        self._show()

    def _show(self) -> None:
        if self._at >= len(self._waiting):
            self._parts.back()
            return
        words, now = self._parts.words, self._waiting[self._at]
        self._place.setText(
            words("partner_person.confirm.place", number=self._at + 1, count=len(self._waiting))
        )
        self._place.setVisible(len(self._waiting) > 1)
        asked = now.question.text.format(name=self._about.name) if now.question is not None else ""
        self.question.setText(asked)
        self.question.setVisible(bool(asked))
        self.text.setText(now.note.text)
        before = self._before.get(now.note.key) if now.note.key else None
        self._earlier.setVisible(before is not None and before.text != now.note.text)
        if before is not None:
            self._earlier.setText(words("partner_person.confirm.before", text=before.text))
        self._write(writing=False)
        self._allow(allowed=True)
        self.yes.setFocus()
        announce(self, f"{asked} {self._wrote.text()} {now.note.text}")

    def _write(self, *, writing: bool) -> None:
        self.own.setVisible(writing)
        self.words.setVisible(not writing)
        key = "keep" if writing else "yes"
        self.yes.setText(self._parts.words(f"partner_person.confirm.{key}"))

    def _put_in_words(self) -> None:
        self._write(writing=True)
        self.own.setPlainText(self._waiting[self._at].note.text)
        self.own.selectAll()
        self.own.setFocus()

    def _yes(self) -> None:
        """As it stands, or as they put it themselves; empty words are let go of."""
        now = self._waiting[self._at]
        said = now.note.text if self.own.isHidden() else self.own.said
        if not said:
            self._drop()
            return
        couple, about = self._parts.couple, self._about.id
        # Kept before what it replaces is forgotten: ended in between, it stands there twice.
        kept = couple.note(about, kind=FACT, text=said, key=now.note.key, by=about)
        gone = [now.note.id]
        if now.note.key and (before := self._before.get(now.note.key)) is not None:
            gone.append(before.id)
        done: Future[None] = after(kept, lambda _note: self._forget(gone))
        self._carry_out(done)

    def _drop(self) -> None:
        self._carry_out(self._forget([self._waiting[self._at].note.id]))

    def _forget(self, ids: Sequence[int]) -> Future[None]:
        first, *rest = ids
        done = self._parts.couple.forget_note(first)
        return after(done, lambda _done: self._forget(rest)) if rest else done

    def _carry_out(self, done: Future[None]) -> None:
        self._allow(allowed=False)
        self._parts.bridge.deliver(done, self._next, self._failed)

    def _next(self, _done: None) -> None:
        self._at += 1
        self._show()

    def _failed(self, error: BaseException) -> None:
        self._allow(allowed=True)
        self._parts.bridge.failed.emit(error)

    def _allow(self, *, allowed: bool) -> None:
        for button in (self.yes, self.words, self.drop):
            button.setEnabled(allowed)
