import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.app.partner.hints import LASTS_NS, RATE_NS, STILL_NS, Hint, Lasting, Rate, Sight, Stillness, hint
from attune.perception.landmarker import Seen
from attune.perception.track import BLENDSHAPES
from attune.resources import Words
from tests.perception.faces import turned

PICTURE_NS = 33_000_000
LIT = np.repeat(np.tile(np.array([60, 200], np.uint8), 6), 30)[:, None, None] * np.ones((1, 640, 3), np.uint8)
DARK = np.full((360, 640, 3), 8, np.uint8)


def face(middle: float = 0.5, width: float = 0.3, *, yaw: float = 0.0) -> Seen:
    """As many points as a face has, evenly in a square, but for the corners of the eyes."""
    points = np.random.default_rng(3).uniform(-0.5, 0.5, (478, 3)).astype(np.float32)
    points[[33, 133], 0], points[[362, 263], 0] = -0.2, 0.2
    points[[33, 133, 362, 263], 1:] = -0.1, 0.0
    landmarks = points * (width, width * 640 / 360, width) + (middle, 0.5, 0)
    return Seen(np.zeros(52, np.float32), landmarks.astype(np.float32), turned(yaw=yaw))


def seen(rgb: np.ndarray = LIT, **sight: object) -> Hint:
    usual = {"faces": {1: face(0.25), 2: face(0.75)}, "strangers": 0, "people": 2, "reading": None}
    usual |= {"rate_hz": 30.0, "covered": 0.0, "still": False}
    return hint(rgb, Sight(**(usual | sight)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sight", "told"),
    [
        ({}, Hint.FINE),
        ({"faces": {}}, Hint.NO_FACE),
        ({"faces": {1: face()}}, Hint.ONE_FACE),
        ({"faces": {1: face()}, "people": 1}, Hint.FINE),
        ({"faces": {1: face(0.25)}, "reading": 1}, Hint.FINE),  # the other one may lean out
        ({"faces": {1: face(0.25)}, "reading": 2}, Hint.GONE),
        ({"strangers": 1}, Hint.THREE_FACES),
        ({"faces": {1: face(0.25), 2: face(0.75, 0.05)}}, Hint.TOO_FAR),
        ({"faces": {1: face(0.25), 2: face(0.75, 0.05)}, "reading": 1}, Hint.FINE),
        ({"faces": {1: face(0.25), 2: face(0.9)}}, Hint.TOO_NEAR_EDGE),
        ({"faces": {1: face(0.25), 2: face(0.75, yaw=-45)}}, Hint.TURNED_AWAY),
        ({"faces": {1: face(0.25), 2: face(0.75, yaw=-45)}, "reading": 1}, Hint.FINE),
        ({"covered": 0.9}, Hint.COVERED),
        ({"still": True}, Hint.PERHAPS_A_PHOTO),
        ({"rate_hz": 15.0}, Hint.SLOW),
        ({"rate_hz": None}, Hint.FINE),
    ],
)
def test_what_is_most_pressing(sight: dict[str, object], told: Hint) -> None:
    assert seen(**sight) == told


def test_light_comes_first() -> None:
    assert seen(DARK) == seen(DARK, faces={}) == seen(DARK, rate_hz=15.0) == Hint.TOO_DARK
    assert seen(DARK, faces={}, reading=1) == Hint.TOO_DARK


def test_a_dark_face_with_contrast_is_not_in_the_dark() -> None:
    assert seen(LIT // 4) == Hint.FINE


def test_a_hint_is_told_once_it_lasts_and_taken_back_sooner() -> None:
    lasting = Lasting()
    told = [lasting(index * PICTURE_NS, Hint.SLOW if 10 <= index < 60 else Hint.FINE) for index in range(90)]
    first = told.index(Hint.SLOW)
    assert (first - 10) * PICTURE_NS == pytest.approx(LASTS_NS, abs=PICTURE_NS)
    assert told[first:].index(Hint.FINE) + first == 60 + np.ceil(LASTS_NS / 2 / PICTURE_NS)


@given(st.lists(st.sampled_from([Hint.FINE, Hint.SLOW, Hint.GONE]), max_size=60))
def test_what_never_lasts_is_never_told(hints: list[Hint]) -> None:
    lasting, flickering = Lasting(), [name for one in hints for name in (one, Hint.TOO_FAR)]
    told = {lasting(index * LASTS_NS // 2, name) for index, name in enumerate(flickering)}
    assert Hint.TOO_FAR not in told


@pytest.mark.parametrize("hz", [15, 25, 30])
def test_the_rate_is_that_of_the_camera(hz: int) -> None:
    rate = Rate()
    for index in range(3 * hz):
        rate.came(index * 1_000_000_000 // hz)
        assert (rate.hz is None) == (index / hz < 0.9 * RATE_NS / 1e9)
    assert rate.hz == pytest.approx(hz, rel=0.02)
    rate.came(60_000_000_000)  # the computer slept
    assert rate.hz is None
    rate.came(0)  # another camera, whose clock is behind
    assert rate.hz is None


def test_a_face_that_does_nothing_is_still_and_a_blink_is_enough() -> None:
    stillness, shapes = Stillness(), np.zeros(52, np.float32)
    noise = np.random.default_rng(1)

    def after(time_ns: int, *, shut: float = 0.0) -> bool:
        shapes[[BLENDSHAPES.index("eyeBlinkLeft"), BLENDSHAPES.index("eyeBlinkRight")]] = shut
        return stillness(time_ns, shapes + noise.normal(0, 0.005, 52).astype(np.float32))

    assert not after(0)
    assert not after(STILL_NS - 1)
    assert after(STILL_NS)
    assert not after(STILL_NS + 1, shut=0.6)
    assert not after(STILL_NS + 2)
    assert after(2 * STILL_NS + 2)


def test_every_hint_has_its_sentence() -> None:
    for name in Hint:
        if name is not Hint.FINE:
            assert Words()(f"partner_camera.hints.{name}")
