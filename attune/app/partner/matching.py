"""How near one face comes to what another showed, unit by unit, and the one thing to say next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from attune.perception.units import Side

Units = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One unit: how much is wanted and how much is there, in [0, 1]; sides are those of whom is followed.

    ``side``: BOTH where left and right are wanted alike.
    """

    code: str
    side: Side
    wanted: float
    there: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """``score`` in [0, 1], 1 for the same; ``parts`` that are wanted or there, the most wanted first.

    ``next``: the part that would bring them nearer most, more of it or less; None where it is near enough.
    """

    score: float
    parts: tuple[Part, ...]
    next: Part | None


def match(shown: Units, own: Units) -> Match:
    """Compare what is ``own`` with what was ``shown``."""
    raise NotImplementedError
