"""Two people judging each other: tracking, bias and projection, and what is about this partner only.

For rounds of two people, where one reports what they felt and the other says what they noticed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.concordance import FLAT, fisher_z
from attune.scoring.student import Mean, mean_of, t_quantile
from attune.scoring.unscorable import Unscorable

TOGETHER = 0.999  # causes correlated more than this cannot be told apart

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A coefficient with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthAndBias:
    """How judgements of ``n`` moments hang together with what the other reported and with one's own state.

    ``level``: more (above 0) or less is read than is reported; ``tracking``: how far judgements go up and
    down with the other's report, 1 = just as much; ``projection``: how far with one's own state, or why not.
    """

    level: Mean | Unscorable
    tracking: Effect
    projection: Effect | Unscorable
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinctive:
    """How well the own partner is read, beyond what fits anybody; all are mean z of correlations.

    ``own`` and ``others`` (pseudo-dyads); ``difference`` own minus others, over people, with its interval.
    """

    own: float
    others: float
    difference: Mean


def truth_and_bias(
    judged: ArrayLike,
    reported: ArrayLike,
    own: ArrayLike | None = None,
    *,
    sittings: ArrayLike | None = None,
) -> TruthAndBias | Unscorable:
    """J - mean T = b0 + b1 (T - mean T) + b2 (O - mean O), by least squares over n moments.

    ``judged`` J: what one said of the other, ``reported`` T: what the other said, ``own`` O: one's own state
    at that time, all (n,) in one unit; without O there is no b2. INSEPARABLE where own and reported always
    went together. Source: West & Kenny 2011, Psychological Review 118:357-378. b0 is the mean of J - T, and
    its interval that of such a mean: the constant's own takes mean T for known, as if no other moment could
    have been reported, and leaves out 0 in one of seven pairs of whom nobody is biased. ``sittings`` (n,):
    which one each moment was of, as moments of one resemble each other.
    Raises ValueError for rows of different length.
    """
    j, t = np.asarray(judged, float), np.asarray(reported, float)
    o = np.zeros_like(t) if own is None else np.asarray(own, float)
    if j.ndim != 1 or j.shape != t.shape or j.shape != o.shape:
        raise ValueError("judged, reported, own: rows of the same length wanted")
    if len(j) < 5:
        return Unscorable.TOO_FEW
    if t.std() < FLAT:
        return Unscorable.FLAT_REFERENCE
    causes = [np.ones(len(j)), t - t.mean()]
    # A state that never changed cannot be projected, but does not hide how well the other is tracked.
    if o.std() >= FLAT:
        if abs(np.corrcoef(t, o)[0, 1]) > TOGETHER:
            return Unscorable.INSEPARABLE
        causes.append(o - o.mean())
    _, tracking, *projection = _least_squares(np.column_stack(causes), j)
    unmoved = Unscorable.NO_ANSWERS if own is None else Unscorable.FLAT_USER
    return TruthAndBias(
        level=mean_of(j - t, sittings),
        tracking=tracking,
        projection=projection[0] if projection else unmoved,
        n=len(j),
    )


def distinctive(judged: ArrayLike, reported: ArrayLike) -> Distinctive | Unscorable:
    """Mean z with one's own partner minus mean z with every other's, over m judges and n moments.

    ``judged`` (m, n): row i is what judge i said; ``reported`` (m, n): row i is what the partner of judge i
    reported, moments in the same order for all. What fits anybody (stereotype accuracy, Cronbach 1955) is
    taken out by pseudo-dyads (Corsini 1956). Pairs one of whom never changed are left out.
    Raises ValueError for tables of different shape.
    """
    j, t = np.asarray(judged, float), np.asarray(reported, float)
    if j.ndim != 2 or j.shape != t.shape:
        raise ValueError("judged, reported: two tables of the same shape wanted")
    moved = (j.std(axis=1) >= FLAT) & (t.std(axis=1) >= FLAT) if j.size else np.zeros(len(j), bool)
    j, t = j[moved], t[moved]
    if len(j) < 2 or j.shape[1] < 3:
        return Unscorable.TOO_FEW
    z = fisher_z(_standard(j) @ _standard(t).T / j.shape[1])
    own = np.diag(z)
    others = (z.sum(axis=1) - own) / (len(z) - 1)
    difference = mean_of(own - others)
    if isinstance(difference, Unscorable):
        return difference
    return Distinctive(own=float(own.mean()), others=float(others.mean()), difference=difference)


def _least_squares(causes: Floats, effect: Floats) -> list[Effect]:
    """Coefficients of (n, k) causes and their intervals; n above k."""
    inverse = np.linalg.inv(causes.T @ causes)
    values = inverse @ causes.T @ effect
    left = effect - causes @ values
    free = len(effect) - len(values)
    errors = np.sqrt(np.diag(inverse) * (left @ left) / free) * t_quantile(free)
    found = zip(values.tolist(), errors.tolist(), strict=True)
    return [Effect(value=value, low=value - error, high=value + error) for value, error in found]


def _standard(rows: Floats) -> Floats:
    """Rows with mean 0 and standard deviation 1."""
    away = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(away / rows.std(axis=1, keepdims=True))
