import json
from dataclasses import replace

import numpy as np
import pytest

from attune.perception.neutral import LEAST_FRAMES, Neutral, spread
from attune.perception.track import FaceMeasurement
from attune.perception.units import unit_amounts
from tests.perception.faces import changed, track_of


def rest_of(face: FaceMeasurement, frames: int = 40) -> Neutral:
    return Neutral.of(track_of([face] * frames))


def test_a_rest_is_the_median_without_blinks_and_gaps(face: FaceMeasurement) -> None:
    blink = changed(face, eyeBlinkLeft=0.9, eyeBlinkRight=0.9, mouthSmileLeft=1.0)
    smile = changed(face, mouthSmileLeft=1.0, mouthSmileRight=1.0)
    still = rest_of(face)
    for found in ([face, None] * 30, [face] * 20 + [blink] * 40, [face] * 40 + [smile] * 10):
        other = Neutral.of(track_of(found))
        np.testing.assert_allclose(other.channels, still.channels)
        np.testing.assert_allclose(other.features, still.features)


def test_too_little_is_no_rest(face: FaceMeasurement) -> None:
    blink = changed(face, eyeBlinkLeft=0.9, eyeBlinkRight=0.9)
    for found in ([], [face] * (LEAST_FRAMES - 1), [None] * 60, [blink] * 60):
        with pytest.raises(ValueError, match="too few"):
            Neutral.of(track_of(found))


def test_there_and_back_again(face: FaceMeasurement) -> None:
    neutral = rest_of(face)
    again = Neutral.from_json(json.loads(json.dumps(neutral.to_json())))
    np.testing.assert_array_equal(again.features, neutral.features)
    np.testing.assert_array_equal(again.channels, neutral.channels)


@pytest.mark.parametrize(
    "foreign",
    [
        {},
        {"features": {}, "channels": {}},
        {"features": [1, 2], "channels": None},
        {"features": "a", "channels": "b"},
    ],
)
def test_anything_else_is_refused(foreign: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a face at rest"):
        Neutral.from_json(foreign)


def test_numbers_that_are_none_are_refused(face: FaceMeasurement) -> None:
    data = rest_of(face).to_json()
    name = next(iter(data["features"]))
    for value in (float("nan"), "much"):
        with pytest.raises(ValueError, match=r"finite|not a face|could not convert"):
            Neutral.from_json({**data, "features": {**data["features"], name: value}})


def test_units_are_told_from_the_rest_known(face: FaceMeasurement) -> None:
    smiling = changed(face, mouthSmileLeft=0.9, mouthSmileRight=0.9)
    track = track_of([smiling] * 30)
    code = 8  # AU12 of UNITS
    own = rest_of(smiling).channels
    always = unit_amounts(track, neutral_ns=None, calm=0.0, own=own).left[:, code]
    assert np.all(always < 0.05)
    calm = replace(face, blendshapes=np.where(np.arange(52) > 0, 0.02, 0).astype(np.float32))
    now = unit_amounts(track, neutral_ns=None, calm=0.0, own=rest_of(calm).channels).left[:, code]
    assert np.all(now > 0.5)


def test_a_face_that_moves_spreads(face: FaceMeasurement) -> None:
    def found(faces: list[FaceMeasurement | None]) -> float:
        track = track_of(faces)
        return spread(track, np.ones(len(track), dtype=bool))

    blink = changed(face, eyeBlinkLeft=0.9, eyeBlinkRight=0.9)
    frown = changed(face, browDownLeft=0.9, browDownRight=0.9)
    assert found([]) == found([None] * 9) == 0
    assert found([face] * 20 + [blink] * 8) == pytest.approx(0, abs=1e-6)
    assert found([face] * 20 + [frown] * 1) == pytest.approx(0, abs=1e-6)
    assert found([face] * 20 + [frown] * 8) > 0.5
