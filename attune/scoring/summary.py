"""What the answers of a session, or of many, come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attune.affect.vocabulary import Vocabulary
from attune.scoring.calibration import Calibration, calibrate
from attune.scoring.confusion import Confusion, Sensitivity
from attune.scoring.intervals import wilson
from attune.scoring.response_time import ResponseTimes, response_times
from attune.scoring.unscorable import Unscorable


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

    ``low`` and ``high``: Wilson 95 % interval of the hit rate. ``chance``: what the unbiased hit rate would
    be by naming blindly, ``luck``: how probable as many hits would be by that.
    """

    name: str
    shown: int
    said: int
    hits: int
    hit_rate: float | Unscorable
    low: float
    high: float
    unbiased_hit_rate: float | Unscorable
    chance: float | Unscorable
    luck: float | Unscorable
    sensitivity: Sensitivity | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """``share`` agreed in [0, 1] with its Wilson 95 % interval ``low`` to ``high``; None without answers.

    ``kappa``: agreement beyond chance; ``information``: share of what there was to tell that answers told.
    """

    answered: int
    agreed: int
    share: float | None
    low: float
    high: float
    kappa: float | Unscorable
    information: float | Unscorable
    emotions: tuple[EmotionSummary, ...]
    confusion: Confusion
    calibration: Calibration | Unscorable
    times: ResponseTimes | Unscorable


def summarise(answers: Sequence[Scored], vocabulary: Vocabulary) -> Summary:
    """Summarise the answers of a session. Raises ValueError for a label outside the vocabulary.

    For the many answers of a whole profile there is :func:`attune.scoring.profile.profile`.
    """
    return summary_of(
        Confusion.of(((a.reference, a.response) for a in answers), vocabulary.names),
        calibrate((a.confidence, a.same) for a in answers if a.confidence is not None),
        response_times(a.response_ms for a in answers if a.same and a.response_ms is not None),
    )


def summary_of(
    confusion: Confusion, calibration: Calibration | Unscorable, times: ResponseTimes | Unscorable
) -> Summary:
    """The summary of answers that were counted already."""
    answered, agreed = confusion.total, confusion.agreed
    low, high = wilson(agreed, answered)
    return Summary(
        answered=answered,
        agreed=agreed,
        share=agreed / answered if answered else None,
        low=low,
        high=high,
        kappa=confusion.kappa(),
        information=confusion.information_share(),
        emotions=tuple(_emotion(confusion, name) for name in confusion.names),
        confusion=confusion,
        calibration=calibration,
        times=times,
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
        chance=confusion.chance(name),
        luck=confusion.luck(name),
        sensitivity=confusion.sensitivity(name),
    )
