"""What agreement within a couple would come to by chance: the same moments, put together in another order.

A judgement of one moment is laid beside the report of another: shuffled pairs. Two people who are mostly
content, and say so, agree often without noticing anything; what shuffled pairs reach is no noticing.

Moments of one sitting resemble each other: were they shuffled one by one, a bad evening of both would look
like noticing. So they keep together: sittings are shuffled, and the moments within each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from attune.scoring.concordance import FLAT
from attune.scoring.dyads import TruthAndBias, truth_and_bias
from attune.scoring.intervals import wilson
from attune.scoring.unscorable import Unscorable

DRAWS = 1999  # with the order that happened, 2000: the smallest p is .0005
TOGETHER = 100_000  # moments of shuffled orders that are computed at a time
SAME = 1e-9  # shuffles this near to what happened come to the same

Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shuffles:
    """What a measure comes to in shuffled pairs: ``usual`` (the mean), 95 % of them ``low`` to ``high``.

    ``p`` in (0, 1]: the share of orders, the one that happened among them, in which it is as far out.
    Source: Phipson & Smyth 2010, Statistical Applications in Genetics and Molecular Biology 9:39.
    """

    usual: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideShuffled:
    """Tracking, level and projection of one person's judgements, and the first and last beside shuffles.

    ``tracking``: p counts shuffles that track as closely or more; ``projection``: those as far from 0 either
    way, or why there is none.
    """

    found: TruthAndBias
    tracking: Shuffles
    projection: Shuffles | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class SameName:
    """``same`` of ``n`` moments got the name that the other gave, with the share's Wilson 95 % interval."""

    same: int
    n: int
    low: float
    high: float
    shuffles: Shuffles

    @property
    def share(self) -> float:
        """Of all n, in [0, 1]."""
        return self.same / self.n


def beside_shuffled(
    judged: ArrayLike,
    reported: ArrayLike,
    own: ArrayLike | None = None,
    *,
    sittings: Sequence[int] | None = None,
    seed: int = 0,
) -> BesideShuffled | Unscorable:
    """:func:`truth_and_bias` of n moments, (n,) each, with what shuffled pairs come to.

    What the other cause does not explain of the judgements is shuffled (Freedman & Lane 1983, Journal of
    Business & Economic Statistics 1:292-298), so that projection does not pass for tracking, nor the other
    way round; without ``own`` these are the judgements themselves. The t of each coefficient is compared.
    ``sittings`` (n,): which one each moment was of; without it each was of its own. The same ``seed`` gives
    the same. FLAT_USER where the judgements never changed.
    Raises ValueError for rows of different length.
    """
    found = truth_and_bias(judged, reported, own, sittings=sittings)
    if isinstance(found, Unscorable):
        return found
    j, t = np.asarray(judged, float), np.asarray(reported, float)
    if j.std() < FLAT:
        return Unscorable.FLAT_USER
    causes = [np.ones(len(j)), t - t.mean()]
    if not isinstance(found.projection, Unscorable):
        o = np.asarray(own, float)
        causes.append(o - o.mean())
    table, orders = np.column_stack(causes), _orders(_blocks(len(j), sittings), seed)
    return BesideShuffled(
        found=found,
        tracking=_shuffled(j, table, 1, orders, either_way=False),
        projection=found.projection
        if isinstance(found.projection, Unscorable)
        else _shuffled(j, table, 2, orders, either_way=True),
    )


def same_name(
    said: Sequence[str], told: Sequence[str], *, sittings: Sequence[int] | None = None, seed: int = 0
) -> SameName | Unscorable:
    """How often n names said are the n names told, beside shuffled pairs; ``sittings`` as above.

    p counts shuffles in which as many or more are the same. Raises ValueError for rows of different length.
    """
    if len(said) != len(told):
        raise ValueError("said, told: rows of the same length wanted")
    if len(said) < 2:
        return Unscorable.TOO_FEW
    places = {name: place for place, name in enumerate(dict.fromkeys((*said, *told)))}
    one, other = (np.array([places[name] for name in names]) for names in (said, told))
    n, same = len(one), int((one == other).sum())
    blocks = _blocks(n, sittings)
    shares = np.concatenate([(one[some] == other).mean(axis=1) for some in _some(_orders(blocks, seed))])
    low, high = wilson(same, n)
    # exactly, over all orders: each moment comes to each place among sittings as long
    usual = sum(_alike(one[each.ravel()], other[each.ravel()]) for each in blocks)
    return SameName(
        same=same,
        n=n,
        low=low,
        high=high,
        shuffles=Shuffles(
            usual=usual / n,
            low=float(np.quantile(shares, 0.025)),
            high=float(np.quantile(shares, 0.975)),
            p=_share_as_far(shares, same / n),
        ),
    )


def _alike(one: Places, other: Places) -> float:
    """How many of n (n,) are the same on average over all orders, of names by number."""
    return float(np.bincount(one)[other[other <= one.max()]].sum()) / len(one)


def _shuffled(effect: Floats, causes: Floats, of: int, orders: Places, *, either_way: bool) -> Shuffles:
    """The coefficient of one column of (n, k) causes in shuffled pairs."""
    others = np.delete(causes, of, axis=1)
    explained = others @ np.linalg.lstsq(others, effect, rcond=None)[0]
    left = effect - explained
    _, t = _coefficient(effect[None], causes, of)
    found = [_coefficient(explained + left[some], causes, of) for some in _some(orders)]
    values, ts = (np.concatenate(each) for each in zip(*found, strict=True))
    far = (np.abs(ts), abs(float(t[0]))) if either_way else (ts, float(t[0]))
    return Shuffles(
        usual=float(values.mean()),
        low=float(np.quantile(values, 0.025)),
        high=float(np.quantile(values, 0.975)),
        p=_share_as_far(*far),
    )


def _coefficient(effects: Floats, causes: Floats, of: int) -> tuple[Floats, Floats]:
    """Coefficient ``of`` and its t for each of (m, n) effects by least squares."""
    inverse = np.linalg.inv(causes.T @ causes)
    values = effects @ causes @ inverse
    left = effects - values @ causes.T
    spread = (left**2).sum(axis=1) / (causes.shape[0] - causes.shape[1])
    errors = np.sqrt(np.maximum(spread * inverse[of, of], SAME**2))  # a perfect fit has no error
    return values[:, of], values[:, of] / errors


def _blocks(n: int, sittings: Sequence[int] | None) -> list[Places]:
    """The places of n moments, (sittings, moments in each): one table for all sittings of one length."""
    of = np.arange(n) if sittings is None else np.asarray(sittings)
    if of.shape != (n,):
        raise ValueError("sittings: one for each moment wanted")
    each = [np.flatnonzero(of == sitting) for sitting in np.unique(of)]
    return [
        np.stack([places for places in each if len(places) == length])
        for length in sorted({len(places) for places in each})
    ]


def _orders(blocks: list[Places], seed: int) -> Places:
    """Which moment comes to each of n places, in orders drawn by chance, (DRAWS, n).

    Sittings of one length change places, and the moments within each.
    """
    chance = np.random.default_rng(seed)
    found = np.empty((DRAWS, sum(each.size for each in blocks)), np.int64)
    for block in blocks:
        whole = np.tile(np.arange(len(block)), (DRAWS, 1))
        places = block[chance.permuted(whole, axis=1, out=whole)]
        if block.shape[1] > 1:  # shuffling one by one takes its time, too
            chance.permuted(places, axis=2, out=places)
        found[:, block.ravel()] = places.reshape(DRAWS, -1)
    return found


def _some(orders: Places) -> list[Places]:
    """All of them, so many at a time that what is computed of these stays small."""
    return np.array_split(orders, 1 + orders.size // TOGETHER)


def _share_as_far(shuffled: Floats, happened: float) -> float:
    return float((1 + (shuffled >= happened - SAME).sum()) / (1 + len(shuffled)))
