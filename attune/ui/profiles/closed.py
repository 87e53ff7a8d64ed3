"""The page of a profile that does not open: it asks for the passphrase, or offers backups."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from attune.app import keeping
from attune.app.keeping import Change, Trouble
from attune.resources import Words
from attune.ui.profiles.backups import BackupList, ask_for_backup
from attune.ui.profiles.form import Values, shown_switch
from attune.ui.profiles.parts import Reopening
from attune.ui.profiles.people import ask_for_new
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, ScrollPage, column, text
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.flow import Flow

ASKING = {"storage.passphrase_needed": "asked", "storage.wrong_passphrase": "refused"}


class ClosedPage(ScrollPage):
    """``wanted`` carries a Reopening: the passphrase that was typed, a backup restored, another profile."""

    wanted = Signal(object)

    def __init__(
        self, words: Words, theme: Theme, trouble: Trouble, passphrase: str, parent: QWidget | None = None
    ) -> None:
        """``passphrase``: what was typed before, for backups that open with it."""
        super().__init__(theme, parent)
        self._words = words
        self._theme = theme
        self._trouble = trouble
        self._asking = trouble.error.key in ASKING
        self.passphrase = QLineEdit("" if self._asking else passphrase)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._open)
        self.open = PrimaryButton(words("profiles.closed.open"))
        self.open.clicked.connect(self._open)
        self.backups = BackupList(words, "profiles.closed.restore", primary=not self._asking)
        self.backups.fill(trouble.backups)
        self.backups.chosen.connect(lambda backup: self._restore(backup.file))
        self.others: dict[str, Button] = {}
        self.ways: dict[str, Button] = {}
        self.body.addStretch(1)
        self.body.addWidget(self._card())
        self.body.addWidget(self._elsewhere())
        self.body.addStretch(2)

    def begin(self) -> None:
        """Put the keyboard where one begins."""
        if self._asking:
            self.passphrase.setFocus()
        else:
            next(iter(self.backups.buttons), self.ways["again"]).setFocus()

    def _card(self) -> Card:
        card = Card(margin=32)
        key, name = self._trouble.error.key, self._trouble.profile.name
        if self._asking:
            card.body.addWidget(text(self._words("profiles.closed.title", name=name), "title"))
            card.body.addWidget(text(self._words(f"profiles.closed.{ASKING[key]}"), "large"))
        else:
            card.body.addWidget(text(self._words("profiles.closed.not_opened", name=name), "title"))
            card.body.addWidget(text(self._sentence(), "large"))
        card.body.addWidget(self._field())
        card.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        if not self._asking:
            self.open.hide()
        if self._asking and self._trouble.backups:
            card.body.addWidget(text(self._words("profiles.closed.sure"), "quiet"))
        if not self._trouble.backups:
            self.backups.hide()
        card.body.addWidget(self.backups)
        return card

    def _sentence(self) -> str:
        if self._trouble.backups:
            kind = self._trouble.error.key.removeprefix("storage.")
            return self._words(f"profiles.closed.{kind}")
        return self._words.error(self._trouble.error)

    def _field(self) -> QWidget:
        key = "passphrase" if self._asking else "backup_passphrase"
        name = self._words(f"profiles.closed.{key}")
        self.passphrase.setAccessibleName(name)
        label = text(name, "strong")
        label.setBuddy(self.passphrase)
        inside = column(spacing=6)
        inside.addWidget(label)
        inside.addWidget(self.passphrase)
        inside.addWidget(shown_switch(self._words, self._theme, (self.passphrase,)))
        whole = QWidget()
        whole.setLayout(inside)
        if not (self._asking or self._trouble.locked):
            whole.hide()
        return whole

    def _elsewhere(self) -> QWidget:
        """What else can be done, for whoever waits in vain."""
        flow = Flow(spacing=4)
        for profile in self._trouble.others:
            button = QuietButton(self._words("profiles.closed.other", name=profile.name))
            button.clicked.connect(lambda _=False, name=profile.name: self._want(keeping.use(name)))
            self.others[profile.name] = button
            flow.addWidget(button)
        for key, act in self._ways().items():
            button = QuietButton(self._words(f"profiles.closed.{key}"))
            button.clicked.connect(act)
            self.ways[key] = button
            flow.addWidget(button)
        whole = QWidget()
        whole.setLayout(flow)
        return whole

    def _ways(self) -> dict[str, Callable[[], object]]:
        ways: dict[str, Callable[[], object]] = {
            "create": self._ask_for_new,
            "from_file": lambda: ask_for_backup(self, self._words, self._restore),
            "delete": self._ask_to_delete,
        }
        return ways if self._asking else {"again": self._open, **ways}

    def _open(self) -> None:
        self._want(keeping.again(self.passphrase.text()))

    def _restore(self, source: Path) -> None:
        change = keeping.restore(self._trouble.profile, source, self.passphrase.text())
        self._want(change, "profiles.said.restored")

    def _ask_for_new(self) -> None:
        def agreed(values: Values) -> None:
            self._want(keeping.create(values["name"], values["new"]), "profiles.said.created")

        every = (self._trouble.profile, *self._trouble.others)
        ask_for_new(self._words, every, agreed=agreed, parent=self, theme=self._theme)

    def _ask_to_delete(self) -> None:
        Question(
            self._words,
            "profiles.delete_closed",
            agreed=lambda: self._want(keeping.delete(self._trouble.profile), "profiles.said.deleted"),
            parent=self,
            theme=self._theme,
            name=self._trouble.profile.name,
        )

    def _want(self, change: Change, said: str = "") -> None:
        self.wanted.emit(Reopening(change=change, said=said))
