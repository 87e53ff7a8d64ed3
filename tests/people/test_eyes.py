import numpy as np
import pytest

from attune.people.eyes import AROUND, FIT, Eyeballs
from attune.people.head import Head
from attune.people.person import EyeColour, Eyes
from attune.people.sculpt import Shape, sculpt
from tests.people.surfaces import assert_well_made, somebody

AHEAD = np.zeros(2, np.float32)
LIGHT = np.array([0.2126, 0.7152, 0.0722])


@pytest.fixture(scope="module")
def shape(head: Head) -> Shape:
    return sculpt(head, somebody(), level=0)


@pytest.fixture(scope="module")
def eyes(shape: Shape) -> Eyeballs:
    return Eyeballs(shape, Eyes(colour=EyeColour.BLUE), seed=1)


@pytest.mark.parametrize("colour", EyeColour)
def test_eyes_of_every_colour_are_well_made(shape: Shape, colour: EyeColour) -> None:
    made = Eyeballs(shape, Eyes(colour=colour), seed=1).surfaces
    assert [s.name for s in made] == ["eye_left", "cornea_left", "eye_right", "cornea_right"]
    for surface in made:
        assert_well_made(surface)


def test_an_eye_goes_all_the_way_round(eyes: Eyeballs) -> None:
    """Its quads share every edge but those of the hole at the back: no seam to see through."""
    quads = eyes.surfaces[0].quads
    ends = np.sort(np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2), axis=1)
    edges, times = np.unique(ends, axis=0, return_counts=True)
    front = edges[times == 1]
    rest = eyes.surfaces[0].rest
    at_the_back, in_the_pupil = rest[front, 2] < -0.5, np.hypot(*rest[front, :2].T).T < 1e-6
    assert (at_the_back | in_the_pupil).all()
    azimuth = np.arctan2(rest[:, 1], rest[:, 0])
    assert np.ptp(azimuth) > 2 * np.pi * 0.98


def test_the_pupil_is_black_the_white_is_light_and_the_iris_has_a_dark_rim(eyes: Eyeballs) -> None:
    eye = eyes.surfaces[0]
    polar = np.arctan2(np.hypot(*eye.rest[:, :2].T), eye.rest[:, 2])
    light = eye.albedo @ LIGHT
    rim = polar[light < 0.9 * light[polar > 0.6].min()].max()
    assert light[polar < 0.2 * rim].max() < 0.01
    assert light[(polar > 1.3 * rim) & (polar < 0.9)].min() > 0.25
    assert (
        light[(polar > 0.9 * rim) & (polar < 0.96 * rim)].mean()
        < 0.7 * light[(polar > 0.55 * rim) & (polar < 0.75 * rim)].mean()
    )


def test_gaze_turns_the_eyes_where_it_says(eyes: Eyeballs) -> None:
    pupil = eyes.surfaces[0].rest.argmax(axis=0)[2]
    ahead = eyes.pose(AHEAD)["eye_left"][0][pupil]
    left = eyes.pose(np.array([0.3, 0.0], np.float32))["eye_left"][0][pupil]
    down = eyes.pose(np.array([0.0, 0.2], np.float32))["eye_left"][0][pupil]
    assert left[0] > ahead[0] + 0.03
    assert down[1] < ahead[1] - 0.02


def test_both_eyes_meet_in_front(eyes: Eyeballs) -> None:
    posed = eyes.pose(AHEAD)
    inward = [posed[f"cornea_{side}"][1][:AROUND].mean(axis=0) for side in ("left", "right")]
    assert inward[0][0] < 0 < inward[1][0]


def test_no_part_but_the_cornea_leaves_the_socket(shape: Shape, eyes: Eyeballs) -> None:
    posed = eyes.pose(np.array([0.4, 0.2], np.float32))
    for side, (centre, radius) in zip(("left", "right"), shape.eyes, strict=True):
        ball, dome = (posed[f"{part}_{side}"][0] for part in ("eye", "cornea"))
        assert np.linalg.norm(ball - centre, axis=1).max() <= radius * FIT * 1.001
        out = np.linalg.norm(dome - centre, axis=1)
        assert out.max() > np.linalg.norm(ball - centre, axis=1).max()
        assert out.max() < radius * 1.09


def test_normals_are_unit_and_outward(shape: Shape, eyes: Eyeballs) -> None:
    for name, (positions, normals) in eyes.pose(np.array([-0.3, 0.1], np.float32)).items():
        centre = shape.eyes[0 if name.endswith("left") else 1][0]
        assert np.linalg.norm(normals, axis=1) == pytest.approx(1, abs=1e-4)
        assert np.einsum("ij,ij->i", positions - centre, normals).min() > 0
