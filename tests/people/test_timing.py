"""Onset, apex and offset are what they say they are, to the frame."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.people.timing import APART, Timing, TimingRange, brief, least_jerk

TIMES = np.arange(0, 6, 0.01)
timings = st.builds(
    Timing,
    start_s=st.floats(0.1, 1),
    rise_s=st.floats(0.1, 1.2),
    hold_s=st.floats(0.1, 1.2),
    fall_s=st.floats(0.1, 1.2),
)
shares = st.floats(0, APART)


@given(timings, shares, shares)
def test_every_unit_keeps_to_the_moments_of_the_whole(timing: Timing, early: float, late: float) -> None:
    course = timing.at(TIMES, early=early, late=late)
    assert np.all((course >= 0) & (course <= 1))
    assert np.all(course[timing.onset_s >= TIMES] == 0)
    held = (timing.apex_s + 1e-6 <= TIMES) & (timing.fading_s - 1e-6 >= TIMES)
    assert np.allclose(course[held], 1)
    assert np.all(course[timing.offset_s + 1e-6 <= TIMES] < 1e-9)
    rising = timing.apex_s >= TIMES
    assert np.all(np.diff(course[rising]) >= -1e-12)


def test_the_path_of_least_jerk() -> None:
    path = least_jerk(np.linspace(0, 1, 101), 0.0, 1.0)
    assert (path[0], path[50], path[100]) == pytest.approx((0, 0.5, 1))
    steepest = np.diff(path).max() * 100
    assert steepest == pytest.approx(15 / 8, rel=1e-3)  # Flash & Hogan 1985


def test_what_is_held_fades_by_its_decay() -> None:
    timing = Timing(start_s=0, rise_s=0.1, hold_s=2, fall_s=0.1)
    course = timing.at(np.array([0.1, 1.1, 2.1]), decay=0.2)
    assert course == pytest.approx([1, 0.8, 0.64])


@given(
    st.sampled_from([24, 25, 30, 50, 60, 120]),
    st.floats(0.04, 0.5),
    st.floats(0, 2),
    st.integers(0, 4),
)
def test_brief_moments_last_whole_frames(fps: float, shown_s: float, start_s: float, ramp: int) -> None:
    timing = brief(shown_s, start_s=start_s, fps=fps, ramp=ramp)
    course = timing.at(np.arange(5 * fps) / fps)
    assert np.sum(course > 1 - 1e-9) == max(1, round(shown_s * fps))
    assert np.sum((course > 1e-9) & (course < 1 - 1e-9)) == 2 * ramp


@pytest.mark.parametrize(
    ("shown_s", "fps", "ramp"), [(0.03, 25, 0), (0.6, 25, 0), (0.1, 0, 0), (0.1, 25, -1)]
)
def test_what_is_not_brief_is_refused(shown_s: float, fps: float, ramp: int) -> None:
    with pytest.raises(ValueError, match="brief"):
        brief(shown_s, start_s=0, fps=fps, ramp=ramp)


def test_times_that_cannot_be_are_refused() -> None:
    for bad in (-0.1, float("nan"), 61.0):
        with pytest.raises(ValueError, match="times"):
            Timing(start_s=0, rise_s=bad, hold_s=0, fall_s=0)


@given(st.integers(0, 1000))
def test_a_course_by_chance_lies_within_its_ranges(seed: int) -> None:
    ranges = TimingRange(onset_s=(0.2, 0.4), apex_s=(0.5, 0.5), offset_s=(0.6, 1.0))
    found = ranges.draw(np.random.default_rng(seed), start_s=0.3)
    assert found.start_s == 0.3
    assert 0.2 <= found.rise_s <= 0.4
    assert found.hold_s == 0.5
    assert 0.6 <= found.fall_s <= 1.0
    assert ranges.middle.offset_s == pytest.approx(0.3 + 0.5 + 0.8)
