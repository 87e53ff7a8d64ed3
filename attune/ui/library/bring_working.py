"""While clips are looked at or copied: how far it is, how long it takes, and a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from attune.app.importing import Advance
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, column, row, text

PARTS = 1000  # of the bar
MINUTE_S = 60
FAR_S = 90  # from so many seconds on they are told in minutes


class WorkingPage(QWidget):
    """``stopping`` when the person wants it to end.

    It has the focus itself: a second Enter meant for what stood there before stops nothing.
    """

    stopping = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._title = text("", "heading")
        self._said = text("", "quiet")
        self._left = text("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, PARTS)
        self.stop_button = Button(words("library.bring.stop"))
        self.stop_button.clicked.connect(self.stopping)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        card = Card(margin=32)
        for part in (self._title, self._said, self.bar, self._left):
            card.body.addWidget(part)
        ways = row()
        ways.addStretch(1)
        ways.addWidget(self.stop_button)
        card.body.addLayout(ways)
        card.setMaximumWidth(theme.sizes.column)
        middle = row(spacing=0)
        middle.addStretch(1)
        middle.addWidget(card, 1000)
        middle.addStretch(1)
        inside = column(margin=32)
        inside.addLayout(middle)
        inside.addStretch(1)
        self.setLayout(inside)

    @property
    def said(self) -> str:
        """How far it is, in words."""
        return self._said.text()

    def begin(self, kind: str, name: str, *, stop: str = "stop") -> None:
        """Say what begins: ``looking``, ``copying`` or ``packing``; ``stop``: what the way out is called."""
        self.stop_button.setText(self._words(f"library.bring.{stop}"))
        self._title.setText(self._words(f"library.bring.{kind}", name=name))
        self._said.setText("")
        self._left.setText("")
        self.bar.setRange(0, 0)
        for part in (self, self.bar):
            part.setAccessibleName(self._title.text())

    def show_advance(self, advance: Advance) -> None:
        """Say how far it is."""
        done, total = advance.done, advance.total
        if total:
            self.bar.setRange(0, PARTS)
            self.bar.setValue(PARTS * done // total)
        step = self._words(f"importing.steps.{advance.step}")
        said = self._words("library.bring.percent", step=step, share=done / total) if total else step
        self._said.setText(said)
        self._left.setText(self._time(advance.left_s))

    def _time(self, seconds: float | None) -> str:
        if seconds is None:
            return ""
        if seconds < FAR_S:
            return self._words("library.bring.left.seconds", seconds=max(1, round(seconds)))
        return self._words("library.bring.left.minutes", minutes=round(seconds / MINUTE_S))
