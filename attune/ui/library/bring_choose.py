"""Which clips: a folder or files, chosen or dropped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel

from attune.ui.library.parts import Parts
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, announce, column, row, text
from attune.ui.widgets.asking import ask_for_files, ask_which
from attune.ui.widgets.icons import picture

SIGN = 44


class ChoosePage(ScrollPage):
    """``chosen(paths)``. What could not be read is said here, and something else can be chosen."""

    chosen = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.theme)
        self._parts = parts
        words = parts.words
        self.folder_button = PrimaryButton(words("library.bring.folder"))
        self.file_button = Button(words("library.bring.file"))
        self.problem = text("", "strong")
        self.problem.hide()
        self._sign = QLabel()
        self.folder_button.clicked.connect(self._ask_folder)
        self.file_button.clicked.connect(self._ask_files)
        self.setFocusProxy(self.folder_button)
        self._arrange()
        parts.theme.changed.connect(self._paint)
        self._paint()

    def show_problem(self, sentence: str) -> None:
        """Say why what was chosen cannot be brought in."""
        self.problem.setText(sentence)
        self.problem.show()
        announce(self, sentence)

    def _ask_folder(self) -> None:
        title = self._parts.words("library.bring.title")
        ask_which(self, title, "", lambda path: self._choose((path,)), QFileDialog.FileMode.Directory)

    def _ask_files(self) -> None:
        words = self._parts.words
        ask_for_files(self, words("library.bring.title"), words("library.bring.files"), self._choose)

    def _choose(self, paths: tuple[Path, ...]) -> None:
        self.problem.hide()
        self.chosen.emit(paths)

    def _arrange(self) -> None:
        words = self._parts.words
        place = Card(margin=36)
        place.body.setSpacing(12)
        buttons = row(spacing=12)
        buttons.addStretch(1)
        buttons.addWidget(self.folder_button)
        buttons.addWidget(self.file_button)
        buttons.addStretch(1)
        for part in (
            self._sign,
            text(words("library.bring.drop"), "heading"),
            text(words("library.bring.unread"), "quiet"),
        ):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            place.body.addWidget(part)
        place.body.addSpacing(12)
        place.body.addLayout(buttons)
        told = column(spacing=10)
        told.addWidget(text(words("library.bring.what"), "strong"))
        for kind in words.table("library.bring.known").values():
            told.addWidget(text(kind, "quiet"))
        self.body.addWidget(self.problem)
        self.body.addWidget(place)
        self.body.addLayout(told)
        self.body.addStretch(1)

    def _paint(self) -> None:
        colour = self._parts.theme.tokens.accent
        self._sign.setPixmap(picture("bring-in", colour, SIGN, scale=self.devicePixelRatioF()))
