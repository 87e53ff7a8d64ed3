"""Cards: telling two emotions apart, in one channel and band of intensity, each due again by FSRS.

FSRS (Free Spaced Repetition Scheduler, version 6) from the package ``fsrs``; without its chance, so that a
day can be gone through again, and without its steps within a day: a card is reviewed once a session.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from attune.storage.records import CardRecord, utc_text

if TYPE_CHECKING:  # loaded when a card is reviewed
    from fsrs import Card, Rating, Scheduler


class Band(StrEnum):
    """How strong the expressions of a card are."""

    FULL = "full"
    MIDDLE = "middle"
    FAINT = "faint"

    @property
    def intensities(self) -> tuple[float, float]:
        """From and to, in [0, 1]."""
        return {Band.FULL: (0.7, 1.0), Band.MIDDLE: (0.4, 0.7), Band.FAINT: (0.15, 0.4)}[self]


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Key:
    """Which card; ``one`` before ``other``."""

    one: str
    other: str
    channel: str
    band: Band

    @classmethod
    def of(cls, card: CardRecord) -> Key:
        """The key of a kept card."""
        return cls(one=card.one, other=card.other, channel=card.channel, band=Band(card.band))

    @classmethod
    def pair(cls, pair: Iterable[str], channel: str, band: Band = Band.FULL) -> Key:
        """The key of two emotions in any order."""
        one, other = sorted(map(str, pair))
        return cls(one=one, other=other, channel=channel, band=band)


def reviewed(key: Key, kept: CardRecord | None, *, agreed: int, asked: int, when: datetime) -> CardRecord:
    """The card after a review in which ``agreed`` of ``asked`` agreed; ``kept``: as it was, if it was."""
    card = _new() if kept is None else _from(kept)
    card, _log = _scheduler().review_card(card, _rating(agreed / asked), when.astimezone(UTC))
    state = {
        "stability": card.stability,
        "difficulty": card.difficulty,
        "state": int(card.state),
        "last_review": utc_text(when),
        "reviews": 1 + (0 if kept is None else int(kept.state["reviews"])),
        "last_share": agreed / asked,
    }
    return CardRecord(
        one=key.one,
        other=key.other,
        channel=key.channel,
        band=key.band,
        due=utc_text(card.due),
        state=state,
    )


def retrievability(card: CardRecord, when: datetime) -> float:
    """How likely it is still there, in [0, 1]; holds the scheduler to its published values."""
    return float(_scheduler().get_card_retrievability(_from(card), when.astimezone(UTC)))


def _rating(share: float) -> Rating:
    """Trials are chosen so that four in five are expected to agree: that is "good"."""
    from fsrs import Rating  # noqa: PLC0415 - as above

    if share >= 1:
        return Rating.Easy
    if share >= 0.75:
        return Rating.Good
    return Rating.Hard if share >= 0.5 else Rating.Again


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler  # noqa: PLC0415 - as above

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=365)


def _new() -> Card:
    from fsrs import Card  # noqa: PLC0415 - as above

    return Card(card_id=0)  # with no number given, it waits for the clock to make one


def _from(kept: CardRecord) -> Card:
    from fsrs import Card, State  # noqa: PLC0415 - as above

    return Card(
        card_id=0,
        state=State(kept.state["state"]),
        stability=kept.state["stability"],
        difficulty=kept.state["difficulty"],
        due=datetime.fromisoformat(kept.due),
        last_review=datetime.fromisoformat(kept.state["last_review"]),
    )
