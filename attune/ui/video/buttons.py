"""Small square buttons with a sign from assets/icons."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from attune.ui.theme import Theme
from attune.ui.widgets import Button
from attune.ui.widgets.icons import icon

USUAL_SIDE = 40


class SignButton(Button):
    """Its name is read aloud; name and key show as a tip."""

    def __init__(
        self,
        theme: Theme,
        sign: str,
        name: str,
        *,
        key: str,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._theme = theme
        self._sign = sign
        self.setCheckable(checkable)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")
        theme.changed.connect(self._redraw)
        self._redraw()

    def set_sign(self, sign: str) -> None:
        """Show another sign."""
        if sign != self._sign:
            self._sign = sign
            self._redraw()

    def _redraw(self) -> None:
        # Signs stay readable without growing as fast as words do, and a small picture leaves little room.
        side = USUAL_SIDE + (self._theme.sizes.control - USUAL_SIDE) // 4
        inner = side - 2  # the border is outside; the sheet's padding and height are for words
        square = f"min-width: {inner}px; max-width: {inner}px; min-height: {inner}px; max-height: {inner}px"
        self.setStyleSheet(f"padding: 0; {square}")
        self.setIconSize(QSize(side // 2, side // 2))
        self.setIcon(icon(self._sign, self._theme.tokens.text, checked=self._theme.tokens.accent))
