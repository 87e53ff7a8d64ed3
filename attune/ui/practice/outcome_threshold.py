"""One emotion's threshold: in words, as a chart, and as a table of the same numbers.

Loads pyqtgraph: import it when it is to be shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from attune.app.protocols.threshold import FindTheThreshold
from attune.resources import Words
from attune.ui.practice.threshold_chart import ThresholdChart, amount
from attune.ui.theme import Theme
from attune.ui.widgets import Card, row, text
from attune.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from attune.scoring.questplus import QuestPlus


def threshold_card(
    words: Words, theme: Theme, emotion: str, *, quest: QuestPlus, setup: FindTheThreshold
) -> QWidget:
    """Needs at least one trial."""
    found, by = quest.threshold, setup.by
    noun = words(f"emotions.{emotion}.noun")
    said = words(
        f"practice.outcome.threshold.{by}.said",
        emotion=noun,
        value=amount(words, by, found.value),
        low=amount(words, by, found.low),
        high=amount(words, by, found.high),
    )
    name = words("practice.outcome.threshold.name", emotion=noun)
    chart = ThresholdChart(words, theme, name, quest=quest, by=by)
    spoken = text("", "strong")
    chart.chosen.connect(lambda place: spoken.setText(chart.said(place)))
    card = Card()
    card.body.setSpacing(10)
    card.body.addWidget(text(words(f"emotions.{emotion}.title"), "heading"))
    card.body.addWidget(text(said))
    key = "precise" if found.sd <= setup.precision else "rough"
    card.body.addWidget(text(words(f"practice.outcome.threshold.{key}", trials=len(quest.trials)), "quiet"))
    card.body.addWidget(text(words(f"practice.outcome.threshold.{by}.how_to_read"), "quiet"))
    card.body.addWidget(chart, 1)
    card.body.addWidget(spoken)
    below = row()
    below.addWidget(text(words("practice.outcome.threshold.legend"), "small"), 1)
    below.addWidget(text(words("practice.outcome.threshold.keys"), "small", wrap=False))
    card.body.addLayout(below)
    card.body.addWidget(_table(words, theme, name, quest=quest, setup=setup))
    return card


def _table(words: Words, theme: Theme, name: str, *, quest: QuestPlus, setup: FindTheThreshold) -> QWidget:
    heads = [
        Column(words(f"practice.outcome.threshold.{setup.by}.column"), number=True),
        Column(words("practice.outcome.threshold.caught"), number=True),
        Column(words("practice.outcome.threshold.curve"), number=True),
        Column("", stretch=True),
    ]
    table = Table(heads, name, theme)
    curve = quest.curve([point.stimulus for point in quest.points])
    table.fill(
        [
            (
                amount(words, setup.by, point.stimulus),
                words("history.table.of", agreed=point.caught, answered=point.shown),
                f"{share:.0%}",
                "",
            )
            for point, share in zip(quest.points, curve, strict=True)
        ]
    )
    return table
