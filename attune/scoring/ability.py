"""How able somebody is, how difficult clips are to them, and whether a change is more than chance.

Rasch's model with guessing: P(agree) = c + (1 - c) / (1 + exp(-(theta - b))), theta the ability, b the clip's
difficulty on the same scale, c the share that guessing gets (1 / K for K choices).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import hypot, inf, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.several import LEVEL

FEW_ANSWERS = 20  # with fewer, an ability is only an interval
LARGEST = 20.0  # no clip is this difficult or easy; keeps exponentials finite
_WIDEST = 6.0  # abilities farther out have no weight under the prior
_POINTS = 49
_TAIL = 1e-6
_TOGETHER = 8  # factors multiplied before a logarithm is taken: exp(8 * (LARGEST + _WIDEST)) is finite

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """Ability ``theta``, 0 the average, 1 one standard deviation of people; ``low`` to ``high`` hold 95 %.

    ``se``: 1 / sqrt(information of the ``answers``), infinite without any. The interval is the posterior's,
    which knows besides that people are N(0, 1).
    """

    theta: float
    se: float
    low: float
    high: float
    answers: int

    @property
    def only_interval(self) -> bool:
        """Whether there are too few answers to name one number."""
        return self.answers < FEW_ANSWERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """After minus before; ``z``: in standard errors; ``reliable`` where chance does so in under 5 %.

    Where several changes are looked at: does so with any of them.
    """

    difference: float
    z: float
    reliable: bool


def expected(theta: ArrayLike, difficulty: ArrayLike, guess: ArrayLike) -> Floats:
    """Probability in [guess, 1] of naming what the reference names; arguments broadcast.

    Source: Rasch 1960, with a lower asymptote (Birnbaum 1968).
    """
    away = np.asarray(difficulty, float) - np.asarray(theta, float)
    chance = np.asarray(guess, float)
    return np.asarray(chance + (1 - chance) / (1 + np.exp(np.clip(away, -700, 700))))


def information(theta: ArrayLike, difficulty: ArrayLike, guess: ArrayLike) -> Floats:
    """Fisher information of one answer on theta, in [0, 0.25]; arguments broadcast.

    (P - c)² (1 - P) / ((1 - c)² P), source: Birnbaum 1968.
    """
    chance = np.asarray(guess, float)
    p = expected(theta, difficulty, guess)
    known = (p - chance) / (1 - chance)
    return np.asarray(np.divide(known**2 * (1 - p), p, out=np.zeros_like(p), where=p > 0))


def ability(correct: ArrayLike, difficulty: ArrayLike, guess: ArrayLike) -> Ability:
    """Ability from n answers: posterior mean under a N(0, 1) prior (EAP, Bock & Mislevy 1982).

    ``correct`` (n,) bool; ``difficulty`` (n,) in [-20, 20]; ``guess`` (n,) in [0, 1). Both may be one number.
    Raises ValueError for anything else.
    """
    right = np.asarray(correct, bool)
    b, c = _checked(right, difficulty, guess)
    return _estimate(
        lambda theta: _posterior(theta, right, b, c), lambda mean: information(mean, b, c), len(right)
    )


def ability_of_counts(
    agreed: ArrayLike, answers: ArrayLike, difficulty: ArrayLike, guess: ArrayLike
) -> Ability:
    """The same from answers counted by what was expected: ``agreed`` of ``answers`` (m,) at each difficulty.

    What a million answers come to takes no longer than their m different difficulties and guesses.
    Raises ValueError as :func:`ability` does, and for more agreed than answered.
    """
    right, n = np.asarray(agreed, float), np.asarray(answers, float)
    b, c = _checked(right, difficulty, guess)
    if right.shape != n.shape or not ((right >= 0) & (right <= n)).all():
        raise ValueError("agreed: from 0 to the answers at each difficulty wanted")
    odds, wrong = np.exp(b), float((n - right).sum())

    def posterior(theta: Floats) -> Floats:
        scale = np.exp(-theta)[:, None]
        found = np.log1p(c * odds * scale) @ right - np.log1p(odds * scale) @ n - wrong * theta
        return _normalised(found - theta**2 / 2)

    return _estimate(posterior, lambda mean: n * information(mean, b, c), int(n.sum()))


def reliable_change(before: Ability, after: Ability, *, looks: int = 1) -> Change:
    """Whether two abilities differ by more than their errors (Jacobson & Truax 1991): |z| > 1.96 for one.

    ``looks``: how many changes can be looked at, of which the one that stands out is told; the 5 % are shared
    out among them (Dunn 1961, JASA 56:52-64). Without answers on either side z is 0: nothing is known, so
    nothing has reliably changed. Raises ValueError for no look at all.
    """
    if looks < 1:
        raise ValueError(f"looks: {looks} is below 1")
    difference = after.theta - before.theta
    z = difference / hypot(before.se, after.se)
    rare = NormalDist().inv_cdf(1 - LEVEL / 2 / looks)
    return Change(difference=difference, z=z, reliable=abs(z) > rare)


def _estimate(
    posterior: Callable[[Floats], Floats], told_at: Callable[[float], Floats], answers: int
) -> Ability:
    """Mean and interval of a ``posterior`` over abilities (g,), whose answers tell ``told_at`` a mean."""
    theta, step = np.linspace(-_WIDEST, _WIDEST, _POINTS), 2 * _WIDEST / (_POINTS - 1)
    while True:
        weight = posterior(theta)
        mean = float(weight @ theta)
        sd = sqrt(float(weight @ (theta - mean) ** 2))
        if sd >= 3 * step:
            break
        # Many answers leave a peak between two points: look closer, as far as its tails reach.
        half = max(1.5 * step, 6 * sd)
        theta, step = np.linspace(mean - half, mean + half, _POINTS), 2 * half / (_POINTS - 1)
    told = float(told_at(mean).sum())
    low, high = _interval(theta + step / 2, np.cumsum(weight))
    return Ability(theta=mean, se=1 / sqrt(told) if told else inf, low=low, high=high, answers=answers)


def _checked(row: NDArray[Any], difficulty: ArrayLike, guess: ArrayLike) -> tuple[Floats, Floats]:
    if row.ndim != 1:
        raise ValueError("correct: one row of answers wanted")
    b = np.broadcast_to(np.asarray(difficulty, float), row.shape)
    c = np.broadcast_to(np.asarray(guess, float), row.shape)
    if not (np.abs(b) <= LARGEST).all():
        raise ValueError(f"difficulty: wanted in [{-LARGEST:g}, {LARGEST:g}]")
    if not ((c >= 0) & (c < 1)).all():
        raise ValueError("guess: wanted in [0, 1)")
    return b, c


def _posterior(theta: Floats, right: NDArray[np.bool_], b: Floats, c: Floats) -> Floats:
    """Weights (g,) summing to 1 of the abilities ``theta`` (g,).

    With e = exp(b - theta), P = (1 + c e) / (1 + e) and 1 - P = (1 - c) e / (1 + e): what does not hang on
    theta cancels, and no exponential is taken for each answer at each theta.
    """
    odds, wrong = np.exp(b), len(right) - int(right.sum())
    scale = np.exp(-theta)
    found = _sums_log1p((c * odds)[right], scale) - _sums_log1p(odds, scale) - wrong * theta - theta**2 / 2
    return _normalised(found)


def _normalised(log_weight: Floats) -> Floats:
    weight = np.exp(log_weight - log_weight.max())
    return np.asarray(weight / weight.sum())


def _interval(edge: Floats, below: Floats) -> tuple[float, float]:
    """The middle 95 % of a posterior of which the share ``below`` lies under each ``edge``.

    Read between the edges on the normal curve's own scale, on which such a posterior is nearly straight.
    """
    normal = NormalDist()
    inner = (below > _TAIL) & (below < 1 - _TAIL)
    low, high = np.interp([-1.96, 1.96], [normal.inv_cdf(share) for share in below[inner]], edge[inner])
    return float(low), float(high)


def _sums_log1p(values: Floats, scales: Floats) -> Floats:
    """Sum over the values v of log(1 + v s) for each of the scales s: (n,), (g,) -> (g,).

    One logarithm is taken for several factors at a time, in the same memory each time.
    """
    even = len(values) - len(values) % _TOGETHER
    room = np.empty(even)
    sums = np.log1p(values[even:] * scales[:, None]).sum(axis=1)
    for place, scale in enumerate(scales):
        np.multiply(values[:even], scale, out=room)
        np.add(room, 1, out=room)
        sums[place] += np.log(room.reshape(_TOGETHER, -1).prod(axis=0)).sum()
    return np.asarray(sums)
