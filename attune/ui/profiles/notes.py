"""The card of notes about the open profile: written, found again, changed, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QWidget

from attune.app.history import NoteRecord
from attune.resources import Words
from attune.ui.profiles.parts import Parts
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.page import emptied

SHOWN = 20  # notes at once; the others are found by searching


class NotesCard(Card):
    """The latest first; ``search`` shows only those with these words in them."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._notes: tuple[NoteRecord, ...] = ()
        words = parts.words
        self.lines: list[NoteLine] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(words("profiles.notes.search"))
        self.search.setAccessibleName(words("profiles.notes.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show())
        self.add = Button(words("profiles.notes.add"))
        self.add.clicked.connect(lambda: self._write(None))
        self.state = text("", "quiet")
        self._list = column(spacing=18)
        top = row(spacing=8)
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        self.body.addWidget(text(words("profiles.notes.title"), "heading"))
        self.body.addWidget(text(words("profiles.notes.note"), "quiet"))
        self.body.addLayout(top)
        self.body.addLayout(self._list)
        self.body.addWidget(self.state)

    def look(self) -> None:
        """Show the notes there are now."""
        self._parts.bridge.deliver(self._parts.services.history.notes(), self._fill)

    def _fill(self, notes: tuple[NoteRecord, ...]) -> None:
        self._notes = notes[::-1]
        self.search.setVisible(bool(notes))
        self._show()

    def _show(self) -> None:
        wanted = self.search.text().casefold().split()
        found = [note for note in self._notes if all(word in note.text.casefold() for word in wanted)]
        reason = only_read(self._parts.services)
        allow(self.add, unless=reason)
        emptied(self._list)
        self.lines = [NoteLine(note, self._parts.words) for note in found[:SHOWN]]
        for line in self.lines:
            allow(line.edit, line.delete, unless=reason)
            line.edit.clicked.connect(lambda _=False, note=line.note: self._write(note))
            line.delete.clicked.connect(lambda _=False, note=line.note: self._ask_to_delete(note))
            self._list.addWidget(line)
        self._say(len(found))

    def _say(self, found: int) -> None:
        words = self._parts.words
        said = ""
        if not self._notes:
            said = words("profiles.notes.none")
        elif not found:
            said = words("profiles.notes.not_found")
        elif found > SHOWN:
            said = words("profiles.notes.more", count=found - SHOWN)
        self.state.setText(said)
        self.state.setVisible(bool(said))

    def _write(self, note: NoteRecord | None) -> None:
        def agreed(written: str) -> None:
            history, bridge = self._parts.services.history, self._parts.bridge
            if note is None:
                bridge.deliver(history.add_note(written), lambda _note_id: self.look())
            else:
                bridge.deliver(history.change_note(note.id, written), lambda _there: self.look())

        NoteForm(
            self._parts.words, note.text if note else "", agreed=agreed, parent=self, theme=self._parts.theme
        )

    def _ask_to_delete(self, note: NoteRecord) -> None:
        Question(
            self._parts.words,
            "profiles.delete_note",
            agreed=lambda: self._delete(note),
            parent=self,
            theme=self._parts.theme,
            when=_when(note.written_at, self._parts.words),
        )

    def _delete(self, note: NoteRecord) -> None:
        gone = self._parts.services.history.delete_note(note.id)
        self._parts.bridge.deliver(gone, lambda _gone: self.look())


class NoteLine(QWidget):
    """One note, when it was written, and what can be done with it."""

    def __init__(self, note: NoteRecord, words: Words) -> None:
        super().__init__()
        self.note = note
        self.edit = QuietButton(words("profiles.notes.edit"))
        self.delete = QuietButton(words("profiles.notes.delete"))
        when = _when(note.written_at, words)
        if note.changed_at != note.written_at:
            when = words("profiles.notes.changed", when=when, changed=_when(note.changed_at, words))
        for button in (self.edit, self.delete):
            button.setAccessibleName(f"{button.text()}: {when}")
        said = column(spacing=2)
        said.addWidget(text(when, "small"))
        said.addWidget(text(note.text))
        inside = row(spacing=4)
        inside.addLayout(said, 1)
        inside.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)


class NoteForm(QDialog):
    """A note being written; ``agreed`` gets its text once there is any."""

    def __init__(
        self, words: Words, written: str, *, agreed: Callable[[str], object], parent: QWidget, theme: Theme
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        title = words("profiles.note.title")
        self.setWindowTitle(title)
        self.field = QPlainTextEdit(written)
        self.field.setAccessibleName(title)
        self.field.setTabChangesFocus(True)
        self.yes = PrimaryButton(words("profiles.note.yes"))
        self.no = Button(words("profiles.note.no"))
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        self.accepted.connect(lambda: agreed(self.field.toPlainText().strip()))
        self.field.textChanged.connect(self._allow)
        answers = row(spacing=12)
        answers.addStretch(1)
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        inside = column(margin=28)
        inside.addWidget(text(title, "heading"))
        inside.addWidget(self.field, 1)
        inside.addLayout(answers)
        self.setLayout(inside)
        self.resize(theme.sizes.column * 3 // 4, theme.sizes.column // 2)
        self.finished.connect(self.deleteLater)
        self._allow()
        self.field.setFocus()
        self.open()

    def _allow(self) -> None:
        self.yes.setEnabled(bool(self.field.toPlainText().strip()))


def _when(moment: str, words: Words) -> str:
    local = QDateTime.fromSecsSinceEpoch(round(datetime.fromisoformat(moment).timestamp()))
    return QLocale(words.language).toString(local, "d MMMM yyyy, HH:mm")
