"""How long answers take: by emotion, over time, each by itself; never blended into how well they agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from math import ceil, floor, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.app.progress.columns import Columns
from attune.scoring.response_time import QUICKEST_MS
from attune.scoring.stretches import stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Of ``n`` answers that agreed, in s: ``median`` with its 95 % interval, and the quarters around it."""

    n: int
    median: float
    low: float
    high: float
    quarter: float
    three_quarters: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The times of one stretch, drawn at ``middle``."""

    begin: datetime
    end: datetime
    middle: datetime
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """``dropped``: answers quicker than anybody sees. ``each``: Unix times and seconds (n,) of all others."""

    whole: Times | None
    emotions: tuple[tuple[str, Times], ...]
    marks: tuple[Moment, ...]
    unit_days: int
    dropped: int
    each: tuple[NDArray[np.float64], NDArray[np.float32]]


def pace_of(columns: Columns, shift_s: float) -> Pace:
    """Compute it from the answers that agreed and were timed."""
    timed = columns.where(columns.same & np.isfinite(columns.response_ms))
    slow = timed.where(timed.response_ms >= QUICKEST_MS)
    seconds = (slow.response_ms / 1000).astype(np.float32)
    begins, unit = stretches(slow.when_s + shift_s)
    marks = [_moment(slow, seconds, *edges) for edges in pairwise(begins.tolist())]
    emotions = [
        (slow.names[place], times_of(seconds[slow.reference == place]))
        for place in np.unique(slow.reference).tolist()
    ]
    return Pace(
        whole=times_of(seconds) if len(slow) else None,
        emotions=tuple(emotions),
        marks=tuple(marks),
        unit_days=unit,
        dropped=len(timed) - len(slow),
        each=(slow.when_s, seconds),
    )


def times_of(seconds: NDArray[np.floating[Any]]) -> Times:
    """Summarise times (n,), n above 0. The median's interval: order statistics n/2 ± 0.98 sqrt(n)."""
    n = len(seconds)
    reach = 1.96 * sqrt(n) / 2
    low, high = max(0, floor(n / 2 - reach)), min(n - 1, ceil(n / 2 + reach) - 1)
    quarters = [(n - 1) * share for share in (0.25, 0.5, 0.75)]
    places = sorted({low, high, *map(floor, quarters), *map(ceil, quarters)})
    ordered = np.partition(seconds, places).astype(np.float64)

    def at(place: float) -> float:
        below, above = ordered[floor(place)], ordered[ceil(place)]
        return float(below + (above - below) * (place - floor(place)))

    first, middle, third = map(at, quarters)
    return Times(
        n=n,
        median=middle,
        low=min(float(ordered[low]), middle),
        high=max(float(ordered[high]), middle),
        quarter=first,
        three_quarters=third,
    )


def _moment(slow: Columns, seconds: NDArray[np.float32], begin: int, end: int) -> Moment:
    when = slow.when_s[begin:end]
    first, middle, last = (datetime.fromtimestamp(float(s), UTC) for s in (when[0], when.mean(), when[-1]))
    return Moment(begin=first, end=last, middle=middle, times=times_of(seconds[begin:end]))
