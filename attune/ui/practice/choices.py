"""The labels offered, as large buttons with their number keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button

GAP = 8
MOST_COLUMNS = 2
LAST_KEY = 9


class ChoiceButton(Button):
    """One label: its number on a key cap, its name, and a tick when it is chosen."""

    def __init__(self, theme: Theme, key: str, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._theme = theme
        self._key = key
        self._title = title
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(tip)
        self.setToolTip(tip)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for key cap, name and tick."""
        cap, height = self._cap(), self._theme.sizes.control + 6
        width = QFontMetrics(self._font()).horizontalAdvance(self._title)
        return QSize(round(10 + cap + 8 + width + 8 + cap * 0.6 + 8), height)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's button, then key cap, name and tick."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cap = self._cap()
        middle = self.height() / 2
        place = QRectF(10, middle - cap / 2, cap, cap)
        chosen = self.isChecked()
        painter.setPen(QPen(self._theme.colour("accent" if chosen else "outline"), 1))
        painter.setBrush(self._theme.colour("accent" if chosen else "sunken"))
        painter.drawRoundedRect(place, 6, 6)
        painter.setFont(self._theme.font(self._theme.sizes.small, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("on_accent" if chosen else "text_quiet"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._key)
        painter.setFont(self._font())
        painter.setPen(self._theme.colour("text"))
        beside = QRectF(place.right() + 8, 0, self.width() - place.right() - 8, self.height())
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._title)
        if chosen:
            self._paint_tick(painter, QPointF(self.width() - 8 - cap * 0.3, middle), cap * 0.24)
        painter.end()

    def _paint_tick(self, painter: QPainter, centre: QPointF, size: float) -> None:
        tick = QPainterPath(centre + QPointF(-size, 0))
        tick.lineTo(centre + QPointF(-size * 0.25, size * 0.75))
        tick.lineTo(centre + QPointF(size, -size * 0.75))
        pen = QPen(self._theme.colour("accent"), 2.4)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(tick, pen)

    def _cap(self) -> float:
        return self._theme.sizes.small * 1.7

    def _font(self) -> QFont:
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium
        return self._theme.font(self._theme.sizes.body, weight=weight)


class ChoiceGrid(QWidget):
    """The labels in their order, in as many columns as fit; ``chosen(label)`` on every choice."""

    chosen = Signal(str)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._most = 1
        self._columns = 0
        self._picked: list[str] = []
        self.buttons: dict[str, ChoiceButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels chosen now, the one chosen first before the other."""
        return tuple(self._picked)

    @property
    def label(self) -> str | None:
        """The label chosen now, the first of two."""
        return self._picked[0] if self._picked else None

    def offer(self, labels: Sequence[str], *, most: int = 1) -> None:
        """Offer these labels, none chosen; ``most`` can be, one more takes the place of the last."""
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        self._picked = []
        self._most = most
        for number, label in enumerate(labels, start=1):
            term = self._words.table(f"emotions.{label}")
            key = str(number) if number <= LAST_KEY else ""
            button = ChoiceButton(self._theme, key, term["title"], term["definition"], self)
            button.clicked.connect(lambda _checked, label=label: self._click(label))
            self.buttons[label] = button
        self._columns = 0
        self._arrange()

    def mark(self, label: str) -> None:
        """Choose a label, saying nothing."""
        if label in self._picked:
            if self._most > 1:
                self._picked.remove(label)
        else:
            self._picked = [*self._picked[: self._most - 1], label]
        for each, button in self.buttons.items():
            button.setChecked(each in self._picked)

    def clear(self) -> None:
        """Choose nothing, saying nothing."""
        self._picked = []
        for button in self.buttons.values():
            button.setChecked(False)

    def choose(self, number: int) -> None:
        """Choose the label with this number, counted from 1; nothing happens for any other."""
        if 1 <= number <= len(self.buttons):
            list(self.buttons.values())[number - 1].click()

    def _click(self, label: str) -> None:
        self.mark(label)
        self.chosen.emit(label)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange when another number of columns fits."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """One column wide at least."""
        widest = max((button.sizeHint().width() for button in self.buttons.values()), default=0)
        return QSize(widest, self._grid.minimumSize().height())

    def _arrange(self) -> None:
        if not self.buttons:
            return
        widest = max(button.sizeHint().width() for button in self.buttons.values())
        columns = min(MOST_COLUMNS, max(1, (self.width() + GAP) // (widest + GAP)))
        if columns == self._columns:
            return
        self._columns = columns
        for place, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, place // columns, place % columns)
