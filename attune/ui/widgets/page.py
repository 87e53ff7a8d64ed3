"""The frame of a page: a scrolling column in the middle, cards on it."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from attune.ui.theme import Theme

L = TypeVar("L", bound=QBoxLayout)


def column(*, spacing: int = 16, margin: int = 0) -> QVBoxLayout:
    """Layout from top to bottom."""
    return _spaced(QVBoxLayout(), spacing, margin)


def row(*, spacing: int = 16, margin: int = 0) -> QHBoxLayout:
    """Layout from left to right."""
    return _spaced(QHBoxLayout(), spacing, margin)


def _spaced(layout: L, spacing: int, margin: int) -> L:
    layout.setSpacing(spacing)
    layout.setContentsMargins(margin, margin, margin, margin)
    return layout


class Card(QFrame):
    """A surface on the page; add to ``body``."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "card", margin: int = 24) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.body = column(margin=margin)
        self.setLayout(self.body)


class ScrollPage(QScrollArea):
    """A page that scrolls when the window is small; add to ``body``, a column of comfortable width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, wide: bool = False) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wide = wide
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet = QWidget()
        self.sheet.setProperty("role", "page")
        self._column = QWidget(self.sheet)
        self.body = column(spacing=24)
        self._column.setLayout(self.body)
        sides = row(spacing=0)
        sides.setContentsMargins(32, 32, 32, 40)
        sides.addStretch(1)
        sides.addWidget(self._column, 1000)
        sides.addStretch(1)
        self.sheet.setLayout(sides)
        self.setWidget(self.sheet)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        width = self._theme.sizes.column
        self._column.setMaximumWidth(width * 3 // 2 if self._wide else width)


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and delete the widgets in it."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            emptied(inner)
        if (widget := item.widget()) is not None:
            widget.hide()  # its layout may still be about to show it, which would now make it a window
            widget.setParent(None)
            widget.deleteLater()
