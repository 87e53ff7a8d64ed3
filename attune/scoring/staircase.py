"""Staircases: a threshold without a model, for where the shape of the psychometric function is in doubt.

No protocol begins with it: where the shape is known QUEST+ needs fewer trials.
One step harder after so many answers in a row that agreed, one step easier after one that did not (Levitt
1971, JASA 49:467-477): two in a row home in on the stimulus caught in 70.7 % of trials, three on 79.4 %.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

import numpy as np
from numpy.typing import ArrayLike

from attune.scoring.questplus import Estimate, ascending
from attune.scoring.student import Mean, mean_of
from attune.scoring.unscorable import Unscorable

DROPPED = 2  # the first turns are still on the way from the start
FIRST_STEPS = 8  # that lead from the easiest stimulus to the hardest, until the first turn


class Staircase:
    """One threshold being found; used like QuestPlus. All it knows follows from its settings and trials."""

    def __init__(self, *, stimuli: ArrayLike, down: int) -> None:
        """Begin at the easiest of the ``stimuli`` (s,), which ascend from hard to easy, all above 0.

        ``down``: answers in a row that must agree before it gets harder. Raises ValueError for other stimuli
        or a ``down`` below 2.
        """
        self._stimuli = ascending("stimuli", stimuli)
        if down < 2:
            raise ValueError(f"down: {down} in a row home in on no more than guessing")
        self._down = down
        self._place = len(self._stimuli) - 1
        self._row = 0
        self._last_step = 0
        self._turns: list[float] = []
        self._trials: list[tuple[float, bool]] = []

    @property
    def target(self) -> float:
        """The share caught at the threshold: 1 down-th root of a half."""
        return float(0.5 ** (1 / self._down))

    @property
    def trials(self) -> tuple[tuple[float, bool], ...]:
        """(stimulus, correct) so far."""
        return tuple(self._trials)

    @property
    def turns(self) -> tuple[float, ...]:
        """Stimuli at which the direction changed."""
        return tuple(self._turns)

    @property
    def threshold(self) -> Estimate | Unscorable:
        """Geometric mean of the turns, an even number of them without the first two; TOO_FEW below four."""
        counted = self._turns[DROPPED + len(self._turns) % 2 :]
        if len(counted) < 4:
            return Unscorable.TOO_FEW
        found = mean_of(np.log(counted))
        if not isinstance(found, Mean):
            return found
        return Estimate(
            value=exp(found.value), low=exp(found.low), high=exp(found.high), sd=found.value / found.t
        )

    def next(self) -> float:
        """The stimulus to show."""
        return float(self._stimuli[self._place])

    def update(self, stimulus: float, correct: bool) -> None:
        """Step on an answer to what was really shown, near to what :meth:`next` said."""
        self._trials.append((float(stimulus), bool(correct)))
        self._row = self._row + 1 if correct else 0
        if correct and self._row < self._down:
            return
        self._row = 0
        step = -1 if correct else 1
        if self._last_step == -step:
            self._turns.append(float(stimulus))
        self._last_step = step
        # The way from the start is long: the first steps go over several stimuli, fewer after each turn.
        stride = max(1, len(self._stimuli) // FIRST_STEPS >> len(self._turns))
        self._place = min(max(self._place + step * stride, 0), len(self._stimuli) - 1)

    def replay(self, trials: Iterable[tuple[float, bool]]) -> None:
        """Step on many answers in turn."""
        for stimulus, correct in trials:
            self.update(stimulus, correct)

    def done(self, precision: float) -> bool:
        """Whether the error of the threshold's natural logarithm is at most ``precision``."""
        found = self.threshold
        return isinstance(found, Estimate) and found.sd <= precision
