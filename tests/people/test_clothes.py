import numpy as np
import pytest

from attune.people.clothes import PATTERNS, Garment
from attune.people.head import Head
from attune.people.person import Clothes, Cut
from attune.people.sculpt import Shape, sculpt
from tests.people.surfaces import assert_well_made, somebody

LEVEL = 1
LOWEST_SEEN = 5.3  # a little below the pictures' lower edge


@pytest.fixture(scope="module")
def shape(head: Head) -> Shape:
    return sculpt(head, somebody(), level=LEVEL)


def wearing(shape: Shape, cut: Cut, **look: float) -> Garment:
    return Garment(shape, Clothes(colour="5B6F63", cut=cut, **look))


def test_every_cut_has_a_pattern() -> None:
    assert set(PATTERNS) == set(Cut)


@pytest.mark.parametrize("cut", Cut)
def test_every_cut_is_well_made_and_stays_finite(shape: Shape, cut: Cut) -> None:
    garment = wearing(shape, cut)
    assert_well_made(garment.surface)
    posed = garment.pose(shape.skin, shape.normals)
    assert posed.shape == garment.surface.rest.shape
    assert np.isfinite(posed).all()
    assert np.abs(posed - garment.surface.rest).max() < 1.5  # on this person, not somewhere else


@pytest.mark.parametrize("cut", Cut)
def test_no_hole_between_skin_and_cloth(shape: Shape, cut: Cut) -> None:
    """Where the skin is left away there is cloth over it, and the collar's lower rows lie on cloth."""
    garment = wearing(shape, cut)
    posed = garment.pose(shape.skin, shape.normals)
    hidden = shape.skin[np.unique(shape.quads[garment.hidden])]
    inner = hidden[(np.hypot(hidden[:, 0], hidden[:, 2]) < 1.5) & (hidden[:, 1] > LOWEST_SEEN)][::7]
    nearest = np.sqrt(((inner[:, None] - posed[None]) ** 2).sum(-1).min(axis=1))
    assert nearest.max() < 0.16
    shown = np.unique(shape.quads[~garment.hidden])
    assert shape.rest[shown, 1].min() < garment.surface.rest[:, 1].max() + 0.01


@pytest.mark.parametrize("cut", Cut)
def test_the_head_stays_bare(shape: Shape, cut: Cut) -> None:
    garment = wearing(shape, cut)
    face = (shape.rest[shape.quads, 2].min(axis=1) > 0.9) & (shape.rest[shape.quads, 1].min(axis=1) > 6.3)
    assert not garment.hidden[face].any()
    assert garment.surface.rest[:, 1].max() < 6.6


def test_a_turtleneck_stands_higher_than_a_crew_neck_and_a_v_neck_reaches_lower(shape: Shape) -> None:
    bare = {}
    for cut in (Cut.TURTLENECK, Cut.CREW, Cut.V_NECK):
        garment = wearing(shape, cut)
        shown = shape.rest[np.unique(shape.quads[~garment.hidden])]
        throat = shown[(np.abs(shown[:, 0]) < 0.1) & (shown[:, 2] > 0.5)]
        bare[cut] = throat[:, 1].min()
    assert bare[Cut.TURTLENECK] > bare[Cut.CREW] + 0.1
    assert bare[Cut.CREW] > bare[Cut.V_NECK] + 0.3


def test_the_collar_lies_on_the_skin_and_goes_with_it(shape: Shape) -> None:
    garment = wearing(shape, Cut.CREW)
    posed = garment.pose(shape.skin, shape.normals)
    moved = garment.pose(shape.skin + np.array([0.1, 0, 0.2], np.float32), shape.normals)
    assert moved - posed == pytest.approx(np.tile([0.1, 0, 0.2], (len(posed), 1)), abs=1e-4)


def test_a_higher_collar_is_higher(shape: Shape) -> None:
    usual, raised = (wearing(shape, Cut.CREW, collar=height).surface.rest[:, 1].max() for height in (0, 1))
    assert raised == pytest.approx(usual + 0.1, abs=0.03)
