"""Sliders that say in words where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSlider, QWidget

from attune.resources import Words
from attune.ui.widgets import column, row, text

STEP = 5


class Step(NamedTuple):
    """From this share of the scale's way on, the word with this key holds."""

    share: float
    key: str


STRENGTH = (
    Step(0.0, "barely"),
    Step(0.2, "slight"),
    Step(0.4, "clear"),
    Step(0.65, "strong"),
    Step(0.9, "full"),
)
SURENESS = (
    Step(0.0, "guess"),
    Step(0.02, "little"),
    Step(0.35, "fairly"),
    Step(0.7, "very"),
    Step(0.98, "certain"),
)


class Line(QWidget):
    """A question answered on a line of percents; what is said stands above it, what its ends mean below.

    Up and down leave for the neighbouring line (``left(-1 or 1)``); left and right change the value.
    """

    left = Signal(int)

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setSingleStep(STEP)
        self.slider.setPageStep(STEP * 4)
        self.slider.setMaximum(100)
        self.slider.setAccessibleName(question)
        self.slider.setMinimumHeight(26)
        self.slider.installEventFilter(self)
        self.slider.valueChanged.connect(self._say)
        self._said = text("", "strong", wrap=False)
        self._ends = (text("", "small", wrap=False), text("", "small", wrap=False))
        above = row(spacing=8)
        above.addWidget(text(question, "body"), 1)
        above.addWidget(self._said)
        ends = row(spacing=8)
        ends.addWidget(self._ends[0])
        ends.addStretch(1)
        ends.addWidget(self._ends[1])
        inside = column(spacing=2)
        inside.addLayout(above)
        inside.addWidget(self.slider)
        inside.addLayout(ends)
        self.setLayout(inside)

    @property
    def value(self) -> float:
        """Where it stands, in [lowest, 1]."""
        return self.slider.value() / 100

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take up and down from the slider."""
        if watched is self.slider and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            way = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if way is not None:
                self.left.emit(way)
                return True
        return super().eventFilter(watched, event)

    def in_words(self, percent: int) -> str:
        """What a place on the line says."""
        raise NotImplementedError

    def _mark_ends(self, low: str, high: str) -> None:
        for end, said in zip(self._ends, (low, high), strict=True):
            end.setText(said)

    def _say(self, percent: int) -> None:
        self._said.setText(self.in_words(percent))
        self.slider.setAccessibleDescription(self._said.text())


class Scale(Line):
    """How much, from ``lowest`` to 100 percent, in the words of its steps."""

    def __init__(self, words: Words, key: str, steps: Sequence[Step], parent: QWidget | None = None) -> None:
        super().__init__(words(f"practice.{key}.question"), parent)
        self._words = words
        self._key = key
        self._steps = steps
        self._mark_ends(words(f"practice.{key}.low"), words(f"practice.{key}.high"))

    def begin(self, lowest: int, start: int) -> None:
        """Set the lowest percentage, below 100, and where the handle stands at first."""
        self.slider.setMinimum(lowest)
        self.slider.setValue(start)
        self._say(start)

    def in_words(self, percent: int) -> str:
        """The word of the step, and the number."""
        lowest = self.slider.minimum()
        share = (percent - lowest) / (100 - lowest)
        key = next(step.key for step in reversed(self._steps) if share >= step.share)
        said = self._words(f"practice.{self._key}.words.{key}")
        return self._words("practice.scale", words=said, percent=percent)


class Balance(Line):
    """How much of each of two emotions: the first one's share grows to the left."""

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(words("practice.balance.question"), parent)
        self._words = words

    @property
    def share(self) -> float:
        """The first one's, in [0, 1]."""
        return 1 - self.value

    def begin(self, first: str, second: str) -> None:
        """As much of the one as of the other. Names as they are shown."""
        self._mark_ends(first, second)
        self.slider.setValue(50)
        self._say(50)

    def in_words(self, percent: int) -> str:
        """Both shares."""
        return self._words("practice.balance.said", first=100 - percent, second=percent)
