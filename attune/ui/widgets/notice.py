"""The bar above a page that says what went wrong, and what to do, without taking the page away."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from attune.resources import Words
from attune.ui.widgets.buttons import QuietButton
from attune.ui.widgets.page import row
from attune.ui.widgets.text import announce, text


class NoticeBar(QWidget):
    """Hidden until :meth:`say`; stays until it is dismissed or something else is said."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text("")
        self._dismiss = QuietButton(words("shell.notice.dismiss"))
        self._dismiss.clicked.connect(self.hide)
        inside = row(spacing=8)
        inside.setContentsMargins(16, 8, 8, 8)
        inside.addWidget(self._text, 1)
        inside.addWidget(self._dismiss)
        bar = QFrame()
        bar.setProperty("role", "notice")
        bar.setLayout(inside)
        around = row()
        around.setContentsMargins(32, 16, 32, 0)  # as a page's own
        around.addWidget(bar)
        self.setLayout(around)
        self.hide()

    @property
    def message(self) -> str:
        """What it says now."""
        return self._text.text()

    def say(self, sentence: str) -> None:
        """Show a sentence, and have screen readers say it."""
        self._text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        announce(self, sentence)
