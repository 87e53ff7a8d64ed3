"""Where the camera stands."""

from collections.abc import Sequence
from math import pi

import numpy as np
import pytest
from numpy.typing import NDArray

from attune.people.camera import AIM, FRONT, MIDDLE, RADIUS, View, look_along, place
from attune.people.parts import Floats

CHIN, CROWN = (0.0, 6.15, 1.4), (0.0, 8.45, 0.5)
EAR_LEFT, EAR_RIGHT = (0.95, 7.2, 0.3), (-0.95, 7.2, 0.3)


def seen(matrix: Floats, point: Sequence[float]) -> NDArray[np.float64]:
    clip = matrix @ np.array([*point, 1.0])
    return clip[:3] / clip[3]


@pytest.mark.parametrize("size", [(512, 512), (1920, 1080), (300, 900), (16, 4096)])
def test_the_whole_head_is_in_the_picture_however_narrow(size: tuple[int, int]) -> None:
    matrix = place(FRONT, size).matrix
    for point in (CHIN, CROWN, EAR_LEFT, EAR_RIGHT):
        assert np.all(np.abs(seen(matrix, point)) < 1)


def test_the_persons_left_is_seen_on_the_right_and_up_is_up() -> None:
    matrix = place(FRONT, (512, 512)).matrix
    assert seen(matrix, EAR_LEFT)[0] > 0 > seen(matrix, EAR_RIGHT)[0]
    assert seen(matrix, CROWN)[1] > seen(matrix, CHIN)[1]


def test_a_view_from_their_left_shows_the_left_ear_nearer() -> None:
    matrix = place(View(yaw=pi / 2), (512, 512)).matrix
    assert seen(matrix, EAR_LEFT)[2] < seen(matrix, EAR_RIGHT)[2]


def test_zoom_makes_the_head_larger_and_keeps_its_middle() -> None:
    near, far = (place(View(zoom=zoom), (512, 512)).matrix for zoom in (2.0, 1.0))
    assert seen(near, EAR_LEFT)[0] == pytest.approx(2 * seen(far, EAR_LEFT)[0], rel=1e-5)
    assert seen(near, AIM)[:2] == pytest.approx((0, 0), abs=1e-5)


def test_a_pixel_is_as_large_as_the_matrix_makes_it() -> None:
    camera = place(FRONT, (400, 400))
    away = np.linalg.norm(camera.eye - np.array(AIM))
    aside = seen(camera.matrix, (AIM[0] + camera.pixel * away, AIM[1], AIM[2]))[0] * 400 / 2
    assert aside == pytest.approx(1, rel=1e-4)


def test_looking_straight_down_is_possible() -> None:
    assert np.isfinite(place(View(pitch=pi / 2), (64, 64)).matrix).all()


def test_a_view_without_perspective_shows_the_ball_and_what_is_nearer_has_less_depth() -> None:
    way = np.array([0.0, 0.0, 1.0])
    matrix = look_along(way, MIDDLE, RADIUS)
    assert seen(matrix, MIDDLE + way * RADIUS)[2] < seen(matrix, MIDDLE - way * RADIUS)[2]
    assert seen(matrix, MIDDLE + np.array([RADIUS, 0, 0]))[0] == pytest.approx(1, rel=1e-5)
