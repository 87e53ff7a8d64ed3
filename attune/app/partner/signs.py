"""Which movements of a face went with which feelings somebody told: counted, with intervals.

A sign is this person's own: what their face often did when they said they felt so, and less often otherwise.
It is no rule, and says nothing of moments in which they said nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from attune.affect.reading import NONE, Source
from attune.affect.vocabulary import Core
from attune.app.partner.looking_back import shown_expressed
from attune.scoring.intervals import wilson
from attune.storage.partner_records import Moment

ENOUGH = 5  # moments with a feeling, before anything is said of it
OFTEN = 0.5  # share of these from which a movement is one to look for
MOVED = 0.25  # the least amount of a movement that counts, as everywhere
MOST = 4  # signs of one feeling


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A movement, by the ``unit``'s code, in ``shown`` of ``of`` moments with this feeling; Wilson interval.

    ``otherwise_shown`` of ``otherwise_of``: in moments in which they told something else.
    """

    unit: str
    shown: int
    of: int
    low: float
    high: float
    otherwise_shown: int
    otherwise_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeling:
    """One feeling somebody told in ``moments`` that were measured; ``signs`` None while these are too few."""

    emotion: str
    moments: int
    signs: tuple[Sign, ...] | None


def signs_of(moments: Iterable[Moment], person: int) -> tuple[Feeling, ...]:
    """The feelings this person told while their face was measured, the one told most often first.

    Only moments are counted of which they let the other see both what they felt and what was measured.
    """
    measured = [_seen(moment) for moment in moments if _counts(moment, person)]
    often = Counter(emotion for emotion, _ in measured)
    return tuple(
        Feeling(emotion=emotion, moments=n, signs=_signs(measured, emotion) if n >= ENOUGH else None)
        for emotion, n in often.most_common()
        if emotion not in (Core.NEUTRAL, NONE)
    )


def _counts(moment: Moment, person: int) -> bool:
    expressed = shown_expressed(moment)
    return (
        moment.shower == person
        and moment.felt is not None
        and expressed is not None
        and expressed.source is Source.MEASURED
    )


def _seen(moment: Moment) -> tuple[str, frozenset[str]]:
    assert moment.felt is not None
    return moment.felt.top, frozenset(code for code, _, amount in moment.units if amount >= MOVED)


def _signs(measured: list[tuple[str, frozenset[str]]], emotion: str) -> tuple[Sign, ...]:
    those = [units for felt, units in measured if felt == emotion]
    others = [units for felt, units in measured if felt != emotion]
    here, there = (Counter(code for units in several for code in units) for several in (those, others))
    found = []
    for unit, shown in here.items():
        low, high = wilson(shown, len(those))
        share, otherwise = shown / len(those), there[unit] / max(len(others), 1)
        if share >= OFTEN and share > otherwise:
            sign = Sign(
                unit=unit,
                shown=shown,
                of=len(those),
                low=low,
                high=high,
                otherwise_shown=there[unit],
                otherwise_of=len(others),
            )
            found.append((share - otherwise, share, sign))
    found.sort(key=lambda each: (-each[0], -each[1], each[2].unit))
    return tuple(sign for _, _, sign in found[:MOST])
