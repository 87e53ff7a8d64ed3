"""Over the page while something is held above it: letting go brings it in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.icons import picture

MARGIN = 20
SIGN = 56
SHEER = 0.92  # how much of the page it hides


class DropVeil(QWidget):
    """Takes no clicks and no drops: they are the page's."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._said, self._theme = words("library.bring.release"), theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, page: QWidget) -> None:
        """Show it over all of the page."""
        self.setGeometry(page.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A sign and a sentence within a dashed line."""
        sizes = self._theme.sizes
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("window", SHEER))
        place = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        pen = QPen(self._theme.colour("accent"), 2.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(self._theme.colour("accent_soft", 0.5))
        painter.drawRoundedRect(place, sizes.radius_large, sizes.radius_large)
        sign = picture("bring-in", self._theme.tokens.accent, SIGN, scale=self.devicePixelRatioF())
        painter.drawPixmap(place.center() - QPointF(SIGN / 2, SIGN + 8), sign)
        painter.setFont(self._theme.font(sizes.heading, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("text"))
        place.setTop(place.center().y() + 16)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, self._said)
        painter.end()
