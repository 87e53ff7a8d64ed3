import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.intervals import unbiased_interval, wilson


def test_seven_of_ten() -> None:
    assert wilson(7, 10) == (pytest.approx(0.397, abs=5e-4), pytest.approx(0.892, abs=5e-4))


def test_nothing_seen_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_interval_holds_what_was_seen(hits: int, misses: int) -> None:
    low, high = wilson(hits, hits + misses)
    assert 0 <= low <= high <= 1
    if hits + misses:
        assert low <= hits / (hits + misses) <= high


@given(st.integers(0, 50), st.integers(1, 50))
def test_more_answers_make_it_narrower(hits: int, misses: int) -> None:
    (low, high), (low_4, high_4) = wilson(hits, hits + misses), wilson(4 * hits, 4 * (hits + misses))
    assert high_4 - low_4 < high - low


@pytest.mark.parametrize(("hits", "n"), [(2, 1), (-1, 3), (0, -1)])
def test_impossible_counts(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="out of"):
        wilson(hits, n)


def test_unbiased_interval_holds_the_rate() -> None:
    assert unbiased_interval(0, 0, 5) == (0.0, 1.0)
    low, high = unbiased_interval(4, 6, 6)
    assert low < 16 / 36 < high
    with pytest.raises(ValueError, match="shown"):
        unbiased_interval(7, 6, 9)


def test_ninety_five_of_a_hundred_unbiased_intervals_hold_the_truth() -> None:
    """Against multinomial draws: hits, misses, false alarms, and all the rest."""
    chance = np.random.default_rng(3)
    for shares in ((0.1, 0.04, 0.05), (0.06, 0.06, 0.1), (0.11, 0.01, 0.01)):
        hit, miss, alarm = shares
        truth = hit**2 / ((hit + miss) * (hit + alarm))
        held = 0
        for hits, misses, alarms, _rest in chance.multinomial(400, (*shares, 1 - sum(shares)), 2000).tolist():
            low, high = unbiased_interval(hits, hits + misses, hits + alarms)
            held += low <= truth <= high
        assert 0.93 <= held / 2000 <= 0.985
