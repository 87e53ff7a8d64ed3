"""What an answer was drawn for, to be looked at again: every frame of it, and exactly what moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.app.faces import Face, Faces, Motion
from attune.app.protocols.trial import Drawn
from attune.people.expression import Expression
from attune.people.performance import still
from attune.people.units import AMOUNTS
from attune.perception.units import Moved, Side, moved, worth_a_word

__all__ = ["Moved", "Replay", "Run", "replay_of"]

NS_PER_S = 1_000_000_000
HELD_S = 0.6  # how long a face that was held to be judged is seen again, before it begins anew
CALM_S = 0.6  # before and after a brief moment
MOST_HZ = 1000.0
LEAST_SHARE = 0.25  # of the unit that moves most, below which another is not worth a word


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """``fps`` of n ``faces`` a second, ``amounts`` (n, len(AMOUNTS)) of their units in [0, 1].

    ``strongest``: the frame in which the expression is all there; ``units``: what it moves then, the one that
    moves most first. ``stills``: the face at rest, at its strongest, and in what was asked for beside.
    """

    drawn: Drawn
    fps: float
    faces: tuple[Face, ...]
    amounts: NDArray[np.float32]
    strongest: int
    units: tuple[Moved, ...]
    stills: tuple[Motion, ...] = ()

    @property
    def times_ns(self) -> list[int]:
        """When each frame begins."""
        return [self.begins_ns(frame) for frame in range(len(self.faces))]

    @property
    def duration_ns(self) -> int:
        """From the first frame's beginning to the last one's end."""
        return self.begins_ns(len(self.faces))

    def begins_ns(self, frame: int) -> int:
        """When a frame begins."""
        return round(frame * NS_PER_S / self.fps)

    def course(self, unit: Moved) -> NDArray[np.float32]:
        """(n,) how much a unit was moved frame by frame, in [0, 1], on the side it was."""
        columns = [
            place
            for place, amount in enumerate(AMOUNTS)
            if amount.unit == unit.code and (unit.side is Side.BOTH or amount.side == unit.side)
        ]
        return np.asarray(self.amounts[:, columns].mean(axis=1), np.float32)


class Run:
    """A replay from a frame on, as a motion; ``rate`` times as fast as it was, 0 to hold that frame."""

    def __init__(self, replay: Replay, start: int, *, rate: float = 0.0, looping: bool = False) -> None:
        self._replay = replay
        self._start = start
        self._speed = rate * replay.fps
        self._looping = looping and rate > 0
        left = len(replay.faces) - 1 - start
        self.lasts_s = float("inf") if self._looping else left / self._speed if rate > 0 else 0.0

    def frame_at(self, time_s: float) -> int:
        """Which frame shows then."""
        frame = self._start + round(time_s * self._speed)
        return frame % len(self._replay.faces) if self._looping else min(frame, len(self._replay.faces) - 1)

    def __call__(self, time_s: float) -> Face:
        """The face then."""
        return self._replay.faces[self.frame_at(time_s)]


def replay_of(shown: Mapping[str, Any], *, beside: str | None = None) -> Replay | None:
    """What an answer's record says was shown, drawn again; None where nothing was, or cannot be any more.

    ``beside``: another expression, for a still as strong. Raises ExpressionError.
    """
    faces = Faces()
    try:
        drawn = Drawn(**shown["drawn"])
        stills = list(faces.stills(drawn))
        if beside is not None:
            stills.append(faces.stills(replace(drawn, expression=beside))[1])
        if shown["kind"] == "brief":
            found = _brief(drawn, faces, shown["frames"], shown["hz"])
        else:
            found = _performed(drawn, faces, shown.get("until_s"))
        return replace(found, stills=tuple(stills))
    except (KeyError, TypeError, ValueError):  # of a history from elsewhere, or of an older Attune
        return None


def _performed(drawn: Drawn, faces: Faces, until_s: float | None) -> Replay:
    """As it came and went, or grew and was held."""
    performance = faces.performance(drawn, until_s=until_s)
    frames = list(range(len(performance)))
    strongest = round((performance.apex_s or 0.0) * performance.fps)
    if until_s is not None:
        strongest = round(until_s * performance.fps)
        frames = [min(frame, strongest) for frame in range(strongest + round(HELD_S * performance.fps))]
    return Replay(
        drawn=drawn,
        fps=performance.fps,
        faces=tuple(performance.face(frame) for frame in frames),
        amounts=performance.amounts[frames],
        strongest=strongest,
        units=_units(faces.ready[drawn.expression], drawn.intensity),
    )


def _brief(drawn: Drawn, faces: Faces, frames: int, hz: float) -> Replay:
    """A calm face, the expression for some frames of a screen that shows ``hz`` a second, the calm face."""
    if not (1 <= frames <= hz <= MOST_HZ):
        raise ValueError(f"{frames} frames at {hz} Hz are no brief moment")
    calm = round(CALM_S * hz)
    there = np.repeat([0.0, drawn.intensity, 0.0], [calm, frames, calm])
    expression = faces.ready[drawn.expression]
    at_rest, stirred = still(expression, 0.0), still(expression, drawn.intensity)
    return Replay(
        drawn=drawn,
        fps=hz,
        faces=tuple(stirred if strength else at_rest for strength in there),
        amounts=expression.amounts(there[:, None]),
        strongest=calm,
        units=_units(expression, drawn.intensity),
    )


def _units(expression: Expression, intensity: float) -> tuple[Moved, ...]:
    """What an expression moves at its strongest, without what the face does by itself."""
    found: dict[str, dict[str, float]] = {}
    for amount, value in zip(AMOUNTS, expression.amounts(intensity), strict=True):
        found.setdefault(str(amount.unit), {})[amount.side] = float(value)
    each = [
        moved(code, sides.get("left", sides.get("", 0.0)), sides.get("right", sides.get("", 0.0)))
        for code, sides in found.items()
    ]
    most = max(unit.amount for unit in each)
    return worth_a_word(unit for unit in each if unit.amount > 0 and unit.amount >= LEAST_SHARE * most)
