import cv2
import numpy as np
import pytest

from attune.perception.likeness import SQUARES, likeness, unlike
from attune.perception.track import FaceMeasurement
from attune.perception.tracker import FaceTracker
from tests.perception.scenes import Picture, drawn_head


def test_looks_stay_when_the_head_leans_and_comes_nearer(
    tracker: FaceTracker, astronaut: Picture, face: FaceMeasurement
) -> None:
    upright = likeness(astronaut, face.landmarks)
    assert upright.shape == (SQUARES, SQUARES, 3)
    turn = cv2.getRotationMatrix2D((230, 130), 30, 1.6)
    leaning = np.asarray(cv2.warpAffine(astronaut, turn, (512, 512)), np.uint8)
    found = tracker.measure_picture(leaning)
    assert found is not None
    assert unlike(upright, likeness(leaning, found.landmarks)) < 0.08


def test_different_people_look_different(
    tracker: FaceTracker, astronaut: Picture, face: FaceMeasurement
) -> None:
    known = {"astronaut": likeness(astronaut, face.landmarks)}
    for name in ("chi", "dayo", "esi", "finn"):
        picture = drawn_head(name, 200).rgb
        found = tracker.measure_picture(picture)
        assert found is not None
        known[name] = likeness(picture, found.landmarks)
    values = list(known.values())
    assert min(unlike(one, other) for one in values for other in values if one is not other) > 0.09


def test_a_face_that_leaves_the_picture_still_has_looks(astronaut: Picture, face: FaceMeasurement) -> None:
    away = face.landmarks + np.array([0.6, -0.4, 0], np.float32)
    assert np.isfinite(likeness(astronaut, away)).all()
    assert unlike(likeness(astronaut, face.landmarks), likeness(astronaut, face.landmarks)) == pytest.approx(
        0
    )
