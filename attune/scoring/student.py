"""How sure a mean of a few values is: Student's t."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, pi, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.unscorable import Unscorable

_POINTS = 20_001
_NORMAL_FROM = 10_000  # with more degrees of freedom t is the normal distribution to five digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """``value`` with its 95 % interval; ``t`` and two-sided ``p`` of its being 0; ``n`` values."""

    value: float
    low: float
    high: float
    t: float
    p: float
    n: int


def mean_of(values: ArrayLike, groups: ArrayLike | None = None) -> Mean | Unscorable:
    """Mean of n values (n,), tested against 0 (Student 1908). ALIKE where they do not differ at all.

    ``groups`` (n,): values of one group may resemble each other; there are no more independent ones than
    groups, and the error is of their sums (Liang & Zeger 1986, Biometrika 73:13-22). Without it each value is
    a group.
    """
    found = np.asarray(values, float)
    of = np.arange(len(found)) if groups is None else np.unique(groups, return_inverse=True)[1]
    many = int(of.max(initial=-1)) + 1
    if many < 2:
        return Unscorable.TOO_FEW
    value = float(found.mean())
    apart = np.bincount(of, weights=found - value)
    error = sqrt(float(apart @ apart) * many / (many - 1)) / len(found)
    if error < 1e-12:
        return Unscorable.ALIKE
    half = t_quantile(many - 1) * error
    t = value / error
    return Mean(value=value, low=value - half, high=value + half, t=t, p=t_p(t, many - 1), n=len(found))


def t_quantile(degrees: int) -> float:
    """The t that is exceeded, up or down, in 5 % of samples. Raises ValueError for degrees below 1."""
    if degrees > _NORMAL_FROM:
        return NormalDist().inv_cdf(0.975)
    angle, below = _distribution(degrees)
    return sqrt(degrees) * float(np.tan(np.interp(0.975, below, angle)))


def t_p(t: float, degrees: int) -> float:
    """Probability of a t at least this far from 0, in [0, 1]. Raises ValueError for degrees below 1."""
    if degrees > _NORMAL_FROM:
        return 2 * NormalDist().cdf(-abs(t))
    angle, below = _distribution(degrees)
    return 2 * float(np.interp(-abs(atan(t / sqrt(degrees))), angle, below))


def _distribution(degrees: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Angles a in [-pi/2, pi/2] and the share below each: for t = sqrt(f) tan a density cos(a)^(f-1)."""
    if degrees < 1:
        raise ValueError(f"degrees of freedom: {degrees} is below 1")
    angle = np.linspace(-pi / 2, pi / 2, _POINTS)
    density = np.cos((angle[1:] + angle[:-1]) / 2) ** (degrees - 1)
    below = np.concatenate([[0.0], np.cumsum(density)])
    return angle, below / below[-1]
