"""A soft change from what was shown to what is shown now."""

from __future__ import annotations

from PySide6.QtCore import Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

LASTS_MS = 160


class Fade(QWidget):
    """The old picture of a widget, over it, growing transparent; then it deletes itself.

    Make it before the change. Takes no clicks and no focus.
    """

    def __init__(self, over: QWidget) -> None:
        self._before = over.grab()  # first, or it would be in its own picture
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(over.rect())
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(LASTS_MS)
        self._animation.setStartValue(1.0)
        self._animation.setEndValue(0.0)
        self._animation.valueChanged.connect(self.update)
        self._animation.finished.connect(self.deleteLater)
        self.show()
        self.raise_()
        self._animation.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what was there, as faint as it is by now."""
        painter = QPainter(self)
        painter.setOpacity(float(self._animation.currentValue()))
        painter.drawPixmap(0, 0, self._before)
        painter.end()
