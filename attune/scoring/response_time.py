"""How long answers take. Never blended into how well they agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles

from attune.scoring.unscorable import Unscorable

QUICKEST_MS = 200.0  # anything quicker was not an answer to what was seen


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTimes:
    """Median time of the ``timed`` answers that agreed, and the quarters around it, in ms.

    ``dropped``: how many were left out because they came in under 200 ms.
    """

    median_ms: float
    low_ms: float
    high_ms: float
    timed: int
    dropped: int


def response_times(agreed_ms: Iterable[float]) -> ResponseTimes | Unscorable:
    """Summarise the times, from the first frame of the expression, of answers that agreed."""
    given = sorted(agreed_ms)
    times = [time for time in given if time >= QUICKEST_MS]
    if not times:
        return Unscorable.NO_ANSWERS
    low, high = quantiles(times, n=4, method="inclusive")[::2] if len(times) > 1 else (times[0], times[0])
    return ResponseTimes(
        median_ms=median(times), low_ms=low, high_ms=high, timed=len(times), dropped=len(given) - len(times)
    )
