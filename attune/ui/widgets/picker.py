"""One of several, out of a list that unfolds."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from attune.ui.theme import Theme

SIDE = 5.0  # half the width of the chevron
EDGE = 18.0  # from its middle to the right edge
AROUND = 48  # pixels a picker is wider than its widest words


class Picker(QComboBox):
    """As wide as its widest words, where there is room; a turning wheel scrolls the page instead."""

    def __init__(
        self, options: Iterable[str], name: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumContentsLength(8)
        self.offer(options)
        theme.changed.connect(self.updateGeometry)

    def offer(self, options: Iterable[str]) -> None:
        """Offer these instead."""
        self.clear()
        self.addItems(list(options))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the widest words and the chevron."""
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=0)
        return QSize(widest + AROUND, self._theme.sizes.control)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing is chosen by scrolling past."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box, and a chevron that says it unfolds."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("text_quiet"), 1.6))
        x, y = self.width() - EDGE, self.height() / 2 + 1
        corners = ((-SIDE, -SIDE / 2), (0, SIDE / 2), (SIDE, -SIDE / 2))
        painter.drawPolyline(QPolygonF([QPointF(x + right, y + down) for right, down in corners]))
        painter.end()
