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


def test_one_pair_alone_is_one_sided_by_fishers_test() -> None:
    chance = np.random.default_rng(2)
    for _each in range(300):
        n, m = chance.integers(20, 120, 2).tolist()
        there, back = int(chance.binomial(n, chance.uniform(0, 0.6))), int(chance.binomial(m, 0.1))
        for found in mix_ups(table((n - there, there, 0), (back, m - back, 0), (0, 0, 30))):
            larger = "greater" if (found.shown, found.said) == ("fear", "surprise") else "less"
            p = fisher_exact([[there, n - there], [back, m - back]], alternative=larger).pvalue
            assert found.one_sided == (2 * p <= 0.05)


def test_among_many_pairs_it_takes_more() -> None:
    """8 of 40 against 1 of 40 is one-sided by itself, not as one of three pairs that might have been."""
    alone = mix_ups(table((32, 8, 0), (1, 39, 0), (0, 0, 40)))
    assert [each.one_sided for each in alone] == [True]
    several = mix_ups(table((24, 8, 8), (1, 31, 8), (8, 8, 24)))
    assert not any(each.one_sided for each in several)


def test_who_mixes_up_both_ways_alike_is_told_of_one_side_in_one_of_twenty_at_most() -> None:
    """Eight emotions are 28 pairs; each shown 200 times. A side there is shows in 60."""
    chance, names = np.random.default_rng(3), tuple("abcdefgh")
    taken_for = np.full((8, 8), 0.03)
    for one, other, share in ((0, 1, 0.25), (2, 3, 0.15), (4, 5, 0.15), (0, 6, 0.1)):
        taken_for[one, other] = taken_for[other, one] = share
    np.fill_diagonal(taken_for, 0)
    np.fill_diagonal(taken_for, 1 - taken_for.sum(axis=1))
    told = 0
    for _person in range(300):
        counts = tuple(tuple(map(int, chance.multinomial(200, row))) for row in taken_for)
        told += any(each.one_sided for each in mix_ups(Confusion(names=names, counts=counts)))
    assert told <= 0.05 * 300
    taken_for[0, [0, 1]] += (-0.1, 0.1)
    taken_for[1, [0, 1]] += (-0.2, 0.2)
    found = 0
    for _person in range(100):
        counts = tuple(tuple(map(int, chance.multinomial(60, row))) for row in taken_for)
        pairs = mix_ups(Confusion(names=names, counts=counts))
        found += any((each.shown, each.said) == ("a", "b") and each.one_sided for each in pairs)
    assert found > 80
