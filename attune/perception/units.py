"""How much each part of a face moves, named as action units of the Facial Action Coding System.

``assets/models/units.toml`` says which blendshapes and measures of :mod:`geometry` each unit is read from,
and how well; ``packaging/fit_units.py`` writes it. A unit that cannot be told well enough is measured all
the same, for those who look at numbers, but never named to anybody.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.perception.geometry import MEASURES, measures
from attune.perception.track import BLENDSHAPES, FaceTrack
from attune.resources import asset

AROUND_NS = 80_000_000  # a movement is the mean of this long before and after the apex
LEAST = 0.25  # amount below which a movement is not worth a word
UNITS = (
    "AU1", "AU2", "AU4", "AU5", "AU6", "AU7", "AU9", "AU10", "AU12", "AU14", "AU15", "AU16", "AU17", "AU18",
    "AU20", "AU22", "AU23", "AU24", "AU25", "AU26", "AU27", "AU28", "AU34", "AU43",
)  # fmt: skip
CHANNELS = (*BLENDSHAPES, *MEASURES)
SIDES = ("Left", "Right")
# Lids close in every blink, and a dropped jaw parts the lips: neither is worth a word beside the rest.
UNSAID = frozenset({"AU43"})
IMPLIED = {"AU27": ("AU26", "AU25"), "AU26": ("AU25",)}


class Side(StrEnum):
    """The subject's own side."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Moved:
    """One action unit: ``code`` "AU12", ``amount`` in (0, 1], 1 for as strong as it is commonly seen."""

    code: str
    side: Side
    amount: float


@dataclass(frozen=True, slots=True, eq=False)
class UnitCurves:
    """Amounts over n frames: ``left`` and ``right`` (n, len(UNITS)) in [0, 1], NaN without a face.

    Left and right are the subject's; both are the same for a unit that has no sides.
    """

    left: NDArray[np.float32]
    right: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """How one unit is read.

    ``weights`` of changes from rest, by channel; a channel that has sides is taken on the unit's own side, or
    as the mean of both where the unit has none (``sided``). The amount is their sum less ``floor``, within
    [0, 1], to the ``power``. ``unsure``: what 9 in 10 calm faces stay under where a face's own rest is not
    known. ``lit_by``: other units that show as this one, by how much at full strength. ``measurable``:
    whether it may be named to anybody.
    """

    code: str
    sided: bool
    weights: Mapping[str, float]
    floor: float
    power: float
    unsure: float
    lit_by: Mapping[str, float]
    measurable: bool

    def column(self, side: str) -> NDArray[np.float64]:
        """Weights of CHANNELS for one side."""
        column = np.zeros(len(CHANNELS))
        for name, weight in self.weights.items():
            for place, share in channel(name, side if self.sided else None).items():
                column[place] += weight * share
        return column

    def amount(self, total: NDArray[np.float64], *, calm: float) -> NDArray[np.float64]:
        """Amounts in [0, 1] of weighted changes from a rest that is known as far as ``calm``."""
        raised = total - self.floor - (1.0 - calm) * self.unsure
        return np.asarray(np.clip(raised, 0.0, 1.0) ** self.power)


def channel(name: str, side: str | None) -> dict[int, float]:
    """Where a channel lies in CHANNELS, with its share there: one place, or both sides' mean.

    Raises ValueError for a channel that there is not.
    """
    if name in CHANNELS:
        return {CHANNELS.index(name): 1.0}
    if side is not None:
        return {CHANNELS.index(name + side): 1.0}
    return {CHANNELS.index(name + one): 0.5 for one in SIDES}


@cache
def units() -> tuple[Unit, ...]:
    """Every unit there is, in the order of UNITS."""
    tables = _tables()["units"]
    return tuple(
        Unit(
            code=code,
            sided=table["sided"],
            weights=table["weights"],
            floor=table["floor"],
            power=table["power"],
            unsure=table["unsure"],
            lit_by=table["lit_by"],
            measurable=table["quality"]["measurable"],
        )
        for code, table in ((code, tables[code]) for code in UNITS)
    )


def unit_amounts(
    track: FaceTrack, *, neutral_ns: int | None, calm: float, own: NDArray[np.float64] | None = None
) -> UnitCurves:
    """How much each unit moved, frame by frame, from the face at ease.

    At ease is this face's ``own`` rest (len(CHANNELS),) where that is known, else the face around
    ``neutral_ns`` as far as that is ``calm`` in [0, 1], else the average face.
    """
    values = channels(track.blendshapes, track.landmarks, track.height / track.width)
    if own is not None:
        return amounts(values, own, calm=1.0)
    near = np.zeros(len(track), dtype=bool) if neutral_ns is None else _near(track, neutral_ns)
    known = calm if near.any() else 0.0
    rest = (1.0 - known) * average_rest()
    if known > 0:
        rest = rest + known * values[near].mean(axis=0)
    return amounts(values, rest, calm=known)


def amounts(values: NDArray[np.float64], rest: NDArray[np.float64], *, calm: float) -> UnitCurves:
    """How much each unit moved in n faces (n, len(CHANNELS)), from a rest known as far as ``calm``."""
    change = values - rest
    left, right = (
        np.column_stack(
            [unit.amount(change @ columns[:, place], calm=calm) for place, unit in enumerate(units())]
        )
        for columns in map(_columns, SIDES)
    )
    return UnitCurves(left.astype(np.float32), right.astype(np.float32))


def units_moved(track: FaceTrack, curves: UnitCurves, *, apex_ns: int) -> tuple[Moved, ...]:
    """What can be told to have moved at the apex, strongest first; ``curves`` are the track's."""
    near = _near(track, apex_ns)
    if not near.any():
        return ()
    amounts = {
        code: (float(left), float(right))
        for code, left, right in zip(
            UNITS, curves.left[near].mean(axis=0), curves.right[near].mean(axis=0), strict=True
        )
    }
    found = (
        moved(unit.code, *amounts[unit.code])
        for unit in units()
        if unit.measurable and _shown(unit, amounts) >= LEAST
    )
    return worth_a_word(found)


def worth_a_word(found: Iterable[Moved]) -> tuple[Moved, ...]:
    """The strongest first, without what goes without saying."""
    by_code = {unit.code: unit for unit in found}
    unsaid = UNSAID.union(*(IMPLIED[code] for code in by_code.keys() & IMPLIED.keys()))
    said = (unit for code, unit in by_code.items() if code not in unsaid)
    return tuple(sorted(said, key=lambda unit: -unit.amount))


def channels(
    blendshapes: NDArray[np.float32], landmarks: NDArray[np.float32], aspect: float
) -> NDArray[np.float64]:
    """(n, len(CHANNELS)) of n faces, arrays as in FaceTrack; rows of NaN where there is none."""
    return np.column_stack([blendshapes.astype(np.float64), measures(landmarks, aspect)])


@cache
def average_rest() -> NDArray[np.float64]:
    """Mean of CHANNELS over calm faces; 0 for those that no unit uses."""
    rest = np.zeros(len(CHANNELS))
    for name, value in _tables()["rest"].items():
        for place in channel(name, None):
            rest[place] = value
    rest.setflags(write=False)
    return rest


@cache
def _columns(side: str) -> NDArray[np.float64]:
    """(len(CHANNELS), len(UNITS)) weights of every unit for one side."""
    return np.column_stack([unit.column(side) for unit in units()])


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(asset("models", "units.toml").read_text(encoding="utf-8"))


def _shown(unit: Unit, amounts: Mapping[str, tuple[float, float]]) -> float:
    """The greater side's amount, less what another unit that is there explains."""
    most = max(amounts[unit.code])
    explained = (share * max(amounts[other]) for other, share in unit.lit_by.items())
    return most - max(explained, default=0.0)


def moved(code: str, left: float, right: float) -> Moved:
    """A unit by how far it moved on the subject's left and right; of one side alone if that did much more."""
    most = max(left, right)
    if min(left, right) >= most / 2:
        return Moved(code, Side.BOTH, (left + right) / 2)
    return Moved(code, Side.LEFT if left > right else Side.RIGHT, most)


def _near(track: FaceTrack, time_ns: int) -> NDArray[np.bool_]:
    return np.asarray(track.face & (np.abs(track.time_ns - time_ns) <= AROUND_NS))
