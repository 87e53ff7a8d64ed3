"""Asymmetry is only claimed where counts show it."""

import numpy as np
from scipy.stats import fisher_exact

from attune.scoring.confusion import Confusion
from attune.scoring.mix_ups import mix_ups

NAMES = ("fear", "surprise", "anger")


def table(*rows: tuple[int, ...]) -> Confusion:
    return Confusion(names=NAMES, counts=rows)


def test_fear_taken_for_surprise_and_not_the_other_way_round() -> None:
    worst, *others = mix_ups(table((40, 18, 2), (1, 58, 1), (4, 1, 55)))
    assert (worst.shown, worst.said) == ("fear", "surprise")
    assert (worst.times, worst.shown_n, worst.back, worst.said_n) == (18, 60, 1, 60)
    assert worst.one_sided
    assert [(each.shown, each.said) for each in others][:1] == [("anger", "fear")]


def test_both_ways_is_not_called_one_sided() -> None:
    (worst,) = mix_ups(table((40, 18, 0), (15, 45, 0), (0, 0, 60)))
    assert not worst.one_sided


def test_few_answers_say_nothing() -> None:
    assert mix_ups(table((2, 8, 0), (0, 10, 0), (0, 0, 10))) == ()


def test_turned_round_is_the_same_the_other_way() -> None:
    (worst,) = mix_ups(table((58, 1, 0), (18, 40, 0), (0, 0, 60)))
    assert (worst.shown, worst.said) == ("surprise", "fear")


def test_one_sided_goes_with_a_rare_p_of_fishers_test() -> None:
    """The exact test of the same two rows, which knows nothing of intervals, calls it rare as well."""
    chance = np.random.default_rng(2)
    for _each in range(300):
        n, m = chance.integers(20, 120, 2).tolist()
        there, back = int(chance.binomial(n, chance.uniform(0, 0.6))), int(chance.binomial(m, 0.1))
        for found in mix_ups(table((n - there, there, 0), (back, m - back, 0), (0, 0, 30))):
            p = fisher_exact([[there, n - there], [back, m - back]]).pvalue
            if found.one_sided:
                assert p < 0.03
            if p < 0.001:
                assert found.one_sided
