"""What one person says of a clip, to be set: the emotion or up to three, how strong, where on the field."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from attune.affect.reading import Reading
from attune.resources import Words
from attune.ui.practice.choices import ChoiceGrid
from attune.ui.practice.dial import HANDLE, Tracer
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import column, row, text
from attune.ui.widgets.choices import Scale
from attune.ui.widgets.page import emptied

MOST_LABELS = 3
LEAST_SHARE = 5  # percent that a label keeps as long as it is chosen
AXES = ("valence", "arousal")


class Field(Tracer):
    """Valence and arousal, set once rather than followed; ``settled`` when the person let go of it."""

    settled = Signal(bool)
    """Whether it goes on with the step before, as while a key is held."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__(words, theme)
        self.said = False
        self.begin(AXES)
        self.setMouseTracking(False)

    def show_values(self, values: tuple[float, float] | None) -> None:
        """Stand there, without having been moved; None: nobody has said where."""
        self.said = values is not None
        with QSignalBlocker(self):
            self.move_to(*(values or (0.0, 0.0)))

    def sizeHint(self) -> QSize:
        """A small square with its words."""
        side = 15 * self._theme.sizes.body
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Not much smaller."""
        return QSize(180, 13 * self._theme.sizes.body)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays where it was let go."""
        super().mouseReleaseEvent(event)
        self._settle(going_on=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys, also while they are held."""
        if self.take_key(QKeyEvent(event), pressed=True):
            if event.isAutoRepeat():
                self.tick(1 / 30)
            self._settle(going_on=event.isAutoRepeat())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls."""
        event.ignore()

    def paint_handle(self, painter: QPainter, at: QPointF) -> None:
        """Hollow as long as nobody has said where."""
        if self.said:
            super().paint_handle(painter, at)
            return
        painter.setPen(QPen(self._theme.colour("outline"), 2, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, HANDLE, HANDLE)

    def _settle(self, *, going_on: bool) -> None:
        self.said = True
        self.update()
        self.settled.emit(going_on)


class ReadingForm(QWidget):
    """``said(values, going_on)``: what the person set, to be kept as one step."""

    said = Signal(object, bool)

    def __init__(self, words: Words, theme: Theme, labels: tuple[str, ...]) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._shares: dict[str, float] = {}
        self.choices = ChoiceGrid(words, theme)
        self.choices.offer(labels, most=MOST_LABELS)
        self.choices.chosen.connect(self._chose)
        self._balance = column(spacing=4)
        self.scales: dict[str, Scale] = {}
        self.strength = Scale(words("editor.reading.intensity"), (0, 100), 5, self._percent)
        self.strength.settled.connect(lambda percent: self._say({"intensity": percent / 100}))
        self.field = Field(words, theme)
        self.field.settled.connect(self._placed)
        self.unsaid = {
            name: SignButton(
                theme, "close", words(f"editor.reading.unsay.{name}"), key=words("editor.reading.none")
            )
            for name in ("intensity", "place")
        }
        self.unsaid["intensity"].clicked.connect(lambda: self._say({"intensity": None}))
        self.unsaid["place"].clicked.connect(lambda: self._say(dict.fromkeys(AXES)))
        self._arrange()

    def show_reading(self, reading: Reading | None, *, votes: bool = False) -> None:
        """Show what is said now; ``votes``: counted, so that the labels stand as they are."""
        self._shares = {} if reading is None else {n: s for n, s in reading.labels.items() if s > 0}
        self._mark(tuple(self._shares))
        self.choices.setEnabled(not votes)
        self._show_balance(settable=not votes)
        intensity = None if reading is None else reading.intensity
        self.strength.set_value(round(100 * (intensity or 0.0)))
        if intensity is None:
            self.strength.said.setText(self._words("editor.reading.not_said"))
        self._rest(self.strength, at_rest=intensity is None)
        place = None
        if reading is not None and reading.valence is not None and reading.arousal is not None:
            place = reading.valence, reading.arousal
        self.field.show_values(place)
        for part in (self.strength, self.field):
            part.setEnabled(reading is not None)
        self.unsaid["intensity"].setEnabled(intensity is not None)
        self.unsaid["place"].setEnabled(place is not None)

    def _mark(self, labels: tuple[str, ...]) -> None:
        for label in (*self.choices.labels, *labels[:MOST_LABELS]):  # the first loop takes the old ones away
            self.choices.mark(label)

    def _chose(self, label: str) -> None:
        """A further label gets an even part; one taken away leaves its part to the others."""
        chosen = self.choices.labels
        if not chosen:  # somebody who says something names an emotion
            self.choices.mark(label)
            return
        kept = {name: share for name, share in self._shares.items() if name in chosen}
        for name in chosen:
            if name not in kept:
                kept = {each: share * len(kept) / (len(kept) + 1) for each, share in kept.items()}
                kept[name] = 1 / (len(kept) + 1)
        self._say({"labels": _whole(kept)})

    def _weigh(self, label: str, percent: int) -> None:
        """One share set, the others keep their proportions in what is left."""
        share = min(max(percent, LEAST_SHARE), 100 - LEAST_SHARE * (len(self._shares) - 1)) / 100
        rest = sum(other for name, other in self._shares.items() if name != label)
        self._say(
            {
                "labels": _whole(
                    {
                        name: share if name == label else other / rest * (1 - share)
                        for name, other in self._shares.items()
                    }
                )
            }
        )

    def _placed(self, going_on: bool) -> None:
        values = (round(value, 2) for value in self.field.values)
        self.said.emit(dict(zip(AXES, values, strict=True)), going_on)

    def _say(self, values: Mapping[str, object]) -> None:
        self.said.emit(values, False)  # noqa: FBT003 - a signal has no keywords

    def _show_balance(self, *, settable: bool) -> None:
        if list(self.scales) != list(self._shares) or len(self._shares) < 2:
            emptied(self._balance)
            self.scales = {}
            for label in self._shares if len(self._shares) > 1 else ():
                self._add_scale(label)
        for label, scale in self.scales.items():
            scale.set_value(round(100 * self._shares[label]))
            scale.setEnabled(settable)

    def _add_scale(self, label: str) -> None:
        name = self._words(f"emotions.{label}.title")
        scale = Scale(self._words("editor.reading.share", emotion=name), (0, 100), 5, self._percent)
        scale.settled.connect(lambda percent: self._weigh(label, percent))
        line = row(spacing=12)
        title = text(name, wrap=False)
        title.setMinimumWidth(6 * self._theme.sizes.body)
        line.addWidget(title)
        line.addWidget(scale, 1)
        self._balance.addLayout(line)
        self.scales[label] = scale

    def _percent(self, percent: int) -> str:
        return self._words("practice.percent", share=percent / 100)

    def _rest(self, scale: Scale, *, at_rest: bool) -> None:
        if scale.slider.property("rest") != at_rest:
            scale.slider.setProperty("rest", at_rest)
            scale.slider.style().polish(scale.slider)

    def _arrange(self) -> None:
        words = self._words
        strength, place = row(spacing=8), row(spacing=8)
        strength.addWidget(self.strength, 1)
        strength.addWidget(self.unsaid["intensity"])
        place.addWidget(text(words("editor.reading.place"), "strong"), 1)
        place.addWidget(self.unsaid["place"])
        inside = column(spacing=10)
        inside.addWidget(self.choices)
        inside.addLayout(self._balance)
        inside.addSpacing(6)
        inside.addWidget(text(words("editor.reading.intensity"), "strong"))
        inside.addLayout(strength)
        inside.addSpacing(6)
        inside.addLayout(place)
        inside.addWidget(self.field)
        self.setLayout(inside)


def _whole(shares: Mapping[str, float]) -> dict[str, float]:
    """Shares in hundredths that sum to one; what rounding leaves goes to the largest."""
    rounded = {name: round(share, 2) for name, share in shares.items()}
    most = max(rounded, key=lambda name: rounded[name])
    rounded[most] = round(rounded[most] + 1 - sum(rounded.values()), 2)
    return rounded
