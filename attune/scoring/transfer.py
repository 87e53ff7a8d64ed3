"""Whether a skill carries over: agreement with what is new against what was trained, like with like."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from attune.scoring.unscorable import Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Share agreed with what is new minus with what was trained; ``low`` to ``high`` hold 95 %.

    ``p``: of a difference this large either way, were there none. Counts are those of the ``strata`` in which
    both occurred.
    """

    difference: float
    low: float
    high: float
    p: float
    new_agreed: int
    new: int
    trained_agreed: int
    trained: int
    strata: int


def carried_over(
    new_agreed: ArrayLike, new: ArrayLike, trained_agreed: ArrayLike, trained: ArrayLike
) -> Transfer | Unscorable:
    """Mantel and Haenszel's common difference of two shares over strata, each (s,): weeks, say.

    New things come earlier than trained ones, when less was learned: only what was answered in the same
    stratum is compared. Source: Greenland & Robins 1985; variance: Sato 1989, Biometrics 45:1323-1324; p: the
    summary chi-squared of Mantel & Haenszel 1959, JNCI 22:719-748, without their correction.
    TOO_FEW where no stratum holds both.
    """
    a, n1, c, n0 = (np.asarray(row, float) for row in (new_agreed, new, trained_agreed, trained))
    both = (n1 > 0) & (n0 > 0)
    if not both.any():
        return Unscorable.TOO_FEW
    a, n1, c, n0 = a[both], n1[both], c[both], n0[both]
    n = n1 + n0
    weight = float((n1 * n0 / n).sum())
    apart = float(((a * n0 - c * n1) / n).sum()) / weight
    p = float(((n1**2 * c - n0**2 * a + n1 * n0 * (n0 - n1) / 2) / n**2).sum())
    q = float(((a * (n0 - c) + c * (n1 - a)) / (2 * n)).sum())
    half = 1.96 * sqrt(max(0.0, apart * p + q)) / weight
    m = a + c
    by_chance = float((n1 * n0 * m * (n - m) / (n**2 * (n - 1))).sum())
    z = float((a - n1 * m / n).sum()) / sqrt(by_chance) if by_chance else 0.0
    return Transfer(
        difference=apart,
        low=max(-1.0, apart - half),
        high=min(1.0, apart + half),
        p=2 * NormalDist().cdf(-abs(z)),
        new_agreed=int(a.sum()),
        new=int(n1.sum()),
        trained_agreed=int(c.sum()),
        trained=int(n0.sum()),
        strata=int(both.sum()),
    )
