"""An expression: which action units it is made of, how strong and how fast, and what head and eyes do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from attune.people.parts import Floats
from attune.people.timing import TimingRange
from attune.people.units import AMOUNTS, PLACES, SIDES
from attune.resources import asset

MIRROR = [
    PLACES[f"{amount.unit}_{SIDES[1 - SIDES.index(amount.side)]}" if amount.side else amount.name]
    for amount in AMOUNTS
]


class Kind(StrEnum):
    """What an expression is among the others."""

    STATE = "state"
    VARIANT = "variant"
    BLEND = "blend"
    PART = "part"
    LAYERED = "layered"

    @property
    def title_key(self) -> str:
        """Key of its name in the words."""
        return f"people.kinds.{self}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expression:
    """What a face shows at full strength, and how it gets there.

    emotions: what it is drawn to show, one name or two; full and enters (len(AMOUNTS),): the amounts at full
    strength, and the strength below which each is not there yet; share: of posers who show it so; head (yaw,
    pitch, roll) and gaze (yaw, pitch, away from the viewer) in radians, signs as in Face.
    """

    name: str
    kind: Kind
    emotions: tuple[str, ...]
    full: Floats
    enters: Floats
    timing: TimingRange
    head: tuple[float, float, float] = (0.0, 0.0, 0.0)
    gaze: tuple[float, float] = (0.0, 0.0)
    share: float | None = None

    @property
    def title_key(self) -> str:
        """Key of its name in the words."""
        return f"people.expressions.{self.name}"

    def amounts(self, strength: ArrayLike) -> Floats:
        """Amounts (…, len(AMOUNTS)) at a strength in [0, 1]: one, (…, 1), or (…, len(AMOUNTS)) for each.

        Each grows evenly from where it enters to full.
        """
        given = np.asarray(strength, np.float32)
        grown = (given - self.enters) / (1.0 - self.enters)
        return np.asarray(self.full * np.clip(grown, 0.0, 1.0), np.float32)


def load_expressions(path: Path | None = None) -> Mapping[str, Expression]:
    """Expressions by name, in the order of the file: those Attune carries, or another file's.

    Raises ExpressionError naming the file and the field.
    """
    from attune.people.expression_file import read_expressions  # noqa: PLC0415 - loads pydantic

    return read_expressions(asset("people", "expressions.toml") if path is None else path)


def mixed(one: Expression, other: Expression, share: float) -> Expression:
    """So much of the other, in [0, 1], and the rest of the one: a step on the way from one to the other."""
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share: {share} is outside [0, 1]")
    both = {0.0: one.emotions, 1.0: other.emotions}.get(share, (*one.emotions, *other.emotions))
    full = (1 - share) * one.full + share * other.full
    return Expression(
        name=f"{one.name}+{other.name}",
        kind=Kind.BLEND,
        emotions=tuple(dict.fromkeys(both)),
        full=np.asarray(full, np.float32),
        enters=_sooner(one, other),
        timing=one.timing if share < 0.5 else other.timing,
        head=_turned(one.head, other.head, share),
        gaze=_turned((*one.gaze, 0.0), (*other.gaze, 0.0), share)[:2],
    )


def mirrored(expression: Expression) -> Expression:
    """The same with left and right exchanged."""
    yaw, pitch, roll = expression.head
    return replace(
        expression,
        full=expression.full[MIRROR],
        enters=expression.enters[MIRROR],
        head=(-yaw, pitch, -roll),
        gaze=(-expression.gaze[0], expression.gaze[1]),
    )


def changed(expression: Expression, units: Mapping[str, float]) -> Expression:
    """The expression with some amounts set, by name as in AMOUNTS. Raises KeyError, ValueError."""
    full = expression.full.copy()
    for name, amount in units.items():
        if not 0.0 <= amount <= 1.0:
            raise ValueError(f"{name}: {amount} is outside [0, 1]")
        full[PLACES[name]] = amount
    return replace(expression, full=full)


def _sooner(one: Expression, other: Expression) -> Floats:
    """When each unit enters a mixture: as in the one that has it, in the earlier where both do."""
    of_one = np.where(one.full > 0, one.enters, 1.0)
    of_other = np.where(other.full > 0, other.enters, 1.0)
    return np.where((one.full > 0) | (other.full > 0), np.minimum(of_one, of_other), 0.0).astype(np.float32)


def _turned(
    one: tuple[float, float, float], other: tuple[float, float, float], share: float
) -> tuple[float, float, float]:
    yaw, pitch, roll = ((1 - share) * a + share * b for a, b in zip(one, other, strict=True))
    return yaw, pitch, roll
