"""A word of one's own, with the nearest names offered while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from attune.affect.reading import NONE
from attune.app.protocols.free_word import FreeWords
from attune.app.services import Services
from attune.ui.practice.choices import ChoiceGrid
from attune.ui.theme import Theme
from attune.ui.widgets import announce, column, text

MOST_NEAR = 4
LONGEST = 60


class WordField(QWidget):
    """The nearest name counts until another is chosen. ``changed`` when it may be another one than before.

    ``chosen(label)`` when one of the names offered was chosen by hand.
    """

    changed = Signal()
    chosen = Signal(str)

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = services.words
        self._known = FreeWords(services.words, services.vocabulary)
        self._choices: tuple[str, ...] = ()
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST)
        self.field.setAccessibleName(self._words("practice.word.name"))
        self.field.setPlaceholderText(self._words("practice.word.example"))
        self.field.textEdited.connect(self._typed)
        self.field.installEventFilter(self)
        self._hint = text("", "quiet")
        self.near = ChoiceGrid(self._words, theme)
        self.near.chosen.connect(self.chosen)
        inside = column(spacing=10)
        inside.addWidget(self.field)
        inside.addWidget(self._hint)
        inside.addWidget(self.near)
        self.setLayout(inside)

    @property
    def label(self) -> str | None:
        """The name the word is taken for."""
        return self.near.label

    @property
    def word(self) -> str:
        """What was typed."""
        return self.field.text().strip()

    def begin(self, choices: tuple[str, ...]) -> None:
        """Ask for a word for one of ``choices``."""
        self._choices = choices
        self.field.clear()
        self._say("begin")
        self.near.offer(())

    def offer_all(self) -> None:
        """No name is near: say so, and offer all of them."""
        self._say("unknown")
        announce(self, self._hint.text())
        self.near.offer(self._choices)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the field to the names."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and self.near.buttons
        ):
            next(iter(self.near.buttons.values())).setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _typed(self) -> None:
        found = self._known.nearest(self.word, self._choices)[:MOST_NEAR]
        names = [match.name for match in found]
        if names and NONE in self._choices:
            names.append(NONE)
        self.near.offer(names)
        if names:
            self.near.mark(names[0])
        self._say("near" if names else "begin")
        self.changed.emit()

    def _say(self, key: str) -> None:
        self._hint.setText(self._words(f"practice.word.{key}"))
