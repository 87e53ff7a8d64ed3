"""Which emotion was said for which: in sentences, as a square, and then against now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.resources import Words
from attune.ui.history import told
from attune.ui.history.heat_map import HeatMap
from attune.ui.history.save import Sheet
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import Card, text
from attune.ui.widgets.table import Column

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.confusions import Confusions, Period
    from attune.ui.history.card import ChartCard

MOST_SENTENCES = 4


class ConfusionsTopic(TopicPage):
    """``whole``: everything; ``earlier`` and ``later``: its halves."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "confusions")
        words, theme = self._words, parts.theme
        self.sides = Card()
        self.sides.body.setSpacing(12)
        self.sides.body.addWidget(text(words("history.confusions.sides.title"), "heading"))
        self.said = text("", "large")
        self.sides_note = text(words("history.confusions.sides.note"), "quiet")
        self.sides.body.addWidget(self.said)
        self.sides.body.addWidget(self.sides_note)
        self.body.addWidget(self.sides)
        self.whole = self.card(
            "confusions.whole", HeatMap(words, theme, words("history.confusions.whole.name"))
        )
        self.earlier, self.later = (
            self.card(f"confusions.{half}", HeatMap(words, theme, words(f"history.confusions.{half}.name")))
            for half in ("earlier", "later")
        )
        self.beside(self.earlier, self.later)
        self.body.addStretch(1)

    def look(self, lens: Lens | None) -> None:
        """Ask for them."""
        self.ask(self._parts.services.progress.confusions(lens), self._got)

    def _got(self, found: Confusions) -> None:
        words = self._words
        if found.whole is None:
            self.whole.fill_with_nothing(words("history.confusions.nothing"))
        else:
            self._fill(self.whole, found.whole)
        for card, place in ((self.earlier, 0), (self.later, 1)):
            card.setVisible(found.halves is not None)
            if found.halves is not None:
                self._fill(card, found.halves[place])
        sentences = [told.mix_up(each, words) for each in found.mix_ups[:MOST_SENTENCES]]
        self.sides.setVisible(found.whole is not None)
        self.said.setText("\n\n".join(sentences) or words("history.confusions.sides.none"))
        self.sides_note.setVisible(bool(sentences))

    def _fill(self, card: ChartCard, period: Period) -> None:
        chart = card.chart
        assert isinstance(chart, HeatMap)
        chart.fill(period.confusion)
        card.fill(
            _sheet(chart, self._words),
            legend=told.period(period.begin, period.end, period.confusion.total, self._words),
            keys="history.card.keys_square",
        )
        worst = max(range(chart.count()), key=lambda place: _weight(chart, place))
        chart.choose(worst, aloud=False)


def _weight(chart: HeatMap, place: int) -> float:
    """What is spoken of first: the largest share that differs."""
    shown, said, times, of = chart.cell(place)
    return times / of if of and shown != said else -1.0


def _sheet(chart: HeatMap, words: Words) -> Sheet:
    heads = ("shown", "said", "times", "of", "range")
    cells = [chart.cell(place) for place in range(chart.count())]
    return Sheet(
        columns=tuple(
            Column(
                words(f"history.confusions.column.{head}"), number=head in heads[2:], stretch=head == "shown"
            )
            for head in heads
        ),
        rows=tuple(
            (
                words(f"emotions.{shown}.title"),
                words(f"emotions.{said}.title"),
                str(times),
                str(of),
                told.wilson_range(times, of, words),
            )
            for shown, said, times, of in cells
        ),
        plain=tuple(
            (shown, said, times, of, told.plain_range(times, of)) for shown, said, times, of in cells
        ),
    )
