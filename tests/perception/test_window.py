import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.perception.window import (
    FIELD_DEG,
    LEAST,
    MARGIN,
    MOST,
    OVERLAP,
    SMALLEST,
    Box,
    Window,
    windows,
)
from tests.perception.faces import some_face

SIDES = st.integers(16, 2000)


def whole(width: int, height: int) -> Window:
    return Window(0, 0, width, height)


@st.composite
def faces(draw: st.DrawFn) -> tuple[Window, Box]:
    frame = whole(draw(SIDES), draw(SIDES))
    size = draw(st.floats(4, max(frame.width, frame.height)))
    left, top = draw(st.floats(-size / 2, frame.width)), draw(st.floats(-size / 2, frame.height))
    return frame, Box(left, top, left + size, top + 1.2 * size)


@given(SIDES, SIDES)
def test_windows_lie_in_the_frame_and_cover_it(width: int, height: int) -> None:
    frame = whole(width, height)
    for window in windows(frame):
        assert SMALLEST <= window.width == window.height <= min(width, height)
        assert 0 <= window.left <= width - window.width
        assert 0 <= window.top <= height - window.height


def test_what_one_window_cuts_in_two_lies_whole_in_another() -> None:
    frame = whole(1280, 720)
    found = windows(frame)
    assert len(found) == 18
    side = min(window.width for window in found)
    size = OVERLAP * side - 2
    for left in range(0, 1280 - math.ceil(size), 7):
        for top in range(0, 720 - math.ceil(size), 7):
            assert any(
                window.left <= left
                and window.top <= top
                and left + size <= window.left + side
                and top + size <= window.top + side
                for window in found
                if window.width == side
            )


def test_a_tiny_frame_has_no_windows() -> None:
    assert windows(whole(90, 80)) == []


@given(faces())
def test_a_face_is_followed_inside_the_frame(case: tuple[Window, Box]) -> None:
    frame, box = case
    window = frame.around(box)
    assert window.left >= 0
    assert window.top >= 0
    assert window.left + window.width <= frame.width
    assert window.top + window.height <= frame.height
    assert frame.holds(box, frame)


def test_a_window_is_left_before_its_face_is_cut() -> None:
    frame = whole(1280, 720)
    box = Box(600, 300, 660, 360)
    window = frame.around(box)
    assert window.width == 180
    assert window.holds(box, frame)
    step = 180 / 2 - 30 - MARGIN * 60  # as far as it may go
    for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        held = Box(
            *(edge + (step - 1) * way for edge, way in zip(_edges(box), (right, down) * 2, strict=True))
        )
        gone = Box(
            *(edge + (step + 1) * way for edge, way in zip(_edges(box), (right, down) * 2, strict=True))
        )
        assert window.holds(held, frame)
        assert not window.holds(gone, frame)


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


@pytest.mark.parametrize(("share", "held"), [(LEAST - 0.02, False), (0.3, True), (MOST + 0.02, False)])
def test_a_window_is_left_when_the_face_grew_or_shrank(share: float, *, held: bool) -> None:
    window, half = Window(500, 200, 200, 200), share * 100
    box = Box(600 - half, 300 - half, 600 + half, 300 + half)
    assert window.holds(box, whole(1280, 720)) is held


def test_at_the_edge_of_the_frame_a_face_is_held() -> None:
    frame = whole(1280, 720)
    box = Box(0, 0, 60, 60)
    assert frame.around(box).holds(box, frame)


@given(st.integers(0, 400), st.integers(0, 200))
def test_landmarks_stay_on_their_pixels(left: int, top: int) -> None:
    window, frame = Window(left, top, 240, 160), whole(640, 360)
    inside = some_face().landmarks
    seen = window.landmarks_in(frame, inside)
    assert seen[:, :2] * (640, 360) == pytest.approx(inside[:, :2] * (240, 160) + (left, top), abs=1e-2)
    assert seen[:, 2] * 640 == pytest.approx(inside[:, 2] * 240, abs=1e-2)


@given(st.integers(0, 400), st.integers(0, 200))
def test_a_matrix_puts_the_face_on_the_same_pixel_at_the_same_size(left: int, top: int) -> None:
    window, frame = Window(left, top, 240, 160), whole(640, 360)
    inside = np.eye(4, dtype=np.float32)
    inside[:3, 3] = 3.0, -2.0, -40.0
    x, y, size = _picture(window, inside)
    there = _picture(frame, window.matrix_in(frame, inside))
    assert there == pytest.approx((x + left, y + top, size), abs=1e-2)


@given(st.integers(0, 400), st.integers(0, 200))
def test_upside_down_everything_lies_opposite(left: int, top: int) -> None:
    plain, frame = Window(left, top, 240, 160), whole(640, 360)
    turned = replace(plain, turned=True)
    inside, there = some_face().landmarks, np.eye(4, dtype=np.float32)
    seen, opposite = (window.landmarks_in(frame, inside) * (640, 360, 640) for window in (plain, turned))
    assert (seen + opposite)[:, :2] == pytest.approx(
        np.broadcast_to((2 * left + 240, 2 * top + 160), (478, 2)), abs=1e-2
    )
    assert seen[:, 2] == pytest.approx(opposite[:, 2])
    there[:3, 3] = 3.0, -2.0, -40.0
    moved = turned.matrix_in(frame, there)
    x, y, size = _picture(turned, there)
    assert _picture(frame, moved) == pytest.approx((left + 240 - x, top + 160 - y, size), abs=1e-2)
    assert np.diag(moved)[:3].tolist() == [-1, -1, 1]


def test_a_turned_window_shows_its_part_upside_down() -> None:
    rgb = np.arange(40 * 60 * 3, dtype=np.uint8).reshape(40, 60, 3)
    part = Window(5, 10, 20, 15, turned=True).cut(rgb)
    assert part.flags.c_contiguous
    assert np.array_equal(part[::-1, ::-1], rgb[10:25, 5:25])


def _picture(window: Window, matrix: np.ndarray) -> tuple[float, float, float]:
    """Pixel (x, y) of a head's middle, and pixels of a centimetre there."""
    x, y, z = matrix[:3, 3]
    focal = window.height / 2 / math.tan(math.radians(FIELD_DEG / 2))
    return window.width / 2 + focal * x / -z, window.height / 2 - focal * y / -z, focal / -z


def test_cutting() -> None:
    rgb = np.arange(40 * 60 * 3, dtype=np.uint8).reshape(40, 60, 3)
    part = Window(5, 10, 20, 15).cut(rgb)
    assert part.flags.c_contiguous
    assert np.array_equal(part, rgb[10:25, 5:25])


def test_a_face_alone_is_all_that_is_lit() -> None:
    rgb = np.full((400, 600, 3), 200, np.uint8)
    box = Box(200, 150, 260, 210)
    lit = Window(100, 50, 300, 300).cut_alone(rgb, box)[..., 0] > 0
    rows, columns = np.flatnonzero(lit.any(axis=1)), np.flatnonzero(lit.any(axis=0))
    assert (columns[0], columns[-1]) == (76, 183)  # 1.8 times 60, around 230 - 100
    assert (rows[0], rows[-1]) == (76, 183)


def test_a_large_face_is_alone_too() -> None:
    rgb = np.full((360, 640, 3), 200, np.uint8)
    lit = Window.whole(rgb).cut_alone(rgb, Box(380, 116, 584, 320))[..., 0] > 0
    columns = np.flatnonzero(lit.any(axis=0))
    assert (columns[0], columns[-1]) == (298, 639)  # nobody to the left of it is seen


def test_how_far_apart() -> None:
    one = Box(0, 0, 10, 10)
    assert one.apart(one) == 0
    assert one.apart(Box(10, 0, 30, 20)) == pytest.approx(math.hypot(15, 5) / 20)
