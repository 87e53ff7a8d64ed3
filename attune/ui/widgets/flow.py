"""Things side by side, as many as fit, the others below."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays out from left to right and begins a new line where there is no room left."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 8) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more thing."""
        self._items.append(item)

    def count(self) -> int:
        """How many things there are."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """One of the things; None beyond the last."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        """One of the things, out of the layout."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines."""
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, place: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(place)
        self._placed(place, move=True)

    def sizeHint(self) -> QSize:
        """All of it in one line."""
        hints = [item.sizeHint() for item in self._seen()]
        width = sum(hint.width() + self.spacing() for hint in hints) - self.spacing()
        return QSize(max(0, width), max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest thing, alone in its line."""
        found = QSize()
        for item in self._seen():
            found = found.expandedTo(item.minimumSize())
        return found

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _placed(self, place: QRect, *, move: bool) -> int:
        left, top, line = place.x(), place.y(), 0
        for item in self._seen():
            hint = item.sizeHint()
            if left > place.x() and left + hint.width() > place.x() + place.width():
                left, top, line = place.x(), top + line + self.spacing(), 0
            if move:
                item.setGeometry(
                    QRect(QPoint(left, top), hint.boundedTo(QSize(place.width(), hint.height())))
                )
            left += hint.width() + self.spacing()
            line = max(line, hint.height())
        return top + line - place.y()
