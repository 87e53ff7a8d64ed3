"""Ways to set something: one of a few, on or off, a number on a scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QSizePolicy, QSlider, QWidget

from attune.ui.theme import Theme
from attune.ui.widgets.buttons import Button
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.page import row
from attune.ui.widgets.text import text


class Segments(QWidget):
    """One of a few, side by side if they fit; Tab reaches the chosen one, arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, options: Mapping[str, str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        inside = Flow()
        for key, words in options.items():
            button = Button(words)
            button.setAccessibleName(f"{name}: {words}")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            inside.addWidget(button)
        self.setLayout(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def choose(self, key: str) -> None:
        """Mark one as chosen, saying nothing."""
        self._buttons[key].setChecked(True)

    def button(self, key: str) -> Button:
        """The button of one option."""
        return self._buttons[key]


class Switch(QCheckBox):
    """On or off. The place of the knob says it, the colour only repeats it."""

    def __init__(self, words: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Room for the words and the track."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(words + self._track().width() + 14, max(self._theme.sizes.control - 8, 24))

    def minimumSizeHint(self) -> QSize:
        """Never less than it needs."""
        return self.sizeHint()

    def hitButton(self, at: QPoint) -> bool:
        """A click anywhere on the words or the track counts."""
        return self.rect().contains(at)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, knob and words."""
        colours = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self._track())
        track.moveTop((self.height() - track.height()) / 2)
        on = self.isChecked()
        edge = "accent" if on else "outline" if self.isEnabled() else "border"
        painter.setPen(QPen(self._theme.colour(edge), 1.5))
        painter.setBrush(self._theme.colour("accent" if on else "sunken"))
        painter.drawRoundedRect(track.adjusted(1, 1, -1, -1), track.height() / 2, track.height() / 2)
        side = track.height() - 8
        left = track.right() - 4 - side if on else track.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("on_accent" if on else edge))
        painter.drawEllipse(QRectF(left, track.top() + 4, side, side))
        painter.setPen(colours.text if self.isEnabled() else colours.text_quiet)
        words = self.rect().adjusted(round(track.width()) + 12, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.end()

    def _track(self) -> QRect:
        height = round(self._theme.sizes.body * 1.6)
        return QRect(0, 0, round(height * 1.75), height)


class Scale(QWidget):
    """A number on a scale, said beside it; ``settled`` carries it once the person let go or pressed a key.

    ``live``: it carries every number on the way there too.
    """

    settled = Signal(int)

    def __init__(
        self,
        name: str,
        ends: tuple[int, int],
        step: int,
        say: Callable[[int], str],
        parent: QWidget | None = None,
        *,
        live: bool = False,
    ) -> None:
        super().__init__(parent)
        self._say = say
        self._step = step
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(ends[0] // step, ends[1] // step)
        self.slider.setPageStep(2)
        self.slider.setTracking(live)
        self.slider.setAccessibleName(name)
        self.slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.said = text("", "strong", wrap=False)
        widest = max(QFontMetrics(self.said.font()).horizontalAdvance(say(end)) for end in ends)
        self.said.setMinimumWidth(widest + 24)
        self.slider.sliderMoved.connect(self._show)
        self.slider.valueChanged.connect(self._settle)
        inside = row()
        inside.addWidget(self.slider, 1)
        inside.addWidget(self.said)
        self.setLayout(inside)

    def set_value(self, value: int) -> None:
        """Show a number, saying nothing."""
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.slider.setValue(round(value / self._step))
        self.slider.blockSignals(False)  # noqa: FBT003 - as above
        self._show(self.slider.value())

    def _show(self, place: int) -> None:
        self.said.setText(self._say(place * self._step))
        self.slider.setAccessibleDescription(self.said.text())

    def _settle(self, place: int) -> None:
        self._show(place)
        self.settled.emit(place * self._step)
