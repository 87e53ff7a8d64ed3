"""How well somebody follows what another feels while it changes: a trace against a reference trace.

Both are sampled twice a second, the first five seconds dropped, the person's own lag taken out; see "The
science Attune stands on", section 2, "continuous accuracy" (Zaki, Bolger & Ochsner 2008; Ickes 1990).
Traces are in units in which [-1, 1] is the whole range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, sqrt, tanh

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.concordance import FLAT, concordance, fisher_z
from attune.scoring.several import LEVEL
from attune.scoring.traces import RATE_HZ, aligned
from attune.scoring.unscorable import Unscorable

LEAST_S = 10.0  # two traces with less in common say nothing
LEAST_LAG_S, LARGEST_LAG_S = 1.0, 6.0  # nobody follows faster or slower (Mariooryad & Busso 2015)
LAG_STEP_S = 0.1
NEAR_S = 2.0  # shifts smaller than this are no chance pairing: the traces still resemble themselves

Floats = NDArray[np.float64]
Trace = tuple[ArrayLike, ArrayLike]  # times in seconds (n,) and values (n,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """One clip followed, over ``samples`` at 2 Hz.

    ``r`` in [-1, 1] after the person was given ``lag_s``, ``low`` to ``high`` its 95 % interval;
    ``r_unlagged``: without. ``independent``: how many independent samples these are worth (n_eff), and
    ``weight`` = n_eff - 3, at least 0, what the clip counts when clips are pooled. ``by_chance``: the r that
    a trace must exceed for its ``p``, the share of circular shifts that do as well, to be one in twenty at
    most; 1 where there are too few shifts for that.
    ``ccc``, ``level`` and ``scale`` as in Concordance: how near, how much too high, how much exaggerated.
    """

    r: float
    low: float
    high: float
    r_unlagged: float | Unscorable
    lag_s: float
    samples: int
    independent: float
    weight: float
    by_chance: float
    p: float
    ccc: float
    level: float
    scale: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """``r`` of several clips together, with its 95 % interval; ``left_out`` had no weight or no score."""

    r: float
    low: float
    high: float
    clips: int
    left_out: int


def follow(
    reference_time_s: ArrayLike,
    reference: ArrayLike,
    user_time_s: ArrayLike,
    user: ArrayLike,
    *,
    lag_s: float,
) -> Following | Unscorable:
    """Compare a person's trace with the reference's, each (n,) with ascending times in s; NaN = no value.

    ``lag_s`` is the person's own, from :func:`estimate_lag`; the trace is read that much later.
    Raises ValueError for times that do not ascend or a lag that is not from 0 up.
    """
    if not 0 <= lag_s < inf:
        raise ValueError(f"lag_s: {lag_s} is not from 0 up")
    x, late = aligned(reference_time_s, reference, user_time_s, user, lags_s=[lag_s, 0.0])
    if len(x) < LEAST_S * RATE_HZ:
        return Unscorable.TOO_SHORT
    found, unlagged = concordance(x, late[0]), concordance(x, late[1])
    if isinstance(found, Unscorable):
        return found
    independent = _independent(x, late[0])
    weight = max(0.0, independent - 3)
    low, high = _interval(float(fisher_z(found.r)), weight)
    by_chance, p = _by_chance(x, late[0], found.r)
    return Following(
        r=found.r,
        low=low,
        high=high,
        r_unlagged=unlagged if isinstance(unlagged, Unscorable) else unlagged.r,
        lag_s=lag_s,
        samples=len(x),
        independent=independent,
        weight=weight,
        by_chance=by_chance,
        p=p,
        ccc=found.ccc,
        level=found.level,
        scale=found.scale,
    )


def estimate_lag(pairs: Iterable[tuple[Trace, Trace]]) -> float | Unscorable:
    """The lag in seconds, 1 to 6, at which a person's traces of calibration clips follow best; one a person.

    ``pairs``: (reference, user), each (times in s, values). For each lag the clips' z are averaged, weighted
    by their samples; the lag with the largest mean wins (Mariooryad & Busso 2015). UNRELATED where even that
    is not above 0 by more than its error.
    """
    lags = np.arange(LEAST_LAG_S, LARGEST_LAG_S + LAG_STEP_S / 2, LAG_STEP_S)
    sums, samples, independent = np.zeros(len(lags)), 0, 0.0
    seen: Unscorable = Unscorable.NO_ANSWERS
    for (reference_time_s, reference), (user_time_s, user) in pairs:
        x, late = aligned(reference_time_s, reference, user_time_s, user, lags_s=lags)
        if len(x) < LEAST_S * RATE_HZ:
            seen = Unscorable.TOO_SHORT
        elif x.std() < FLAT:
            seen = Unscorable.FLAT_REFERENCE
        elif late.std(axis=1).min() < FLAT:
            seen = Unscorable.FLAT_USER
        else:
            z = fisher_z(_correlations(x, late))
            sums += len(x) * z
            samples += len(x)
            independent += max(0.0, _independent(x, late[z.argmax()]) - 3)
    if not samples:
        return seen
    best = int(sums.argmax())
    if sums[best] / samples * sqrt(independent) < 1.96:
        return Unscorable.UNRELATED
    return float(round(lags[best], 6))


def pool(clips: Sequence[Following | Unscorable]) -> Pooled | Unscorable:
    """Clips of one person and condition together: mean of z = atanh r, weighted by n_eff - 3.

    For what many sessions come to; each session says how every reel of it was followed.
    """
    scored = [clip for clip in clips if isinstance(clip, Following) and clip.weight > 0]
    if not scored:
        return Unscorable.TOO_SHORT if clips else Unscorable.NO_ANSWERS
    weight = sum(clip.weight for clip in scored)
    z = sum(float(fisher_z(clip.r)) * clip.weight for clip in scored) / weight
    low, high = _interval(z, weight)
    return Pooled(r=tanh(z), low=low, high=high, clips=len(scored), left_out=len(clips) - len(scored))


def _interval(z: float, weight: float) -> tuple[float, float]:
    """95 % interval of r from its z, whose variance is 1 / weight."""
    if weight <= 0:
        return -1.0, 1.0
    return tanh(z - 1.96 / sqrt(weight)), tanh(z + 1.96 / sqrt(weight))


def _independent(x: Floats, y: Floats) -> float:
    """How many samples n neighbours are worth: n (1 - rho_x rho_y) / (1 + rho_x rho_y), at most n.

    rho: correlation with the trace one sample on. Source: Bartlett 1935, JRSS 98:536-543.
    """

    def rho(series: Floats) -> float:
        away = series - series.mean()
        return float(away[1:] @ away[:-1] / (away @ away))

    both = max(0.0, rho(x) * rho(y))
    return len(x) * (1 - both) / (1 + both)


def _by_chance(x: Floats, y: Floats, r: float) -> tuple[float, float]:
    """(r that one shift in twenty exceeds, share of shifts with r or more), the real pairing among them."""
    away, each = x - x.mean(), y - y.mean()
    found = np.fft.irfft(np.fft.rfft(away) * np.fft.rfft(each).conj(), len(x))  # one product a shift
    near = round(NEAR_S * RATE_HZ)
    others = found[near : len(x) - near + 1] / np.sqrt((away @ away) * (each @ each))
    most = int(LEVEL * (1 + len(others)))  # shifts that may do as well, the real pairing among them
    exceeded = float(np.sort(others)[-most]) if most else 1.0
    return exceeded, (1 + int((others >= r).sum())) / (1 + len(others))


def _correlations(x: Floats, rows: Floats) -> Floats:
    """Correlation of x (m,) with each row (l, m), none of them flat."""
    away, each = x - x.mean(), rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(each @ away / np.sqrt((each**2).sum(axis=1) * (away @ away)))
