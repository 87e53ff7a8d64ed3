"""How far a share out of a few answers may be from the real one."""

from __future__ import annotations

from math import exp, log, sqrt


def wilson(hits: float, n: float, z: float = 1.96) -> tuple[float, float]:
    """Wilson score interval of ``hits`` out of ``n``, both ends in [0, 1]; (0, 1) when n is 0.

    Source: Wilson 1927, JASA 22:209-212. Raises ValueError unless 0 <= hits <= n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} out of {n}")
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low, high = (centre - half) / scale, (centre + half) / scale
    # rounding must not push the ends past what was seen
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def unbiased_interval(hits: int, shown: int, said: int) -> tuple[float, float]:
    """95 % interval of the unbiased hit rate hits² / (shown said), both ends in [0, 1]; (0, 1) for nothing.

    The delta method on the logit, half an answer added to each of the three counts it is made of: hits,
    misses and false alarms are counts of one multinomial. Raises ValueError unless hits fit into both.
    """
    if not 0 <= hits <= min(shown, said):
        raise ValueError(f"{hits} of {shown} shown and {said} said")
    if not (shown and said):
        return 0.0, 1.0
    found, missed, alarms = hits + 0.5, shown - hits + 0.5, said - hits + 0.5
    s, r = found + missed, found + alarms
    rate = found**2 / (s * r)
    of_log = sqrt(found * (2 / found - 1 / s - 1 / r) ** 2 + missed / s**2 + alarms / r**2)
    middle, half = log(rate / (1 - rate)), 1.96 * of_log / (1 - rate)
    plain = hits**2 / (shown * said)
    return min(plain, 1 / (1 + exp(half - middle))), max(plain, 1 / (1 + exp(-half - middle)))
