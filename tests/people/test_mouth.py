import numpy as np
import pytest

from attune.people.head import Head
from attune.people.mouth import Mouth
from attune.people.person import Skin
from attune.people.sculpt import Shape, sculpt
from attune.people.shapes import SHAPES
from tests.people.surfaces import assert_well_made, somebody

LEVEL = 1


@pytest.fixture(scope="module")
def shape(head: Head) -> Shape:
    return sculpt(head, somebody(), level=LEVEL)


@pytest.fixture(scope="module")
def mouth(head: Head, shape: Shape) -> Mouth:
    return Mouth(head, shape, somebody())


def opened(head: Head, shape: Shape, amount: float) -> np.ndarray:
    base = shape.base.astype(np.float64)
    head.units.add(base, SHAPES.index("jawOpen"), amount)
    return base.astype(np.float32)


def test_teeth_and_tongue_are_well_made(mouth: Mouth) -> None:
    assert [surface.name for surface in mouth.surfaces] == ["teeth", "tongue"]
    for surface in mouth.surfaces:
        assert_well_made(surface)


def test_at_rest_the_teeth_are_behind_the_lips(head: Head, shape: Shape, mouth: Mouth) -> None:
    teeth = mouth.pose(shape.base)["teeth"][0]
    lips = shape.skin[head.lips(LEVEL) > 0.5]
    for side in (-0.15, 0.0, 0.15):
        near = np.abs(teeth[:, 0] - side) < 0.05
        lip = lips[np.abs(lips[:, 0] - side) < 0.05]
        assert teeth[near, 2].max() < lip[:, 2].max() - 0.03
    inside = shape.skin[head.inner_mouth(LEVEL) > 0.5]
    assert np.abs(teeth[:, 0]).max() < np.abs(inside[:, 0]).max() + 0.02
    assert teeth[:, 1].min() > inside[:, 1].min()
    assert teeth[:, 1].max() < inside[:, 1].max()


def test_the_jaw_takes_the_lower_teeth_along_and_leaves_the_upper(
    head: Head, shape: Shape, mouth: Mouth
) -> None:
    rest, wide = (mouth.pose(opened(head, shape, amount))["teeth"][0] for amount in (0.0, 0.6))
    moved = np.linalg.norm(wide - rest, axis=1)
    upper = moved < 1e-5
    assert 0.4 < upper.mean() < 0.6
    assert moved[~upper].min() > 0.03
    assert wide[~upper, 1].mean() < rest[~upper, 1].mean() - 0.1


def test_teeth_keep_their_shape(head: Head, shape: Shape, mouth: Mouth) -> None:
    rest, wide = (mouth.pose(opened(head, shape, amount))["teeth"][0] for amount in (0.0, 1.0))
    half = len(rest) // 2 + 200
    before, after = (np.linalg.norm(np.diff(points[half:], axis=0), axis=1) for points in (rest, wide))
    assert after == pytest.approx(before, abs=1e-4)


def test_light_hardly_gets_to_the_back_of_the_mouth(mouth: Mouth) -> None:
    for surface in mouth.surfaces:
        ahead = surface.rest[:, 2]
        front, back = (
            surface.occlusion[where] for where in (ahead > ahead.max() - 0.05, ahead < ahead.min() + 0.15)
        )
        assert back.mean() < 0.65 * front.mean()


def test_the_same_seed_gives_the_same_teeth_and_years_yellow_them(
    head: Head, shape: Shape, mouth: Mouth
) -> None:
    again = Mouth(head, shape, somebody()).surfaces[0]
    assert np.array_equal(again.rest, mouth.surfaces[0].rest)
    old = Mouth(head, shape, somebody(skin=Skin(tone=0.4, lines=1.0))).surfaces[0]
    assert old.albedo[:100, 2].mean() < 0.9 * again.albedo[:100, 2].mean()
