"""What happened when, in courses made of numbers; what drawn people do is in test_dynamics_drawn."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attune.perception.dynamics import (
    BRIEF_NS,
    LEAST,
    blinks,
    departure,
    movements,
    speaking,
)
from attune.perception.geometry import STEADY
from attune.perception.track import BLENDSHAPES, MEASURED, FaceTrack

Course = NDArray[np.float64]
Times = NDArray[np.int64]
S = 1_000_000_000
MS = 1_000_000


def times(duration_s: float, fps: float, *, uneven: bool = False) -> Times:
    """Of a film; ``uneven`` as a phone films in the dark: frames late, and some missing."""
    steps = np.arange(round(duration_s * fps))
    if uneven:
        chance = np.random.default_rng(7)
        steps = (steps + chance.uniform(-0.3, 0.3, len(steps)))[chance.random(len(steps)) > 0.1]
    return np.round(steps * S / fps).astype(np.int64)


def smooth_step(share: Course) -> Course:
    """From 0 to 1 with the least jerk, as muscles move."""
    share = np.clip(share, 0, 1)
    return share**3 * (10 - 15 * share + 6 * share**2)


def rise_and_fall(time_ns: Times, onset: float, apex: float, release: float, offset: float) -> Course:
    """A movement of height 1 with its four moments in seconds."""
    now = time_ns / S
    return smooth_step((now - onset) / (apex - onset)) - smooth_step((now - release) / (offset - release))


# Movements

RATES = [(25, False), (30, False), (60, False), (30, True)]


@pytest.mark.parametrize(("fps", "uneven"), RATES)
@pytest.mark.parametrize("height", [0.3, 1.0])
def test_onset_apex_and_offset_at_every_rate(fps: float, uneven: bool, height: float) -> None:
    time_ns = times(4, fps, uneven=uneven)
    jitter = np.random.default_rng(5).normal(0, 0.005, len(time_ns))
    course = height * rise_and_fall(time_ns, 1.0, 1.4, 2.2, 2.8) + jitter
    (found,) = movements(time_ns, course)
    assert found.onset_ns / S == pytest.approx(1.06, abs=0.06)  # a movement's first tenth is next to nothing
    assert found.apex_ns / S == pytest.approx(1.35, abs=0.06)
    assert found.offset_ns / S == pytest.approx(2.70, abs=0.08)
    assert found.peak == pytest.approx(height, abs=0.03)
    assert not found.brief


@pytest.mark.parametrize(("fps", "uneven"), RATES)
@pytest.mark.parametrize("length_s", [0.1, 0.2, 0.4])
def test_brief_movements_are_found_and_called_brief(fps: float, uneven: bool, length_s: float) -> None:
    time_ns = times(3, fps, uneven=uneven)
    middle_s = time_ns[len(time_ns) // 2] / S
    (found,) = movements(
        time_ns,
        0.6 * rise_and_fall(time_ns, middle_s - length_s / 2, middle_s, middle_s, middle_s + length_s / 2),
    )
    assert found.brief
    assert found.apex_ns / S == pytest.approx(middle_s, abs=0.02)
    assert (found.offset_ns - found.onset_ns) / S == pytest.approx(length_s, abs=2.5 / fps)


def test_several_movements_in_one_clip() -> None:
    time_ns = times(8, 30)
    course = (
        0.5 * rise_and_fall(time_ns, 0.5, 1.0, 1.5, 2.0)
        + 0.3 * rise_and_fall(time_ns, 3.0, 3.1, 3.1, 3.2)
        + 0.9 * rise_and_fall(time_ns, 5.0, 5.5, 6.5, 7.0)
    )
    found = movements(time_ns, course + 0.2)  # this face's rest is not 0
    assert [one.brief for one in found] == [False, True, False]
    assert [one.peak for one in found] == pytest.approx([0.7, 0.5, 1.1], abs=0.02)


def test_a_second_wave_before_the_first_has_ebbed_is_a_second_movement() -> None:
    time_ns = times(5, 30)
    course = rise_and_fall(time_ns, 0.5, 1.0, 4.0, 4.5) - 0.7 * rise_and_fall(time_ns, 1.8, 2.3, 2.6, 3.1)
    first, second = movements(time_ns, course)
    assert first.offset_ns / S == pytest.approx(2.25, abs=0.1)
    assert second.onset_ns / S == pytest.approx(2.65, abs=0.1)


def test_a_height_that_wavers_is_one_movement() -> None:
    time_ns = times(4, 30)
    wavering = 0.15 * np.sin(2 * np.pi * 2 * time_ns / S)
    course = rise_and_fall(time_ns, 0.5, 1.0, 3.0, 3.5) * (0.7 + wavering)
    assert len(movements(time_ns, course)) == 1


def test_a_long_clip_full_of_waves() -> None:
    """Each is found, in a time and depth that a long recording can afford."""
    time_ns = times(600, 30)
    course = 0.5 - 0.5 * np.cos(2 * np.pi * time_ns / (0.5 * S))
    course[: len(course) // 8] *= 0.05  # a rest far below all the valleys of the rest of it
    course[len(course) // 8 :] += 0.4
    found = movements(time_ns, course)
    assert len(found) == 1050
    assert all(one.offset_ns <= after.apex_ns for one, after in pairwise(found))


def test_noise_is_no_movement() -> None:
    time_ns = times(20, 30)
    for seed in range(5):
        assert not movements(time_ns, np.random.default_rng(seed).normal(0.3, 0.04, len(time_ns)))


def test_a_lost_face_cuts_a_movement_which_is_then_not_called_brief() -> None:
    time_ns = times(3, 30)
    course = rise_and_fall(time_ns, 1.0, 1.1, 1.4, 1.5)
    course[(time_ns >= 1.25 * S) & (time_ns < 2 * S)] = np.nan
    (cut,) = movements(time_ns, course)
    assert cut.offset_ns == pytest.approx(time_ns[time_ns < 1.25 * S][-1], abs=10 * MS)
    assert cut.offset_ns - cut.onset_ns < BRIEF_NS
    assert not cut.brief


def test_both_sides_of_a_gap_are_looked_at() -> None:
    time_ns = times(6, 30)
    course = rise_and_fall(time_ns, 0.5, 0.8, 1.1, 1.4) + rise_and_fall(time_ns, 4.0, 4.3, 4.6, 4.9)
    course[(time_ns >= 2 * S) & (time_ns < 3 * S)] = np.nan
    assert len(movements(time_ns, course)) == 2
    pause = (time_ns < 2 * S) | (time_ns >= 3 * S)  # frames that were never filmed are a gap too
    assert len(movements(time_ns[pause], course[pause])) == 2


def test_the_tracker_settling_in_its_first_frames_is_no_movement() -> None:
    time_ns = times(3, 30)
    assert not movements(time_ns, 0.3 * np.exp(-time_ns / (30 * MS)))
    assert movements(time_ns, rise_and_fall(time_ns, -1.0, -0.5, 0.8, 1.3))[0].onset_ns == 0


@pytest.mark.parametrize("course", [[], [np.nan], [0.5], [np.nan, 0.7, np.nan], [0.0, 0.9]])
def test_next_to_nothing_is_no_error(course: list[float]) -> None:
    assert len(movements(np.arange(len(course)) * 40 * MS, np.array(course))) <= 1


@given(st.lists(st.floats(0, 1) | st.just(np.nan), max_size=60), st.integers(5 * MS, 80 * MS))
def test_every_movement_lies_in_the_clip_in_order(values: list[float], step_ns: int) -> None:
    time_ns = np.arange(len(values)) * step_ns
    after = 0
    for one in movements(time_ns, np.array(values)):
        assert 0 <= one.onset_ns <= one.apex_ns <= one.offset_ns <= time_ns[-1]
        assert one.apex_ns >= after
        assert LEAST <= one.peak <= 1
        after = one.apex_ns


# Faces made of numbers: where the lids are, what the model scores, how far the lips are apart


def track_with(
    time_ns: Times, *, shut: Course | None = None, lips: Course | None = None, **channels: Course
) -> FaceTrack:
    """Of a face whose eyes are .15 open; ``shut`` (n,) or (n, 2), right and left, is a share of that.

    ``lips`` (n,) apart in distances between the eyes; NaN in any of them: no face there.
    """
    count = len(time_ns)
    shut = np.zeros((count, 2)) if shut is None else np.broadcast_to(shut.T, (2, count)).T
    lips = np.full(count, 0.02) if lips is None else lips
    landmarks = np.zeros((count, 478, 3), dtype=np.float32)
    eye = 0.14  # between the middles of the eyes, in widths
    for point, place in STEADY.items():
        landmarks[:, point] = (0.5, 0.4, 0) + np.array(place) * (eye, -eye, -eye)
    for (upper, lower), x, side in (((159, 145), 0.43, 0), ((386, 374), 0.57, 1)):
        landmarks[:, [upper, lower], 0] = x
        landmarks[:, lower, 1] = 0.4
        landmarks[:, upper, 1] = 0.4 - 0.15 * eye * (1 - shut[:, side])
    landmarks[:, 13:15, 0] = 0.5
    landmarks[:, 13, 1] = 0.6
    landmarks[:, 14, 1] = 0.6 + eye * lips
    shapes = np.full((count, 52), 0.05)
    shapes[:, BLENDSHAPES.index("eyeBlinkRight")] = 0.05 + 0.75 * shut[:, 0]
    shapes[:, BLENDSHAPES.index("eyeBlinkLeft")] = 0.05 + 0.75 * shut[:, 1]
    for name, values in channels.items():
        shapes[:, BLENDSHAPES.index(name)] = values
    rows = {name: np.zeros((count, *shape)) for name, shape in MEASURED.items()}
    rows |= {"blendshapes": shapes, "landmarks": landmarks, "matrix": np.tile(np.eye(4), (count, 1, 1))}
    gone = ~np.isfinite(shapes).all(axis=1) | ~np.isfinite(landmarks).all(axis=(1, 2))
    for array in rows.values():
        array[gone] = np.nan
    return FaceTrack(time_ns, **rows, width=512, height=512)


def blink(time_ns: Times, start_s: float, *, length_s: float = 0.25, depth: float = 0.97) -> Course:
    """Lids close in a third of the time and open in the rest."""
    closed_s = start_s + length_s / 3
    return depth * rise_and_fall(time_ns, start_s, closed_s, closed_s, start_s + length_s)


# Blinks


@pytest.mark.parametrize(("fps", "uneven"), RATES)
def test_blinks_are_found_where_they_are(fps: float, uneven: bool) -> None:
    time_ns = times(4, fps, uneven=uneven)
    starts = (0.5, 1.3, 3.1)
    track = track_with(time_ns, shut=sum(blink(time_ns, start) for start in starts))
    found = blinks(track)
    assert len(found) == 3
    for (start_ns, end_ns), start in zip(found, starts, strict=True):
        assert start_ns / S == pytest.approx(start + 0.03, abs=0.06)
        assert end_ns / S == pytest.approx(start + 0.2, abs=0.06)


@pytest.mark.parametrize(
    ("length_s", "depth"),
    [
        pytest.param(0.8, 1.0, id="eyes shut for a while"),
        pytest.param(0.3, 0.5, id="half shut"),
        pytest.param(0.4, 0.66, id="a glance down and up"),
    ],
)
def test_other_closures_are_not_blinks(length_s: float, depth: float) -> None:
    time_ns = times(3, 30)
    shut = depth * rise_and_fall(time_ns, 1.0, 1.07, 1.0 + length_s - 0.07, 1.0 + length_s)
    assert not blinks(track_with(time_ns, shut=shut))


def test_looking_down_is_not_a_blink_but_blinking_meanwhile_is() -> None:
    time_ns = times(6, 30)
    lowered = 0.6 * rise_and_fall(time_ns, 1.0, 1.1, 4.0, 4.1)
    assert not blinks(track_with(time_ns, shut=lowered))
    both = np.maximum(lowered, blink(time_ns, 2.4, depth=1.0))
    ((start_ns, end_ns),) = blinks(track_with(time_ns, shut=both))
    assert 2.3 * S < start_ns < end_ns < 2.8 * S


def test_a_wink_is_not_a_blink() -> None:
    time_ns = times(2, 30)
    shut = np.column_stack([blink(time_ns, 0.8), np.zeros(len(time_ns))])
    assert not blinks(track_with(time_ns, shut=shut))


def test_lids_without_the_score_are_not_a_blink() -> None:
    time_ns = times(2, 30)
    still = np.full(len(time_ns), 0.05)
    track = track_with(time_ns, shut=blink(time_ns, 0.8), eyeBlinkLeft=still, eyeBlinkRight=still)
    assert not blinks(track)


def test_a_blink_cut_by_a_gap_or_the_end_is_not_told() -> None:
    time_ns = times(2, 30)
    shut = blink(time_ns, -0.08) + blink(time_ns, 0.8) + blink(time_ns, 1.85)
    shut[(time_ns >= 0.9 * S) & (time_ns < 1.4 * S)] = np.nan
    assert not blinks(track_with(time_ns, shut=shut))


# Speaking


def syllables(time_ns: Times, start_s: float, end_s: float, rate_hz: float, height: float = 0.1) -> Course:
    """Lips that part at an uneven rate and by an uneven width, sometimes with a breath between."""
    chance = np.random.default_rng(11)
    course, now = np.full(len(time_ns), 0.02), start_s
    while now < end_s:
        length_s = chance.uniform(0.75, 1.3) / rate_hz
        share = np.clip((time_ns / S - now) / length_s, 0, 1)
        course += height * chance.uniform(0.5, 1) * np.sin(np.pi * share) ** 2
        now += length_s + (0.2 if chance.random() < 0.1 else 0)
    return course


@pytest.mark.parametrize(("fps", "uneven"), RATES)
@pytest.mark.parametrize("rate_hz", [3.0, 4.5, 6.0])
def test_speech_is_speaking_and_silence_is_not(fps: float, uneven: bool, rate_hz: float) -> None:
    time_ns = times(8, fps, uneven=uneven)
    jitter = np.random.default_rng(2).normal(0, 0.003, len(time_ns))
    flags = speaking(track_with(time_ns, lips=syllables(time_ns, 2, 6, rate_hz) + jitter))
    during = (time_ns > 2.3 * S) & (time_ns < 5.7 * S)
    assert flags[during].mean() > 0.9
    assert not flags[(time_ns < 1.8 * S) | (time_ns > 6.5 * S)].any()


def test_opening_the_mouth_once_is_not_speaking() -> None:
    time_ns = times(4, 30)
    for rise_s, hold_s in ((0.1, 0.1), (0.3, 1.0), (0.8, 0.5)):
        apex_s = 1 + rise_s
        moved = rise_and_fall(time_ns, 1.0, apex_s, apex_s + hold_s, apex_s + hold_s + rise_s)
        assert not speaking(track_with(time_ns, lips=0.02 + 0.3 * moved)).any()


def test_chewing_slowly_or_trembling_is_not_speaking() -> None:
    time_ns = times(6, 60)
    for rate_hz in (1.0, 1.3, 10.0):
        lips = 0.05 + 0.04 * np.sin(2 * np.pi * rate_hz * time_ns / S)
        assert not speaking(track_with(time_ns, lips=lips)).any()


def test_a_smile_that_parts_the_lips_is_not_speaking() -> None:
    time_ns = times(4, 30)
    smile = 0.2 * rise_and_fall(time_ns, 1.0, 1.3, 3.0, 3.5)
    jitter = np.random.default_rng(3).normal(0, 0.006, len(time_ns))
    assert not speaking(track_with(time_ns, lips=0.03 + smile + jitter)).any()


def test_without_a_face_nobody_speaks() -> None:
    time_ns = times(6, 30)
    lips = syllables(time_ns, 1, 5, 4.5)
    lips[(time_ns > 2.5 * S) & (time_ns < 3 * S)] = np.nan
    track = track_with(time_ns, lips=lips)
    flags = speaking(track)
    assert not flags[~track.face].any()
    assert flags[(time_ns > 1.4 * S) & (time_ns < 2.4 * S)].all()
    assert flags[(time_ns > 3.5 * S) & (time_ns < 4.6 * S)].all()


# The rest


def test_departure_is_how_far_the_face_left_its_rest() -> None:
    time_ns = times(3, 30)
    smile = 0.6 * rise_and_fall(time_ns, 1.0, 1.4, 2.0, 2.5)
    course = departure(
        track_with(time_ns, mouthSmileLeft=0.1 + smile, mouthSmileRight=0.1 + smile),
        neutral_ns=300 * MS,
        blinked=(),
    )
    assert course == pytest.approx(np.tanh(np.sqrt(2) * smile), abs=1e-6)


def test_departure_takes_off_what_a_blink_does_to_the_brows() -> None:
    time_ns = times(3, 30)
    shut = blink(time_ns, 1.0)
    track = track_with(time_ns, shut=shut, browOuterUpLeft=0.1 + 0.15 * shut)
    course = departure(track, neutral_ns=2500 * MS, blinked=blinks(track))
    assert course.max() < 0.06 < LEAST
    assert departure(track, neutral_ns=2500 * MS, blinked=()).max() > LEAST


def test_departure_without_a_face_at_rest_is_not_known() -> None:
    time_ns = times(1, 30)
    lips = np.where(time_ns < 0.5 * S, np.nan, 0.02)
    track = track_with(time_ns, lips=lips)
    assert np.isnan(departure(track, neutral_ns=0, blinked=())).all()
    assert np.isnan(departure(track, neutral_ns=None, blinked=())).all()
    assert np.array_equal(np.isfinite(departure(track, neutral_ns=900 * MS, blinked=())), track.face)


def test_a_clip_without_a_face_tells_nothing() -> None:
    track = track_with(times(1, 30), lips=np.full(30, np.nan))
    assert blinks(track) == ()
    assert not speaking(track).any()
