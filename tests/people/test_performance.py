"""A performance is exact, lives, and is the same each time."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.people.expression import changed, load_expressions
from attune.people.performance import Performance, perform, posed, still
from attune.people.shapes import SHAPES
from attune.people.timing import Timing, brief
from attune.people.units import AMOUNTS, PLACES, Unit, places, shapes_of

CARRIED = load_expressions()
MOVED = sorted(set(CARRIED) - {"neutral"})
LIDS = PLACES["AU45_left"]


def arrays(performance: Performance) -> dict[str, np.ndarray]:
    names = ("time_ns", "strength", "amounts", "shapes", "gaze", "head", "shift", "breath")
    return {name: getattr(performance, name) for name in names}


@given(
    st.sampled_from(MOVED), st.floats(0.05, 1), st.integers(0, 10_000), st.sampled_from([25.0, 30.0, 60.0])
)
def test_the_moments_named_hold(name: str, intensity: float, seed: int, fps: float) -> None:
    expression = CARRIED[name]
    found = perform(expression, intensity=intensity, seed=seed, fps=fps)
    time_s = found.time_ns / 1e9
    assert found.onset_s is not None
    assert found.apex_s is not None
    assert found.offset_s is not None
    # Nothing but tone before the onset and after the end; all of it at the apex, a side up to an eighth less.
    before, after = found.amounts[time_s <= found.onset_s], found.amounts[time_s > found.offset_s]
    lids = list(places(Unit.AU45))
    assert np.delete(before, lids, axis=1).max() < 0.04
    assert np.delete(after, lids, axis=1).max() < 0.04
    apex = found.amounts[np.argmax(time_s >= found.apex_s)]
    wanted = expression.amounts(intensity)
    assert np.all(apex <= wanted + 0.05)
    assert np.all(apex >= wanted * 0.7 - 0.1)
    assert found.amounts[0, LIDS] == found.amounts[-1, LIDS] == 0
    assert found.amounts[np.argmax(time_s >= found.apex_s), LIDS] == 0
    for array in arrays(found).values():
        assert len(array) == len(found)
        assert np.all(np.isfinite(array))


@settings(max_examples=25)
@given(st.sampled_from(sorted(CARRIED)), st.integers(0, 10_000))
def test_the_same_seed_gives_the_same_to_the_bit(name: str, seed: int) -> None:
    one, two = (arrays(perform(CARRIED[name], seed=seed, intensity=0.7)) for _ in range(2))
    other = arrays(perform(CARRIED[name], seed=seed + 1, intensity=0.7))
    for key, array in one.items():
        assert array.tobytes() == two[key].tobytes()
    assert one["head"].tobytes()[:64] != other["head"].tobytes()[:64]


def test_strength_grows_with_intensity() -> None:
    apexes = []
    for intensity in (0.2, 0.5, 1.0):
        found = perform(CARRIED["anger"], intensity=intensity, seed=4)
        apexes.append(found.amounts[:, PLACES["AU4_left"]].max())
        assert found.strength.max() == pytest.approx(intensity, abs=0.02)
    assert apexes == sorted(apexes)


def test_sides_differ_a_little_and_units_do_not_move_in_step() -> None:
    found = perform(CARRIED["happiness"], seed=1, fps=250)
    left, right = found.amounts[:, PLACES["AU12_left"]], found.amounts[:, PLACES["AU12_right"]]
    assert 0 < abs(left.max() - right.max()) < 0.15
    halves = [np.argmax(found.amounts[:, place] > 0.4) for place in (PLACES["AU12_left"], PLACES["AU25"])]
    assert halves[0] != halves[1]


@given(st.sampled_from([40, 80, 120, 200, 500]), st.sampled_from([25.0, 30.0, 60.0]), st.integers(0, 500))
def test_a_brief_moment_is_there_for_exactly_its_frames(shown_ms: int, fps: float, seed: int) -> None:
    timing = brief(shown_ms / 1000, start_s=0.6, fps=fps)
    found = perform(CARRIED["surprise"], timing=timing, seconds=1.6, fps=fps, seed=seed)
    there = np.flatnonzero(found.amounts[:, PLACES["AU2_left"]] > 0.5)
    assert len(there) == max(1, round(shown_ms * fps / 1000))
    assert np.all(np.diff(there) == 1)
    assert not found.amounts[there[0] - 2 : there[-1] + 2, LIDS].any()


def test_neutral_has_no_moments() -> None:
    for found in (perform(CARRIED["neutral"], seed=2), perform(CARRIED["fear"], intensity=0.0)):
        assert (found.onset_s, found.apex_s, found.offset_s) == (None, None, None)
        assert not found.strength.any()


def test_eyes_hold_the_viewer_while_the_head_turns() -> None:
    found = perform(CARRIED["disgust"], seed=7)
    assert np.ptp(found.head[:, 0]) > np.radians(3)
    assert np.abs(found.gaze + found.head[:, :2]).max() < np.radians(2)
    down = perform(CARRIED["sadness"], seed=7)
    apex = np.argmax(down.time_ns >= (down.apex_s or 0) * 1e9)
    assert (down.gaze + down.head[:, :2])[apex + 5, 1] > np.radians(2)


def test_a_mouth_that_speaks_leaves_the_brows_alone() -> None:
    quiet, spoken = (perform(CARRIED["anger"], seed=3, speaking=speaking) for speaking in (False, True))
    brows, jaw = PLACES["AU4_left"], PLACES["AU26"]
    np.testing.assert_array_equal(quiet.amounts[:, brows], spoken.amounts[:, brows])
    assert spoken.amounts[:, jaw].max() > 0.2 > quiet.amounts[:, jaw].max()


def test_the_truth_is_all_that_was_drawn() -> None:
    found = perform(CARRIED["contempt"], intensity=0.8, seed=9)
    truth = json.loads(json.dumps(found.truth()))
    assert (truth["emotion"], truth["intensity"], truth["apex_s"]) == ("contempt", 0.8, found.apex_s)
    assert truth["time_ns"] == found.time_ns.tolist()
    amounts = np.zeros((len(found), len(AMOUNTS)))
    for name, course in truth["units"].items():
        amounts[:, PLACES[name]] = course
    np.testing.assert_allclose(amounts, found.amounts, atol=2.5e-3)
    for name, course in truth["shapes"].items():
        np.testing.assert_allclose(course, found.shapes[:, SHAPES.index(name)], atol=6e-4)
    np.testing.assert_allclose(truth["rotation_rad"], found.head, atol=1e-4)
    assert "AU14_left" in truth["units"]
    assert "AU14_right" not in truth["units"]


def test_faces_of_frames_and_stills() -> None:
    found = perform(CARRIED["fear"], seed=1)
    face = found.face(10)
    np.testing.assert_array_equal(face.shapes, found.shapes[10])
    held = still(CARRIED["sadness"], 0.5)
    assert held.gaze[1] + held.head[1] == pytest.approx(0.5 * CARRIED["sadness"].gaze[1])
    plain = posed(CARRIED["fear"].full)
    np.testing.assert_array_equal(plain.shapes, shapes_of(CARRIED["fear"].full))
    smile = changed(CARRIED["neutral"], {"AU12_left": 1.0})
    assert still(smile).shapes[SHAPES.index("mouthSmileLeft")] == 1


def test_what_cannot_be_performed_is_refused() -> None:
    for bad in ({"intensity": 1.1}, {"seconds": 0.0}, {"seconds": 1e6}, {"fps": 0.0}):
        with pytest.raises(ValueError, match=next(iter(bad))):
            perform(CARRIED["fear"], **bad)  # type: ignore[arg-type]
    long = Timing(start_s=10, rise_s=1, hold_s=1, fall_s=1)
    assert not perform(CARRIED["fear"], timing=long, seconds=2).strength.any()
