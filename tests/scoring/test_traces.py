import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.scoring.traces import aligned

CLOCK = np.arange(0, 40, 1 / 30)


def slope(time: np.ndarray) -> np.ndarray:
    return time / 40


def test_half_seconds_from_the_fifth_on() -> None:
    x, y = aligned(CLOCK, slope(CLOCK), CLOCK, slope(CLOCK), lags_s=[0.0])
    assert x[:2] == pytest.approx([5.25 / 40, 5.75 / 40])
    assert len(x) == 70 - 1  # the last half second is not whole
    assert y.shape == (1, 69)
    assert y[0] == pytest.approx(x)


@given(st.floats(0, 6), st.floats(1.5, 50))
def test_a_later_trace_is_read_later_at_any_rate(lag: float, rate: float) -> None:
    """A line is a line however it is sampled: its half seconds have the means of the line."""
    when = np.arange(0, 40, 1 / rate)
    x, y = aligned(CLOCK, slope(CLOCK), when, slope(when), lags_s=[lag, 0.0])
    assert y[0] - x == pytest.approx(np.full(len(x), lag / 40), abs=1e-9)
    assert y[1] == pytest.approx(x)
    assert x[0] == pytest.approx(5.25 / 40)


def test_means_are_the_areas_under_the_line() -> None:
    x, _ = aligned([0, 5, 5.25, 5.5, 6, 7], [0, 0, 1, 0, 0, 0], [0, 7], [0, 0], lags_s=[0.0])
    assert x.size == 0  # the hole of five seconds stands before everything
    time = [0, 1, 2, 3, 4, 5, 5.25, 5.5, 6, 7]
    x, _ = aligned(time, [0, 0, 0, 0, 0, 0, 1, 0, 0, 0], range(8), [0] * 8, lags_s=[0.0])
    assert x == pytest.approx([0.5, 0, 0, 0])


def test_a_hole_is_left_out_and_not_filled() -> None:
    lost = slope(CLOCK)
    lost[(CLOCK > 10) & (CLOCK < 12)] = np.nan
    for columns in ((CLOCK, lost, CLOCK, slope(CLOCK)), (CLOCK, slope(CLOCK), CLOCK, lost)):
        x, y = aligned(*columns, lags_s=[0.0])
        assert x == pytest.approx(y[0])
        assert len(x) == 69 - 5
        assert not ((x > 10.25 / 40) & (x < 11.75 / 40)).any()


def test_a_wink_of_a_hole_is_no_hole() -> None:
    lost = slope(CLOCK)
    lost[(CLOCK > 10) & (CLOCK < 10.8)] = np.nan
    assert len(aligned(CLOCK, lost, CLOCK, slope(CLOCK), lags_s=[0.0])[0]) == 69


def test_while_the_clock_stands_the_last_value_counts() -> None:
    when = np.insert(CLOCK, 600, [CLOCK[600]] * 3)
    said = np.insert(slope(CLOCK), 600, [-1.0, -1.0, -1.0])
    x, y = aligned(CLOCK, slope(CLOCK), when, said, lags_s=[0.0])
    assert y[0] == pytest.approx(x)


@pytest.mark.parametrize("short", [[], [1.0], np.arange(0, 5, 0.1)])
def test_too_little_is_nothing(short: list[float]) -> None:
    x, y = aligned(CLOCK, slope(CLOCK), short, np.zeros(len(short)), lags_s=[0.0, 1.0])
    assert (x.shape, y.shape) == ((0,), (2, 0))


@pytest.mark.parametrize(("time", "values"), [([1, 0], [1, 1]), ([0, 1], [1]), ([0, np.nan], [1, 1])])
def test_times_ascend(time: list[float], values: list[float]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        aligned(time, values, CLOCK, CLOCK, lags_s=[0.0])
