"""The faintest or shortest expression somebody catches, found in few trials.

QUEST+ (Watson 2017, Journal of Vision 17(3):10): a posterior over a grid of psychometric functions
psi(x) = guess + (1 - guess - lapse) F(x; threshold, slope), and the next stimulus is the one after whose
answer the posterior is expected to have the least entropy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
_SURELY = 1e-9  # no answer is impossible, or one slip would rule out every function


class Form(StrEnum):
    """F, both in log x: Weibull 1 - exp(-(x/a)^b), at a 63 %; logistic 1 / (1 + (x/a)^-b), at a 50 %."""

    WEIBULL = "weibull"
    LOGISTIC = "logistic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A threshold in the stimulus' own unit; ``low`` to ``high`` hold 95 %.

    ``sd``: standard deviation of its natural logarithm; 0.1 is about a tenth of the threshold.
    """

    value: float
    low: float
    high: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was answered at one stimulus: ``caught`` out of ``shown`` trials."""

    stimulus: float
    caught: int
    shown: int


class QuestPlus:
    """One threshold being found. Everything it knows follows from its settings and :attr:`trials`."""

    def __init__(
        self,
        *,
        stimuli: ArrayLike,
        thresholds: ArrayLike,
        slopes: ArrayLike,
        lapses: ArrayLike,
        guess: float,
        form: Form = Form.WEIBULL,
    ) -> None:
        """Set up the grid, every function of it equally likely.

        ``stimuli`` (s,) that can be shown and ``thresholds`` (t,) considered, both ascending, in one positive
        unit (ms, share of full intensity); let thresholds reach beyond the stimuli and lie evenly in log.
        ``slopes`` (b,) positive; ``lapses`` (l,) in [0, 1); ``guess`` in [0, 1), 1 / K for K choices.
        Raises ValueError for anything else.
        """
        self._stimuli, self._thresholds = ascending("stimuli", stimuli), ascending("thresholds", thresholds)
        slope, lapse = np.atleast_1d(np.asarray(slopes, float)), np.atleast_1d(np.asarray(lapses, float))
        if not ((slope > 0).all() and (lapse >= 0).all() and guess >= 0 and lapse.max() + guess < 1):
            raise ValueError("slopes above 0, lapses and guess from 0 up, together below 1, wanted")
        grid = np.meshgrid(np.log(self._thresholds), slope, lapse, indexing="ij")
        self._threshold, self._slope, self._lapse = (axis.ravel() for axis in grid)
        self._guess, self._form = guess, form
        self._belief = np.full(self._slope.shape, 1 / self._slope.size)
        self._caught = self._psi(self._stimuli)
        self._spread = _entropy(self._caught)
        self._trials: list[tuple[float, bool]] = []

    @property
    def trials(self) -> tuple[tuple[float, bool], ...]:
        """(stimulus, correct) so far: enough, with the same settings and :meth:`replay`, to go on later."""
        return tuple(self._trials)

    @property
    def threshold(self) -> Estimate:
        """Where the threshold is, whatever the slope and lapses: posterior mean of its logarithm."""
        where, weight = np.log(self._thresholds), self._belief.reshape(len(self._thresholds), -1).sum(axis=1)
        mean = float(weight @ where)
        low, high = np.interp([0.025, 0.975], np.cumsum(weight) - weight / 2, where)
        return Estimate(
            value=float(np.exp(mean)),
            low=float(np.exp(low)),
            high=float(np.exp(high)),
            sd=float(np.sqrt(weight @ (where - mean) ** 2)),
        )

    @property
    def points(self) -> tuple[Point, ...]:
        """Answers counted per stimulus, ascending: what is drawn over the curve."""
        by_stimulus: dict[float, list[bool]] = {}
        for stimulus, correct in self._trials:
            by_stimulus.setdefault(stimulus, []).append(correct)
        return tuple(
            Point(stimulus=stimulus, caught=sum(answers), shown=len(answers))
            for stimulus, answers in sorted(by_stimulus.items())
        )

    def next(self) -> float:
        """The stimulus whose answer is expected to tell most; of equals the smallest.

        Least expected entropy of the posterior is most mutual information of answer and function:
        the entropy of the answer minus the mean entropy left to each function.
        """
        told = _entropy(self._caught @ self._belief) - self._spread @ self._belief
        return float(self._stimuli[np.argmax(told)])

    def update(self, stimulus: float, correct: bool) -> None:
        """Learn from an answer to what was really shown, which need not be one of the stimuli.

        Raises ValueError for a stimulus that is not above 0.
        """
        if not (np.isfinite(stimulus) and stimulus > 0):
            raise ValueError(f"stimulus: {stimulus} is not above 0")
        caught = self._psi(np.array([stimulus]))[0]
        belief = self._belief * (caught if correct else 1 - caught)
        self._belief = belief / belief.sum()
        self._trials.append((float(stimulus), bool(correct)))

    def replay(self, trials: Iterable[tuple[float, bool]]) -> None:
        """Learn from many answers in turn."""
        for stimulus, correct in trials:
            self.update(stimulus, correct)

    def done(self, precision: float) -> bool:
        """Whether the standard deviation of the threshold's natural logarithm is at most ``precision``."""
        return self.threshold.sd <= precision

    def curve(self, stimuli: ArrayLike) -> Floats:
        """Probability of catching each of these stimuli, same shape: mean of psi over the posterior."""
        x = np.asarray(stimuli, float)
        return np.asarray(self._psi(x.ravel()) @ self._belief).reshape(x.shape)

    def _psi(self, stimuli: Floats) -> Floats:
        """(s, functions) probabilities, never quite 0 or 1."""
        odds = np.exp(np.clip(self._slope * (np.log(stimuli)[:, None] - self._threshold), -500, 500))
        caught = -np.expm1(-odds) if self._form is Form.WEIBULL else odds / (1 + odds)
        psi = self._guess + (1 - self._guess - self._lapse) * caught
        return np.asarray(np.clip(psi, _SURELY, 1 - _SURELY))


def ascending(name: str, values: ArrayLike) -> Floats:
    """The values (n,) as an array. Raises ValueError unless two or more positive ones ascend."""
    found = np.asarray(values, float)
    if found.ndim != 1 or len(found) < 2 or not (found[0] > 0 and (np.diff(found) > 0).all()):
        raise ValueError(f"{name}: two or more ascending positive numbers wanted")
    return found


def _entropy(p: Floats) -> Floats:
    """Entropy in nats of a yes-or-no answer, p in (0, 1)."""
    return np.asarray(-p * np.log(p) - (1 - p) * np.log1p(-p))
