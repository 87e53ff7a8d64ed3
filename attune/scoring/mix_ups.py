"""Which two emotions are taken for one another, and whether that goes both ways."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from attune.scoring.confusion import Confusion
from attune.scoring.exact import at_least
from attune.scoring.several import LEVEL, benjamini_hochberg

LEAST_SHOWN = 20  # of both emotions, before anything is said of the two


@dataclass(frozen=True, slots=True, kw_only=True)
class MixUp:
    """``said`` was said ``times`` of the ``shown_n`` that ``shown`` was shown; ``back``: the other way round.

    The first share is never the smaller one. ``one_sided``: it is larger by more than chance makes one of all
    the pairs that were looked at.
    """

    shown: str
    said: str
    times: int
    shown_n: int
    back: int
    said_n: int
    one_sided: bool

    @property
    def share(self) -> float:
        """Share of the times the emotion was shown that the other was said, in [0, 1]."""
        return self.times / self.shown_n


def mix_ups(confusion: Confusion, *, least: int = LEAST_SHOWN) -> tuple[MixUp, ...]:
    """Every pair that was mixed up and of which enough was shown, the one mixed up most first.

    Whether one is one-sided: Fisher's exact test of its two shares, two-sided, beside those of all pairs by
    the false discovery rate.
    """
    found = []
    for one, other in combinations(range(len(confusion.names)), 2):
        there = _direction(confusion, one, other), _direction(confusion, other, one)
        if min(n for _times, n in there) < max(least, 1) or not any(times for times, _n in there):
            continue
        turned = there[1][0] / there[1][1] > there[0][0] / there[0][1]
        (times, n), (back, back_n) = there[::-1] if turned else there
        shown, said = (other, one) if turned else (one, other)
        pair = MixUp(
            shown=confusion.names[shown],
            said=confusion.names[said],
            times=times,
            shown_n=n,
            back=back,
            said_n=back_n,
            one_sided=False,
        )
        found.append((pair, _p(times, n, times + back, n + back_n)))
    # A pair mixed up so seldom that it could not be one-sided was not looked at for that.
    looked_at = [(pair, p) for pair, p in found if _least(pair) <= LEVEL]
    sided = benjamini_hochberg([p for _pair, p in looked_at])
    one_sided = {pair for (pair, _p), sides in zip(looked_at, sided, strict=True) if sides}
    pairs = [replace(pair, one_sided=pair in one_sided) for pair, _p in found]
    return tuple(sorted(pairs, key=lambda each: each.share, reverse=True))


def _p(times: int, n: int, in_all: int, of: int) -> float:
    """Of so many, or more, ``times`` among ``n`` by chance, with as much room for it the other way round."""
    return min(1.0, 2 * at_least(times, shown=n, said=in_all, n=of))


def _least(pair: MixUp) -> float:
    """The p there would be, had all of it gone one way."""
    in_all, of = pair.times + pair.back, pair.shown_n + pair.said_n
    return min(_p(min(n, in_all), n, in_all, of) for n in (pair.shown_n, pair.said_n))


def _direction(confusion: Confusion, shown: int, said: int) -> tuple[int, int]:
    """How often ``said`` was the answer to ``shown``, and how often that was shown."""
    return confusion.counts[shown][said], sum(confusion.counts[shown])
