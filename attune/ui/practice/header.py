"""Above every question: what is practised, how far it is, the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.practice import PracticeSession
from attune.resources import Words
from attune.ui.practice.marks import Bar
from attune.ui.theme import Theme
from attune.ui.widgets import QuietButton, row, text

OPEN_ENDED = ("threshold", "contrast")  # over as soon as enough is known


class SessionHeader(QWidget):
    """``leaving`` when the person wants out."""

    leaving = Signal()

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._mode = text("", "strong", wrap=False)
        self._progress = text("", "quiet", wrap=False)
        self._bar = Bar(theme)
        self.leave_button = QuietButton(words("practice.trial.leave"))
        self.leave_button.clicked.connect(self.leaving)
        inside = row(spacing=16)
        inside.setContentsMargins(28, 16, 28, 4)
        inside.addWidget(self._mode)
        inside.addWidget(self._progress)
        inside.addWidget(self._bar, 1)
        inside.addWidget(self.leave_button)
        self.setLayout(inside)

    @property
    def progress(self) -> str:
        """How far it is, in words."""
        return self._progress.text()

    def show_place(self, session: PracticeSession) -> None:
        """Say where the session's current trial stands."""
        if session.current is None:
            return
        number, count = session.current.position + 1, session.planned
        key = "at_most" if session.setup.mode in OPEN_ENDED else "progress"
        self._mode.setText(self._words(f"practice.start.modes.{session.setup.mode}.title"))
        self._progress.setText(self._words(f"practice.trial.{key}", number=number, count=count))
        self._bar.set_share((number - 1) / count)
        self._bar.setAccessibleName(self._progress.text())
