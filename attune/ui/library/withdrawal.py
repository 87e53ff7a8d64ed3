"""Somebody withdraws: first what would go, then what is gone."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal

from attune.app.library import ClipSet
from attune.app.withdrawal import Kind, Piece, Withdrawal
from attune.resources import Words
from attune.ui.library.parts import Parts
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, announce, column, row, text
from attune.ui.widgets.asking import ask_where_to
from attune.ui.widgets.choices import Switch
from attune.ui.widgets.page import emptied

SHOWN = 200  # lines of a list; the saved file has them all
HASH_SHOWN = 12


class WithdrawalPage(ScrollPage):
    """Asks once more, with everything that will go in sight; ``done`` when it went."""

    done = Signal()

    def __init__(self, parts: Parts, person: str, folder: Path) -> None:
        super().__init__(parts.theme)
        self._parts, self._person = parts, person
        self._wanted = {folder: person}
        words = parts.words
        self.others: dict[Path, Switch] = {}
        self._also = text(words("protection.withdraw.also", person=person))
        self._also.hide()
        self._switches = column(spacing=8)
        self.list = PieceList(words)
        self.state = text(words("protection.withdraw.looking"), "quiet")
        self.yes = Button(words("protection.withdraw.yes"))
        self.no = PrimaryButton(words("protection.withdraw.no"))
        self.yes.setEnabled(False)
        self.yes.clicked.connect(self._withdraw)
        self.no.clicked.connect(parts.back)
        answers = row(spacing=12)
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        answers.addStretch(1)
        self.body.addWidget(text(words("protection.withdraw.intro")))
        self.body.addWidget(self._also)
        self.body.addLayout(self._switches)
        self.body.addWidget(self.list)
        self.body.addWidget(self.state)
        self.body.addLayout(answers)
        self.body.addStretch(1)
        self.setFocusProxy(self.no)
        parts.bridge.deliver(parts.services.withdrawals.sets_with(person), self._offer)
        self._look()

    def _offer(self, sets: tuple[ClipSet, ...]) -> None:
        """The other sets in which the name stands; the same name is not always the same person."""
        for each in sets:
            if each.folder not in self._wanted:
                switch = self.others[each.folder] = Switch(each.name, self._parts.theme)
                switch.toggled.connect(self._look)
                self._switches.addWidget(switch)
        self._also.setVisible(bool(self.others))

    def _all_wanted(self) -> dict[Path, str]:
        more = {folder: self._person for folder, switch in self.others.items() if switch.isChecked()}
        return self._wanted | more

    def _look(self) -> None:
        looked = self._parts.services.withdrawals.look(self._person, self._all_wanted())
        self._parts.bridge.deliver(looked, self._show)

    def _show(self, withdrawal: Withdrawal) -> None:
        words = self._parts.words
        self.list.show_list(withdrawal, words("protection.withdraw.more_to_do"))
        self.yes.setEnabled(bool(withdrawal.gone))
        self.state.setText(words("protection.withdraw.nothing"))
        self.state.setVisible(not withdrawal.gone)

    def _withdraw(self) -> None:
        self.yes.setEnabled(False)
        self.no.setEnabled(False)
        self.state.setText(self._parts.words("protection.withdraw.going"))
        self.state.show()
        going = self._parts.services.withdrawals.withdraw(self._person, self._all_wanted())
        self._parts.bridge.deliver(going, self._gone, self._failed)

    def _gone(self, withdrawal: Withdrawal) -> None:
        parts = self._parts
        parts.back()
        self.done.emit()
        open_list(parts, withdrawal)

    def _failed(self, error: BaseException) -> None:
        """What is left is in a list, and is gone on with from there or at the next start."""
        self._parts.bridge.failed.emit(error)
        self._parts.back()
        self.done.emit()


class ListPage(ScrollPage):
    """The list of what is gone, to be saved and put away."""

    def __init__(self, parts: Parts, withdrawal: Withdrawal) -> None:
        super().__init__(parts.theme)
        self._parts, self._withdrawal = parts, withdrawal
        words = parts.words
        self.list = PieceList(words)
        self.save = Button(words("protection.withdraw.save"))
        self.go_on = PrimaryButton(words("protection.withdraw.go_on"))
        self.put_away = PrimaryButton(words("protection.withdraw.put_away"))
        self.save.clicked.connect(self._ask_where)
        self.go_on.clicked.connect(self._go_on)
        self.put_away.clicked.connect(self._put_away)
        answers = row(spacing=12)
        for button in (self.put_away, self.go_on, self.save):
            answers.addWidget(button)
        answers.addStretch(1)
        self.body.addWidget(self.list)
        self.body.addLayout(answers)
        self.body.addStretch(1)
        self._show(withdrawal)

    def _show(self, withdrawal: Withdrawal) -> None:
        self._withdrawal = withdrawal
        self.list.show_list(withdrawal, self._parts.words(_title(withdrawal)))
        self.put_away.setVisible(withdrawal.finished)
        self.go_on.setVisible(not withdrawal.finished)
        button = self.put_away if withdrawal.finished else self.go_on
        self.setFocusProxy(button)

    def _go_on(self) -> None:
        done = self._parts.services.withdrawals.go_on()
        self._parts.bridge.deliver(done, lambda _done: self._look_again())

    def _look_again(self) -> None:
        self._parts.changed()
        self._parts.bridge.deliver(self._parts.services.withdrawals.lists(), self._found)

    def _found(self, lists: tuple[Withdrawal, ...]) -> None:
        self._show(next((each for each in lists if each.id == self._withdrawal.id), self._withdrawal))

    def _ask_where(self) -> None:
        words = self._parts.words
        ask_where_to(
            self, words("protection.withdraw.save"), words("protection.withdraw.files"), "", self._save
        )

    def _save(self, target: Path) -> None:
        parts = self._parts
        said = list_text(self._withdrawal, parts.words)
        saved = parts.services.withdrawals.save(target, said)
        parts.bridge.deliver(saved, lambda _saved: parts.say(parts.words("protection.withdraw.saved")))

    def _put_away(self) -> None:
        gone = self._parts.services.withdrawals.put_away(self._withdrawal)
        self._parts.bridge.deliver(gone, lambda _gone: self._leave())

    def _leave(self) -> None:
        self._parts.back()
        self._parts.changed()


class PieceList(Card):
    """What goes or is gone, line by line, and what is out of reach."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.title = text("", "heading")
        self.lines: tuple[str, ...] = ()
        self._column = column(spacing=6)
        self.body.addWidget(self.title)
        self.body.addLayout(self._column)

    def show_list(self, withdrawal: Withdrawal, title: str) -> None:
        """Show a withdrawal under a title."""
        emptied(self._column)
        self.title.setText(title)
        self.lines = tuple(piece_words(piece, self._words) for piece in withdrawal.gone)
        for line in self.lines[:SHOWN]:
            self._column.addWidget(text(line))
        for line in _remarks(withdrawal, self._words):
            self._column.addWidget(text(line, "quiet"))
        announce(self, title)


def open_list(parts: Parts, withdrawal: Withdrawal) -> None:
    """Show the list of one withdrawal."""
    title = parts.words("protection.withdraw.title", person=withdrawal.person)
    parts.open(ListPage(parts, withdrawal), title)


def list_text(withdrawal: Withdrawal, words: Words) -> str:
    """The whole list as a text."""
    begun = QDateTime.fromString(withdrawal.begun, Qt.DateFormat.ISODate).toLocalTime()
    when = QLocale(words.language).toString(begun, "d MMMM yyyy, HH:mm")
    return "\n".join(
        (
            words("protection.withdraw.title", person=withdrawal.person),
            words("protection.withdraw.begun", when=when),
            "",
            words(_title(withdrawal)),
            *(f"- {piece_words(piece, words)}" for piece in withdrawal.gone),
            "",
            *_remarks(withdrawal, words),
            "",
        )
    )


def piece_words(piece: Piece, words: Words) -> str:
    """One line of a list; of a name that is a hash, what tells it from others."""
    made = piece.kind in (Kind.TRACK, Kind.THUMBNAIL)
    where = f"{piece.where[:HASH_SHOWN]}…" if made else piece.where
    return words(f"protection.piece.{piece.kind}", where=where, count=piece.count)


def _title(withdrawal: Withdrawal) -> str:
    return f"protection.withdraw.{'done' if withdrawal.done else 'not_done'}"


def _remarks(withdrawal: Withdrawal, words: Words) -> list[str]:
    said = []
    if withdrawal.waiting:
        said.append(words("protection.withdraw.waiting", names=", ".join(withdrawal.waiting)))
    if withdrawal.unread:
        said.append(words("protection.withdraw.unread", names=", ".join(withdrawal.unread)))
    return [*said, words("protection.withdraw.outside")]
