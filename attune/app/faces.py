"""The faces somebody tries: made of action units or taken ready, held, alive or coming and going."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cached_property
from typing import Protocol

import numpy as np

from attune.affect.prototypes import Called, Sides, called
from attune.app.protocols.trial import DRAWN_ONSET_S, Drawn
from attune.people.expression import Expression, Kind, load_expressions
from attune.people.parts import Face
from attune.people.performance import Performance, perform, still
from attune.people.rest import Rest
from attune.people.timing import Timing, TimingRange
from attune.people.units import AMOUNTS, PLACES, SIDED, Unit, grade

__all__ = ["Called", "Expression", "Face", "Kind", "Motion", "Sides", "grade"]

OWN = "own"
PLAYED_FPS = 60.0
LONG_S = 1.0


class Region(StrEnum):
    """The parts of a face that units are grouped by, from above."""

    BROWS = "brows"
    EYES = "eyes"
    CHEEKS = "cheeks"
    MOUTH = "mouth"
    JAW = "jaw"


UNITS: Mapping[Region, tuple[str, ...]] = {
    Region.BROWS: ("AU1", "AU2", "AU4"),
    Region.EYES: ("AU5", "AU7", "AU43"),
    Region.CHEEKS: ("AU6", "AU9", "AU11", "AU34"),
    Region.MOUTH: (
        *("AU12", "AU14", "AU15", "AU10", "AU16", "AU20"),
        *("AU17", "AU18", "AU22", "AU23", "AU24", "AU25", "AU28"),
    ),
    Region.JAW: ("AU26", "AU27"),
}


class Pace(StrEnum):
    """How fast an expression comes and goes."""

    SLOW = "slow"
    NORMAL = "normal"
    BRIEF = "brief"


PACES: Mapping[Pace, Timing] = {
    Pace.SLOW: Timing(start_s=0.4, rise_s=1.6, hold_s=1.4, fall_s=1.6),
    Pace.NORMAL: Timing(start_s=0.4, rise_s=0.5, hold_s=0.9, fall_s=0.7),
    Pace.BRIEF: Timing(start_s=0.6, rise_s=0.05, hold_s=0.15, fall_s=0.05),
}


class Motion(Protocol):
    """What a face does from a moment on; after ``lasts_s`` nothing moves any more."""

    lasts_s: float

    def __call__(self, time_s: float, /) -> Face:
        """The face so many seconds after it began."""


class Held:
    """An expression that is held, and nothing else; worked out on the thread that draws it."""

    lasts_s: float = 0.0

    def __init__(self, expression: Expression, strength: float) -> None:
        self._expression = expression
        self._strength = strength

    def __call__(self, _time_s: float) -> Face:
        """The same at any time."""
        return still(self._expression, self._strength)


class Performed:
    """A performance, until ``until_s`` where it stands still, to its end without it."""

    def __init__(self, performance: Performance, until_s: float | None = None) -> None:
        self._performance = performance
        self.lasts_s = len(performance) / performance.fps if until_s is None else until_s

    def __call__(self, time_s: float) -> Face:
        """The frame at that time."""
        frame = round(min(time_s, self.lasts_s) * self._performance.fps)
        return self._performance.face(min(frame, len(self._performance) - 1))


class Alive:
    """An expression that is held while its owner blinks, breathes and glances about."""

    lasts_s: float = float("inf")

    def __init__(self, expression: Expression, strength: float, rest: Rest) -> None:
        self._amounts = expression.amounts(strength)
        self._gaze = [strength * angle for angle in expression.gaze]
        self._head = [strength * angle for angle in expression.head]
        self._rest = rest

    def __call__(self, time_s: float) -> Face:
        """The face at that time."""
        return self._rest.face(time_s, self._amounts, gaze=self._gaze, head=self._head)


class Faces:
    """Knows the ready expressions, and makes new ones. From any thread."""

    @cached_property
    def ready(self) -> Mapping[str, Expression]:
        """Those Attune carries, by name. Raises ExpressionError where its file was damaged."""
        return load_expressions()

    @cached_property
    def rest(self) -> Rest:
        """What a face does by itself."""
        return Rest(seed=1)

    def own(self, units: Mapping[str, Sides]) -> Expression:
        """An expression of these units, by code, as they are at full strength."""
        full = np.zeros(len(AMOUNTS), np.float32)
        for code, (left, right) in units.items():
            if Unit(code) in SIDED:
                full[PLACES[f"{code}_left"]], full[PLACES[f"{code}_right"]] = left, right
            else:
                full[PLACES[code]] = left
        return Expression(
            name=OWN,
            kind=Kind.PART,
            emotions=(),
            full=full,
            enters=np.zeros_like(full),
            timing=TimingRange(onset_s=(0.4, 0.6), apex_s=(0.8, 1.0), offset_s=(0.6, 0.8)),
        )

    def held(self, expression: Expression, strength: float, *, alive: bool) -> Motion:
        """The expression, there to be looked at."""
        if alive:
            return Alive(expression, strength, self.rest)
        return Held(expression, strength)

    def shown(self, drawn: Drawn, *, until_s: float | None = None) -> Motion:
        """What a trial shows: coming and going, or grown at ``until_s`` and held there."""
        return Performed(self.performance(drawn, until_s=until_s), until_s)

    def performance(self, drawn: Drawn, *, until_s: float | None = None) -> Performance:
        """The same frame by frame; where it is held, it goes on a while after ``until_s``."""
        expression = self.ready[drawn.expression]
        timing = replace(expression.timing.middle, start_s=DRAWN_ONSET_S)
        if until_s is not None:
            timing = Timing(start_s=DRAWN_ONSET_S, rise_s=until_s - DRAWN_ONSET_S, hold_s=LONG_S, fall_s=0.0)
        return perform(expression, intensity=drawn.intensity, timing=timing, fps=PLAYED_FPS, seed=drawn.seed)

    def stills(self, drawn: Drawn) -> tuple[Motion, Motion]:
        """The face at rest, and at its strongest."""
        expression = self.ready[drawn.expression]
        return Held(expression, 0.0), Held(expression, drawn.intensity)

    def played(self, expression: Expression, strength: float, pace: Pace) -> Motion:
        """The expression coming, staying and going; the same each time."""
        return Performed(perform(expression, intensity=strength, timing=PACES[pace], fps=PLAYED_FPS))


def has_sides(code: str) -> bool:
    """Whether a unit can move on one side alone."""
    return Unit(code) in SIDED


def units_of(expression: Expression, strength: float) -> dict[str, Sides]:
    """How far each unit of :data:`UNITS` is moved, left and right."""
    amounts = expression.amounts(strength)
    found = {}
    for codes in UNITS.values():
        for code in codes:
            names = (f"{code}_left", f"{code}_right") if has_sides(code) else (code, code)
            left, right = (float(amounts[PLACES[name]]) for name in names)
            found[code] = left, right
    return found


def what_people_call(units: Mapping[str, Sides]) -> Called:
    """The name people often give a face with these units; a mouth stretched open counts as a jaw dropped."""
    jaw = tuple(
        max(sides) for sides in zip(units.get("AU26", (0, 0)), units.get("AU27", (0, 0)), strict=True)
    )
    told = {code: sides for code, sides in units.items() if code != "AU27"} | {"AU26": jaw}
    return called({code: (sides[0], sides[1]) for code, sides in told.items()})
