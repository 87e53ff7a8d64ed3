import numpy as np
import pytest

from attune.people.head import Head
from attune.people.parts import Floats
from attune.people.shapes import SHAPES, shape_weights
from attune.people.wrinkles import FRONT_Z, WRINKLES, wrinkle_depths, wrinkle_drive

REST = np.zeros(len(SHAPES), np.float32)


@pytest.fixture(scope="module")
def places(head: Head) -> Floats:
    return head.grid(1).subdivide(head.base)


@pytest.fixture(scope="module")
def depths(places: Floats) -> Floats:
    return wrinkle_depths(places, seed=5)


@pytest.mark.parametrize(
    ("name", "middle"),
    [
        ("forehead_left", (0.28, 7.80)),
        ("forehead_middle", (0.0, 7.80)),
        ("glabella_left", (0.06, 7.47)),
        ("crow_left", (0.54, 7.29)),
        ("bunny_left", (0.065, 7.24)),
        ("nasolabial_left", (0.25, 6.80)),
        ("eye_left", (0.29, 7.17)),
        ("chin", (0.0, 6.44)),
    ],
)
def test_a_fold_lies_where_its_name_says(
    places: Floats, depths: Floats, name: str, middle: tuple[float, float]
) -> None:
    folded = -depths[:, WRINKLES.index(name)].clip(max=0)
    centre = (places[:, :2] * folded[:, None]).sum(axis=0) / folded.sum()
    assert centre == pytest.approx(middle, abs=0.07)


def test_folds_are_shallow_finite_and_only_in_front(places: Floats, depths: Floats) -> None:
    assert depths.shape == (len(places), len(WRINKLES))
    assert np.isfinite(depths).all()
    assert np.abs(depths).max() < 0.02
    assert not depths[places[:, 2] <= FRONT_Z].any()
    assert (depths.min(axis=0) < -0.001).all()


def test_the_same_person_folds_alike_and_another_differently(places: Floats, depths: Floats) -> None:
    assert np.array_equal(depths, wrinkle_depths(places, seed=5))
    assert not np.array_equal(depths, wrinkle_depths(places, seed=6))


def test_a_smooth_face_at_rest_has_no_fold_and_an_old_one_has() -> None:
    assert not wrinkle_drive(REST, lines=0.0).any()
    assert (wrinkle_drive(REST, lines=1.0) > 0).all()


@pytest.mark.parametrize(
    ("unit", "folds"),
    [
        ("browInnerUp", {"forehead_middle"}),
        ("browDownRight", {"glabella_right"}),
        ("cheekSquintLeft", {"crow_left", "eye_left"}),
        ("noseSneerRight", {"bunny_right", "nasolabial_right"}),
        ("mouthSmileLeft", {"nasolabial_left"}),
        ("mouthShrugLower", {"chin"}),
    ],
)
def test_a_unit_folds_its_own_side_most(unit: str, folds: set[str]) -> None:
    drive = dict(zip(WRINKLES, wrinkle_drive(shape_weights({unit: 1.0}), lines=0.0), strict=True))
    assert {name for name in drive if drive[name] > 0.35} == folds
    other = {"Left": "_right", "Right": "_left"}.get(unit[-4:] if unit.endswith("Left") else unit[-5:])
    assert not other or not any(drive[name] for name in drive if name.endswith(other))


def test_an_old_face_folds_deeper() -> None:
    raised = shape_weights({"browInnerUp": 0.8})
    assert (wrinkle_drive(raised, lines=1.0) > wrinkle_drive(raised, lines=0.0)).all()
