"""Turns of speaking that somebody followed with a dial, each beside the lines of all other turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from attune.scoring.concordance import fisher_z
from attune.scoring.continuous import Following, follow
from attune.scoring.dyads import Distinctive
from attune.scoring.student import mean_of
from attune.scoring.unscorable import Unscorable

LEAST = 4  # turns


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The speaker's line and the listener's trace, with their times in s; ``lag_s``: the listener's own."""

    line_s: ArrayLike
    line: ArrayLike
    trace_s: ArrayLike
    trace: ArrayLike
    lag_s: float


def followed(turns: Sequence[Turn]) -> Distinctive | Unscorable:
    """Mean z of each trace with its own turn's line, and with the lines of other turns: shuffled turns.

    Who always lets a dial rise a little follows most turns a little; ``difference`` is what is left without
    that, over turns. Turns that cannot be scored, such as one without any movement, are left out.
    """
    if len(turns) < LEAST:
        return Unscorable.TOO_FEW
    z = np.array([[_z(one, other) for other in turns] for one in turns], float)
    own = np.diag(z)
    without = np.where(np.eye(len(turns), dtype=bool), np.nan, z)
    there = np.isfinite(own) & np.isfinite(without).any(axis=1)
    if there.sum() < LEAST:
        return Unscorable.TOO_FEW
    others = np.nanmean(without[there], axis=1)
    difference = mean_of(own[there] - others)
    if isinstance(difference, Unscorable):
        return difference
    return Distinctive(own=float(own[there].mean()), others=float(others.mean()), difference=difference)


def _z(trace_of: Turn, line_of: Turn) -> float:
    """Of one turn's trace and one turn's line, over the time they have in common; NaN where not scorable."""
    found = follow(line_of.line_s, line_of.line, trace_of.trace_s, trace_of.trace, lag_s=trace_of.lag_s)
    return float(fisher_z(found.r)) if isinstance(found, Following) else float("nan")
