"""Whether being sure goes with being in agreement. Confidence is a probability here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attune.scoring.intervals import wilson
from attune.scoring.unscorable import Unscorable

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The ``n`` answers, one or more, of about one confidence: sums of what was said and of what agreed."""

    n: int
    confidences: float
    agreed: int

    @property
    def confidence(self) -> float:
        """Mean confidence, in [0, 1]."""
        return self.confidences / self.n

    @property
    def share(self) -> float:
        """Share that agreed, in [0, 1]."""
        return self.agreed / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson 95 % interval of the share."""
        return wilson(self.agreed, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What n confidences came to, all in [0, 1] but ``overconfidence`` in [-1, 1].

    ``brier`` is reliability - resolution + uncertainty (Murphy 1973), exactly so when all confidences of one
    bin are equal. ``error`` is the expected calibration error: mean distance of confidence and share agreed.
    ``overconfidence``: mean confidence minus share agreed. ``bins``: those with answers, ascending.
    """

    n: int
    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    error: float
    mean_confidence: float
    overconfidence: float
    bins: tuple[Bin, ...]


def calibrate(answers: Iterable[tuple[float, bool]]) -> Calibration | Unscorable:
    """Calibration of (confidence in [0, 1], agreed) answers in ten bins of equal width.

    Raises ValueError for a confidence outside [0, 1].
    """
    numbers, confidences, agreements = [0] * BINS, [0.0] * BINS, [0] * BINS
    squared = 0.0
    for confidence, agreed in answers:
        if not 0 <= confidence <= 1:
            raise ValueError("confidence: wanted in [0, 1]")
        place = min(int(confidence * BINS), BINS - 1)
        numbers[place] += 1
        confidences[place] += confidence
        agreements[place] += agreed
        squared += (confidence - agreed) ** 2
    found = zip(numbers, confidences, agreements, strict=True)
    return calibration_of([Bin(n=n, confidences=sure, agreed=same) for n, sure, same in found if n], squared)


def calibration_of(bins: Sequence[Bin], squared: float) -> Calibration | Unscorable:
    """Calibration of answers sorted into bins; ``squared``: sum of (confidence - agreed)² over all."""
    n = sum(each.n for each in bins)
    if not n:
        return Unscorable.NO_ANSWERS
    share = sum(each.agreed for each in bins) / n
    mean_confidence = sum(each.confidences for each in bins) / n
    return Calibration(
        n=n,
        brier=squared / n,
        reliability=sum(each.n * (each.confidence - each.share) ** 2 for each in bins) / n,
        resolution=sum(each.n * (each.share - share) ** 2 for each in bins) / n,
        uncertainty=share * (1 - share),
        error=sum(each.n * abs(each.confidence - each.share) for each in bins) / n,
        mean_confidence=mean_confidence,
        overconfidence=mean_confidence - share,
        bins=tuple(bins),
    )
