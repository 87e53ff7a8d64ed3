"""All statistics of many answers at once, from columns of numbers.

For what a person's whole history comes to; a session's few answers go through ``summary``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from attune.scoring.ability import Ability, ability
from attune.scoring.calibration import BINS, Bin, Calibration, calibration_of
from attune.scoring.confusion import Confusion
from attune.scoring.response_time import response_times
from attune.scoring.summary import Summary, summary_of
from attune.scoring.unscorable import Unscorable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """n answers in columns (n,); NaN = not known or not said.

    ``reference`` and ``response``: places in the list of names; ``choices``: how many names were offered, at
    least 2. ``confidence`` in [0, 1]; ``response_ms`` from the first frame of the expression; ``difficulty``
    of the clip on the scale of abilities. The rest as in Agreement: ``brier``, ``floor``, ``ceiling``,
    ``log_score``, ``similarity``, ``intensity_difference``.
    ``answers[which]``, which (n,) bool or places, are some of them: a channel, a month, one clip's person.
    """

    reference: NDArray[np.int64]
    response: NDArray[np.int64]
    choices: NDArray[np.int64]
    confidence: Floats
    response_ms: Floats
    difficulty: Floats
    brier: Floats
    floor: Floats
    ceiling: Floats
    log_score: Floats
    similarity: Floats
    intensity_difference: Floats

    def __post_init__(self) -> None:
        """Make arrays of the columns. Raises ValueError for different lengths or a choice of one."""
        n = len(self.reference)
        for field in fields(self):
            kind = np.int64 if field.name in ("reference", "response", "choices") else np.float64
            column = np.asarray(getattr(self, field.name), kind)
            if column.shape != (n,):
                raise ValueError(f"{field.name}: a column of {n} wanted")
            object.__setattr__(self, field.name, column)
        if (self.choices < 2).any():
            raise ValueError("choices: at least 2 wanted")

    def __len__(self) -> int:
        return len(self.reference)

    def __getitem__(self, which: NDArray[np.bool_] | NDArray[np.int64] | slice) -> Answers:
        return Answers(**{field.name: getattr(self, field.name)[which] for field in fields(self)})

    @property
    def same(self) -> NDArray[np.bool_]:
        """(n,) whether the answer names what the reference names."""
        return np.asarray(self.reference == self.response)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Means over ``n`` answers of what Agreement holds for one; None = known of none.

    ``brier`` in [0, 2], of which ``floor`` is the clips' own ambiguity; ``ceiling``: the hit rate that nobody
    can pass. ``skill``: 1 - brier / brier of even spreads; ``log_skill``: 1 - log score / theirs; 1 is best,
    0 no better than not choosing. ``similarity`` in [0, 1]; ``intensity_difference`` in [-1, 1], above 0
    where more is seen than the reference says.
    """

    n: int
    brier: float
    floor: float
    ceiling: float
    skill: float
    log_score: float
    log_skill: float
    similarity: float | Unscorable
    intensity_difference: float | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What many answers come to: counted, as distributions, and as an ability."""

    summary: Summary
    scores: Scores | Unscorable
    ability: Ability | Unscorable


def profile(answers: Answers, names: Sequence[str]) -> Profile:
    """All statistics of n answers; linear in n. Raises ValueError for a place outside ``names``."""
    same = answers.same
    timed = answers.response_ms[same & np.isfinite(answers.response_ms)]
    rated = np.isfinite(answers.difficulty)
    return Profile(
        summary=summary_of(
            _confusion(answers, names),
            calibration_of_columns(answers.confidence, same),
            response_times(np.sort(timed).tolist()),
        ),
        scores=_scores(answers),
        ability=ability(same[rated], answers.difficulty[rated], 1 / answers.choices[rated])
        if rated.any()
        else Unscorable.NO_ANSWERS,
    )


def _confusion(answers: Answers, names: Sequence[str]) -> Confusion:
    k = len(names)
    both = np.stack([answers.reference, answers.response])
    if both.size and not (both.min() >= 0 and both.max() < k):
        raise ValueError(f"reference, response: places among {k} names wanted")
    counts = np.bincount(both[0] * k + both[1], minlength=k * k).reshape(k, k)
    return Confusion(names=tuple(names), counts=tuple(map(tuple, counts.tolist())))


def calibration_of_columns(confidence: Floats, same: NDArray[np.bool_]) -> Calibration | Unscorable:
    """Calibration of n answers; NaN = not said. Raises ValueError for one outside [0, 1]."""
    said = np.isfinite(confidence)
    sure, agreed = confidence[said], same[said]
    if sure.size and not (sure.min() >= 0 and sure.max() <= 1):
        raise ValueError("confidence: wanted in [0, 1]")
    place = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    columns = (np.bincount(place, weights=w, minlength=BINS) for w in (np.ones_like(sure), sure, agreed))
    bins = [
        Bin(n=int(n), confidences=total, agreed=int(right))
        for n, total, right in zip(*(column.tolist() for column in columns), strict=True)
        if n
    ]
    return calibration_of(bins, float(((sure - agreed) ** 2).sum()))


def _scores(answers: Answers) -> Scores | Unscorable:
    known = np.isfinite(answers.brier)
    n = int(known.sum())
    if not n:
        return Unscorable.NO_ANSWERS
    brier, log_score = float(answers.brier[known].mean()), float(answers.log_score[known].mean())
    choices = answers.choices[known]
    return Scores(
        n=n,
        brier=brier,
        floor=float(answers.floor[known].mean()),
        ceiling=float(answers.ceiling[known].mean()),
        skill=1 - brier / float((1 - 1 / choices).mean()),
        log_score=log_score,
        log_skill=1 + log_score / float(np.log(choices).mean()),
        similarity=_mean(answers.similarity),
        intensity_difference=_mean(answers.intensity_difference),
    )


def _mean(column: Floats) -> float | Unscorable:
    known = column[np.isfinite(column)]
    return float(known.mean()) if known.size else Unscorable.NO_ANSWERS
