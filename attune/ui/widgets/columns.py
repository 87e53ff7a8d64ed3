"""Things of the same width in as many columns as fit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.ui.theme import Theme


class Columns(QWidget):
    """``most`` columns; fewer where they would be narrower than ``narrowest`` heights of the body type."""

    def __init__(
        self, theme: Theme, things: Sequence[QWidget], *, most: int, narrowest: float, gap: int = 16
    ) -> None:
        super().__init__()
        self._theme, self._things = theme, tuple(things)
        self._most, self._narrowest, self._gap = most, narrowest, gap
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        theme.changed.connect(self._place)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another number of columns may fit."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        narrowest = self._theme.sizes.body * self._narrowest
        columns = int(min(self._most, max(1, (self.width() + self._gap) // (narrowest + self._gap))))
        if columns == self._columns:
            return
        self._columns = columns
        for place, thing in enumerate(self._things):
            self._grid.addWidget(thing, place // columns, place % columns)
        for place in range(self._most):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
