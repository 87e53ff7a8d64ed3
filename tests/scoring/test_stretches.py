"""A history is cut by days, weeks or more, and each piece holds enough."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.stretches import DAY_S, FIRST_MONDAY_S, stretches

MONDAY = FIRST_MONDAY_S + 7 * DAY_S * 2900


def days(*counts: int) -> np.ndarray:
    """So many answers on each day from a Monday on."""
    return np.concatenate(
        [MONDAY + day * DAY_S + 3600 + np.arange(count) for day, count in enumerate(counts)]
    )


def test_every_day_is_a_stretch_where_each_holds_enough() -> None:
    begins, unit = stretches(days(20, 30, 25))
    assert begins.tolist() == [0, 20, 50, 75]
    assert unit == 1


def test_days_with_few_answers_are_joined_with_what_follows_and_the_last_with_what_is_before() -> None:
    begins, _unit = stretches(days(5, 10, 8, 30, 3))
    assert begins.tolist() == [0, 23, 56]


def test_a_long_history_goes_by_weeks_from_monday() -> None:
    begins, unit = stretches(days(*[10] * 60))
    assert unit == 7
    assert np.diff(begins).tolist() == [70] * 8 + [40]


def test_nothing_has_no_stretch() -> None:
    begins, _unit = stretches([])
    assert begins.tolist() == [0]


@pytest.mark.parametrize(("years", "unit"), [(0.05, 1), (0.4, 7), (1.5, 28), (5, 91), (15, 364)])
def test_units_grow_with_the_history(years: float, unit: int) -> None:
    when = MONDAY + np.linspace(0, years * 365 * DAY_S, 5000)
    begins, found = stretches(when)
    assert found == unit
    assert len(begins) - 1 <= 27


@given(
    gaps=st.lists(st.floats(0, 40 * DAY_S), min_size=1, max_size=300),
    least=st.integers(1, 40),
)
def test_all_answers_are_in_one_stretch_each_of_which_holds_enough(gaps: list[float], least: int) -> None:
    when = MONDAY + np.cumsum(gaps)
    begins, _unit = stretches(when, least=least)
    assert begins[0] == 0
    assert begins[-1] == len(when)
    sizes = [last - first for first, last in pairwise(begins.tolist())]
    assert all(size >= least for size in sizes) or sizes == [len(when)]
