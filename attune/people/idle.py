"""What a face does while it does nothing: blinks, small glances, swaying, breathing, muscle tone.

Rates and shapes are those usual in people at rest (blinks: Bentivoglio et al. 1997, about 17 a minute; Doane
1980 for how lids close fast and open slowly). All of it follows from the chance given, at any frame rate.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attune.people.parts import Floats
from attune.people.timing import Course, least_jerk
from attune.people.units import AMOUNTS, Unit, places

Stretch = tuple[float, float]

BLINK_EVERY_S = 3.2  # median; their logarithms scatter by half
CLOSING_S, CLOSED_S, OPENING_S = 0.09, 0.03, 0.19
BLINK_S = CLOSING_S + CLOSED_S + OPENING_S
STILL_S = 0.15  # at the beginning and the end: a clip neither begins nor ends on a blink

FIXATION_S = (0.35, 1.1)
SACCADE_S = 0.03
GLANCE = 0.012  # radians, about from one eye of the viewer to the other

SWAY = (0.018, 0.013, 0.011)  # radians of yaw, pitch, roll
DRIFT = (0.012, 0.008, 0.006)  # decimetres
BREATH_HZ = 0.25
PERIOD_S = 64.0  # after which swaying, breathing and tone begin again, without a seam
TONE = {  # amounts by which muscles at rest come and go
    Unit.AU1: 0.025, Unit.AU2: 0.015, Unit.AU4: 0.02, Unit.AU7: 0.03, Unit.AU12: 0.015, Unit.AU17: 0.02,
    Unit.AU24: 0.02,
}  # fmt: skip


def blinks(time_s: Course, chance: np.random.Generator, *, open_in: Sequence[Stretch]) -> Course:
    """(n,) how far the lids are down, in [0, 1]; none within the stretches ``open_in``, ascending.

    A blink that would fall into one comes right after it, as people's do.
    """
    end_s = float(time_s[-1]) - STILL_S
    lids = np.zeros_like(time_s)
    start = float(chance.uniform(STILL_S, BLINK_EVERY_S))
    while start + BLINK_S < end_s:
        for opened, closed in open_in:
            if start + BLINK_S > opened and start < closed:
                start = closed
        if start + BLINK_S < end_s:
            down = least_jerk(time_s, start, CLOSING_S)
            up = least_jerk(time_s, start + CLOSING_S + CLOSED_S, OPENING_S)
            lids = np.maximum(lids, down * (1.0 - up))
        start += BLINK_S + max(0.4, float(np.exp(chance.normal(np.log(BLINK_EVERY_S), 0.5))))
    return lids


def glances(time_s: Course, chance: np.random.Generator) -> Course:
    """(n, 2) yaw and pitch of the eyes about the viewer's, in radians: held, then a jump."""
    gaze = np.zeros((len(time_s), 2))
    now, looked = np.zeros(2), float(chance.uniform(*FIXATION_S))
    while looked < time_s[-1]:
        then = chance.normal(0.0, GLANCE, 2).clip(-2.5 * GLANCE, 2.5 * GLANCE)
        gaze += least_jerk(time_s, looked, SACCADE_S)[:, None] * (then - now)
        now, looked = then, looked + float(chance.uniform(*FIXATION_S))
    return gaze


def sway(time_s: Course, chance: np.random.Generator) -> tuple[Course, Course]:
    """Head (n, 3) in radians and its shift (n, 3) in decimetres: slow, never the same twice."""
    turns = np.column_stack([size * _wander(time_s, chance, fastest_hz=0.45) for size in SWAY])
    shifts = np.column_stack([size * _wander(time_s, chance, fastest_hz=0.35) for size in DRIFT])
    return turns, shifts


def breath(time_s: Course, chance: np.random.Generator) -> Course:
    """(n,) in [-1, 1]: in for two fifths of the time, out for three."""
    rate = float(_seamless(BREATH_HZ * chance.uniform(0.85, 1.15, 1))[0])
    begun = float(chance.random())
    turn = (time_s * rate + begun) % 1.0
    phase = np.where(turn < 0.4, turn / 0.8, 0.5 + (turn - 0.4) / 1.2)
    return np.asarray(-np.cos(2 * np.pi * phase))


def tone(time_s: Course, chance: np.random.Generator) -> Floats:
    """(n, len(AMOUNTS)) small amounts by which a resting face is never quite still."""
    amounts = np.zeros((len(time_s), len(AMOUNTS)))
    for unit, most in TONE.items():
        course = most * (0.5 + 0.5 * _wander(time_s, chance, fastest_hz=0.8))
        amounts[:, list(places(unit))] = course[:, None]
    return amounts.astype(np.float32)


def _wander(time_s: Course, chance: np.random.Generator, *, fastest_hz: float) -> Course:
    """A course in [-1, 1] that hardly repeats itself: three waves of chance."""
    rates = _seamless(fastest_hz * chance.uniform(0.25, 1.0, 3))
    waves = [
        np.sin(2 * np.pi * (rate * time_s + begun))
        for rate, begun in zip(rates, chance.random(3), strict=True)
    ]
    return np.asarray(np.average(waves, axis=0, weights=(0.5, 0.3, 0.2)))


def _seamless(rates_hz: Course) -> Course:
    """The nearest rates that go through whole turns in PERIOD_S."""
    return np.asarray(np.maximum(1, np.rint(rates_hz * PERIOD_S)) / PERIOD_S)
