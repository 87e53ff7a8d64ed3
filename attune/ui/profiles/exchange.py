"""The card of taking everything along for other programs, and taking it in again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from attune.app.export import Taken, Way, take_along, take_in
from attune.ui.profiles.parts import Parts
from attune.ui.widgets import Button, Card, announce, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.asking import ask_where_to, ask_which


class ExchangeCard(Card):
    """JSON goes into one file, CSV into a folder with a table in each file."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self.csv = Button(words("profiles.exchange.csv"))
        self.json = Button(words("profiles.exchange.json"))
        self.take_file = Button(words("profiles.exchange.take_file"))
        self.take_folder = Button(words("profiles.exchange.take_folder"))
        self.said = text("", "strong")
        self.said.hide()
        self.csv.clicked.connect(lambda: self._ask_where(Way.CSV))
        self.json.clicked.connect(lambda: self._ask_where(Way.JSON))
        self.take_file.clicked.connect(lambda: self._ask_for(QFileDialog.FileMode.ExistingFile))
        self.take_folder.clicked.connect(lambda: self._ask_for(QFileDialog.FileMode.Directory))
        self.body.addWidget(text(words("profiles.exchange.title"), "heading"))
        self.body.addWidget(text(words("profiles.exchange.note"), "quiet"))
        self._add_actions(self.csv, self.json)
        self.body.addWidget(text(words("profiles.exchange.in_note"), "quiet"))
        self._add_actions(self.take_file, self.take_folder)
        self.body.addWidget(self.said)

    def look(self) -> None:
        """Nothing is taken in while another window keeps the history."""
        allow(self.take_file, self.take_folder, unless=only_read(self._parts.services))

    def _add_actions(self, *buttons: Button) -> None:
        actions = row(spacing=8)
        for button in buttons:
            actions.addWidget(button)
        actions.addStretch(1)
        self.body.addLayout(actions)

    def _ask_where(self, way: Way) -> None:
        words, name = self._parts.words, self._parts.services.profile.name
        ask_where_to(
            self,
            words(f"profiles.exchange.{way}"),
            words(f"profiles.exchange.{way}_files"),
            f"{name}.json" if way is Way.JSON else name,
            lambda target: self._take_along(target, way),
        )

    def _take_along(self, target: Path, way: Way) -> None:
        words = self._parts.words
        done = self._parts.services.history.ask(lambda store: take_along(store, target, way, words))
        self._parts.bridge.deliver(
            done, lambda _done: self._say(words("profiles.exchange.taken_along", path=target))
        )

    def _ask_for(self, kind: QFileDialog.FileMode) -> None:
        words = self._parts.words
        of_file = kind is QFileDialog.FileMode.ExistingFile
        kinds = words("profiles.exchange.json_files") if of_file else ""
        ask_which(self, words("profiles.exchange.take_in"), kinds, self._take_in, kind)

    def _take_in(self, source: Path) -> None:
        taken = self._parts.services.history.ask(lambda store: take_in(store, source))
        self._parts.bridge.deliver(taken, self._report)

    def _report(self, taken: Taken) -> None:
        key = "profiles.exchange.taken_in" if taken.known == 0 else "profiles.exchange.taken_in_some"
        self._say(
            self._parts.words(
                key,
                sessions=taken.sessions,
                answers=taken.answers,
                notes=taken.notes,
                known=taken.known,
            )
        )

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)
        self.said.show()
        announce(self, sentence)
