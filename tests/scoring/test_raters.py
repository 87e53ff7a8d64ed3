"""Krippendorff's alpha, against the examples he published."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.raters import LEAST_UNITS, Unit, krippendorff

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": two observers and two values (A), two and
# many (B), four with values missing (C); a row for each observer, a point where one said nothing.
TWO_VALUES = ("0100000010", "1110010000")
MANY_VALUES = ("aabbdcccedda", "babbbccceddd")
MISSING = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def units(rows: tuple[str, ...]) -> list[Unit]:
    """Single choices."""
    names = sorted(set("".join(rows)) - {"."})
    return [
        Unit.of([[float(name == said) for name in names] for said in column if said != "."])
        for column in zip(*rows, strict=True)
    ]


@pytest.mark.parametrize(("rows", "alpha"), [(TWO_VALUES, 0.095), (MANY_VALUES, 0.692), (MISSING, 0.743)])
def test_of_choices_it_is_as_published(rows: tuple[str, ...], alpha: float) -> None:
    found = krippendorff(units(rows))
    assert found is not None
    assert found.value == pytest.approx(alpha, abs=5e-4)


def test_of_numbers_it_is_as_published() -> None:
    columns = [[[float(said)] for said in column if said != "."] for column in zip(*MISSING, strict=True)]
    found = krippendorff([Unit.of(column) for column in columns])
    assert found is not None
    assert found.value == pytest.approx(0.849, abs=5e-4)
    assert (found.units, found.said) == (11, 40)  # the last was said something of by one alone


def test_votes_are_choices_that_were_counted() -> None:
    counted = [
        Unit.of_votes([column.count(name) for name in "12345"]) for column in zip(*MISSING, strict=True)
    ]
    assert krippendorff(counted) == krippendorff(units(MISSING))


def test_the_interval_holds_the_value_and_narrows_with_clips() -> None:
    few, many = krippendorff(units(MISSING)), krippendorff(units(MISSING) * 20)
    for found in (few, many):
        assert found is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low < found.value < found.high
    assert few is not None
    assert many is not None
    assert many.high - many.low < (few.high - few.low) / 3  # type: ignore[operator]
    assert krippendorff(units(MISSING)) == few  # not another one each time


def test_where_nothing_can_be_said_it_says_nothing() -> None:
    assert krippendorff([]) is None
    assert krippendorff([Unit.of([[1.0, 0.0]])]) is None  # one rater
    assert krippendorff([Unit.of([[1.0, 0.0]] * 3)] * 9) is None  # nobody ever said anything else
    few = krippendorff(units(("ab", "ab")))
    assert few is not None
    assert (few.value, few.low, few.units < LEAST_UNITS) == (1.0, None, True)


def test_near_blends_agree_more_than_far_ones() -> None:
    near, far = (
        krippendorff([Unit.of([[1.0, 0.0, 0.0], [1 - share, share, 0.0]]), Unit.of([[0.0, 0.0, 1.0]] * 2)])
        for share in (0.2, 0.8)
    )
    assert near is not None
    assert far is not None
    assert near.value > far.value


@given(
    st.lists(st.lists(st.integers(0, 3), min_size=0, max_size=4), min_size=1, max_size=8).filter(
        lambda said: len({value for of in said if len(of) > 1 for value in of}) > 1
    )
)
def test_it_is_what_the_definition_says(said: list[list[int]]) -> None:
    """1 - D_o / D_e, each a mean over pairs of values, counted one by one."""
    found = krippendorff([Unit.of(np.eye(4)[of].reshape(-1, 4)) for of in said])
    pairable = [of for of in said if len(of) > 1]
    n = sum(map(len, pairable))
    observed = sum(sum(a != b for a in of for b in of) / (len(of) - 1) for of in pairable) / n
    values = [value for of in pairable for value in of]
    expected = sum(a != b for a in values for b in values) / (n * (n - 1))
    assert found is not None
    assert found.value == pytest.approx(1 - observed / expected)
