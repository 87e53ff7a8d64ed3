"""Pictures that are no portrait: a measurement or None, with the real model, never a crash or an old face."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from skimage import data

from attune.media.open import open_media
from attune.perception.faces import FacesTracker
from attune.perception.track import BLENDSHAPES, HOLD, MEASURED, FaceMeasurement, TrackBuilder
from attune.perception.tracker import FaceTracker
from tests.perception.faces import track_of
from tests.perception.scenes import FRAME_NS, Picture, astronaut_head, put, room

NEAR = 0.06  # of the picture's width: as far as the middle of a face may be off


@pytest.fixture(scope="module")
def portrait() -> Picture:
    """The astronaut's head and shoulders, (440, 440, 3), her face 175 pixels wide."""
    return np.asarray(cv2.resize(data.astronaut()[10:235, 115:340], (440, 440)), np.uint8)


@pytest.fixture(scope="module")
def plain(model: Path, portrait: Picture) -> FaceMeasurement:
    with FaceTracker(model) as tracker:
        found = tracker.measure_picture(portrait)
    assert found is not None
    return found


def check(found: FaceMeasurement | None) -> FaceMeasurement | None:
    """What holds for every measurement."""
    if found is not None:
        for name, shape in MEASURED.items():
            values = getattr(found, name)
            assert values.shape == shape
            assert np.isfinite(values).all()
        assert found.blendshapes.min() >= 0
        assert found.blendshapes.max() <= 1
        assert 0 <= found.light.min() <= found.light.max() <= 1
    return found


def pixels(face: FaceMeasurement, picture: Picture, *points: int) -> np.ndarray:
    """Landmarks (k, 2) as whole pixels."""
    return np.rint(face.landmarks[list(points), :2] * picture.shape[1::-1]).astype(np.int32)


def sunglasses(picture: Picture, face: FaceMeasurement) -> Picture:
    worn = picture.copy()
    left, right = pixels(face, picture, 33, 133).mean(axis=0), pixels(face, picture, 362, 263).mean(axis=0)
    radius = round(float(np.hypot(*(right - left))) * 0.42)
    for eye in (left, right):
        cv2.circle(worn, tuple(map(round, eye)), radius, (15, 15, 20), -1, cv2.LINE_AA)
    cv2.line(worn, tuple(map(round, left)), tuple(map(round, right)), (15, 15, 20), 6, cv2.LINE_AA)
    return worn


def mask(picture: Picture, face: FaceMeasurement) -> Picture:
    worn = picture.copy()
    edge = pixels(face, picture, 6, 50, 132, 172, 150, 152, 379, 397, 361, 280)
    cv2.fillPoly(worn, [edge], (190, 215, 230), cv2.LINE_AA)
    return worn


def smiley() -> Picture:
    drawn = np.full((400, 400, 3), 255, np.uint8)
    cv2.circle(drawn, (200, 200), 150, (250, 210, 40), -1, cv2.LINE_AA)
    for x in (145, 255):
        cv2.circle(drawn, (x, 160), 18, (20, 20, 20), -1, cv2.LINE_AA)
    cv2.ellipse(drawn, (200, 220), (80, 60), 0, 20, 160, (20, 20, 20), 8, cv2.LINE_AA)
    return drawn


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (700, 2), (33, 47), (96, 2000)])
@pytest.mark.parametrize("value", [0, 255])
def test_nothing_is_nobody(tracker: FaceTracker, shape: tuple[int, int], value: int) -> None:
    nothing = np.full((*shape, 3), value, np.uint8)
    assert tracker.measure_picture(nothing) is None
    assert tracker.measure(nothing, 0) is None
    assert tracker.measure(nothing, FRAME_NS) is None


@pytest.mark.parametrize("wear", [sunglasses, mask], ids=["sunglasses", "mask"])
def test_a_covered_face_is_measured_where_it_is(
    tracker: FaceTracker,
    portrait: Picture,
    plain: FaceMeasurement,
    wear: Callable[[Picture, FaceMeasurement], Picture],
) -> None:
    found = check(tracker.measure_picture(wear(portrait, plain)))
    assert found is not None
    assert found.landmarks[4, :2] == pytest.approx(plain.landmarks[4, :2], abs=NEAR)


@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_half_a_face_is_a_face_or_nobody(
    tracker: FaceTracker, portrait: Picture, plain: FaceMeasurement, side: str
) -> None:
    x, y = pixels(plain, portrait, 4)[0]
    halves = {
        "left": portrait[:, :x], "right": portrait[:, x:], "top": portrait[:y], "bottom": portrait[y:],
    }  # fmt: skip
    check(tracker.measure_picture(np.ascontiguousarray(halves[side])))


@pytest.mark.parametrize("width", [150, 220, 330])
def test_a_narrow_face_as_from_the_side_is_a_face_or_nobody(
    tracker: FaceTracker, portrait: Picture, width: int
) -> None:
    check(tracker.measure_picture(np.asarray(cv2.resize(portrait, (width, 440)), np.uint8)))


def test_a_smiley_is_nobody(tracker: FaceTracker) -> None:
    assert tracker.measure_picture(smiley()) is None


@pytest.mark.parametrize("roll", [90, 150, 180])
def test_an_upside_down_face_is_measured_as_the_face_it_is(
    tracker: FaceTracker, portrait: Picture, plain: FaceMeasurement, roll: int
) -> None:
    """MediaPipe alone sees an upright face in it, its mouth for the eyes."""
    turn = cv2.getRotationMatrix2D((220, 220), roll, 0.8)
    turned = np.asarray(cv2.warpAffine(portrait, turn, (440, 440), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    wanted = (plain.landmarks[:, :2] * 440) @ turn[:, :2].T + turn[:, 2]
    film = [tracker.measure(turned, index * FRAME_NS) for index in range(3)]
    for found in (tracker.measure_picture(turned), *film):
        assert check(found) is not None
        assert found.landmarks[:, :2] * 440 == pytest.approx(wanted, abs=10)
        leant = track_of([found]).pose_deg[0, 2] - track_of([plain]).pose_deg[0, 2]
        assert (leant - roll + 180) % 360 == pytest.approx(180, abs=5)
        smile = BLENDSHAPES.index("mouthSmileLeft")
        assert found.blendshapes[smile] == pytest.approx(plain.blendshapes[smile], abs=0.2)


def test_of_a_crowd_as_many_are_followed_as_asked_for(tracker: FaceTracker, model: Path) -> None:
    crowd = room()
    for row in range(3):
        for column in range(5):
            crowd = put(crowd, astronaut_head(70), (130 + 255 * column, 130 + 230 * row))
    assert check(tracker.measure_picture(crowd)) is not None
    assert check(tracker.measure(crowd, 0)) is not None
    with FacesTracker(model, people=3) as many:
        found = [many.measure(crowd, index * FRAME_NS) for index in range(HOLD + 1)]
    assert sorted(found[-1]) == [1, 2, 3]
    for face in found[-1].values():
        check(face)


@pytest.mark.parametrize("brightness", [0.02, 0.06, 0.2, 3.0])
def test_light_is_told(
    tracker: FaceTracker, portrait: Picture, plain: FaceMeasurement, brightness: float
) -> None:
    lit = np.clip(portrait * brightness, 0, 255).astype(np.uint8)
    found = check(tracker.measure_picture(lit))
    if brightness > 0.05:  # darker still, there may be nobody
        assert found is not None
    if found is not None:
        assert (found.light[0] > plain.light[0]) == (brightness > 1)


@pytest.mark.parametrize("depth", [8, 16])
def test_alpha_and_16_bits_make_no_difference(
    tracker: FaceTracker, portrait: Picture, plain: FaceMeasurement, tmp_path: Path, depth: int
) -> None:
    stored = np.dstack([portrait[..., ::-1], np.full((440, 440), 255, np.uint8)]).astype(f"uint{depth}")
    path = tmp_path / "portrait.png"
    assert cv2.imwrite(str(path), stored * (257 if depth == 16 else 1))
    with open_media(path) as source:
        found = check(tracker.measure_picture(next(iter(source.frames())).rgb))
    assert found is not None
    assert found.landmarks == pytest.approx(plain.landmarks, abs=0.01)


def test_a_film_of_one_frame(tracker: FaceTracker, portrait: Picture) -> None:
    builder = TrackBuilder()
    builder.add(0, tracker.measure(portrait, 0))
    assert builder.finish(width=440, height=440).face.all()


def test_a_film_that_changes_its_size(
    tracker: FaceTracker, portrait: Picture, plain: FaceMeasurement
) -> None:
    sizes = [(440, 440)] * 3 + [(330, 220)] * 3 + [(900, 900)] * 3 + [(440, 440)] * 3
    for index, size in enumerate(sizes):
        frame = np.asarray(cv2.resize(portrait, size), np.uint8)
        found = check(tracker.measure(frame, index * FRAME_NS))
        assert found is not None
        assert found.landmarks[4, :2] == pytest.approx(plain.landmarks[4, :2], abs=NEAR)


@pytest.mark.parametrize("scale", [1.0, 0.3])
def test_who_is_gone_is_gone_at_once_and_found_elsewhere(
    tracker: FaceTracker, portrait: Picture, scale: float
) -> None:
    """Also when followed in a window of the frame."""
    head = np.asarray(cv2.resize(portrait, None, fx=scale, fy=scale), np.uint8)
    side = head.shape[0]

    def frame(left: int) -> Picture:
        picture = room().copy()
        picture[200 : 200 + side, left : left + side] = head
        return picture

    frames = [frame(100)] * 4 + [room()] * 4 + [frame(700)] * 40
    found = [tracker.measure(picture, index * FRAME_NS) for index, picture in enumerate(frames)]
    assert [one is not None for one in found[:8]] == [True] * 4 + [False] * 4
    assert found[-1] is not None
    assert found[-1].landmarks[4, 0] * 1280 == pytest.approx(700 + side / 2, abs=0.15 * side)
