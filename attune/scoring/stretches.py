"""A long history cut into stretches of practice, each large enough to say something."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

DAY_S = 86_400.0
UNITS = (1, 7, 28, 91, 364)  # days
FIRST_MONDAY_S = 4 * DAY_S  # 5 January 1970, in Unix time

LEAST_ANSWERS, MOST_STRETCHES = 20, 26


def stretches(
    when_s: ArrayLike, *, least: int = LEAST_ANSWERS, most: int = MOST_STRETCHES
) -> tuple[NDArray[np.int64], int]:
    """Where each stretch begins among n answers, and past the last where it ends (k + 1,); the unit in days.

    ``when_s`` (n,): ascending Unix times, moved to the person's own clock. The unit is the first of days,
    weeks (from Monday) and more of which no more than ``most`` lie between first and last answer; units of
    fewer than ``least`` answers are joined with what follows, the last with what comes before.
    """
    when = np.asarray(when_s, float)
    if not len(when):
        return np.zeros(1, np.int64), UNITS[0]
    unit = next((days for days in UNITS if _spanned(when, days) <= most), UNITS[-1])
    starts, begun = [0], 0
    for edge in _edges(when, unit):
        if edge - begun >= least:
            starts.append(int(edge))
            begun = int(edge)
    if len(starts) > 1 and len(when) - begun < least:
        starts.pop()
    return np.array([*starts, len(when)]), unit


def _unit(when: NDArray[np.float64], days: int) -> NDArray[np.int64]:
    return np.floor((when - FIRST_MONDAY_S) / (days * DAY_S)).astype(np.int64)


def _spanned(when: NDArray[np.float64], days: int) -> int:
    first, last = _unit(when[[0, -1]], days)
    return int(last - first) + 1


def _edges(when: NDArray[np.float64], days: int) -> NDArray[np.int64]:
    """Places at which a unit begins that is not the first."""
    return np.flatnonzero(np.diff(_unit(when, days))) + 1
