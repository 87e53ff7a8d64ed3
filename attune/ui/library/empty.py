"""What stands where there are no pictures: an invitation, that nothing fits, that a set does not open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from attune.app.gallery import Wanted
from attune.app.library import Shelved
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, QuietButton, column, row, text

DASHES = [4.0, 4.0]  # of the line around where things can be dropped, in its width


class Invitation(QFrame):
    """Shown until somebody brought in clips of their own: how that is done."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        inside = column(spacing=8, margin=16)
        inside.addWidget(text(words("library.bring.invitation"), "strong"))
        inside.addWidget(text(words("library.bring.kinds"), "small"))
        self.setLayout(inside)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed line says that something may be dropped here."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("outline"), 1.5)
        pen.setDashPattern(DASHES)
        painter.setPen(pen)
        radius = self._theme.sizes.radius_large
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), radius, radius)
        painter.end()


class Nothing(QWidget):
    """No clip fits what is looked for."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._title = text("", "strong")
        self.all_button = QuietButton(words("library.search.all"))
        inside = column(spacing=8)
        inside.addSpacing(48)
        for part in (self._title, text(words("library.search.nothing_more"), "quiet")):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(part)
        inside.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addStretch(1)
        self.setLayout(inside)

    def show_wanted(self, wanted: Wanted) -> None:
        """Say what was looked for."""
        typed = wanted.words.strip()
        key = "words" if typed else "ticks" if not wanted.anything else "empty"
        self._title.setText(self._words(f"library.search.nothing_{key}", words=typed))
        self.all_button.setVisible(not wanted.anything)


class Trouble(QWidget):
    """A set that does not open: what is the matter, and what can be done."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self.shelved: Shelved | None = None
        self._title = text("", "strong")
        self._said = text("")
        self._safe = text(words("library.trouble.safe"), "quiet")
        self.folder_button = Button(words("library.trouble.folder"))
        self.again_button = Button(words("library.trouble.again"))
        self.remove_button = QuietButton(words("library.trouble.remove"))
        self.open_button = Button(words("protection.lock_open.button"))
        card = Card()
        card.body.setSpacing(12)
        for part in (self._title, self._said, self._safe):
            card.body.addWidget(part)
        ways = row(spacing=8)
        for button in (self.open_button, self.again_button, self.folder_button, self.remove_button):
            ways.addWidget(button)
        ways.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(ways)
        card.setMaximumWidth(theme.sizes.column)
        inside = column(spacing=0)
        inside.setContentsMargins(0, 8, 20, 20)
        inside.addWidget(card)
        inside.addStretch(1)
        self.setLayout(inside)

    def show_problem(self, shelved: Shelved) -> None:
        """Say it in the words of the error."""
        self.shelved = shelved
        if shelved.problem is not None:
            self._title.setText(self._words("library.trouble.title"))
            self._said.setText(self._words.error(shelved.problem))
        else:
            self._title.setText(self._words("library.trouble.locked"))
            self._said.setText(self._words("library.trouble.locked_more"))
        locked = shelved.problem is None
        self.open_button.setVisible(locked)
        for part in (self._safe, self.again_button, self.folder_button):
            part.setVisible(not locked)
