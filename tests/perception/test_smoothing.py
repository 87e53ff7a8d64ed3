import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attune.perception.smoothing import GAP_NS, OneEuro, one_euro

Course = NDArray[np.float64]


def times(count: int, fps: float) -> NDArray[np.int64]:
    return np.round(np.arange(count) * 1e9 / fps).astype(np.int64)


def pulse(time_ns: NDArray[np.int64], *, width_s: float, height: float, middle_s: float) -> Course:
    """A raised cosine: it comes and goes within ``width_s``."""
    phase = np.clip((time_ns / 1e9 - middle_s) / width_s + 0.5, 0, 1)
    return height * np.sin(np.pi * phase) ** 2


@pytest.mark.parametrize("fps", [25, 30, 60])
@pytest.mark.parametrize("height", [0.15, 0.3, 0.8])
@pytest.mark.parametrize("shift", np.linspace(0, 1, 8, endpoint=False))
def test_a_movement_of_100_ms_keeps_four_fifths_of_its_peak(fps: int, height: float, shift: float) -> None:
    """Whatever the rate, and wherever between two frames it peaks."""
    time_ns = times(2 * fps, fps)
    course = pulse(time_ns, width_s=0.1, height=height, middle_s=1 + shift / fps)
    assert one_euro(time_ns, course).max() >= 0.8 * course.max()


@pytest.mark.parametrize(("jitter", "left"), [(0.003, 0.45), (0.005, 0.5), (0.01, 0.6)])
def test_a_still_face_becomes_stiller(jitter: float, left: float) -> None:
    """The standard deviation falls to this share; a still face on film jitters by .003 to .006."""
    chance = np.random.default_rng(4)
    smooth = one_euro(times(6000, 30), 0.3 + chance.normal(0, jitter, 6000))
    assert smooth[30:].std() <= left * jitter


def test_it_neither_drifts_nor_overshoots() -> None:
    time_ns = times(60, 30)
    step = np.where(time_ns < 1_000_000_000, 0.2, 0.7)
    smooth = one_euro(time_ns, step)
    assert np.all(np.diff(smooth) >= 0)
    assert smooth[0] == 0.2
    assert smooth[-1] == pytest.approx(0.7, abs=0.01)
    assert np.flatnonzero(smooth > 0.6)[0] - np.flatnonzero(step > 0.6)[0] <= 1


def test_a_gap_stays_a_gap_and_the_filter_starts_anew_after_it() -> None:
    time_ns = times(9, 30)
    course = np.array([[0.1, 0.2]] * 3 + [[np.nan, 0.2]] * 2 + [[0.9, 0.8]] * 4)
    smooth = one_euro(time_ns, course)
    assert np.array_equal(np.isnan(smooth), np.isnan(course))
    assert np.array_equal(smooth[5:], course[5:])


def test_a_long_pause_is_a_gap_too() -> None:
    smooth = OneEuro()
    smooth(0, np.array([0.0]))
    assert smooth(GAP_NS, np.array([0.1])) < 0.1
    assert smooth(2 * GAP_NS + 1, np.array([0.5])) == 0.5


def test_each_value_goes_by_its_own_speed() -> None:
    time_ns = times(40, 30)
    quick = pulse(time_ns, width_s=0.2, height=0.8, middle_s=0.7)
    still = 0.3 + np.random.default_rng(1).normal(0, 0.005, 40)
    both = one_euro(time_ns, np.column_stack([quick, still]))
    assert np.array_equal(both[:, 0], one_euro(time_ns, quick))
    assert np.array_equal(both[:, 1], one_euro(time_ns, still))


def test_the_same_time_twice_changes_nothing() -> None:
    smooth = OneEuro()
    smooth(0, np.array([0.2]))
    assert smooth(0, np.array([0.9])) == 0.2


def test_live_and_afterwards_agree() -> None:
    time_ns = np.cumsum(np.random.default_rng(2).integers(10_000_000, 60_000_000, 50))
    course = np.random.default_rng(3).random((50, 4))
    live = OneEuro()
    assert np.array_equal(
        one_euro(time_ns, course), [live(int(now), row) for now, row in zip(time_ns, course, strict=True)]
    )


@given(st.lists(st.floats(0, 1) | st.just(np.nan), max_size=30), st.sampled_from([24.0, 30.0, 59.94]))
def test_values_stay_within_what_came_in(values: list[float], fps: float) -> None:
    course = np.array(values)
    smooth = one_euro(times(len(values), fps), course)
    assert smooth.shape == course.shape
    there = np.isfinite(course)
    assert np.array_equal(np.isfinite(smooth), there)
    if there.any():
        assert smooth[there].min() >= course[there].min() - 1e-12
        assert smooth[there].max() <= course[there].max() + 1e-12


@pytest.mark.parametrize("bad", [{"cutoff_hz": 0}, {"beta": -1}, {"derivative_hz": np.nan}])
def test_impossible_settings_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        OneEuro(**{"cutoff_hz": 1.0, "beta": 1.0} | bad)
