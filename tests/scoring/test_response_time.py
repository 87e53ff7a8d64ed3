import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.response_time import ResponseTimes, response_times
from attune.scoring.unscorable import Unscorable


def test_quarters() -> None:
    found = response_times([1500.0, 500.0, 2500.0, 199.9, 1000.0, 2000.0])
    assert found == ResponseTimes(median_ms=1500, low_ms=1000, high_ms=2000, timed=5, dropped=1)


def test_one_is_its_own_middle() -> None:
    assert response_times([200.0]) == ResponseTimes(
        median_ms=200, low_ms=200, high_ms=200, timed=1, dropped=0
    )


@pytest.mark.parametrize("times", [[], [199.0, 3.0]])
def test_none_that_could_have_been_an_answer(times: list[float]) -> None:
    assert response_times(times) is Unscorable.NO_ANSWERS


@given(st.lists(st.floats(0, 1e5)))
def test_order_and_haste_change_nothing(times: list[float]) -> None:
    found = response_times(times)
    assert response_times([*reversed(times)]) == found
    if isinstance(found, ResponseTimes):
        assert 200 <= found.low_ms <= found.median_ms <= found.high_ms
        assert found.timed + found.dropped == len(times)
