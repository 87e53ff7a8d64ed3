"""How far a share out of a few answers may be from the real one."""

from __future__ import annotations

from math import sqrt


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
