"""Buttons in three weights: one primary a screen, plain ones, quiet ones that look like links.

They take the focus from the keyboard only, so that a click leaves no ring behind.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QWidget


class Button(QPushButton):
    """A plain button; Enter and Return press it as Space does, once however long they are held."""

    role = "plain"

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("role", self.role)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key still held from the page before presses nothing on the next one."""
        if not (event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)


class PrimaryButton(Button):
    """The one clear action of a screen."""

    role = "primary"


class QuietButton(Button):
    """An action beside the main ones."""

    role = "quiet"


class Chip(Button):
    """A small thing to choose, one of many."""

    role = "chip"

    def __init__(self, words: str, parent: QWidget | None = None, *, quiet: bool = False) -> None:
        super().__init__(words, parent)
        self.setProperty("quiet", quiet)


class RowButton(Button):
    """A line of a list to press, with a layout in it; as high as that needs."""

    role = "row"

    def __init__(self, inside: QLayout) -> None:
        super().__init__("")
        self.setLayout(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the sentences need."""
        inside = self.layout()
        return inside.totalHeightForWidth(width) if inside is not None else 0

    def sizeHint(self) -> QSize:
        """As the sentences would like it."""
        inside = self.layout()
        return inside.totalSizeHint() if inside is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        """Never higher than needed."""
        inside = self.layout()
        return inside.totalMinimumSize() if inside is not None else QSize()
