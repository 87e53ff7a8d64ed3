"""Whether being sure goes with being in agreement. Confidence is a probability here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What n confidences came to, all in [0, 1] but ``overconfidence`` in [-1, 1].

    ``brier`` is reliability - resolution + uncertainty (Murphy 1973), exactly so when all confidences of one
    bin are equal. ``error`` is the expected calibration error: mean distance of confidence and share agreed.
    ``overconfidence``: mean confidence minus share agreed.
    """

    n: int
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    error: float
    mean_confidence: float
    overconfidence: float


def calibrate(answers: Iterable[tuple[float, bool]]) -> Calibration | None:
    """Calibration of (confidence in [0, 1], agreed) answers in ten bins of equal width; None without any.

    Raises ValueError for a confidence outside [0, 1].
    """
    said = sorted(answers)
    if not said:
        return None
    if not all(0 <= confidence <= 1 for confidence, _ in said):
        raise ValueError("confidence: wanted in [0, 1]")
    n = len(said)
    share = fmean(agreed for _, agreed in said)
    mean_confidence = fmean(confidence for confidence, _ in said)
    bins = [
        (len(members), fmean(c for c, _ in members), fmean(a for _, a in members))
        for _, group in groupby(said, key=lambda answer: min(int(answer[0] * BINS), BINS - 1))
        if (members := tuple(group))
    ]
    return Calibration(
        n=n,
        brier=fmean((confidence - agreed) ** 2 for confidence, agreed in said),
        reliability=sum(size * (sure - right) ** 2 for size, sure, right in bins) / n,
        resolution=sum(size * (right - share) ** 2 for size, _, right in bins) / n,
        uncertainty=share * (1 - share),
        error=sum(size * abs(sure - right) for size, sure, right in bins) / n,
        mean_confidence=mean_confidence,
        overconfidence=mean_confidence - share,
    )
