"""The list of pages on the left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.icons import BRAND, icon, picture
from attune.ui.widgets.page import column, row
from attune.ui.widgets.text import text

ICON = 1.4  # side of an icon, in heights of the body type
FULL = 13.4  # width with words, in heights of the body type
GAP = 4  # pixels between buttons
BESIDE = 3  # how many buttons would fit where the name and the lock stand
COMPACT = 50  # width without, in pixels beside the icon
AIR = "\u2002"  # between an icon and its words


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
        self._compact = self._low = False
        self._group = QButtonGroup(self)
        self._buttons = {name: self._button(name, words(f"shell.navigation.{name}")) for name in names}
        self._brand = QLabel()
        self._title = text(words("shell.window.title"), "heading", wrap=False)
        self._lock = QLabel()
        self._private = text(words("shell.navigation.private"), "small")
        self._lock.setToolTip(self._private.text())
        self.setLayout(self._arranged())
        theme.changed.connect(self._paint)
        self._paint()

    def choose(self, name: str) -> None:
        """Mark a page as the one showing."""
        self._buttons[name].setChecked(True)

    def button(self, name: str) -> QPushButton:
        """The button of one page."""
        return self._buttons[name]

    def allow(self, *, allowed: bool) -> None:
        """Let the pages be chosen, or not yet."""
        for button in self._buttons.values():
            button.setEnabled(allowed)

    def set_compact(self, compact: bool) -> None:
        """Show icons alone, to leave room for the page, or words beside them."""
        if compact != self._compact:
            self._compact = compact
            self._paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height, the pages go before everything else."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        control = self._theme.sizes.control
        low = self.height() < (len(self._buttons) + BESIDE) * (control + GAP)
        if low != self._low:
            self._low = low
            for button in self._buttons.values():
                button.setProperty("low", low)
                button.style().polish(button)
            self._paint()

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton()
        button.setAccessibleName(words)
        button.setProperty("role", "navigation")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(name))
        self._group.addButton(button)
        return button

    def _arranged(self) -> QVBoxLayout:
        top = row(spacing=10)
        top.setContentsMargins(8, 4, 0, 20)
        top.addWidget(self._brand)
        top.addWidget(self._title, 1)
        bottom = row(spacing=8)
        bottom.setContentsMargins(12, 0, 4, 4)
        bottom.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignTop)
        bottom.addWidget(self._private, 1)
        whole = column(spacing=GAP)
        whole.setContentsMargins(12, 20, 12, 16)
        whole.addLayout(top)
        for button in self._buttons.values():
            whole.addWidget(button)
        whole.addStretch(1)
        whole.addLayout(bottom)
        return whole

    def _paint(self) -> None:
        """Words or none, and the icons in the theme's colours and sizes."""
        colours, sizes = self._theme.tokens, self._theme.sizes
        side = round(sizes.body * ICON)
        scale = self.devicePixelRatioF()
        for name, button in self._buttons.items():
            words = button.accessibleName()
            button.setText("" if self._compact else AIR + words)
            button.setToolTip(words if self._compact else "")
            button.setIcon(icon(name, colours.text_quiet, checked=colours.accent))
            button.setIconSize(QSize(side, side))
        for label in (self._title, self._private):
            label.setVisible(not (self._compact or self._low))
        for sign in (self._brand, self._lock):
            sign.setVisible(not self._low)
        self._brand.setPixmap(picture("attune", BRAND, round(side * 1.5), scale=scale))
        self._lock.setPixmap(picture("lock", colours.text_quiet, sizes.small + 3, scale=scale))
        self._fit()
        self.setFixedWidth(side + COMPACT if self._compact else round(sizes.body * FULL))
