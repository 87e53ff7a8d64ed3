from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.perception import features as module
from attune.perception.features import FEATURES, features, logit
from attune.perception.track import BLENDSHAPES, FaceMeasurement
from tests.perception.faces import turned


def of(face: FaceMeasurement, aspect: float = 1.0) -> np.ndarray:
    return features(face.blendshapes[None], face.landmarks[None], face.matrix[None], aspect)[0]


def frontal_face(face: FaceMeasurement) -> FaceMeasurement:
    """The face's own landmarks as if they had been seen from the front."""
    points = module.frontal(face.landmarks[None], face.matrix[None], 1.0)[0] * (0.2, -0.2, -0.2) + (
        0.5,
        0.5,
        0,
    )
    return replace(face, landmarks=points.astype(np.float32), matrix=turned())


def test_every_feature_has_a_name_of_its_own(face: FaceMeasurement) -> None:
    assert len(set(FEATURES)) == len(FEATURES) == len(of(face))
    assert np.isfinite(of(face)).all()


@given(st.floats(-40, 40), st.floats(-30, 30), st.floats(-60, 60), st.floats(0.5, 2.0))
def test_head_and_distance_and_frame_do_not_matter(
    face: FaceMeasurement, yaw: float, pitch: float, roll: float, aspect: float
) -> None:
    """Turning the head, moving the camera and the frame's shape leave every feature as it was."""
    straight = frontal_face(face)
    matrix = turned(yaw, pitch, roll)
    turn = matrix[:3, :3].astype(float) / 1.3
    points = (straight.landmarks - (0.5, 0.5, 0)) * (1, -1, -1) @ turn.T * 0.7
    points = (points * (1, -1, -1) + (0.4, 0.6, 0.1)) / (1, aspect, 1)
    seen = replace(straight, landmarks=points.astype(np.float32), matrix=matrix)
    assert of(seen, aspect) == pytest.approx(of(straight), abs=1e-4)


def test_a_mirrored_face_has_the_same_features(face: FaceMeasurement) -> None:
    shapes, points = face.blendshapes.copy(), face.landmarks * (-1, 1, 1) + (1, 0, 0)
    for index, name in enumerate(BLENDSHAPES):
        if name.endswith("Left"):
            other = BLENDSHAPES.index(name.removesuffix("Left") + "Right")
            shapes[[index, other]] = face.blendshapes[[other, index]]
    pairs = [pair for name, pair in vars(module).items() if name.startswith("_") and _is_pair(pair)]
    for one, other in pairs:
        points[[one, other]] = points[[other, one]]
    flip = np.diag([-1, 1, 1, 1])
    mirrored = replace(
        face,
        blendshapes=shapes,
        landmarks=points.astype(np.float32),
        matrix=(flip @ face.matrix @ flip).astype(np.float32),
    )
    assert len(pairs) == 10
    assert of(mirrored) == pytest.approx(of(face), abs=1e-4)


def _is_pair(value: object) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and all(isinstance(part, int) for part in value)


@given(st.floats(0, 1), st.floats(0, 1))
def test_logit_is_calm_and_keeps_order(one: float, other: float) -> None:
    low, high = (float(logit(np.array(share))) for share in sorted((one, other)))
    assert -4 < low <= high < 4
