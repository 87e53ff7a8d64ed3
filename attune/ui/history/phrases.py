"""Sessions and answers put into words."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDateTime, QLocale

from attune.app.history import AnswerRecord, ProgressPoint, SessionSummary
from attune.resources import Words
from attune.scoring.intervals import wilson
from attune.scoring.summary import EmotionSummary
from attune.scoring.unscorable import Unscorable


def when(moment: datetime | str, words: Words) -> str:
    """Day and time where the person is; text is ISO 8601 with its zone."""
    found = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    local = QDateTime.fromSecsSinceEpoch(round(found.timestamp()))
    return QLocale(words.language).toString(local, "d MMM yyyy, HH:mm")


def day(moment: datetime, words: Words) -> str:
    """Short day where the person is."""
    local = QDateTime.fromSecsSinceEpoch(round(moment.timestamp()))
    return QLocale(words.language).toString(local, "d MMM")


def point(of: ProgressPoint, words: Words) -> str:
    """One session of the chart as a sentence."""
    return words(
        "history.chart.point",
        when=when(of.when, words),
        agreed=of.agreed,
        answered=of.answered,
        share=of.share,
        low=of.low,
        high=of.high,
        set=of.clip_set,
        reference=words(f"history.against.{of.scored_against}"),
    )


def session_row(of: SessionSummary, words: Words) -> tuple[str, ...]:
    """One session for the table: when, clips, agreed, share, likely range."""
    begun = (when(of.session.started_at, words), of.session.clip_set)
    if of.share is None:
        return (*begun, words("history.table.none"), "", "")
    low, high = wilson(of.agreed, of.answered)
    return (
        *begun,
        words("history.table.of", agreed=of.agreed, answered=of.answered),
        f"{of.share:.0%}",
        words("history.table.range", low=low, high=high),
    )


def emotion_row(of: EmotionSummary, words: Words) -> tuple[str, ...]:
    """One emotion for the table: name, shown, said, found, corrected rate."""

    def rate(value: float | Unscorable) -> str:
        return words(f"history.emotions.{value}") if isinstance(value, Unscorable) else f"{value:.0%}"

    found = f"{of.hits} · {rate(of.hit_rate)}" if of.shown else rate(of.hit_rate)
    return (
        words(f"emotions.{of.name}.title"),
        str(of.shown),
        str(of.said),
        found,
        rate(of.unbiased_hit_rate) if of.shown else "",
    )


def person_shown(of: AnswerRecord, words: Words) -> str:
    """Who was in the clip, as far as that is still known."""
    return of.person or words("history.answers.nobody")


def answer_row(of: AnswerRecord, words: Words) -> tuple[str, ...]:
    """One answer for the table: clip, said, reference, compared, sure, strength, time."""
    missing = words("history.answers.no_value")

    def share(value: float | None) -> str:
        return missing if value is None else f"{value:.0%}"

    compared = "same" if of.agreement.same else "differs"
    seconds = missing if of.response_ms is None else f"{of.response_ms / 1000:.1f} s"
    return (
        f"{of.position + 1}. {person_shown(of, words)}",
        words(f"emotions.{of.chosen}.title"),
        words(f"emotions.{of.reference}.title"),
        words(f"history.answers.{compared}"),
        share(of.perceived.confidence),
        share(of.perceived.intensity),
        seconds,
    )
