"""Backups: those Attune makes by itself, one into a file, and back from either."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app import keeping
from attune.app.keeping import Backup
from attune.resources import Words
from attune.ui.profiles.form import Field, Form
from attune.ui.profiles.parts import Parts, day_words, size_words
from attune.ui.widgets import Button, Card, PrimaryButton, announce, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.asking import ask_where_to, ask_which
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.page import emptied


class BackupList(QWidget):
    """One row a backup, the newest first; ``chosen`` carries the one to restore."""

    chosen = Signal(object)

    def __init__(self, words: Words, restore: str, *, primary: bool = False) -> None:
        """``restore``: words key of the buttons; ``primary``: the newest is what one is here for."""
        super().__init__()
        self._restore = restore
        self._words = words
        self._primary = primary
        self._lines = column(spacing=8)
        self.buttons: list[Button] = []
        self.setLayout(self._lines)

    def fill(self, backups: Sequence[Backup]) -> None:
        """Show these."""
        emptied(self._lines)
        self.buttons.clear()
        for backup in backups:
            first = self._primary and not self.buttons
            button = (PrimaryButton if first else Button)(self._words(self._restore))
            day = day_words(backup.day, self._words)
            button.setAccessibleName(f"{button.text()}: {day}")
            button.clicked.connect(lambda _=False, backup=backup: self.chosen.emit(backup))
            self.buttons.append(button)
            line = row(spacing=12)
            line.addWidget(text(day, "strong" if first else "body"), 1)
            line.addWidget(text(size_words(backup.size, self._words), "quiet", wrap=False))
            line.addWidget(button)
            self._lines.addLayout(line)


class BackupsCard(Card):
    """Of the open profile."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self.list = BackupList(words, "profiles.backups.restore")
        self.list.chosen.connect(self._ask_to_restore)
        self.none = text(words("profiles.backups.none"), "quiet")
        self.said = text("", "strong")
        self.said.hide()
        self.save = Button(words("profiles.backups.save"))
        self.open = Button(words("profiles.backups.open"))
        self.save.clicked.connect(self._ask_where)
        self.open.clicked.connect(lambda: ask_for_backup(self, words, self._examine))
        actions = row(spacing=8)
        actions.addWidget(self.save)
        actions.addWidget(self.open)
        actions.addStretch(1)
        self.body.addWidget(text(words("profiles.backups.title"), "heading"))
        self.body.addWidget(text(words("profiles.backups.note"), "quiet"))
        self.body.addWidget(self.list)
        self.body.addWidget(self.none)
        self.body.addWidget(self.said)
        self.body.addLayout(actions)

    def look(self) -> None:
        """Show those there are now."""
        services = self._parts.services
        found = services.background.submit(services.profiles.backups, services.profile)
        self._parts.bridge.deliver(found, self._fill)

    def _fill(self, backups: Sequence[Backup]) -> None:
        self.list.fill(backups)
        allow(self.open, *self.list.buttons, unless=only_read(self._parts.services))
        self.list.setVisible(bool(backups))
        self.none.setVisible(not backups)

    def _ask_where(self) -> None:
        words = self._parts.words
        name = f"{self._parts.services.profile.name}.sqlite3"
        title, kinds = words("profiles.backups.save"), words("profiles.backups.files")
        ask_where_to(self, title, kinds, name, self._back_up)

    def _back_up(self, target: Path) -> None:
        def tell(_done: object) -> None:
            self.said.setText(self._parts.words("profiles.backups.saved", path=target))
            self.said.show()
            announce(self, self.said.text())

        self._parts.bridge.deliver(self._parts.services.history.back_up_to(target), tell)

    def _ask_to_restore(self, backup: Backup) -> None:
        self._examine(backup.file, day_words(backup.day, self._parts.words))

    def _examine(self, source: Path, called: str = "") -> None:
        """Ask before restoring; for the passphrase too, where the backup has one."""
        locked = self._parts.services.background.submit(keeping.needs_passphrase, source)
        self._parts.bridge.deliver(
            locked, lambda locked: self._confirm(source, called or source.name, locked=locked)
        )

    def _confirm(self, source: Path, called: str, *, locked: bool) -> None:
        words, theme, name = self._parts.words, self._parts.theme, self._parts.services.profile.name
        if locked:
            Form(
                words,
                "profiles.restore_locked",
                [Field("passphrase", secret=True)],
                agreed=lambda values: self._restore(source, values["passphrase"]),
                check=lambda _values: None,
                parent=self,
                theme=theme,
                called=called,
                name=name,
            )
            return
        Question(
            words,
            "profiles.restore",
            agreed=lambda: self._restore(source, ""),
            parent=self,
            theme=theme,
            called=called,
            name=name,
        )

    def _restore(self, source: Path, passphrase: str) -> None:
        change = keeping.restore(self._parts.services.profile, source, passphrase)
        self._parts.reopen(change, "profiles.said.restored")


def ask_for_backup(parent: QWidget, words: Words, chosen: Callable[[Path], object]) -> None:
    """Ask for a file that a backup was written to."""
    ask_which(parent, words("profiles.backups.open"), words("profiles.backups.files"), chosen)
