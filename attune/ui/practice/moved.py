"""What moved in the face, in plain words, with a bar for how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.resources import Words
from attune.ui.practice.marks import Bar
from attune.ui.theme import Theme
from attune.ui.widgets import column, text
from attune.ui.widgets.page import emptied

MOST = 6


class Moved(Protocol):
    """One action unit: ``code`` "AU12"; ``side`` left, right (the subject's) or both; ``amount`` 0 to 1."""

    @property
    def code(self) -> str:
        """The unit's code."""

    @property
    def side(self) -> str:
        """Where."""

    @property
    def amount(self) -> float:
        """How much."""


def unit_words(words: Words, unit: Moved) -> str:
    """What moved, and on which side."""
    said = words(f"emotions.units.{unit.code}")
    return said if unit.side == "both" else words(f"feedback.one_side.{unit.side}", unit=said)


class MovedUnits(QWidget):
    """A list of movements, the strongest first."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 1)
        inside = column(spacing=8)
        inside.addWidget(text(words("practice.moved.title"), "strong"))
        inside.addLayout(self._grid)
        self.setLayout(inside)

    def show_units(self, units: Sequence[Moved]) -> None:
        """Show what moved; hides when nothing did."""
        emptied(self._grid)
        for place, unit in enumerate(units[:MOST]):
            bar = Bar(self._theme, colour="measured")
            bar.set_share(unit.amount)
            bar.setAccessibleName(self._words("practice.percent", share=unit.amount))
            self._grid.addWidget(text(unit_words(self._words, unit)), place, 0)
            self._grid.addWidget(bar, place, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setVisible(bool(units))
