"""Several things brought at once: which of them is looked at, what comes then, and a way to leave that."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.importing import Given
from attune.resources import Words
from attune.ui.widgets import QuietButton, announce, row, text

NAMED = 2  # of those that wait


class QueueBar(QWidget):
    """Hidden where one thing comes alone. ``left`` when nothing is to come after this one any more."""

    left = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._things: tuple[Given, ...] = ()
        self._at = 0
        self._said = text("", "strong")
        self.leave_button = QuietButton(words("library.bring.queue.leave"))
        self.leave_button.clicked.connect(self._leave_rest)
        inside = row(spacing=12)
        inside.setContentsMargins(32, 8, 32, 0)
        inside.addWidget(self._said, 1)
        inside.addWidget(self.leave_button)
        self.setLayout(inside)
        self.hide()

    @property
    def said(self) -> str:
        """Which it is, of how many."""
        return self._said.text()

    @property
    def several(self) -> bool:
        """Whether more than one thing is brought, the last of them too."""
        return len(self._things) > 1

    def begin(self, things: tuple[Given, ...]) -> None:
        """Take these, before the first of them."""
        self._things, self._at = things, 0
        self.hide()

    def next(self) -> Given | None:
        """Go on to the next one; None after the last."""
        if self._at == len(self._things):
            return None
        self._at += 1
        self._tell()
        return self._things[self._at - 1]

    def _leave_rest(self) -> None:
        self._things = self._things[: self._at]
        self._tell()
        self.left.emit()

    def _tell(self) -> None:
        self.setVisible(self.several)
        waiting = self._things[self._at :]
        self.leave_button.setVisible(bool(waiting))
        words = self._words
        names = ", ".join(thing.name for thing in waiting[:NAMED])
        if len(waiting) > NAMED:
            names = words("library.bring.queue.more", names=names, count=len(waiting) - NAMED)
        self._said.setText(
            words(
                f"library.bring.queue.{'then' if waiting else 'at'}",
                at=self._at,
                all=len(self._things),
                name=self._things[self._at - 1].name,
                names=names,
            )
        )
        if self.several:
            announce(self, self.said)
