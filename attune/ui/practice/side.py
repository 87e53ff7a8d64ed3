"""The column beside the picture: scrolls when the window is small, ends in the one clear action."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from attune.ui.theme import Theme
from attune.ui.widgets import PrimaryButton, column, row

ROOM = 6  # around what is in it, for the ring of the focus


class SideColumn(QWidget):
    """Add to ``body``; ``action`` stays in sight below it."""

    def __init__(self, theme: Theme, action: PrimaryButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        inner = QWidget()
        inner.setProperty("role", "page")
        self.body = column(spacing=14)
        self.body.setContentsMargins(ROOM, ROOM, ROOM + 4, ROOM)
        inner.setLayout(self.body)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inner)
        last = row()
        last.setContentsMargins(ROOM, 0, ROOM + 4, ROOM)
        last.addWidget(action, 1)
        inside = column(spacing=12)
        inside.addWidget(self._area, 1)
        inside.addLayout(last)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._fit)
        self._fit()

    def to_top(self) -> None:
        """Show the beginning."""
        self._area.verticalScrollBar().setValue(0)

    def bring(self, part: QWidget) -> None:
        """Scroll until ``part`` is in sight."""
        self._area.ensureWidgetVisible(part)

    def _fit(self) -> None:
        # Leaves the picture its part, and has room for two columns of labels at any text scale.
        self.setMinimumWidth(128 + self._theme.sizes.column * 283 // 1000)
        self.setMaximumWidth(self._theme.sizes.column * 2 // 3)
