import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.intervals import wilson


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
