"""A stretch of days: from one until another, typed or stepped through by the arrow keys."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDateEdit, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.page import row
from attune.ui.widgets.text import text

EDGE = 10  # pixels between the frame and a day


class Dates(QWidget):
    """``changed`` where another day was put in; the two may stand in either order."""

    changed = Signal()

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.begin, self.end = _Day(words("history.find.from"), words), _Day(words("history.find.to"), words)
        inside = row(spacing=8)
        for field in (self.begin, self.end):
            inside.addWidget(text(field.accessibleName(), "quiet", wrap=False))
            inside.addWidget(field)
            field.dateChanged.connect(lambda _day: self.changed.emit())
        self.setLayout(inside)
        theme.changed.connect(self._fit)
        self._fit()

    def choose(self, first: date, last: date) -> None:
        """Put both in, saying nothing."""
        for field, day in ((self.begin, first), (self.end, last)):
            field.blockSignals(True)  # noqa: FBT003 - Qt's own
            field.setDate(QDate(day.year, day.month, day.day))
            field.blockSignals(False)  # noqa: FBT003

    def _fit(self) -> None:
        for field in (self.begin, self.end):
            field.setFixedHeight(self._theme.sizes.control)

    def hold(self, day: date) -> bool:
        """Whether a day is one of them, the first and the last too."""
        first, last = sorted((_plain(self.begin.date()), _plain(self.end.date())))
        return first <= day <= last


class _Day(QDateEdit):
    """Written as the words' language writes a day; a turning wheel scrolls the page instead."""

    def __init__(self, name: str, words: Words) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setLocale(QLocale(words.language))
        self.setDisplayFormat("d MMM yyyy")
        self.lineEdit().setTextMargins(EDGE, 0, EDGE, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing is changed by scrolling past."""
        event.ignore()


def _plain(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
