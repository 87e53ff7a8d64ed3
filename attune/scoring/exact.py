"""How rare counts are when nothing goes with anything, to the last one."""

from __future__ import annotations

from math import exp, lgamma


def at_least(hits: int, *, shown: int, said: int, n: int) -> float:
    """Probability of ``hits`` or more among ``shown`` of n when ``said`` of n are drawn.

    One-sided; the tail of the hypergeometric distribution (Fisher 1935).
    """
    # From the side on which there is less, so that the first term is the largest of all.
    up = hits * n > shown * said
    k = hits if up else hits - 1
    fewest, most = max(0, shown + said - n), min(shown, said)
    if k < fewest:
        return 1.0
    term = exp(_log_choose(shown, k) + _log_choose(n - shown, said - k) - _log_choose(n, said))
    tail = 0.0
    while fewest <= k <= most and term > tail * 1e-17:
        tail += term
        if up:
            term *= (shown - k) * (said - k) / ((k + 1) * (n - shown - said + k + 1))
        else:
            term *= k * (n - shown - said + k) / ((shown - k + 1) * (said - k + 1))
        k += 1 if up else -1
    return tail if up else 1 - tail


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
