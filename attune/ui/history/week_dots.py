"""The seven days of this week, each with as many answers as it had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.history import told
from attune.ui.theme import Theme

if TYPE_CHECKING:
    from attune.app.progress.overview import Week


class WeekDots(QWidget):
    """A filled disc with its number on days with practice, a ring on days without, today underlined."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._theme = words, theme
        self._week: Week | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def fill(self, week: Week) -> None:
        """Show this week."""
        self._week = week
        self.setAccessibleName(told.week(week, self._words))
        self.update()

    def sizeHint(self) -> QSize:
        """Discs, with the days below."""
        sizes = self._theme.sizes
        return QSize(7 * (sizes.control + 4), sizes.control + round(2.1 * sizes.small))

    def minimumSizeHint(self) -> QSize:
        """Discs may come close to each other."""
        return QSize(7 * 30, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the discs that fit."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self._side()[1] + 2.1 * self._theme.sizes.small))

    def _side(self) -> tuple[float, float]:
        """Room for a day, and the side of its disc."""
        step = min(self.width() / 7, self._theme.sizes.control * 1.5)
        return step, min(self._theme.sizes.control, step - 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the days from left to right."""
        if self._week is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes, (step, side) = self._theme.sizes, self._side()
        small = self._theme.font(sizes.small)
        for place, answers in enumerate(self._week.days):
            disc = QRectF(place * step + (step - side) / 2, 1, side, side)
            later = place > self._week.today
            edge = QPen(self._theme.colour("accent" if answers else "border" if later else "outline"), 1.5)
            edge.setStyle(Qt.PenStyle.DotLine if later else Qt.PenStyle.SolidLine)
            painter.setPen(edge)
            painter.setBrush(self._theme.colour("accent") if answers else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(disc)
            painter.setFont(small)
            if answers:
                painter.setPen(self._theme.colour("on_accent"))
                painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(answers) if answers < 1000 else "✓")
            name = QRectF(place * step, side + 4, step, 1.5 * sizes.small)
            today = place == self._week.today
            painter.setPen(self._theme.colour("text" if today else "text_quiet"))
            small_name = self._theme.font(sizes.small)
            small_name.setBold(today)
            painter.setFont(small_name)
            painter.drawText(name, Qt.AlignmentFlag.AlignCenter, told.weekday(place, self._words))
        painter.end()
