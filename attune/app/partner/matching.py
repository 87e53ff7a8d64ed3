"""How near one face comes to what another showed, unit by unit, and the one thing to say next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attune.perception.units import UNSAID, Side, moved, units

Units = Mapping[str, tuple[float, float]]
LEAST = 0.15  # amounts below it are noise, and are neither wanted nor too much
NEAR = 0.2  # a difference that is as good as none: measured amounts of one movement differ by as much
SAID = 0.25  # a difference worth a word


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One unit: how much is wanted and how much is there, in [0, 1].

    ``side``: where it is wanted, or, where it is not, where it is there; the subject's own.
    """

    code: str
    side: Side
    wanted: float
    there: float

    @property
    def more(self) -> bool:
        """Whether more of it is wanted, not less."""
        return self.wanted > self.there

    @property
    def apart(self) -> float:
        """How far the two are apart, in [0, 1]."""
        return abs(self.wanted - self.there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """``score`` in [0, 1], 1 for as good as the same; ``parts`` wanted or there, the most wanted first.

    ``next``: the part that would bring the two nearer most; None where they are near enough.
    """

    score: float
    parts: tuple[Part, ...]
    next: Part | None


def match(shown: Units, own: Units, *, saying: str | None = None) -> Match:
    """Compare what is ``own`` with what was ``shown``, units by their codes; what is not named is 0.

    What one does with the left another may do with the right, as in a mirror: the nearer of both counts.
    The score is what both have in common through what either has (Ruzicka similarity), where differences
    within NEAR are none. ``saying``: the code that was said last; another is said only if it is clearly
    further apart, so that one has time to follow.
    """
    straight, mirrored = (_compared(shown, other, saying) for other in (own, _mirrored(own)))
    return mirrored if mirrored.score > straight.score else straight


def _compared(shown: Units, own: Units, saying: str | None) -> Match:
    common = either = 0.0
    parts: list[Part] = []
    for unit in units():
        if not unit.measurable or unit.code in UNSAID:
            continue
        wanted, there = (_heard(found.get(unit.code, (0.0, 0.0))) for found in (shown, own))
        for want, have in zip(wanted, there, strict=True):
            near = want if abs(want - have) <= NEAR else have
            common += min(want, near)
            either += max(want, near)
        if any(wanted) or any(there):
            parts.append(_part(unit.code, wanted, there))
    parts.sort(key=lambda part: (-part.wanted, -part.there))
    return Match(score=common / either if either else 1.0, parts=tuple(parts), next=_next(parts, saying))


def _heard(amounts: tuple[float, float]) -> tuple[float, float]:
    left, right = (amount if amount >= LEAST else 0.0 for amount in amounts)
    return left, right


def _part(code: str, wanted: tuple[float, float], there: tuple[float, float]) -> Part:
    """One part where both sides ask for the same, else the side that is further from what is wanted."""
    side = moved(code, *(wanted if any(wanted) else there)).side
    if side is Side.BOTH:
        return Part(code=code, side=side, wanted=sum(wanted) / 2, there=sum(there) / 2)
    place = 0 if side is Side.LEFT else 1
    return Part(code=code, side=side, wanted=wanted[place], there=there[place])


def _next(parts: list[Part], saying: str | None) -> Part | None:
    """The part furthest apart; the one being said stays until it is near, or another is far ahead."""
    far = [part for part in parts if part.apart >= SAID]
    if not far:
        return None
    return max(far, key=lambda part: part.apart + (NEAR if part.code == saying else 0.0))


def _mirrored(own: Units) -> dict[str, tuple[float, float]]:
    return {code: (right, left) for code, (left, right) in own.items()}
