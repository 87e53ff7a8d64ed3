"""The list of pages on the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.icons import BRAND, icon, picture
from attune.ui.widgets.page import column, row
from attune.ui.widgets.text import text


class Navigation(QFrame):
    """One button a page; Tab reaches the chosen one, the arrow keys move between them."""

    chosen = Signal(str)

    def __init__(
        self, words: Words, theme: Theme, names: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "navigation")
        self.setAccessibleName(words("shell.navigation.name"))
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons = {name: self._button(name, words(f"shell.navigation.{name}")) for name in names}
        self._lock = QLabel()
        self._brand = QLabel()
        self.setLayout(self._arranged(words))
        theme.changed.connect(self._paint)
        self._paint()

    def choose(self, name: str) -> None:
        """Mark a page as the one showing."""
        self._buttons[name].setChecked(True)

    def button(self, name: str) -> QPushButton:
        """The button of one page."""
        return self._buttons[name]

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(f"\u2002{words}")  # a little air beside the icon
        button.setAccessibleName(words)
        button.setProperty("role", "navigation")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        return button

    def _arranged(self, words: Words) -> QVBoxLayout:
        top = row(spacing=10)
        top.setContentsMargins(10, 4, 0, 20)
        top.addWidget(self._brand)
        top.addWidget(text(words("shell.window.title"), "heading", wrap=False), 1)
        bottom = row(spacing=8)
        bottom.setContentsMargins(12, 0, 4, 4)
        bottom.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(text(words("shell.navigation.private"), "small"), 1)
        whole = column(spacing=4)
        whole.setContentsMargins(12, 20, 12, 16)
        whole.addLayout(top)
        for button in self._buttons.values():
            whole.addWidget(button)
        whole.addStretch(1)
        whole.addLayout(bottom)
        return whole

    def _paint(self) -> None:
        """Draw the icons again in the theme's colours and sizes."""
        colours, sizes = self._theme.tokens, self._theme.sizes
        side = round(sizes.body * 1.4)
        scale = self.devicePixelRatioF()
        for name, button in self._buttons.items():
            button.setIcon(icon(name, colours.text_quiet, checked=colours.accent))
            button.setIconSize(QSize(side, side))
        self._brand.setPixmap(picture("attune", BRAND, round(side * 1.5), scale=scale))
        self._lock.setPixmap(picture("lock", colours.text_quiet, sizes.small + 3, scale=scale))
        self.setFixedWidth(round(200 * sizes.body / 15))
