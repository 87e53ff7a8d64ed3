"""Buttons in three weights: one primary a screen, plain ones, quiet ones that look like links.

They take the focus from the keyboard only, so that a click leaves no ring behind.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


class Button(QPushButton):
    """A plain button; Enter and Return press it as Space does."""

    role = "plain"

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setProperty("role", self.role)
        self.setAutoDefault(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)


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
