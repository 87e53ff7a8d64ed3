"""Faces before the camera, with the real model and rendered people."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from attune.affect.reading import Source
from attune.app.partner.neutral import Neutral, Resting, known
from attune.app.partner.seeing import Hint, Seeing, Units
from attune.errors import ModelError
from tests import partner_films
from tests.app.partner.watched import PATIENCE_S, Watched, watched

pytestmark = pytest.mark.slow

ANA = ("ana-neutral-100-1", "ana-happiness-100")
BEN = ("ben-neutral-100-1", "ben-anger-100")
SHOWN_S = 5.9  # both clips of one person, played in turn
Films = Path


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Films:
    return tmp_path_factory.mktemp("films")


def both(films: Films) -> Path:
    return partner_films.side_by_side(films, ANA, BEN)


def test_a_rest_of_another_attune_is_none() -> None:
    assert known(None) is None
    assert known({"features": {"eyebrows": 1.0}}) is None


def rested(one: Watched, film: Path, face: int | None) -> Neutral:
    heard: list[Resting] = []
    one.seeing.rest(face, heard.append)
    one.film(film)
    one.seeing.cancel()
    assert [each.share for each in heard] == sorted(each.share for each in heard)
    assert heard[-1].neutral is not None
    return heard[-1].neutral


def test_each_of_two_is_read_as_themselves(films: Films, tmp_path: Path) -> None:
    calm = partner_films.side_by_side(films, "ana-neutral-100-2", "ben-neutral-100-2")
    with watched(tmp_path) as one:
        neutrals = {number: rested(one, calm, number) for number in (1, 2)}
        read = {}
        for number, neutral in neutrals.items():
            one.seeing.begin(number)
            one.film(both(films), end_s=SHOWN_S)
            read[number] = one.seeing.end(neutral).result()
    assert set(map(frozenset, one.numbers[4:])) == {frozenset({1, 2})}
    boxes = [faces[0].box for faces in one.faces[4:]]
    assert all(face.box[0] < 0.5 for faces in one.faces[4:] for face in faces if face.number == 1)
    assert max(width for _, _, width, _ in boxes) < 0.5
    shown = {number: seen.reading for number, seen in read.items()}
    assert {number: reading and reading.top for number, reading in shown.items()} == {
        1: "happiness",
        2: "anger",
    }
    assert all(reading and reading.source is Source.MEASURED for reading in shown.values())
    assert read[1].units[0].code == "AU12"
    assert {"AU4", "AU24"} <= {unit.code for unit in read[2].units}
    assert not one.told


def test_nothing_is_known_of_whom_nobody_asked_for(films: Films, tmp_path: Path) -> None:
    with watched(tmp_path) as one:
        one.film(both(films), end_s=1.0)
        assert all(face.landmarks is None for faces in one.faces for face in faces)
        one.seeing.begin(2)
        before = len(one.faces)
        one.film(both(films), end_s=1.0)
        during = one.faces[before:]
        one.seeing.cancel()
        one.film(both(films), end_s=0.5)
        seen = one.seeing.end(None).result()
    assert len(seen.track) == 0
    assert {face.number for faces in during for face in faces if face.landmarks is not None} == {2}
    assert all(face.landmarks is None for faces in one.faces[before + len(during) :] for face in faces)


def test_the_only_one_is_read_and_stays_the_one_who_is_read(films: Films, tmp_path: Path) -> None:
    joined = partner_films.leaving(films, BEN, ANA, leaves_s=0.0, back_s=1.2, seconds=4.0)
    with watched(tmp_path) as one:
        one.seeing.begin(None)
        one.film(joined)
    read = [{face.number for face in faces if face.landmarks is not None} for faces in one.faces]
    assert one.numbers[-1] == {1, 2}
    assert read[-1] == {1}


@pytest.mark.parametrize("clip", ["kofi-neutral-100-speaking", "ana-happiness-065"])
def test_a_rest_waits_until_nobody_talks_or_laughs(films: Films, tmp_path: Path, clip: str) -> None:
    heard: list[Resting] = []
    calm = f"{clip[: clip.index('-')]}-neutral-100-2"
    with watched(tmp_path) as one:
        one.seeing.rest(None, heard.append)
        one.film(partner_films.alone(films, clip, seconds=5))
        moved = len(heard)
        one.film(partner_films.alone(films, calm, seconds=6))
    assert Hint.MOVING in {each.hint for each in heard[:moved]}
    assert max(each.share for each in heard[:moved]) < 1
    assert heard[-1].hint is Hint.FINE
    assert heard[-1].neutral is not None


def test_time_in_the_dark_is_no_rest(films: Films, tmp_path: Path) -> None:
    heard: list[Resting] = []
    with watched(tmp_path) as one:
        one.seeing.rest(None, heard.append)
        one.film(partner_films.alone(films, "dayo-neutral-100-1", seconds=2))
        lit = len(heard)
        one.film(partner_films.dark(films, "dayo-neutral-100-1", seconds=3))
    assert {each.hint for each in heard[lit + 3 :]} == {Hint.TOO_DARK}
    assert len({each.share for each in heard[lit + 3 :]}) == 1
    assert heard[-1].share < 0.6


def test_a_model_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    told: list[Exception] = []
    heard = threading.Event()

    def missing() -> Path:
        raise ModelError("model.missing")

    def on_error(error: Exception) -> None:
        told.append(error)
        heard.set()

    with ThreadPoolExecutor(1) as background:
        seeing = Seeing(missing, lambda *_: None, on_error, background=background)
        assert heard.wait(PATIENCE_S)
        seeing.begin(None)
        seeing.submit(np.zeros((360, 640, 3), np.uint8), 0)
        assert seeing.end(None).result().reading is None
        seeing.close()
    assert isinstance(told[0], ModelError)


def test_of_two_nobody_is_read_until_one_is_named(films: Films, tmp_path: Path) -> None:
    with watched(tmp_path) as one:
        one.seeing.begin(None)
        one.film(both(films), end_s=1.5)
        seen = one.seeing.end(None).result()
    assert one.numbers[-1] == {1, 2}
    assert not seen.track.face.any()
    assert all(face.landmarks is None for faces in one.faces for face in faces)


def test_units_follow_the_face_while_it_is_asked_for(films: Films, tmp_path: Path) -> None:
    heard: list[tuple[int, Units]] = []
    with watched(tmp_path) as one:
        neutral = rested(one, partner_films.alone(films, "ana-neutral-100-2"), None)
        one.seeing.follow(None, neutral, lambda time_ns, units: heard.append((time_ns, units)))
        one.film(partner_films.alone(films, ANA), end_s=SHOWN_S)
        one.seeing.cancel()
        count = len(heard)
        one.film(partner_films.alone(films, ANA), end_s=0.4)
    assert len(heard) == count > 100
    smile = np.array([sum(units["AU12"]) / 2 for _, units in heard])
    assert np.median(smile[5:50]) < 0.15
    assert smile.max() > 0.6
    assert "AU9" not in heard[0][1]  # it cannot be told well enough to be named


def test_who_leaves_is_told_and_comes_back_under_the_same_number(films: Films, tmp_path: Path) -> None:
    film = partner_films.leaving(films, ANA, BEN)
    with watched(tmp_path) as one:
        one.film(film)
    assert [hint for _, hint in one.hints] == [Hint.ONE_FACE, Hint.FINE]
    assert one.numbers[100] == {1}
    assert one.numbers[-1] == {1, 2}
    with watched(tmp_path) as one:
        one.seeing.begin(2)
        one.film(film)
        seen = one.seeing.end(None).result()
    assert [hint for _, hint in one.hints] == [Hint.GONE, Hint.FINE]
    assert 2.6 < one.hints[0][0] < 3.2
    gap = seen.track.face[60:120]
    assert not gap.any()


def test_nobody_there(films: Films, tmp_path: Path) -> None:
    with watched(tmp_path) as one:
        one.seeing.begin(1)
        for index in range(30):
            one.picture(np.full((360, 640, 3), 170, np.uint8), index * 40_000_000)
        seen = one.seeing.end(None).result()
    assert seen.reading is None
    assert "no_face" in seen.warnings
    assert one.told == {Hint.GONE}


def test_a_moment_without_a_picture_has_no_reading(tmp_path: Path) -> None:
    with watched(tmp_path) as one:
        one.seeing.begin(None)
        assert one.seeing.end(None).result().reading is None


@pytest.mark.parametrize(
    ("what", "reading", "hint"),
    [
        ("three", False, Hint.THREE_FACES),
        ("far", True, Hint.TOO_FAR),
        ("dark", False, Hint.TOO_DARK),
        ("dark", True, Hint.TOO_DARK),
        ("slow", True, Hint.SLOW),
        ("photo", True, Hint.PERHAPS_A_PHOTO),
        ("turned", True, Hint.TURNED_AWAY),
        ("covered", True, Hint.COVERED),
        ("alone", False, Hint.ONE_FACE),
        ("edge", True, Hint.TOO_NEAR_EDGE),
    ],
)
def test_what_would_help_is_said_once_it_lasts(
    films: Films, tmp_path: Path, what: str, reading: bool, hint: Hint
) -> None:
    film = {
        "three": lambda: partner_films.three(films, ANA, BEN, "kofi-neutral-100-1", seconds=2),
        "far": lambda: partner_films.alone(films, ANA, seconds=2, size=0.15),
        "dark": lambda: partner_films.dark(films, "kofi-neutral-100-1", seconds=2),
        "slow": lambda: partner_films.slow(films, both(films)),
        "photo": lambda: partner_films.photo(films, "ana-neutral-100-1"),
        "turned": lambda: partner_films.turned_away(films, "dayo", seconds=3),
        "covered": lambda: partner_films.covered(films, "kofi-neutral-100-1", seconds=2),
        "alone": lambda: partner_films.alone(films, ANA, seconds=2),
        "edge": lambda: partner_films.alone(films, ANA, seconds=2, middle=0.1),
    }[what]()
    with watched(tmp_path) as one:
        if reading:
            one.seeing.begin(None)
        one.film(film)
    assert one.told == {hint}


@pytest.mark.parametrize("person", ["kofi", "lena"])
def test_nothing_is_said_where_nothing_is_amiss(films: Films, tmp_path: Path, person: str) -> None:
    calm = (f"{person}-neutral-100-1", f"{person}-neutral-100-2")
    with watched(tmp_path, people=1) as one:
        one.seeing.begin(None)
        one.film(partner_films.alone(films, calm, seconds=9))
    assert not one.told


def test_an_upright_picture_is_read_as_well(films: Films, tmp_path: Path) -> None:
    with watched(tmp_path) as one:
        one.seeing.begin(None)
        one.film(partner_films.portrait(films, ANA), end_s=SHOWN_S)
        seen = one.seeing.end(None).result()
    assert seen.reading is not None
    assert seen.reading.top == "happiness"
    assert (seen.track.width, seen.track.height) == (360, 640)
