"""After following a clip: both curves, where they parted, in words and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.app.practice import PracticeSession, TraceFeedback
from attune.app.protocols.tracing import columns
from attune.app.services import Services
from attune.ui.theme import Theme
from attune.ui.widgets import Card, PrimaryButton, ScrollPage, announce, column, row, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Column, Table
from attune.ui.widgets.text import with_minus

if TYPE_CHECKING:  # loads pyqtgraph, which the window does not wait for
    from attune.ui.practice.follow_chart import Curves

WELL, SOMEWHAT = 0.6, 0.3  # of r, for the words beside the number
LEVEL = 0.2  # of the range [-1, 1], from which a constant difference is worth a sentence
MOST_PARTED = 4
RARELY = 0.05


class TraceAnswerPage(QWidget):
    """Shows one TraceFeedback; ``going_on`` when the person has seen enough, ``leaving`` on Esc."""

    going_on = Signal()
    leaving = Signal()

    def __init__(self, services: Services, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = services.words
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.next_button = PrimaryButton("")
        self.next_button.clicked.connect(self.going_on)
        self._page = ScrollPage(theme, wide=True)
        act = row()
        act.setContentsMargins(32, 0, 32, 20)
        act.addStretch(1)
        act.addWidget(self.next_button)
        inside = column(spacing=12)
        inside.addWidget(self._page, 1)
        inside.addLayout(act)
        self.setLayout(inside)

    def show_trace(self, session: PracticeSession, feedback: TraceFeedback, *, last: bool) -> None:
        """Show how one reel was followed; ``last``: nothing comes after it."""
        del session  # everything is in the feedback
        emptied(self._page.body)
        record = feedback.record
        results = record.result or {}
        head = column(spacing=6)
        headline = self._headline(results)
        head.addWidget(text(headline, "title"))
        key = "none" if record.reference is None else str(record.reference["source"])
        head.addWidget(text(self._words(f"practice.follow_answer.reference.{key}"), "quiet"))
        self._page.body.addLayout(head)
        for place, axis in enumerate(record.axes):
            self._page.body.addWidget(self._axis(feedback, place, axis, results.get(axis)))
        self._page.body.addStretch(1)
        self._page.verticalScrollBar().setValue(0)
        self.next_button.setText(self._words(f"practice.feedback.{'finish' if last else 'next'}"))
        self.setAccessibleName(headline)
        self.setFocus()
        announce(self, headline)

    def close_clip(self) -> None:
        """Let go of what was shown."""
        emptied(self._page.body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Esc asks to leave."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.going_on.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.leaving.emit()
        else:
            super().keyPressEvent(event)

    def _headline(self, results: Mapping[str, Any]) -> str:
        scored = [found["r"] for found in results.values() if "unscorable" not in found]
        if not scored:
            return self._words("practice.follow_answer.headline.unscored")
        best = sum(scored) / len(scored)
        key = "well" if best >= WELL else "somewhat" if best >= SOMEWHAT else "little"
        return self._words(f"practice.follow_answer.headline.{key}")

    def _axis(
        self, feedback: TraceFeedback, place: int, axis: str, result: Mapping[str, Any] | None
    ) -> QWidget:
        from attune.ui.practice.follow_chart import FollowChart  # noqa: PLC0415 - loads pyqtgraph

        words = self._words
        curves, lines = curves_of(feedback, place, axis, result)
        chart = FollowChart(words, self._theme, curves, lines)
        spoken = text("", "strong")
        chart.chosen.connect(lambda second: spoken.setText(chart.said(second)))
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(words(f"practice.follow_answer.title.{axis}"), "heading"))
        for sentence in self._sentences(axis, result):
            card.body.addWidget(text(sentence))
        card.body.addWidget(text(words("practice.follow_answer.how_to_read"), "quiet"))
        card.body.addWidget(chart, 1)
        card.body.addWidget(spoken)
        legend = row()
        legend.addWidget(text(words("practice.follow_answer.legend"), "small"), 1)
        legend.addWidget(text(words("practice.follow_answer.keys"), "small", wrap=False))
        card.body.addLayout(legend)
        card.body.addWidget(self._table(axis, curves))
        return card

    def _sentences(self, axis: str, result: Mapping[str, Any] | None) -> Sequence[str]:
        words = self._words
        if result is None:
            return (words("practice.follow_answer.why.no_reference"),)
        if "unscorable" in result:
            return (words(f"practice.follow_answer.why.{result['unscorable']}"),)
        said = [
            with_minus(
                words("practice.follow_answer.r", r=result["r"], low=result["low"], high=result["high"])
            ),
            words(f"practice.follow_answer.{'beyond' if result['p'] <= RARELY else 'chance'}", p=result["p"]),
        ]
        if abs(result["level"]) >= LEVEL:
            key = "higher" if result["level"] > 0 else "lower"
            said.append(words(f"practice.follow_answer.level.{axis}.{key}"))
        spans = words("feedback.list_comma").join(
            words("practice.follow_answer.span", start=start, end=end)
            for start, end in result["parted"][:MOST_PARTED]
        )
        key = "parted" if spans else "never_parted"
        said.append(words(f"practice.follow_answer.{key}", spans=spans, lag=result["lag_s"]))
        return said

    def _table(self, axis: str, curves: Curves) -> QWidget:
        from attune.ui.practice.follow_chart import row_words  # noqa: PLC0415 - as above

        words = self._words
        names = ("time", "mine", "theirs", "apart")
        heads = [
            Column(
                words(f"practice.follow_answer.table.{name}"), number=name != "apart", stretch=name == "apart"
            )
            for name in names
        ]
        table = Table(heads, words(f"practice.follow_answer.chart.{axis}"), self._theme)
        rows = [row_words(words, curves, place) for place in range(len(curves.time_s))]
        table.fill([tuple(each[name] for name in names) for each in rows])
        return table


def curves_of(
    feedback: TraceFeedback, place: int, axis: str, result: Mapping[str, Any] | None
) -> tuple[Curves, tuple[Any, Any]]:
    """The curves of one axis a second at a time, and both lines as finely as they are known.

    The person's is drawn as much earlier as they follow late.
    """
    import numpy as np  # noqa: PLC0415 - loaded with the chart

    from attune.ui.practice.follow_chart import Curves  # noqa: PLC0415 - as above

    record = feedback.record
    lag_s = float((result or {}).get("lag_s", 0.0))
    times, values = columns(record.samples, place)
    mine = (np.asarray(times) - lag_s, np.asarray(values))
    reference = record.reference if record.reference is not None and axis in record.reference else None
    theirs = None
    if reference is not None:
        theirs = (np.asarray(reference["time_s"], float), np.asarray(reference[axis], float))
    end = max([*(line[0][-1] for line in (mine, theirs) if line is not None and len(line[0])), 0.0])
    seconds = np.arange(0.0, end + 0.5)

    def sampled(line: tuple[Any, Any] | None) -> tuple[float | None, ...]:
        if line is None or not len(line[0]):
            return (None,) * len(seconds)
        found = np.interp(seconds, *line, left=np.nan, right=np.nan)
        return tuple(None if np.isnan(value) else float(value) for value in found)

    curves = Curves(
        axis=axis,
        time_s=tuple(float(second) for second in seconds),
        mine=sampled(mine),
        theirs=sampled(theirs),
        parted=tuple((float(low), float(high)) for low, high in (result or {}).get("parted", ())),
    )
    shown = mine[0] >= 0
    return curves, ((mine[0][shown], mine[1][shown]), theirs)
