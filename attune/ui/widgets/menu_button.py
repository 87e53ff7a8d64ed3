"""Buttons that open a menu, with an arrow that says so."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from attune.ui.theme import Theme
from attune.ui.widgets.buttons import Button, Chip
from attune.ui.widgets.icons import icon


class MenuButton(Button):
    """Add actions to ``choices``."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme = theme
        self.choices = QMenu(self)
        self.setMenu(self.choices)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.choices.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        self.setIcon(icon("below", self._theme.tokens.text_quiet, checked=self._theme.tokens.accent))


class MenuChip(MenuButton):
    """The same as a chip."""

    role = Chip.role
