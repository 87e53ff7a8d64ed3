"""Below the picture: watching the face come, stay and go; and back to rest."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.faces import Pace
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.buttons import Chip
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.icons import icon


class PlayRow(QWidget):
    """``play(pace)`` each time one of the paces is pressed; ``rest`` is the button beside them."""

    play = Signal(object)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = words("sandbox.play.name")
        self.setAccessibleName(name)
        self._theme = theme
        self.buttons = {pace: Chip(words(f"sandbox.play.{pace}")) for pace in Pace}
        flow = Flow(self, spacing=8)
        for pace, button in self.buttons.items():
            button.setAccessibleName(f"{name}: {button.text()}")
            button.clicked.connect(lambda _checked, pace=pace: self.play.emit(pace))
            flow.addWidget(button)
        self.rest = Chip(words("sandbox.page.rest"), quiet=True)
        flow.addWidget(self.rest)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        for button in self.buttons.values():
            button.setIcon(icon("play", self._theme.tokens.accent))
