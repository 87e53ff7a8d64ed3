import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from attune.perception.features import FEATURES, ONE_SIDED, PAIRS, SINGLES, features, logit
from attune.perception.geometry import SIDED, measures
from attune.perception.track import BLENDSHAPES, FaceMeasurement
from tests.perception.faces import changed


def of(face: FaceMeasurement) -> np.ndarray:
    return features(face.blendshapes[None], face.landmarks[None], 1.0)[0]


def test_every_feature_has_a_name_of_its_own(face: FaceMeasurement) -> None:
    assert len(set(FEATURES)) == len(FEATURES) == len(of(face))
    assert np.isfinite(of(face)).all()


def test_sides_of_blendshapes_enter_alike(face: FaceMeasurement) -> None:
    left, right = (
        changed(face, mouthSmileLeft=0.8, mouthSmileRight=0.1),
        changed(face, mouthSmileLeft=0.1, mouthSmileRight=0.8),
    )
    assert np.array_equal(of(left), of(right))
    one_sided = of(left)[FEATURES.index("mouthSmile_one_sided")]
    assert (
        one_sided
        > of(changed(face, mouthSmileLeft=0.4, mouthSmileRight=0.4))[FEATURES.index("mouthSmile_one_sided")]
    )


def test_landmarks_enter_as_mean_and_difference_of_their_sides(face: FaceMeasurement) -> None:
    """Geometry itself knows left from right; see its own tests for faces in the mirror."""
    found = measures(face.landmarks[None], 1.0)[0]
    row = of(face)
    start = len(SINGLES) + len(PAIRS) + len(ONE_SIDED)
    for index, name in enumerate(SIDED):
        left, right = found[2 * index], found[2 * index + 1]
        assert row[start + index] == (left + right) / 2, name
        assert row[start + len(SIDED) + index] == abs(left - right), name


def test_no_face_no_features() -> None:
    rows = features(np.full((2, len(BLENDSHAPES)), np.nan), np.full((2, 478, 3), np.nan), 1.0)
    assert rows.shape == (2, len(FEATURES))
    assert np.isnan(rows).all()


@given(st.floats(0, 1), st.floats(0, 1))
def test_logit_is_calm_and_keeps_order(one: float, other: float) -> None:
    low, high = (float(logit(np.array(share))) for share in sorted((one, other)))
    assert -4 < low <= high < 4
