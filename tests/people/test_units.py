"""Every unit is drawn, on the side it belongs to, and no mixture leaves what a face can do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from attune.people.parts import Floats
from attune.people.shapes import SHAPES
from attune.people.units import (
    AMOUNTS,
    PLACES,
    SIDED,
    UTMOST_GAZE,
    WEIGHTS,
    Unit,
    gaze_shapes,
    grade,
    places,
    shapes_of,
)
from attune.resources import Words

amounts = hnp.arrays(np.float32, len(AMOUNTS), elements=st.floats(0, 1, width=32))


def one(name: str, amount: float = 1.0) -> Floats:
    given = np.zeros(len(AMOUNTS), np.float32)
    given[PLACES[name]] = amount
    return given


def drawn(given: Floats) -> dict[str, float]:
    return {name: float(weight) for name, weight in zip(SHAPES, shapes_of(given), strict=True) if weight > 0}


@pytest.mark.parametrize("unit", Unit)
def test_every_unit_is_drawn_and_has_a_name(unit: Unit) -> None:
    assert all(WEIGHTS[place].max() > 0 for place in places(unit))
    assert Words()(f"emotions.units.{unit}")
    assert len(places(unit)) == (2 if unit in SIDED else 1)


@pytest.mark.parametrize("unit", sorted(SIDED))
def test_a_side_moves_that_side_alone(unit: Unit) -> None:
    left, right = drawn(one(f"{unit}_left")), drawn(one(f"{unit}_right"))
    assert left
    assert all(name.endswith("Left") for name in left)
    assert {name.replace("Left", "Right"): weight for name, weight in left.items()} == right


def test_lips_are_not_pressed_by_what_reads_as_a_smile() -> None:
    for unit in (Unit.AU23, Unit.AU24):
        (place,) = places(unit)
        pressed = [WEIGHTS[place][SHAPES.index(f"mouthPress{side}")] for side in ("Left", "Right")]
        assert max(pressed) <= 0.2
        assert not any(WEIGHTS[place][i] for i, name in enumerate(SHAPES) if "Smile" in name)


def test_lips_that_press_stay_together_over_a_dropped_jaw() -> None:
    assert "mouthClose" not in drawn(one("AU24"))
    assert "mouthClose" not in drawn(one("AU26"))
    both = drawn(one("AU24") + one("AU26"))
    assert both["mouthClose"] == both["jawOpen"] == 0.5


def test_lids_that_close_neither_widen_nor_narrow() -> None:
    shut = drawn(one("AU45_left") + one("AU5_left") + one("AU7_left") + one("AU5_right"))
    assert shut == {"eyeBlinkLeft": 1.0, "eyeWideRight": 1.0}


@given(amounts)
def test_no_mixture_leaves_what_a_face_can_do(given: Floats) -> None:
    shapes = shapes_of(given)
    assert shapes.shape == (52,)
    assert np.all((shapes >= 0) & (shapes <= 1))
    assert shapes[SHAPES.index("mouthClose")] <= shapes[SHAPES.index("jawOpen")]


@given(hnp.arrays(np.float32, (4, len(AMOUNTS)), elements=st.floats(0, 1, width=32)))
def test_many_frames_are_drawn_like_each(given: Floats) -> None:
    together = shapes_of(given)
    for frame, expected in zip(given, together, strict=True):
        np.testing.assert_allclose(shapes_of(frame), expected, atol=1e-6)


def test_lids_follow_the_eyes() -> None:
    looks = dict(zip(SHAPES, gaze_shapes((UTMOST_GAZE / 2, UTMOST_GAZE)), strict=True))
    assert {name: weight for name, weight in looks.items() if weight} == {
        "eyeLookDownLeft": 1.0,
        "eyeLookDownRight": 1.0,
        "eyeLookInRight": 0.5,
        "eyeLookOutLeft": 0.5,
    }


def test_grades_are_those_of_facs() -> None:
    assert [grade(amount) for amount in (0.0, 0.1, 0.2, 0.5, 0.7, 1.0)] == ["", "A", "B", "C", "D", "E"]
