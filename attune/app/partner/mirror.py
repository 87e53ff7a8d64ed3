"""Mirror: one face follows another, and hears one thing at a time that would bring it nearer.

How near it was is said by whoever watched; what was measured stands beside that, and only of somebody who
agreed to be measured. What was matched may be a drawn person's face or the partner's own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import exp
from pathlib import PurePosixPath
from random import Random
from statistics import median
from typing import TYPE_CHECKING, Any

from attune.app.partner.couple import Kind, Moment
from attune.app.partner.matching import LEAST, Match, Part, Units, match
from attune.perception.units import AROUND_NS, UNITS, Unit, moved, units

if TYPE_CHECKING:
    from attune.app.faces import Faces
    from attune.app.library import Clip
    from attune.app.measured import Measured

EXPRESSIONS = (
    *("happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt"),
    *("happiness_lips_closed", "sadness_furrow", "anger_lips_tight", "surprise_mouth_wide"),
    "fear_jaw_dropped",
    *("happily_surprised", "sadly_surprised", "angrily_surprised", "fearfully_surprised", "sadly_angry"),
    *("smile_under_sad_brows", "smile_under_angry_brows", "pressed_lips_under_sad_brows"),
)
"""What a drawn person shows, in order: what moves most first, then others, then two at once."""
STRENGTH = 1.0  # of what is faint, too little can be measured to go by
SETTLES_NS = 200_000_000  # amounts measured follow a movement within about this
GAP_NS = 1_000_000_000  # after so long without a face it begins anew
SAID_NS = 1_800_000_000  # a hint stands at least this long: it must be read and done
# A score from which on two faces are alike. Six drawn people at full strength, each followed by each: showing
# the same state, the median is .50 (disgust) to .89 (anger); showing another, 97 in 100 stay below .57.
ALIKE = 0.65
EXTRA = 0.35  # what was not shown counts from here on, less what comes with other movements
HELD_NS = 1_000_000_000  # and this long it is to stay so
TAKEN_NS = 1_000_000_000  # of a face that is to be followed, the last so much counts


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
    """Follows a face that follows ``shown``, and says one thing at a time. One thread at a time.

    ``nearest``: the best match so far, None before anything was heard; ``best``: the units of that moment.
    """

    def __init__(self, shown: Units) -> None:
        self._shown = shown
        self._own: dict[str, tuple[float, float]] = {}
        self._heard_ns: int | None = None
        self._said: Part | None = None
        self._said_ns: int | None = None
        self._near_since_ns: int | None = None
        self._held = False
        self.best: Units = {}
        self.nearest: Match | None = None

    @property
    def held(self) -> bool | None:
        """Whether it stayed near for a while; None before anything was heard."""
        return None if self.nearest is None else self._held

    def hear(self, time_ns: int, own: Units) -> Guidance:
        """Take what a face shows at a time, later each time; units that cannot be told are not asked for."""
        if self._heard_ns is not None and time_ns - self._heard_ns > GAP_NS:
            self._forget()
        self._settle(time_ns, own)
        said = None if self._said is None else self._said.code
        asked = {code: sides for code, sides in self._shown.items() if code in own}
        found = match(asked, _beside(self._own, asked), saying=said)
        if self.nearest is None or found.score > self.nearest.score:
            self.nearest, self.best = found, dict(self._own)
        self._hold(time_ns, near=found.score >= ALIKE)
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
        said, wanted = self._said, found.next
        now = next((part for part in found.parts if said is not None and part.code == said.code), None)
        if said is not None and now is not None and now.more == said.more and now.apart >= LEAST:
            stands = self._said_ns is not None and time_ns - self._said_ns < SAID_NS
            if stands or (wanted is not None and wanted.code == said.code):
                self._said = now
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Who is to be mirrored, drawn: ``clip`` shows that, too, where nobody can be drawn live."""

    person: str
    expression: str
    strength: float
    clip: Clip


def models(clips: Iterable[Clip]) -> dict[str, tuple[Model, ...]]:
    """The models by expression, in the order of EXPRESSIONS; of several strengths the one nearest STRENGTH.

    ``clips`` are the starter set's, whose names say what they show: person-expression-percent.
    """
    found: dict[tuple[str, str], Model] = {}
    for clip in clips:
        person, expression, percent, *more = PurePosixPath(clip.name).stem.split("-")
        if more or expression not in EXPRESSIONS or not percent.isdecimal() or clip.apex_s is None:
            continue
        model = Model(person=clip.person, expression=expression, strength=int(percent) / 100, clip=clip)
        other = found.get((expression, person))
        if other is None or abs(model.strength - STRENGTH) < abs(other.strength - STRENGTH):
            found[expression, person] = model
    return {
        name: those
        for name in EXPRESSIONS
        if (those := tuple(model for (shown, _), model in found.items() if shown == name))
    }


class Models:
    """Gives the expression that was mirrored least so far, of equals in their order, by anybody."""

    def __init__(self, clips: Iterable[Clip], chance: Random, past: Iterable[Moment] = ()) -> None:
        self._models = models(clips)
        self._chance = chance
        self._given = Counter(Mirrored.from_json(moment.told).expression for moment in past)

    def draw(self) -> Model:
        """One of them, which counts as mirrored from now on."""
        expression = min(self._models, key=lambda name: self._given[name])
        self._given[expression] += 1
        return self._chance.choice(self._models[expression])


def units_of_model(faces: Faces, model: Model, measured: Measured | None) -> Units:
    """What a model shows to follow: what it was drawn to move, as far and as much as that can be measured.

    ``measured``: its clip, so that both are seen with the same eyes; None, or where nothing of it was to be
    seen: as it was drawn.
    """
    from attune.app.faces import units_of  # noqa: PLC0415 - by now it is loaded

    drawn = units_of(faces.ready[model.expression], model.strength)
    shown = {code: sides for code, sides in drawn.items() if max(sides) >= LEAST and code in _measurable()}
    found = {} if measured is None else _units_at(measured, round((model.clip.apex_s or 0.0) * 1e9))
    return {code: sides for code, sides in found.items() if code in shown} or shown


def _units_at(measured: Measured, time_ns: int) -> Units:
    track, curves = measured.track, measured.curves
    near = track.face & (abs(track.time_ns - time_ns) <= AROUND_NS)
    if not near.any():
        return {}
    left, right = curves.left[near].mean(axis=0), curves.right[near].mean(axis=0)
    found = {code: (float(left[place]), float(right[place])) for place, code in enumerate(UNITS)}
    return {code: sides for code, sides in found.items() if max(sides) >= LEAST}


@cache
def _measurable() -> Mapping[str, Unit]:
    return {unit.code: unit for unit in units() if unit.measurable}


def _beside(own: Units, shown: Units) -> Units:
    """What is there of what was shown, and what else there clearly is."""
    return {
        code: sides
        for code, sides in own.items()
        if code in shown or max(sides) - _explained(code, own) >= EXTRA
    }


def _explained(code: str, own: Units) -> float:
    """How much of a unit is but the look of others that are there."""
    lit_by = _measurable()[code].lit_by if code in _measurable() else {}
    return max((share * max(own.get(other, (0.0, 0.0))) for other, share in lit_by.items()), default=0.0)


def as_kept(best: Units) -> tuple[tuple[str, str, float], ...]:
    """What a face did at its nearest, as a moment keeps it: strongest first."""
    found = (moved(code, *sides) for code, sides in best.items() if max(sides) >= LEAST)
    strongest_first = sorted(found, key=lambda unit: -unit.amount)
    return tuple((unit.code, str(unit.side), round(unit.amount, 3)) for unit in strongest_first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What came of one turn: whose face it was, who was drawn, and ``guide`` where it was measured."""

    shown: Shown
    model: Model | None = None
    guide: Guide | None = None

    def moment(self, *, near: Near | None, shower: int, noticer: int, at: str) -> Moment:
        """The moment to be kept of it; ``shower`` said ``near``, ``noticer`` mirrored. Both saw it live."""
        told = Mirrored(
            shown=self.shown,
            person=self.model.person if self.model is not None else "",
            expression=self.model.expression if self.model is not None else "",
            near=near,
            held=self.guide.held if self.guide is not None else None,
        )
        return Moment(
            kind=Kind.MIRROR,
            happened_at=at,
            shower=shower,
            noticer=noticer,
            units=as_kept(self.guide.best) if self.guide is not None else (),
            told=told.to_json(),
            revealed=True,
        )
