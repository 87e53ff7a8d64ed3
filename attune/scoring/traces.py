"""Two traces of one clip brought onto one clock: evenly sampled, without what cannot be compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

RATE_HZ = 2.0  # of the samples compared
SETTLE_S = 5.0  # at the start of a clip, while the person finds their way in
GAP_S = 1.0  # no value is made up across a longer hole

Floats = NDArray[np.float64]


def aligned(
    reference_time_s: ArrayLike,
    reference: ArrayLike,
    user_time_s: ArrayLike,
    user: ArrayLike,
    *,
    lags_s: ArrayLike,
) -> tuple[Floats, Floats]:
    """Samples of the reference (m,), and of the user's trace as much later as each of l lags says (l, m).

    Times (n,) in seconds on the clip's clock, never falling; traces (n,), NaN where there is no value. The
    samples are means over half a second, every half second, from five seconds after both began until either
    ends at the largest lag; those that fall into a hole of either trace, at any lag, are left out.
    Raises ValueError for times that fall or differ in number from their values.
    """
    theirs, mine = _clean(reference_time_s, reference), _clean(user_time_s, user)
    lags = np.atleast_1d(np.asarray(lags_s, float))
    nothing = np.empty(0), np.empty((len(lags), 0))
    if len(theirs[0]) < 2 or len(mine[0]) < 2:
        return nothing
    half = 0.5 / RATE_HZ
    begin = max(theirs[0][0], mine[0][0]) + SETTLE_S + half
    end = min(theirs[0][-1], mine[0][-1]) - half
    if end < begin:
        return nothing
    when = np.arange(begin, end + 1e-9, 1 / RATE_HZ)
    x = _means(*theirs, when)
    y = _means(*mine, when + lags[:, None])
    whole = np.isfinite(x) & np.isfinite(y).all(axis=0)
    return x[whole], y[:, whole]


def _clean(time_s: ArrayLike, values: ArrayLike) -> tuple[Floats, Floats]:
    time, found = np.asarray(time_s, float), np.asarray(values, float)
    if time.ndim != 1 or time.shape != found.shape or not (np.diff(time) >= 0).all():
        raise ValueError("trace: as many ascending times as values wanted")
    # While the clip stands still its clock does too: what was meant is the last value.
    there = np.isfinite(found) & np.append(np.diff(time) > 0, True)[: len(time)]
    return time[there], found[there]


def _means(time: Floats, values: Floats, when: Floats) -> Floats:
    """Mean of the line through the values over half a second around each time; NaN in and beside holes.

    The line is integrated exactly, so that traces of any rate, even or not, are treated alike.
    """
    steps = np.diff(time)
    area = np.concatenate([[0.0], np.cumsum(steps * (values[1:] + values[:-1]) / 2)])

    def until(moment: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        place = np.clip(np.searchsorted(time, moment, side="right") - 1, 0, len(steps) - 1)
        past = moment - time[place]
        slope = (values[place + 1] - values[place]) / steps[place]
        inside = (moment >= time[0] - 1e-9) & (moment <= time[-1] + 1e-9) & (steps[place] <= GAP_S)
        return area[place] + past * (values[place] + slope * past / 2), inside

    half = 0.5 / RATE_HZ
    (start, starts), (stop, stops) = until(when - half), until(when + half)
    return np.where(starts & stops, (stop - start) * RATE_HZ, np.nan)
