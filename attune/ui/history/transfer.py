"""Transfer: whether what was trained holds with new people, in new sets and on new channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.resources import Words
from attune.ui.history import told
from attune.ui.history.card import ChartCard
from attune.ui.history.intervals_chart import Interval, IntervalsChart
from attune.ui.history.save import Sheet
from attune.ui.history.sureness_chart import SHARES
from attune.ui.history.topic_page import TopicPage
from attune.ui.history.topics import Parts
from attune.ui.widgets import text
from attune.ui.widgets.table import Column

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens
    from attune.app.progress.skill import Rate
    from attune.app.progress.transfer import Carried, One

KINDS = ("people", "sets", "channels")
MOST = 12  # rows drawn; the rest says little of transfer


class TransferTopic(TopicPage):
    """A card for each kind: the sentence, and new against trained, one by one."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "transfer")
        words, theme = self._words, parts.theme
        self.cards: dict[str, ChartCard] = {}
        self.sentences = {}
        for kind in KINDS:
            card = self.card(
                f"transfer.{kind}",
                IntervalsChart(theme, words(f"history.transfer.{kind}.name"), x=(0, 1), across=SHARES),
            )
            self.cards[kind] = card
            self.sentences[kind] = text("", "large")
            card.body.insertWidget(1, self.sentences[kind])
        self.body.addStretch(1)

    def look(self, lens: Lens | None) -> None:
        """Ask for it."""
        self.ask(self._parts.services.progress.transfer(lens), self._got)

    def _got(self, found: tuple[Carried, ...]) -> None:
        for carried in found:
            card = self.cards[carried.kind]
            self.sentences[carried.kind].setVisible(bool(carried.each))
            self.sentences[carried.kind].setText(told.transfer(carried, self._words))
            card.setVisible(bool(carried.each) or carried.kind == KINDS[0])  # one card that says so is enough
            if carried.each:
                self._fill(card, carried)
            else:
                card.fill_with_nothing(self._words("history.transfer.nothing"))

    def _fill(self, card: ChartCard, carried: Carried) -> None:
        words, chart = self._words, card.chart
        assert isinstance(chart, IntervalsChart)
        rows = [
            (carried.kind, one, stage, rate)
            for one in carried.each[:MOST]
            for stage, rate in (("new", one.new), ("trained", one.trained))
            if rate is not None
        ]
        chart.fill([_interval(*each, words) for each in rows])
        heads = ("name", "stage", "n", "share", "range")
        card.fill(
            Sheet(
                columns=tuple(
                    Column(
                        words(f"history.transfer.column.{head}"),
                        number=head in heads[2:],
                        stretch=head == "name",
                    )
                    for head in heads
                ),
                rows=tuple(
                    (
                        name_of(kind, one, words),
                        words(f"history.transfer.{stage}"),
                        str(rate.n),
                        f"{rate.value:.0%}",
                        words("history.table.range", low=rate.low, high=rate.high),
                    )
                    for kind, one, stage, rate in rows
                ),
                plain=tuple(
                    (one.name, stage, rate.n, rate.value, (rate.low, rate.high))
                    for _k, one, stage, rate in rows
                ),
            ),
            legend=words("history.transfer.legend"),
            keys="history.card.keys_rows",
        )
        card.unfold(unfolded=False)


def name_of(kind: str, one: One, words: Words) -> str:
    """A channel in words; people and sets have their own names."""
    if kind == "channels":
        return words(f"history.channels.{one.name}")
    return one.name or words("history.transfer.nobody")


def _interval(kind: str, one: One, stage: str, rate: Rate, words: Words) -> Interval:
    name = name_of(kind, one, words)
    return Interval(
        label=words(f"history.transfer.label_{stage}", name=name),
        low=rate.low,
        high=rate.high,
        value=rate.value if rate.n >= told.ENOUGH else None,
        said=words(
            f"history.transfer.said_{stage}",
            name=name,
            n=rate.n,
            share=rate.value,
            low=rate.low,
            high=rate.high,
        ),
        colour="differ" if stage == "new" else "accent",
        symbol="d" if stage == "new" else "o",
    )
