"""What the answers of a session, or of many, come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from attune.affect.vocabulary import Vocabulary
from attune.scoring.calibration import Calibration, calibrate
from attune.scoring.confusion import Confusion, Unscorable
from attune.scoring.intervals import wilson

QUICKEST_MS = 200.0  # anything quicker was not an answer to what was seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One answer as counted: the label the reference names, the label said, and how.

    ``confidence`` in [0, 1]; ``response_ms`` from the first frame of the expression; None = not known.
    """

    reference: str
    response: str
    confidence: float | None = None
    response_ms: float | None = None

    @property
    def same(self) -> bool:
        """Whether the answer names what the reference names."""
        return self.reference == self.response


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionSummary:
    """One emotion: how often shown, said and both; rates in [0, 1], or why there is none.

    ``low`` and ``high``: Wilson 95 % interval of the hit rate.
    """

    name: str
    shown: int
    said: int
    hits: int
    hit_rate: float | Unscorable
    low: float
    high: float
    unbiased_hit_rate: float | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """``share`` agreed in [0, 1] with its Wilson 95 % interval ``low`` to ``high``; None without answers.

    ``median_response_ms``: of the ``timed`` answers that agreed and took at least 200 ms.
    """

    answered: int
    agreed: int
    share: float | None
    low: float
    high: float
    emotions: tuple[EmotionSummary, ...]
    confusion: Confusion
    calibration: Calibration | None
    median_response_ms: float | None
    timed: int


def summarise(answers: Sequence[Scored], vocabulary: Vocabulary) -> Summary:
    """Summarise answers. Raises ValueError for a label outside the vocabulary."""
    confusion = Confusion.of(((a.reference, a.response) for a in answers), vocabulary.names)
    low, high = wilson(confusion.agreed, confusion.total)
    times = [
        answer.response_ms
        for answer in answers
        if answer.same and answer.response_ms is not None and answer.response_ms >= QUICKEST_MS
    ]
    return Summary(
        answered=confusion.total,
        agreed=confusion.agreed,
        share=confusion.agreed / confusion.total if answers else None,
        low=low,
        high=high,
        emotions=tuple(_emotion(confusion, name) for name in vocabulary.names),
        confusion=confusion,
        calibration=calibrate((a.confidence, a.same) for a in answers if a.confidence is not None),
        median_response_ms=median(times) if times else None,
        timed=len(times),
    )


def _emotion(confusion: Confusion, name: str) -> EmotionSummary:
    shown, hits = confusion.shown(name), confusion.hits(name)
    low, high = wilson(hits, shown)
    return EmotionSummary(
        name=name,
        shown=shown,
        said=confusion.said(name),
        hits=hits,
        hit_rate=confusion.hit_rate(name),
        low=low,
        high=high,
        unbiased_hit_rate=confusion.unbiased_hit_rate(name),
    )
