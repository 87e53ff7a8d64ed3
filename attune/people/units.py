"""Action units of the Facial Action Coding System, and what each is in the 52 shapes a face is drawn from.

An amount of 0 is a unit at rest, 1 a person's utmost. FACS scores strength in five grades whose steps are not
alike; :func:`grade` says which one an amount is drawn as. Left and right are the person's own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from attune.people.parts import Floats
from attune.people.shapes import SHAPES

# Amounts from which FACS would say B slight, C marked, D severe, E maximum; A is a trace.
GRADES = (0.15, 0.3, 0.55, 0.85)
UTMOST_GAZE = 0.52  # radians at which the lids follow the eyes as far as they can, 30 degrees
SIDES = ("left", "right")


class Unit(StrEnum):
    """The units that can be drawn."""

    AU1 = "AU1"
    AU2 = "AU2"
    AU4 = "AU4"
    AU5 = "AU5"
    AU6 = "AU6"
    AU7 = "AU7"
    AU9 = "AU9"
    AU10 = "AU10"
    AU11 = "AU11"
    AU12 = "AU12"
    AU14 = "AU14"
    AU15 = "AU15"
    AU16 = "AU16"
    AU17 = "AU17"
    AU18 = "AU18"
    AU20 = "AU20"
    AU22 = "AU22"
    AU23 = "AU23"
    AU24 = "AU24"
    AU25 = "AU25"
    AU26 = "AU26"
    AU27 = "AU27"
    AU28 = "AU28"
    AU34 = "AU34"
    AU43 = "AU43"
    AU45 = "AU45"


UPPER = frozenset({Unit.AU1, Unit.AU2, Unit.AU4, Unit.AU5, Unit.AU6, Unit.AU7, Unit.AU43, Unit.AU45})

# Shapes at full amount; "_" stands for a side. mouthPress lifts the corners and reads as a smile, so lips
# that press or tighten are rolled, shrugged and drawn down a little instead. A jaw open to 1 has dropped by
# 39 mm: AU26 is what hangs loose, AU27 what is stretched.
DRAWN: Mapping[Unit, Mapping[str, float]] = {
    Unit.AU1: {"browInnerUp": 1.0},
    Unit.AU2: {"browOuterUp_": 1.0},
    Unit.AU4: {"browDown_": 1.0},
    Unit.AU5: {"eyeWide_": 1.0},
    Unit.AU6: {"cheekSquint_": 1.0, "eyeSquint_": 0.15},
    Unit.AU7: {"eyeSquint_": 1.0},
    Unit.AU9: {"noseSneer_": 1.0, "browDown_": 0.1},
    Unit.AU10: {"mouthUpperUp_": 1.0},
    Unit.AU11: {"mouthUpperUp_": 0.3, "noseSneer_": 0.2},
    Unit.AU12: {"mouthSmile_": 1.0},
    Unit.AU14: {"mouthDimple_": 1.0, "mouthPress_": 0.25},
    Unit.AU15: {"mouthFrown_": 1.0},
    Unit.AU16: {"mouthLowerDown_": 1.0},
    Unit.AU17: {"mouthShrugLower": 0.8, "mouthShrugUpper": 0.3},
    Unit.AU18: {"mouthPucker": 0.9},
    Unit.AU20: {"mouthStretch_": 1.0},
    Unit.AU22: {"mouthFunnel": 0.8},
    Unit.AU23: {"mouthRollUpper": 0.35, "mouthRollLower": 0.4, "mouthPucker": 0.2, "mouthFrown_": 0.1},
    Unit.AU24: {
        "mouthRollUpper": 0.6, "mouthRollLower": 0.65, "mouthShrugLower": 0.35, "mouthFrown_": 0.2,
        "mouthPress_": 0.15, "mouthPucker": 0.1,
    },
    Unit.AU25: {"mouthLowerDown_": 0.25, "mouthUpperUp_": 0.15, "jawOpen": 0.1},
    Unit.AU26: {"jawOpen": 0.5},
    Unit.AU27: {"jawOpen": 0.9},
    Unit.AU28: {"mouthRollLower": 0.9, "mouthRollUpper": 0.6},
    Unit.AU34: {"cheekPuff": 1.0},
    Unit.AU43: {"eyeBlink_": 1.0},
    Unit.AU45: {"eyeBlink_": 1.0},
}  # fmt: skip
SIDED = frozenset(unit for unit, shapes in DRAWN.items() if all(name.endswith("_") for name in shapes))


@dataclass(frozen=True, slots=True)
class Amount:
    """One thing that has an amount: a unit, or one side of a unit that has sides."""

    unit: Unit
    side: str = ""

    @property
    def name(self) -> str:
        """``AU12_left``, ``AU26``: what it is called in the truth of a clip."""
        return f"{self.unit}_{self.side}" if self.side else str(self.unit)


AMOUNTS = tuple(Amount(unit, side) for unit in Unit for side in (SIDES if unit in SIDED else ("",)))
PLACES: Mapping[str, int] = {amount.name: place for place, amount in enumerate(AMOUNTS)}


def places(unit: Unit) -> tuple[int, ...]:
    """Where a unit's amounts stand in AMOUNTS: left and right, or the one place it has."""
    return tuple(place for place, amount in enumerate(AMOUNTS) if amount.unit is unit)


def _weights() -> Floats:
    """(len(AMOUNTS), 52): the shapes of each amount of 1."""
    found = np.zeros((len(AMOUNTS), len(SHAPES)), np.float32)
    for row, amount in zip(found, AMOUNTS, strict=True):
        for name, weight in DRAWN[amount.unit].items():
            sides = ((amount.side,) if amount.side else SIDES) if name.endswith("_") else ("",)
            for side in sides:
                row[SHAPES.index(name.removesuffix("_") + side.capitalize())] += weight
    found.setflags(write=False)
    return found


WEIGHTS = _weights()
_JAW, _CLOSE = SHAPES.index("jawOpen"), SHAPES.index("mouthClose")
_LIDS = tuple(
    (SHAPES.index(f"eyeBlink{side}"), [SHAPES.index(f"eyeWide{side}"), SHAPES.index(f"eyeSquint{side}")])
    for side in ("Left", "Right")
)
_SEALED = [PLACES[unit] for unit in (Unit.AU24, Unit.AU28)]


def shapes_of(amounts: ArrayLike) -> Floats:
    """Weights (…, 52) of SHAPES in [0, 1] for amounts (…, len(AMOUNTS)) in [0, 1].

    Weights add up to 1 at most. Lids that close neither widen nor narrow an eye, and lips that press or are
    drawn in stay together over a jaw that drops.
    """
    given = np.asarray(amounts, np.float32)
    drawn: Floats = np.clip(given @ WEIGHTS, 0.0, 1.0)
    for lid, others in _LIDS:
        drawn[..., others] *= 1.0 - drawn[..., lid, None]
    drawn[..., _CLOSE] = drawn[..., _JAW] * given[..., _SEALED].max(axis=-1)
    return drawn


def gaze_shapes(gaze: ArrayLike) -> Floats:
    """Weights (…, 52) of the shapes by which lids follow the eyes; ``gaze`` (…, 2) as in Face, radians."""
    looks = np.clip(np.asarray(gaze, np.float32) / UTMOST_GAZE, -1.0, 1.0)
    left, down = looks[..., 0], looks[..., 1]
    drawn = np.zeros((*looks.shape[:-1], len(SHAPES)), np.float32)
    for name, weight in (
        *((f"eyeLookDown{side}", down) for side in ("Left", "Right")),
        *((f"eyeLookUp{side}", -down) for side in ("Left", "Right")),
        *(("eyeLookOutLeft", left), ("eyeLookInRight", left)),
        *(("eyeLookInLeft", -left), ("eyeLookOutRight", -left)),
    ):
        drawn[..., SHAPES.index(name)] = np.maximum(weight, 0.0)
    return drawn


def grade(amount: float) -> str:
    """The grade FACS would give an amount in [0, 1]: A to E, nothing for none."""
    return "ABCDE"[bisect_right(GRADES, amount)] if amount > 0 else ""
