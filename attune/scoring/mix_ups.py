"""Which two emotions are taken for one another, and whether that goes both ways."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from attune.scoring.confusion import Confusion
from attune.scoring.intervals import difference

LEAST_SHOWN = 20  # of both emotions, before anything is said of the two
SURE = 2.58  # standard errors: of some thirty pairs looked at, hardly one is called one-sided by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class MixUp:
    """``said`` was said ``times`` of the ``shown_n`` that ``shown`` was shown; ``back``: the other way round.

    ``low`` to ``high``: 99 % interval of the first share minus the share the other way round, which is never
    the larger one.
    """

    shown: str
    said: str
    times: int
    shown_n: int
    back: int
    said_n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Share of the times the emotion was shown that the other was said, in [0, 1]."""
        return self.times / self.shown_n

    @property
    def one_sided(self) -> bool:
        """Whether one direction is more frequent than chance makes it."""
        return self.low > 0


def mix_ups(confusion: Confusion, *, least: int = LEAST_SHOWN) -> tuple[MixUp, ...]:
    """Every pair that was mixed up and of which enough was shown, the one mixed up most first."""
    found = []
    for one, other in combinations(range(len(confusion.names)), 2):
        there = _direction(confusion, one, other), _direction(confusion, other, one)
        if min(n for _times, n in there) < max(least, 1) or not any(times for times, _n in there):
            continue
        turned = there[1][0] / there[1][1] > there[0][0] / there[0][1]
        (times, n), (back, back_n) = there[::-1] if turned else there
        shown, said = (other, one) if turned else (one, other)
        low, high = difference(times, n, back, back_n, SURE)
        found.append(
            MixUp(
                shown=confusion.names[shown],
                said=confusion.names[said],
                times=times,
                shown_n=n,
                back=back,
                said_n=back_n,
                low=low,
                high=high,
            )
        )
    return tuple(sorted(found, key=lambda each: each.share, reverse=True))


def _direction(confusion: Confusion, shown: int, said: int) -> tuple[int, int]:
    """How often ``said`` was the answer to ``shown``, and how often that was shown."""
    return confusion.counts[shown][said], sum(confusion.counts[shown])
