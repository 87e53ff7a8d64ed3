"""A face at rest blinks, looks, sways and breathes as people do, and a clip never ends on a blink."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from attune.people import idle
from attune.people.rest import STEPS_HZ, Rest
from attune.people.units import AMOUNTS, PLACES

MINUTES = 10
TIME_S = np.arange(0, 60 * MINUTES, 1 / 60)
SHORT = np.arange(0, 3, 1 / 60)


def begun(lids: np.ndarray) -> int:
    return int(np.sum((lids[1:] > 0.5) & (lids[:-1] <= 0.5)))


def test_people_blink_about_seventeen_times_a_minute() -> None:
    found = [begun(idle.blinks(TIME_S, np.random.default_rng(seed), open_in=())) for seed in range(5)]
    assert 12 < np.mean(found) / MINUTES < 20


def test_lids_close_faster_than_they_open() -> None:
    lids = idle.blinks(np.arange(0, 30, 0.001), np.random.default_rng(1), open_in=())
    top = int(np.argmax(lids >= 1 - 1e-6))
    begin = top - int(np.argmax(lids[top::-1] < 0.02))
    end = top + int(np.argmax(lids[top:] < 0.02))
    assert 0.05 < (top - begin) / 1000 < 0.1
    assert 1.5 < (end - top) / (top - begin) < 4


@given(st.integers(0, 5000), st.floats(0.3, 1.2), st.floats(1.3, 2.0))
def test_eyes_are_open_where_they_are_to_be_and_at_both_ends(seed: int, opened: float, closed: float) -> None:
    lids = idle.blinks(SHORT, np.random.default_rng(seed), open_in=((opened, closed),))
    assert not lids[(opened <= SHORT) & (closed >= SHORT)].any()
    assert lids[0] == lids[-1] == 0
    assert not lids[SHORT[-1] - 0.1 < SHORT].any()


@given(st.integers(0, 1000))
def test_gaze_holds_and_jumps_and_stays_on_the_viewer(seed: int) -> None:
    gaze = idle.glances(SHORT, np.random.default_rng(seed))
    assert np.abs(gaze).max() < np.radians(2)
    moving = np.abs(np.diff(gaze, axis=0)).max(axis=1) > 1e-9
    assert moving.mean() < 0.15


@given(st.integers(0, 1000))
def test_swaying_breathing_and_tone_stay_small(seed: int) -> None:
    chance = np.random.default_rng(seed)
    turns, shifts = idle.sway(SHORT, chance)
    assert np.degrees(np.abs(turns)).max() < 1.2
    assert np.abs(shifts).max() < 0.02
    breath = idle.breath(SHORT, chance)
    assert np.abs(breath).max() <= 1
    tone = idle.tone(SHORT, chance)
    assert tone.min() >= 0
    assert tone.max() < 0.04


def test_rest_goes_on_without_a_seam() -> None:
    rest = Rest(5)
    before, after = rest.face(idle.PERIOD_S - 1e-3), rest.face(idle.PERIOD_S)
    assert np.abs(before.head - after.head).max() < 0.002
    assert np.abs(before.shift - after.shift).max() < 0.002
    assert abs(before.breath - after.breath) < 0.1
    again = rest.face(idle.PERIOD_S * 3 + 1.5)
    np.testing.assert_array_equal(again.shapes, rest.face(1.5).shapes)


def test_a_face_lives_whatever_it_holds() -> None:
    rest, held = Rest(2), np.zeros(len(AMOUNTS))
    held[PLACES["AU26"]] = 0.6
    frames = [rest.face(step / STEPS_HZ, held, gaze=(0.1, 0.0), head=(0.2, 0, 0)) for step in range(600)]
    jaw = [frame.shapes[24] for frame in frames]
    assert min(jaw) == max(jaw) > 0.25
    looking = np.array([frame.gaze[0] + frame.head[0] for frame in frames])
    assert np.allclose(looking, 0.1, atol=0.04)
    assert np.ptp([frame.head[0] for frame in frames]) > 0.005
