"""Mirror: one face follows another, and hears one thing at a time that would bring it nearer.

How near it was is said by whoever watched; what was measured stands beside that, and only of somebody who
agreed to be measured. What was matched may be a drawn person's face or the partner's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp
from statistics import median
from typing import Any

from attune.app.partner.matching import Match, Part, Units, match

EXPRESSIONS = (
    *("happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"),
    *("happiness_lips_closed", "sadness_furrow", "anger_lips_tight", "surprise_mouth_wide"),
    "fear_jaw_dropped",
    *("happily_surprised", "sadly_surprised", "angrily_surprised", "fearfully_surprised", "sadly_angry"),
    *("smile_under_sad_brows", "smile_under_angry_brows", "pressed_lips_under_sad_brows"),
)
"""What a drawn person shows, in order: what moves most first, then others, then two at once."""
STRENGTH = 0.8  # clear, and within what most faces can do
SETTLES_NS = 200_000_000  # amounts measured follow a movement within about this
GAP_NS = 1_000_000_000  # after so long without a face it begins anew
SAID_NS = 1_800_000_000  # a hint stands at least this long: it must be read and done
NEAR = 0.75  # from here on it is near
HELD_NS = 1_000_000_000  # and this long it is to stay so
TAKEN_NS = 1_000_000_000  # of a face that is to be followed, the last so much counts
LEAST = 0.15  # amount below which nothing is to be copied


class Shown(StrEnum):
    """Whose face is matched."""

    DRAWN = "drawn"
    PARTNER = "partner"


class Near(StrEnum):
    """How near it was, as whoever watched says it."""

    FAR = "far"
    PARTLY = "partly"
    NEARLY = "nearly"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """What a moment of this kind keeps besides itself, under ``told``.

    The moment's ``shower`` is whoever was matched, or watched somebody match a drawn face; its ``noticer``
    mirrored, and its units are theirs. ``person`` and ``expression``: who was drawn, showing what. ``near``:
    None where nobody said. ``held``: whether it stayed near for a while, None where nothing was measured.
    """

    shown: Shown
    person: str = ""
    expression: str = ""
    near: Near | None = None
    held: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data: shown, person, expression, near, held; what is not known is left out."""
        data: dict[str, Any] = {"shown": str(self.shown)}
        data |= {key: value for key in ("person", "expression") if (value := getattr(self, key))}
        data |= {} if self.near is None else {"near": str(self.near)}
        return data | ({} if self.held is None else {"held": self.held})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Mirrored:
        """Read what :meth:`to_json` wrote. Raises KeyError or ValueError on other data."""
        near = data.get("near")
        return cls(
            shown=Shown(data["shown"]),
            person=data.get("person", ""),
            expression=data.get("expression", ""),
            near=None if near is None else Near(near),
            held=data.get("held"),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Where a face stands: its match; ``say``: the one part to say now; ``held``: it was near for a while."""

    match: Match
    say: Part | None
    held: bool


class Guide:
    """Follows a face that follows ``shown``, and says one thing at a time. One thread at a time."""

    def __init__(self, shown: Units) -> None:
        self._shown = shown
        self._own: dict[str, tuple[float, float]] = {}
        self._heard_ns: int | None = None
        self._said: Part | None = None
        self._said_ns: int | None = None
        self._near_since_ns: int | None = None
        self._held = False
        self.best: Units = {}  # what was there at the best moment
        self._best_score = 0.0

    def hear(self, time_ns: int, own: Units) -> Guidance:
        """Take what a face shows at a time, later each time; units that cannot be told are not asked for."""
        if self._heard_ns is not None and time_ns - self._heard_ns > GAP_NS:
            self._forget()
        self._settle(time_ns, own)
        found = match({code: sides for code, sides in self._shown.items() if code in own}, self._own)
        if found.score > self._best_score:
            self._best_score, self.best = found.score, dict(self._own)
        self._hold(time_ns, near=found.score >= NEAR)
        self._choose(time_ns, found)
        return Guidance(match=found, say=self._said, held=self._held)

    def _forget(self) -> None:
        self._own, self._heard_ns = {}, None
        self._said = self._said_ns = self._near_since_ns = None

    def _settle(self, time_ns: int, own: Units) -> None:
        """A first-order low-pass: what is heard follows what is there within SETTLES_NS."""
        since_ns = SETTLES_NS * 100 if self._heard_ns is None else time_ns - self._heard_ns
        new = 1.0 - exp(-since_ns / SETTLES_NS)
        for code, (left, right) in own.items():
            was = self._own.get(code, (left, right))
            self._own[code] = was[0] + new * (left - was[0]), was[1] + new * (right - was[1])
        self._heard_ns = time_ns

    def _hold(self, time_ns: int, *, near: bool) -> None:
        if not near:
            self._near_since_ns = None
            return
        if self._near_since_ns is None:
            self._near_since_ns = time_ns
        self._held = self._held or time_ns - self._near_since_ns >= HELD_NS

    def _choose(self, time_ns: int, found: Match) -> None:
        """What is said stays a while, unless that is done: then the next comes at once."""
        wanted = found.next
        if self._said is not None and wanted is not None and _same(self._said, wanted):
            self._said = wanted
            return
        stands = self._said_ns is not None and time_ns - self._said_ns < SAID_NS
        if stands and self._said is not None and not _done(self._said, found):
            return
        self._said, self._said_ns = wanted, time_ns


class Taking:
    """What a face that is to be followed shows: the median of the last TAKEN_NS."""

    def __init__(self) -> None:
        self._heard: list[tuple[int, Units]] = []

    def hear(self, time_ns: int, units: Units) -> None:
        """Take what is there at a time, later each time."""
        self._heard = [(at, seen) for at, seen in self._heard if time_ns - at < TAKEN_NS]
        self._heard.append((time_ns, units))

    @property
    def units(self) -> dict[str, tuple[float, float]]:
        """What there is to follow; empty while the face is at rest, or nothing was heard."""
        seen = [units for _, units in self._heard]
        found = {
            code: (median(units[code][0] for units in seen), median(units[code][1] for units in seen))
            for code in (seen[-1] if seen else {})
            if all(code in units for units in seen)
        }
        return {code: sides for code, sides in found.items() if max(sides) >= LEAST}


def turns_of(expressions: Sequence[str], done: Mapping[str, int]) -> tuple[str, ...]:
    """The expressions with those first that were mirrored least; of equals in their order."""
    return tuple(sorted(expressions, key=lambda name: done.get(name, 0)))


def _same(one: Part, other: Part) -> bool:
    more = one.wanted > one.there, other.wanted > other.there
    return (one.code, one.side) == (other.code, other.side) and more[0] == more[1]


def _done(said: Part, found: Match) -> bool:
    """Whether what was asked for is there now, or went too far."""
    now = next((part for part in found.parts if part.code == said.code), None)
    if now is None:
        return True
    return (now.wanted > now.there) != (said.wanted > said.there) or abs(now.wanted - now.there) < LEAST
