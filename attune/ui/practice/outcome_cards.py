"""What each protocol is about, each on a card of its own: d', ability, durations, cards, traces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QHBoxLayout, QWidget

from attune.app.practice import CardRecord, TraceFeedback
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.results import Checked
from attune.resources import Words
from attune.scoring.intervals import wilson
from attune.ui.practice.marks import Bar, Span
from attune.ui.practice.outcome_summary import BAR_WIDTH, table
from attune.ui.theme import Theme
from attune.ui.widgets import Card, row, text
from attune.ui.widgets.text import with_minus

WIDEST_ABILITY = 3.0  # nearly everybody lies within
LARGEST_D_PRIME = 4.0  # nobody can be told to be better than that with twenty clips


def contrast_card(words: Words, theme: Theme, setup: Contrast, d_prime: float | None) -> QWidget:
    """How well the two are told apart, beside the bar."""
    one, other = (words(f"emotions.{name}.noun") for name in setup.pair)
    card = Card()
    card.body.setSpacing(8)
    card.body.addWidget(text(words("practice.outcome.contrast.title", one=one, other=other), "heading"))
    if d_prime is None:
        card.body.addWidget(text(words("practice.outcome.contrast.too_few")))
        return card
    key = "passed" if d_prime >= setup.bar else "below"
    said = with_minus(words(f"practice.outcome.contrast.{key}", d_prime=d_prime, bar=setup.bar))
    span = Span(theme, (0.0, LARGEST_D_PRIME))
    span.show_value(d_prime, goal=setup.bar)
    span.setAccessibleName(said)
    card.body.addWidget(text(said))
    card.body.addWidget(span)
    card.body.addLayout(_ends(words, "practice.outcome.contrast"))
    card.body.addWidget(text(words("practice.outcome.contrast.how_to_read"), "quiet"))
    return card


def check_up_card(words: Words, theme: Theme, checked: Checked) -> QWidget:
    """The ability with its interval, and whether it changed by more than chance."""
    found = checked.ability
    key = "interval" if found.only_interval else "ability"
    said = with_minus(
        words(f"practice.outcome.checkup.{key}", theta=found.theta, low=found.low, high=found.high)
    )
    span = Span(theme, (-WIDEST_ABILITY, WIDEST_ABILITY))
    span.show_value(None if found.only_interval else found.theta, likely=(found.low, found.high))
    span.setAccessibleName(said)
    card = Card()
    card.body.setSpacing(8)
    card.body.addWidget(text(words("practice.outcome.checkup.title"), "heading"))
    card.body.addWidget(text(said))
    card.body.addWidget(span)
    card.body.addLayout(_ends(words, "practice.outcome.checkup"))
    changes = {"first": checked.since_first, "last": checked.since_last}
    if checked.since_first == checked.since_last:  # there was one before, or none
        del changes["last"]
    for since, change in changes.items():
        if change is None:
            continue
        kind = ("more" if change.difference > 0 else "less") if change.reliable else "same"
        difference = words(f"practice.outcome.checkup.since.{since}")
        card.body.addWidget(text(words(f"practice.outcome.checkup.change.{kind}", since=difference)))
    if checked.since_first is None:
        card.body.addWidget(text(words("practice.outcome.checkup.first")))
    card.body.addWidget(text(words("practice.outcome.checkup.how_to_read"), "quiet"))
    return card


def brief_card(words: Words, theme: Theme, brief: Sequence[tuple[int, int, int]], hz: float) -> QWidget:
    """How often the expression was recognised, by how long it was seen."""
    card, grid = table(words("practice.outcome.brief.title"))
    for place, (frames, agreed, shown) in enumerate(brief):
        low, high = wilson(agreed, shown)
        said = words("practice.outcome.share", agreed=agreed, shown=shown, low=low, high=high)
        bar = Bar(theme)
        bar.set_share(agreed / shown, (low, high))
        bar.setMaximumWidth(BAR_WIDTH)
        bar.setAccessibleName(said)
        length = words("practice.outcome.brief.length", ms=1000 * frames / hz)
        grid.addWidget(text(length, wrap=False), place, 0)
        grid.addWidget(bar, place, 1)
        grid.addWidget(text(said, "quiet"), place, 2)
    card.body.addWidget(text(words("practice.outcome.brief.how_to_read"), "quiet"))
    return card


def cards_card(words: Words, theme: Theme, cards: Sequence[CardRecord], today: date | None = None) -> QWidget:
    """What comes next, and when."""
    card, grid = table(words("practice.outcome.daily.title"))
    now = today or datetime.now(UTC).astimezone().date()
    for place, each in enumerate(sorted(cards, key=lambda each: each.due)):
        pair = words(
            "practice.outcome.daily.pair",
            one=words(f"emotions.{each.one}.title"),
            other=words(f"emotions.{each.other}.noun"),
        )
        share = float(each.state.get("last_share", 0.0))
        bar = Bar(theme)
        bar.set_share(share)
        bar.setMaximumWidth(BAR_WIDTH)
        bar.setAccessibleName(words("practice.percent", share=share))
        band = words(f"practice.outcome.daily.band.{each.band}")
        due = datetime.fromisoformat(each.due).astimezone().date()
        grid.addWidget(text(pair, wrap=False), place, 0)
        grid.addWidget(bar, place, 1)
        grid.addWidget(
            text(words("practice.outcome.daily.due", band=band, when=_day(words, now, due)), "quiet"),
            place,
            2,
        )
    card.body.addWidget(text(words("practice.outcome.daily.how_to_read"), "quiet"))
    return card


def traces_card(words: Words, theme: Theme, traced: Sequence[TraceFeedback]) -> QWidget:
    """How closely each clip was followed."""
    card, grid = table(words("practice.outcome.traces.title"))
    place = 0
    for feedback in traced:
        for axis in feedback.record.axes:
            result = (feedback.record.result or {}).get(axis)
            name = words(
                "practice.outcome.traces.clip",
                number=feedback.trial.position + 1,
                person=feedback.record.person,
                axis=words(f"practice.follow_answer.title.{axis}").lower(),
            )
            grid.addWidget(text(name, wrap=False), place, 0)
            if result is None or "unscorable" in result:
                why = "no_reference" if result is None else result["unscorable"]
                grid.addWidget(text(words(f"practice.follow_answer.why.{why}"), "quiet"), place, 1, 1, 2)
            else:
                span = Span(theme, (-1.0, 1.0))
                span.show_value(result["r"], likely=(result["low"], result["high"]))
                span.setMaximumWidth(BAR_WIDTH)
                said = with_minus(
                    words("practice.outcome.traces.r", **{key: result[key] for key in ("r", "low", "high")})
                )
                span.setAccessibleName(said)
                grid.addWidget(span, place, 1)
                grid.addWidget(text(said, "quiet"), place, 2)
            place += 1
    card.body.addWidget(text(words("practice.outcome.traces.how_to_read"), "quiet"))
    return card


def _ends(words: Words, key: str) -> QHBoxLayout:
    ends = row()
    ends.addWidget(text(words(f"{key}.low"), "small", wrap=False))
    ends.addStretch(1)
    ends.addWidget(text(words(f"{key}.high"), "small", wrap=False))
    return ends


def _day(words: Words, now: date, due: date) -> str:
    away = (due - now).days
    day = QLocale(words.language).toString(QDate(due.year, due.month, due.day), "d MMMM")
    key = "today" if away <= 0 else "tomorrow" if away == 1 else "later"
    return words(f"practice.outcome.daily.{key}", days=away, day=day)
