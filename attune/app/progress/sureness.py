"""How sure against how often in agreement."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from numpy.typing import NDArray

from attune.app.progress.columns import Columns
from attune.scoring.calibration import Calibration
from attune.scoring.intervals import wilson
from attune.scoring.profile import calibration_of_columns
from attune.scoring.unscorable import Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How much surer than in agreement, over ``n`` answers, in [-1, 1], with its 95 % interval.

    ``emotion``: the one that was said; None = all. ``sure`` and ``agreed``: means in [0, 1].
    """

    emotion: str | None
    n: int
    sure: float
    agreed: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """``gaps``: all answers first, then by the emotion that was said, the widest first."""

    calibration: Calibration | Unscorable
    gaps: tuple[Gap, ...]


def sureness_of(columns: Columns) -> Sureness:
    """Compute it from the answers of which somebody said how sure they were."""
    said = columns.where(np.isfinite(columns.confidence))
    # Columns hold four bytes of each: 0.7 must not become a little less, and fall into the bin below.
    sure: NDArray[np.float64] = np.asarray(np.round(said.confidence.astype(float), 6), float)
    gaps = [
        _gap(columns.names[place], sure[said.chosen == place], said.same[said.chosen == place])
        for place in np.unique(said.chosen).tolist()
    ]
    gaps.sort(key=lambda gap: -abs(gap.value))
    return Sureness(
        calibration=calibration_of_columns(sure, said.same),
        gaps=(_gap(None, sure, said.same), *gaps) if len(said) else (),
    )


def _gap(emotion: str | None, sure: NDArray[np.float64], agreed: NDArray[np.bool_]) -> Gap:
    """The mean of one less the share of the other, with their intervals joined.

    Few answers that all agree leave open what the next would do. Source: Zou & Donner 2008, Statistics in
    Medicine 27:1693-1702, as if the two were independent.
    """
    n, surely, share = len(sure), float(sure.mean()), float(agreed.mean())
    around = 1.96 * float(sure.std(ddof=1)) / sqrt(n) if n > 1 else 1.0  # one says nothing of others
    low, high = wilson(int(agreed.sum()), n)
    value = surely - share
    return Gap(
        emotion=emotion,
        n=n,
        sure=surely,
        agreed=share,
        value=value,
        low=max(-1.0, value - hypot(around, high - share)),
        high=min(1.0, value + hypot(around, share - low)),
    )
