"""Which movements of a face went with which feelings somebody told: counted, with intervals.

A sign is this person's own: what their face often did when they said they felt so, and less often otherwise,
by more than chance does among all that is looked at.
It is no rule, and says nothing of moments in which they said nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from attune.affect.reading import NONE, Source
from attune.affect.vocabulary import Core
from attune.app.partner.looking_back import shown_expressed
from attune.scoring.exact import at_least
from attune.scoring.intervals import wilson
from attune.scoring.several import LEVEL, benjamini_hochberg
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
    Every movement with every feeling is looked at, and told where it stands out among all of these.
    """
    measured = [_seen(moment) for moment in moments if _counts(moment, person)]
    often = Counter(emotion for emotion, _ in measured)
    named = [(emotion, n) for emotion, n in often.most_common() if emotion not in (Core.NEUTRAL, NONE)]
    looks = [look for emotion, n in named if n >= ENOUGH for look in _looks(measured, emotion)]
    # Many looks, and nobody knows beforehand at what: few of the signs told may be there by chance.
    told = benjamini_hochberg([p for _, _, p in looks])
    signs = [look for look, stands_out in zip(looks, told, strict=True) if stands_out]
    return tuple(
        Feeling(
            emotion=emotion,
            moments=n,
            signs=_clearest(sign for of, sign, _ in signs if of == emotion) if n >= ENOUGH else None,
        )
        for emotion, n in named
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


def _looks(measured: list[tuple[str, frozenset[str]]], emotion: str) -> Iterator[tuple[str, Sign, float]]:
    """Every movement with this feeling, and the p of so much more of it by chance (Fisher's exact test).

    Movements that could stand out in no case are left out; what is there less than OFTEN counts as p = 1.
    """
    those = [units for felt, units in measured if felt == emotion]
    others = [units for felt, units in measured if felt != emotion]
    here, there = (Counter(code for units in several for code in units) for several in (those, others))
    of = len(those)
    for unit in here.keys() | there.keys():
        shown, in_all = here[unit], here[unit] + there[unit]
        low, high = wilson(shown, of)
        p, least = (
            at_least(hits, shown=of, said=in_all, n=len(measured)) if hits >= OFTEN * of else 1.0
            for hits in (shown, min(of, in_all))
        )
        if least <= LEVEL:
            sign = Sign(
                unit=unit,
                shown=shown,
                of=of,
                low=low,
                high=high,
                otherwise_shown=there[unit],
                otherwise_of=len(others),
            )
            yield emotion, sign, p


def _clearest(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    def apart(sign: Sign) -> tuple[float, float, str]:
        share = sign.shown / sign.of
        return sign.otherwise_shown / sign.otherwise_of - share, -share, sign.unit

    return tuple(sorted(signs, key=apart)[:MOST])
