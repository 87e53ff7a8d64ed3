"""The speaker's marks, the listener's dial, and where it was agreed to what the face showed, over one turn.

Loads pyqtgraph: import it when it is to be shown.
"""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt

from attune.app.partner.open_up import Mark, Told
from attune.resources import Words
from attune.ui.partner.open_up.line import clock_words, mark_words, ticks
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, pen
from attune.ui.widgets.text import with_minus

HIGH = 0.7  # of [-1, 1], from which there is no room for a name above


class TurnChart(Chart):
    """One axis over the time of speaking: marks as discs on a whole line, the dial dashed, the face dotted.

    The dial is drawn as much earlier as the listener follows late. The places are the marks.
    """

    tall = 240.0

    def __init__(
        self,
        words: Words,
        theme: Theme,
        told: Told,
        axis: str,
        *,
        speaker: str,
        listener: str,
    ) -> None:
        names = {"speaker": speaker, "listener": listener}
        super().__init__(theme, words(f"partner_open.chart.{axis}", **names))
        self._words, self._told, self._axis, self._names = words, told, axis, names
        self._at = told.axes.index(axis)
        self.redraw()

    def count(self) -> int:
        """A place for each mark."""
        return len(self._told.marks)

    def said(self, place: int) -> str:
        """What was marked, and where the dial was."""
        mark = self._told.marks[place]
        dial = self._dial_at(mark.time_s)
        said = self._words("practice.follow_answer.none") if dial is None else with_minus(f"{dial:+.1f}")
        return self._words(
            "partner_open.chart.said",
            time=clock_words(self._words, mark.time_s),
            mark=mark_words(self._words, mark),
            told=with_minus(f"{mark.values[self._at]:+.1f}"),
            dial=said,
            **self._names,
        )

    def spot(self, place: int) -> Spot | None:
        """Where the mark is."""
        mark = self._told.marks[place]
        return mark.time_s, mark.values[self._at]

    def draw(self) -> None:
        """Lines and marks."""
        told, words = self._told, self._words
        across = [(float(second), clock_words(words, second)) for second in ticks(told.lasts_s)]
        ends = [
            (value, words(f"practice.follow.{self._axis}.{key}"))
            for value, key in ((-1.0, "low"), (0.0, "middle"), (1.0, "high"))
        ]
        self.axes(across=across, upwards=ends, x=(0.0, told.lasts_s), y=(-1.0, 1.0))
        if told.shown is not None:
            times, values = self._face(told.shown)
            dotted = pen(self._theme.colour("measured"), 2, Qt.PenStyle.DotLine)
            self.addItem(pg.PlotDataItem(times, values, pen=dotted, connect="finite", antialias=True))
        if told.samples:
            lag = told.lag_s or 0.0
            shown = [sample for sample in told.samples if sample[0] >= lag]
            self.line(
                [sample[0] - lag for sample in shown],
                [sample[1 + self._at] for sample in shown],
                "differ",
                width=2.5,
                dashed=True,
            )
        values = [mark.values[self._at] for mark in told.marks]
        times = [mark.time_s for mark in told.marks]
        if values:
            line = [values[0], *values, values[-1]]
            self.line([0.0, *times, told.lasts_s], line, "accent", width=2.5)
            self.marks(times, values, "o", "accent")
            for mark, value in zip(told.marks, values, strict=True):
                self._name(mark, value)

    def _name(self, mark: Mark, value: float) -> None:
        """What was felt, above the mark or, at the top, below it."""
        if mark.label is None:
            return
        above = value < HIGH
        anchor = (min(max(mark.time_s / self._told.lasts_s, 0.0), 1.0), 1.25 if above else -0.25)
        name = self._words(f"emotions.{mark.label}.title")
        label = pg.TextItem(name, color=self._theme.tokens.text, anchor=anchor)
        label.setFont(self._theme.font(self._theme.sizes.small))
        label.setPos(mark.time_s, value)
        self.addItem(label)

    def _face(self, shown: Any) -> tuple[list[float], list[float]]:  # noqa: ANN401 - plain JSON
        values = [float("nan") if value is None else float(value) for value in shown[self._axis]]
        return [float(time) + 0.5 for time in shown["time_s"]], values

    def _dial_at(self, time_s: float) -> float | None:
        late = time_s + (self._told.lag_s or 0.0)
        near = [sample for sample in self._told.samples if abs(sample[0] - late) <= 0.5]
        if not near:
            return None
        return min(near, key=lambda sample: abs(sample[0] - late))[1 + self._at]
