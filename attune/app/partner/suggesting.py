"""What one might say next: chosen by what has happened, never by how well anybody noticed anything."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from statistics import mean
from typing import Any

from attune.app.feedback import SAME_STRENGTH
from attune.app.partner.looking_back import felt_heard, own_state
from attune.resources import asset
from attune.storage.partner_records import Moment

HEARD, UNHEARD = 0.75, 0.5  # how somebody felt listened to, on the mean of what they rated, in [0, 1]


class Happened(StrEnum):
    """What suggestions go by beside the feeling itself."""

    OWN_COLOUR = "own_colour"  # the noticer saw what they felt themselves, and the other told something else
    DIFFERS = "differs"
    WEAKER = "weaker"  # less was noticed than told
    STRONGER = "stronger"
    UNHEARD = "unheard"
    HEARD = "heard"
    AGAINST = "against"
    AWAY = "away"
    TOWARD = "toward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Something to ``say``, with a gap for the other's name, and ``why``. ``key``: "differs.thank"."""

    key: str
    happened: str
    say: str
    why: str


@cache
def load_suggestions(language: str = "en") -> tuple[Suggestion, ...]:
    """All that Attune carries."""
    told: Mapping[str, Any] = tomllib.loads(
        asset("partner", language, "suggestions.toml").read_text(encoding="utf-8")
    )
    return tuple(
        Suggestion(key=f"{happened}.{key}", happened=happened, **said)
        for happened, several in told.items()
        for key, said in several.items()
    )


def happened_in(moment: Moment) -> tuple[str, ...]:
    """What happened in a moment, the most pressing first; last what was felt.

    What was kept out of sight is not used: a suggestion would give it away.
    """
    return tuple(dict.fromkeys(map(str, _happened(moment))))


def suggestions_for(moment: Moment, most: int = 3, *, own: bool = True) -> tuple[Suggestion, ...]:
    """Up to ``most`` things to say after a moment, each of another kind as long as there are some.

    ``own``: whether they may give away what the one who noticed felt themselves. Which ones, of each kind,
    depends on the moment alone: looking again shows the same.
    """
    kinds = [
        [each for each in load_suggestions() if each.happened == happened]
        for happened in happened_in(moment)
        if own or happened != Happened.OWN_COLOUR
    ]
    turn = moment.id or 0
    turned = [kind[turn % len(kind) :] + kind[: turn % len(kind)] for kind in kinds if kind]
    found: list[Suggestion] = []
    for place in range(max(map(len, turned), default=0)):
        found += [kind[place] for kind in turned if place < len(kind)]
    return tuple(found[:most])


def _happened(moment: Moment) -> Iterator[str]:
    if moment.revealed:
        marked = moment.told.get("marked", {}).get("shower")
        yield from (turn for turn in (Happened.AGAINST, Happened.AWAY, Happened.TOWARD) if turn == marked)
    if heard := felt_heard(moment):
        rated = mean(heard.values())
        if rated <= UNHEARD:
            yield Happened.UNHEARD
        elif rated >= HEARD:
            yield Happened.HEARD
    if moment.revealed:
        yield from _noticed(moment)
        if moment.felt is not None:
            yield moment.felt.top


def _noticed(moment: Moment) -> Iterator[str]:
    seen, felt = moment.perceived, moment.felt
    if seen is None or felt is None:
        return
    if seen.top != felt.top:
        if (own := own_state(moment)) is not None and own.top == seen.top:
            yield Happened.OWN_COLOUR
        yield Happened.DIFFERS
    elif seen.intensity is not None and felt.intensity is not None:
        more = seen.intensity - felt.intensity
        if abs(more) >= SAME_STRENGTH:
            yield Happened.STRONGER if more > 0 else Happened.WEAKER
