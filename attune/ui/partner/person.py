"""One person's page: what they agreed to, what is stored of them, and how to take it along or delete it."""

from __future__ import annotations

from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from attune.app.partner.couple import Person, Piece, Stored
from attune.resources import Words
from attune.ui.partner.handing import HandOver
from attune.ui.partner.parts import Parts, day_words, length_words
from attune.ui.partner.tile import Disc, agreed_words
from attune.ui.partner.who import name_problem
from attune.ui.profiles.form import Field, Form, Values
from attune.ui.profiles.parts import size_words
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, ScrollPage, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.asking import ask_which
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.page import emptied


class PersonPage(ScrollPage):
    """Read anew each time it is shown; ``stored`` is what it shows, None until then."""

    def __init__(self, parts: Parts, person_id: int) -> None:
        super().__init__(parts.theme)
        self._parts, self._id = parts, person_id
        self._reason = only_read(parts.services)
        self._others: tuple[str, ...] = ()
        self.stored: Stored | None = None
        words = parts.words
        self.rename = QuietButton(words("partner.person.rename"))
        self.change = Button(words("partner.person.change"))
        self.rest = Button("")
        self.forget_rest = QuietButton(words("partner.person.rest.forget"))
        self.see = Button(words("partner.person.see"))
        self.export = Button(words("partner.person.export"))
        self.delete = Button(words("partner.person.delete"))
        self.rename.clicked.connect(self._ask_for_name)
        self.change.clicked.connect(self._change)
        self.rest.clicked.connect(self._rest)
        self.forget_rest.clicked.connect(self._forget_rest)
        self.see.clicked.connect(self._see)
        self.export.clicked.connect(self._ask_where_to)
        self.delete.clicked.connect(self._ask_to_delete)
        self._arrange()
        self.setFocusProxy(self.change)

    def showEvent(self, event: QShowEvent) -> None:
        """Something may have changed in what was opened from here."""
        super().showEvent(event)
        if not event.spontaneous():
            self.look()

    def look(self) -> None:
        """Show what is stored now."""
        deliver, couple = self._parts.bridge.deliver, self._parts.couple
        deliver(couple.people(), self._know)
        deliver(couple.stored_about(self._id), self._show)

    def _know(self, people: tuple[Person, ...]) -> None:
        self._others = tuple(person.name for person in people if person.id != self._id)

    def _arrange(self) -> None:
        words = self._parts.words
        self._disc, self._name, self._since = Disc(self._parts.theme), text("", "title"), text("", "quiet")
        named = column(spacing=2)
        named.addWidget(self._name)
        named.addWidget(self._since)
        head = row(spacing=16)
        head.addWidget(self._disc, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(named, 1)
        head.addWidget(self.rename, 0, Qt.AlignmentFlag.AlignTop)
        self._said, self._said_on = text(""), text("", "small")
        said = QWidget()
        lines = column(spacing=4)
        lines.addWidget(self._said)
        lines.addWidget(self._said_on)
        said.setLayout(lines)
        agreed = _card(words("partner.person.agreed"), said, self.change)
        self._rest_said = text("")
        self._rest_card = _card(
            words("partner.person.rest.title"), self._rest_said, self.rest, self.forget_rest
        )
        self._counts = column(spacing=6)
        counts = QWidget()
        counts.setLayout(self._counts)
        kept = _card(words("partner.person.stored"), counts, self.see, self.export)
        away = _card(words("partner.person.away"), text(words("partner.person.away_about")), self.delete)
        self.body.addLayout(head)
        for card in (agreed, self._rest_card, kept, away):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _show(self, stored: Stored) -> None:
        self.stored, person, words = stored, stored.person, self._parts.words
        self._disc.name = person.name
        self._disc.update()
        self._name.setText(person.name)
        self._since.setText(words("partner.person.since", day=day_words(person.made_at, words)))
        self._said.setText(agreed_words(words, person.agreed))
        self._said_on.setVisible(person.agreed_at is not None)
        if person.agreed_at is not None:
            self._said_on.setText(words("partner.person.said_on", day=day_words(person.agreed_at, words)))
        self._show_rest(person)
        emptied(self._counts)
        for line in stored_words(words, stored):
            self._counts.addWidget(text(line))
        self.see.setEnabled(bool(stored.moments or stored.recordings or stored.notes or stored.written))
        allow(self.rename, self.change, self.rest, self.forget_rest, self.delete, unless=self._reason)

    def _show_rest(self, person: Person) -> None:
        words, kept = self._parts.words, person.neutral is not None
        self._rest_card.setVisible(person.agreed is not None and person.agreed.reading)
        self._rest_said.setText(words(f"partner.person.rest.{'kept' if kept else 'missing'}"))
        self.rest.setText(words(f"partner.person.rest.{'again' if kept else 'begin'}"))
        self.forget_rest.setVisible(kept)

    def _ask_for_name(self) -> None:
        if self.stored is None:
            return
        words = self._parts.words
        Form(
            words,
            "partner.person.renaming",
            [Field("name", value=self.stored.person.name)],
            agreed=self._rename,
            check=lambda values: name_problem(words, [_plain(values)], self._others) or None,
            parent=self,
            theme=self._parts.theme,
        )

    def _rename(self, values: Values) -> None:
        renamed = self._parts.couple.rename(self._id, _plain(values))
        self._parts.bridge.deliver(renamed, lambda _done: self._changed())

    def _changed(self) -> None:
        self.look()
        self._parts.changed()

    def _change(self) -> None:
        if self.stored is None:
            return
        from attune.ui.partner.consent import (  # noqa: PLC0415 - when it is wanted
            ConsentPage,
            keep_agreed,
        )

        parts, words, person = self._parts, self._parts.words, self.stored.person

        def here() -> None:
            parts.back()
            page = ConsentPage(words, parts.theme, person, "")
            page.agreed.connect(lambda agreed: keep_agreed(parts, page, self._id, agreed, kept))
            page.refused.connect(parts.back)
            parts.open(page, words("partner.consent.title", name=person.name))

        def kept(_person: Person) -> None:
            parts.back()
            parts.changed()

        # Whoever sits beside them may look at this page, and agrees to nothing in their place.
        ask = HandOver(parts, person.name, here, why=words("partner.consent.hand_over"))
        parts.open(ask, words("partner.consent.title", name=person.name))

    def _rest(self) -> None:
        if self.stored is None:
            return
        from attune.ui.partner.neutral import NeutralPage  # noqa: PLC0415 - loads the camera

        person = self.stored.person
        page = NeutralPage(self._parts, person)
        page.ended.connect(self._parts.back)
        title = self._parts.words("partner.neutral.title", name=person.name)
        self._parts.open(page, title, leave=page.leave)

    def _forget_rest(self) -> None:
        forgotten = self._parts.couple.set_neutral(self._id, None)
        self._parts.bridge.deliver(forgotten, lambda _done: self._changed())

    def _see(self) -> None:
        if self.stored is None:
            return
        from attune.ui.partner.stored import StoredPage  # noqa: PLC0415 - when somebody looks

        person = self.stored.person
        self._parts.open(
            StoredPage(self._parts, person), self._parts.words("partner.stored.title", name=person.name)
        )

    def _ask_where_to(self) -> None:
        words = self._parts.words
        mode = QFileDialog.FileMode.Directory
        ask_which(self, words("partner.person.export_to"), "", self._export, mode)

    def _export(self, folder: Path) -> None:
        assert self.stored is not None
        words, name = self._parts.words, self.stored.person.name
        target = folder / words("partner.person.export_folder", name=_file_name(name))
        done = self._parts.couple.export_about(self._id, target)
        self._parts.bridge.deliver(
            done, lambda _done: self._parts.say(words("partner.person.exported", path=target))
        )

    def _ask_to_delete(self) -> None:
        if self.stored is None:
            return
        stored = self.stored
        Question(
            self._parts.words,
            "partner.person.deleting",
            agreed=self._delete,
            parent=self,
            theme=self._parts.theme,
            name=stored.person.name,
            moments=stored.moments,
            recordings=stored.recordings,
            notes=stored.notes + stored.written,
        )

    def _delete(self) -> None:
        assert self.stored is not None
        name = self.stored.person.name
        self.setEnabled(False)

        def gone(pieces: tuple[Piece, ...]) -> None:
            if shiboken6.isValid(self):  # else it was left meanwhile
                self._parts.back()
            words = self._parts.words
            page = GonePage(self._parts, name, pieces)
            self._parts.open(page, words("partner.gone.title"))
            self._parts.changed()

        def failed(error: BaseException) -> None:
            if shiboken6.isValid(self):
                self.setEnabled(True)
            self._parts.bridge.failed.emit(error)

        self._parts.bridge.deliver(self._parts.couple.forget(self._id), gone, failed)


class GonePage(ScrollPage):
    """The list of what was deleted of somebody."""

    def __init__(self, parts: Parts, name: str, pieces: tuple[Piece, ...]) -> None:
        super().__init__(parts.theme)
        words = parts.words
        self.lines = [words(f"partner.gone.{piece.what}", count=piece.count) for piece in pieces]
        self.done = PrimaryButton(words("partner.gone.done"))
        self.done.clicked.connect(parts.back)
        self.body.addWidget(text(words("partner.gone.lead", name=name), "large"))
        card = Card()
        card.body.setSpacing(8)
        for line in self.lines:
            card.body.addWidget(text(line))
        self.body.addWidget(card)
        self.body.addWidget(text(words("partner.gone.note"), "quiet"))
        act = row()
        act.addWidget(self.done)
        act.addStretch(1)
        self.body.addLayout(act)
        self.body.addStretch(1)
        self.setFocusProxy(self.done)


def stored_words(words: Words, stored: Stored) -> list[str]:
    """What is stored of somebody, a line each."""

    def counted(key: str, count: int, **gaps: object) -> str:
        return words(f"partner.person.{key}.{'one' if count == 1 else 'many'}", count=count, **gaps)

    lines = []
    if stored.moments and stored.first_at and stored.last_at:
        first, last = day_words(stored.first_at, words), day_words(stored.last_at, words)
        lines.append(counted("moments", stored.moments, first=first, last=last))
    if stored.recordings:
        length = length_words(words, stored.seconds)
        lines.append(
            counted("recordings", stored.recordings, length=length, size=size_words(stored.size, words))
        )
    for key, count in (("notes", stored.notes), ("written", stored.written), ("answers", stored.answers)):
        if count:
            lines.append(counted(key, count))
    return lines or [words("partner.person.nothing")]


def _card(title: str, about: QWidget, *buttons: Button) -> Card:
    card = Card()
    card.body.setSpacing(12)
    card.body.addWidget(text(title, "heading"))
    card.body.addWidget(about)
    act = row(spacing=8)
    for button in buttons:
        act.addWidget(button)
    act.addStretch(1)
    card.body.addLayout(act)
    return card


def _plain(values: Values) -> str:
    return " ".join(values["name"].split())


def _file_name(name: str) -> str:
    """A name as part of a folder's."""
    return "".join(letter if letter.isalnum() else "-" for letter in name).strip("-") or "-"
