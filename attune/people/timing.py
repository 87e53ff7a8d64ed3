"""When an expression comes and goes: onset, apex, offset.

It rises and falls along the path of least jerk (Flash & Hogan 1985), which is close to how faces move:
s(u) = 10 u³ - 15 u⁴ + 6 u⁵. Its parts do not move in step: each begins a little later than the onset and
arrives a little before the apex, so that the moments named hold for the face as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Course = NDArray[np.float64]
Range = tuple[float, float]

LONGEST_S = 60.0
APART = 0.3  # share of a rise or a fall by which units begin, and end, apart from each other
BRIEF_S = (0.04, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One course in seconds: begins at ``start_s``, rises, is held, falls. A rise or fall of 0 is a step."""

    start_s: float
    rise_s: float
    hold_s: float
    fall_s: float

    def __post_init__(self) -> None:
        """Raise ValueError for a time that cannot be."""
        if not all(0 <= time <= LONGEST_S for time in (self.start_s, self.rise_s, self.hold_s, self.fall_s)):
            raise ValueError(f"times must be within 0 and {LONGEST_S:g} s")

    @property
    def onset_s(self) -> float:
        """When the first of it begins."""
        return self.start_s

    @property
    def apex_s(self) -> float:
        """When all of it has arrived."""
        return round(self.start_s + self.rise_s, 6)

    @property
    def fading_s(self) -> float:
        """When the first of it begins to go."""
        return round(self.apex_s + self.hold_s, 6)

    @property
    def offset_s(self) -> float:
        """When it is over."""
        return round(self.fading_s + self.fall_s, 6)

    def at(self, time_s: Course, *, early: float = 0.0, late: float = 0.0, decay: float = 0.0) -> Course:
        """How far it has come at each time (n,), in [0, 1].

        ``early`` and ``late`` in [0, 1): the shares of a rise or fall left out at its beginning and its end,
        together below 1; ``decay`` in [0, 1): the share lost in a second of being held.
        """
        share = 1.0 - early - late
        rise = least_jerk(time_s, self.onset_s + early * self.rise_s, share * self.rise_s)
        fall = least_jerk(time_s, self.fading_s + early * self.fall_s, share * self.fall_s)
        held_s = np.clip(time_s - self.apex_s, 0.0, self.hold_s)
        return np.asarray(rise * (1.0 - decay) ** held_s * (1.0 - fall))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingRange:
    """How long an expression's rise, hold and fall usually take, (shortest, longest) in seconds.

    ``decay``: the share of it that is lost in a second of being held.
    """

    onset_s: Range
    apex_s: Range
    offset_s: Range
    decay: float = 0.08

    def draw(self, chance: np.random.Generator, *, start_s: float) -> Timing:
        """One course by chance."""
        rise, hold, fall = (
            round(float(chance.uniform(*span)), 2) for span in (self.onset_s, self.apex_s, self.offset_s)
        )
        return Timing(start_s=start_s, rise_s=rise, hold_s=hold, fall_s=fall)

    @property
    def middle(self) -> Timing:
        """The course in the middle of the ranges, begun at once."""
        rise, hold, fall = (sum(span) / 2 for span in (self.onset_s, self.apex_s, self.offset_s))
        return Timing(start_s=0.0, rise_s=rise, hold_s=hold, fall_s=fall)


def brief(shown_s: float, *, start_s: float, fps: float, ramp: int = 0) -> Timing:
    """An expression held for ``shown_s`` between neutral faces, in whole frames of ``fps``, one at least.

    ``ramp``: frames between the last neutral one and the first held one, and after; 0 is a cut. Raises
    ValueError for what is not brief (BRIEF_S) or a frame rate that cannot be.
    """
    if not (BRIEF_S[0] <= shown_s <= BRIEF_S[1] and 1 <= fps <= 1000 and ramp >= 0):
        raise ValueError("shown_s, fps, ramp: a brief moment wanted")
    first, held = round(start_s * fps), max(1, round(shown_s * fps))
    # The last neutral frame is ``first``; a cut lies half a frame before the first and after the last held.
    edge = 0.0 if ramp else 0.5
    step = (ramp + 1) / fps if ramp else 0.0
    return Timing(
        start_s=(first + edge) / fps,
        rise_s=step,
        hold_s=(held - 1 + 2 * edge) / fps,
        fall_s=step,
    )


def least_jerk(time_s: Course, start_s: float, length_s: float) -> Course:
    """The path of least jerk from 0 to 1; a step where it takes no time."""
    if length_s <= 0:
        return np.asarray(time_s >= start_s, np.float64)
    u = np.clip((time_s - start_s) / length_s, 0.0, 1.0)
    return np.asarray(np.clip(u**3 * (10.0 - 15.0 * u + 6.0 * u**2), 0.0, 1.0))
