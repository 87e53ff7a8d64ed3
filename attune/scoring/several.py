"""Which of several looks stand out, when the ones that do are told: chance is counted over all of them.

Of twenty looks at nothing, one has a p below .05. Looks are p values in [0, 1], in any order.
"""

from __future__ import annotations

from collections.abc import Sequence

LEVEL = 0.05


def holm(p: Sequence[float], level: float = LEVEL) -> tuple[bool, ...]:
    """Which of n looks stand out, so that in a share of at most ``level`` of cases any does by chance.

    For a few questions asked on purpose; however they hang together. Source: Holm 1979, Scandinavian Journal
    of Statistics 6:65-70. Raises ValueError for a p outside [0, 1].
    """
    order, n = _ascending(p), len(p)
    count = 0
    while count < n and p[order[count]] <= level / (n - count):
        count += 1
    return _chosen(order[:count], n)


def benjamini_hochberg(p: Sequence[float], level: float = LEVEL) -> tuple[bool, ...]:
    """Which of n looks stand out, so that of those told a share of at most ``level`` is told by chance.

    For many looks of which nobody knows beforehand where there is anything; where there is nothing anywhere,
    any stands out in at most ``level`` of cases. Looks may be independent or go along with each other. Leave
    out looks that no answer could have made stand out, as exact tests of few counts have them (Tarone 1990,
    Biometrics 46:515-522). Source: Benjamini & Hochberg 1995, Journal of the Royal Statistical Society B
    57:289-300. Raises ValueError for a p outside [0, 1].
    """
    order, n = _ascending(p), len(p)
    count = max((rank for rank, place in enumerate(order, 1) if p[place] <= level * rank / n), default=0)
    return _chosen(order[:count], n)


def _ascending(p: Sequence[float]) -> list[int]:
    if not all(0 <= each <= 1 for each in p):
        raise ValueError("p: wanted in [0, 1]")
    return sorted(range(len(p)), key=p.__getitem__)


def _chosen(places: Sequence[int], n: int) -> tuple[bool, ...]:
    chosen = frozenset(places)
    return tuple(place in chosen for place in range(n))
