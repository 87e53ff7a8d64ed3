"""How long scoring takes, on made-up answers; ``attune bench`` prints it."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from attune.scoring.profile import Answers, profile
from attune.scoring.questplus import QuestPlus

NAMES = ("neutral", "happiness", "sadness", "anger", "fear", "surprise", "disgust", "contempt")
_ROUNDS = 5


def profile_ms(answers: int = 100_000) -> float:
    """All statistics of a profile with so many answers, in ms: the best of five rounds.

    The best and not the middle one: what other programs take in between is not scoring's.
    """
    made = some_answers(answers)
    return min(_ms_of_profile(made) for _round in range(_ROUNDS))


def questplus_ms(trials: int = 200) -> float:
    """An answer learned from and the next stimulus chosen, in ms: the middle of so many trials."""
    quest = QuestPlus(
        stimuli=np.geomspace(20, 500, 40),
        thresholds=np.geomspace(10, 1000, 60),
        slopes=np.geomspace(1, 10, 10),
        lapses=(0, 0.02, 0.05),
        guess=1 / 8,
    )
    random = np.random.default_rng(1)
    stimulus, spent = quest.next(), []
    for answer in random.random(trials) < 0.7:
        begun = perf_counter()
        quest.update(stimulus, bool(answer))
        stimulus = quest.next()
        spent.append(perf_counter() - begun)
    return float(np.median(spent)) * 1000


def some_answers(n: int) -> Answers:
    """Answers of somebody who reads about six in ten of the moments, the same every time."""
    random = np.random.default_rng(1)
    reference = random.integers(0, len(NAMES), n)
    response = np.where(random.random(n) < 0.6, reference, random.integers(0, len(NAMES), n))
    floor = random.uniform(0, 0.6, n)
    return Answers(
        reference=reference,
        response=response,
        choices=np.full(n, len(NAMES)),
        confidence=random.uniform(1 / len(NAMES), 1, n),
        response_ms=random.lognormal(7, 0.8, n),
        difficulty=random.normal(0, 1, n),
        brier=floor + random.uniform(0, 1, n),
        floor=floor,
        ceiling=random.uniform(0.4, 1, n),
        log_score=-random.exponential(1, n),
        similarity=random.random(n),
        intensity_difference=random.uniform(-1, 1, n),
    )


def _ms_of_profile(answers: Answers) -> float:
    begun = perf_counter()
    profile(answers, NAMES)
    return (perf_counter() - begun) * 1000
