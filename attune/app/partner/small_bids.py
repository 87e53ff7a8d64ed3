"""Small bids: somebody reaches for the person beside them, and both say how it was taken.

Only what both looked at together is counted, for the two of them and never for one against the other: a mark
that stayed private must not be read off a sum.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from attune.resources import asset
from attune.scoring.intervals import wilson

if TYPE_CHECKING:
    from attune.app.partner.couple import Moment

ENOUGH = 5  # bids before a share of them is said
WAYS = ("look", "word", "question", "touch", "smile", "laugh", "later", "voice", "time", "nothing")
"""What may have helped the one who made the bid."""
EASIER = ("name", "hands", "matters", "for_me", "quiet", "softer", "rest", "nothing")
"""What may have helped the one who answered."""


class Turn(StrEnum):
    """How a bid was taken."""

    TOWARD = "toward"
    AWAY = "away"
    AGAINST = "against"


UNNOTICED = "unnoticed"
"""What the one who answered chooses instead of these where they took nothing for a bid."""


@dataclass(frozen=True, slots=True)
class BidCard:
    """Something small to do or say; ``kind`` names what it reaches with."""

    key: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one of the two says of a bid; all of it can be passed.

    ``helps``: keys out of WAYS or EASIER; ``words``: in the person's own words.
    """

    turn: Turn | None = None
    helps: tuple[str, ...] = ()
    words: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing at all was said."""
        return self == Mark()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """What a moment of this kind keeps besides itself, under ``told``.

    ``card``: its key, "" for the person's own, then ``own`` may say what it was. ``shower`` made the bid,
    ``noticer`` answered it; ``noticed``: whether they took it for one at all.
    """

    card: str = ""
    own: str = ""
    shower: Mark = field(default_factory=Mark)
    noticer: Mark = field(default_factory=Mark)
    noticed: bool = True

    @property
    def met(self) -> bool | None:
        """Whether both marked it the same; None where one of them did not mark it."""
        if self.shower.turn is None or self.noticer.turn is None:
            return None
        return self.shower.turn is self.noticer.turn

    def to_json(self) -> dict[str, Any]:
        """Plain data: card, own, marked, helps, words, noticed, helped; what was passed is left out."""
        both = {"shower": self.shower, "noticer": self.noticer}
        found = {
            "card": self.card,
            "own": self.own,
            "marked": {who: str(mark.turn) for who, mark in both.items() if mark.turn is not None},
            "helps": {who: list(mark.helps) for who, mark in both.items() if mark.helps},
            "words": {who: mark.words for who, mark in both.items() if mark.words},
            "helped": self.shower.words,
        }
        return {name: value for name, value in found.items() if value} | {"noticed": self.noticed}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Bid:
        """Read what :meth:`to_json` wrote. Raises ValueError for a mark that there is not."""

        def mark(who: str) -> Mark:
            turn = data.get("marked", {}).get(who)
            return Mark(
                turn=None if turn is None else Turn(turn),
                helps=tuple(data.get("helps", {}).get(who, ())),
                words=data.get("words", {}).get(who, ""),
            )

        return cls(
            card=data.get("card", ""),
            own=data.get("own", ""),
            shower=mark("shower"),
            noticer=mark("noticer"),
            noticed=data.get("noticed", True),
        )


@cache
def load_bids(language: str = "en") -> tuple[BidCard, ...]:
    """The cards in the order of their file."""
    rows = tomllib.loads(asset("partner", language, "bids.toml").read_text(encoding="utf-8"))["bid"]
    return tuple(BidCard(row["key"], row["kind"], row["text"]) for row in rows)


def card_of(key: str, cards: Iterable[BidCard]) -> BidCard | None:
    """The card with this key; None where there is none any more."""
    return next((card for card in cards if card.key == key), None)


def draw(cards: Sequence[BidCard], seen: Collection[str], chance: random.Random) -> BidCard:
    """A card whose key is not among ``seen``; any of them once all were. Raises IndexError without cards."""
    return chance.choice([card for card in cards if card.key not in seen] or list(cards))


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """How bids were taken, as those marked them who made them.

    ``turns``: one for each bid both looked at together and that was marked, the oldest first; ``low`` and
    ``high``: Wilson's 95 % interval of the share taken toward, both 0..1. ``met`` of ``both`` were marked the
    same by both.
    """

    turns: tuple[Turn, ...]
    low: float
    high: float
    met: int
    both: int

    @property
    def toward(self) -> int:
        """How many were turned toward."""
        return self.turns.count(Turn.TOWARD)

    @property
    def enough(self) -> bool:
        """Whether there are so many that a share of them says something."""
        return len(self.turns) >= ENOUGH

    @property
    def says(self) -> str:
        """What the interval allows to say: "most", "some" or "open"."""
        if not self.enough:
            return "open"
        if self.low > 0.5:
            return "most"
        return "some" if self.high < 0.5 else "open"


def past_of(moments: Iterable[Moment]) -> Past:
    """What the moments of this kind come to; those that are not revealed do not count."""
    shown = sorted((moment for moment in moments if moment.revealed), key=lambda moment: moment.happened_at)
    bids = [Bid.from_json(moment.told) for moment in shown]
    turns = tuple(bid.shower.turn for bid in bids if bid.shower.turn is not None)
    met = [bid.met for bid in bids if bid.met is not None]
    low, high = wilson(turns.count(Turn.TOWARD), len(turns))
    return Past(turns=turns, low=low, high=high, met=sum(met), both=len(met))
