"""How units are read: of faces made of numbers, and of drawn faces whose units are known.

``drawn_units.npz`` holds what the real model measured in stills of three drawn people: each at rest, with
every unit alone at full strength, and on the left only. The fit has seen them; what it is worth on people
that it has not seen stands in ``units.toml``, out of ``packaging/fit_units.py``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from attune.perception.track import MEASURED, FaceMeasurement, FaceTrack, read_arrays
from attune.perception.units import (
    CHANNELS,
    LEAST,
    UNITS,
    UNSAID,
    Moved,
    Side,
    average_rest,
    channel,
    unit_amounts,
    units,
    units_moved,
)
from attune.resources import Words, asset
from tests.perception.faces import changed, track_of

APEX_NS = 200_000_000
PEOPLE = ("chi", "dayo", "finn")
TOLD = [unit.code for unit in units() if unit.measurable]
SIDED = [unit.code for unit in units() if unit.measurable and unit.sided]
Drawn = Callable[..., FaceTrack]


def moved_in(track: FaceTrack) -> tuple[Moved, ...]:
    """What moved at its apex, its first frame being all calm."""
    return units_moved(track, unit_amounts(track, neutral_ns=0, calm=1.0), apex_ns=APEX_NS)


def moved(calm: FaceMeasurement, **channels: float) -> tuple[Moved, ...]:
    return moved_in(track_of([calm] * 3 + [changed(calm, **channels)] * 5))


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    """A track of one drawn person at rest for three frames, then showing one unit for five."""
    data = read_arrays(Path(__file__).with_name("drawn_units.npz"))
    landmarks = (data["landmarks"] * data["step"] + data["low"]).astype(np.float32)

    def face(index: int) -> FaceMeasurement:
        rest = {name: np.zeros(shape, np.float32) for name, shape in MEASURED.items()}
        rest["blendshapes"] = data["blendshapes"][index].astype(np.float32)
        return FaceMeasurement(**rest | {"landmarks": landmarks[index]})

    def track(person: str, code: str, *, left_only: bool = False) -> FaceTrack:
        own = data["person"] == person
        (rest,) = np.flatnonzero(own & (data["code"] == "rest"))
        (shown,) = np.flatnonzero(own & (data["code"] == code) & (data["left_only"] == left_only))
        return track_of([face(rest)] * 3 + [face(shown)] * 5)

    return track


def test_a_still_face_moves_nothing(face: FaceMeasurement) -> None:
    assert moved(face) == ()


def test_the_strongest_comes_first(face: FaceMeasurement) -> None:
    calm = changed(face, mouthSmileLeft=0.0, mouthSmileRight=0.0, browInnerUp=0.0)
    found = moved(calm, mouthSmileLeft=1.0, mouthSmileRight=1.0, browInnerUp=0.4)
    assert [unit.code for unit in found] == ["AU12", "AU1"]
    assert found[0].amount > found[1].amount


@pytest.mark.parametrize("code", sorted(set(TOLD) - UNSAID))
def test_most_drawn_people_are_named_the_unit_they_show(drawn: Drawn, code: str) -> None:
    named = [{unit.code for unit in moved_in(drawn(person, code))} for person in PEOPLE]
    assert sum(code in codes for codes in named) >= 2


@pytest.mark.parametrize("code", TOLD)
def test_the_amount_of_a_full_unit_is_far_from_its_amount_at_rest(drawn: Drawn, code: str) -> None:
    place = UNITS.index(code)
    for person in PEOPLE:
        curves = unit_amounts(drawn(person, code), neutral_ns=0, calm=1.0)
        assert curves.left[0, place] < 0.1
        assert curves.left[-1, place] > curves.left[0, place] + 0.2


@pytest.mark.parametrize("code", SIDED)
def test_a_unit_on_the_left_is_read_on_the_left(drawn: Drawn, code: str) -> None:
    place = UNITS.index(code)
    curves = [unit_amounts(drawn(person, code, left_only=True), neutral_ns=0, calm=1.0) for person in PEOPLE]
    left, right = (np.mean([getattr(one, side)[-1, place] for one in curves]) for side in ("left", "right"))
    assert left > right + 0.1


def test_one_corner_is_told_from_two(drawn: Drawn) -> None:
    track = drawn("dayo", "AU12", left_only=True)
    first = moved_in(track)[0]
    assert (first.code, first.side) == ("AU12", Side.LEFT)


def test_a_wide_jaw_says_nothing_of_parted_lips(drawn: Drawn) -> None:
    codes = {unit.code for unit in moved_in(drawn("finn", "AU27"))}
    assert "AU27" in codes
    assert not codes & {"AU25", "AU26"}


@pytest.mark.parametrize("person", PEOPLE)
def test_what_cannot_be_told_is_never_named(drawn: Drawn, person: str) -> None:
    for code in UNITS:
        found = moved_in(drawn(person, code))
        assert {unit.code for unit in found} <= set(TOLD)
        assert all(LEAST <= unit.amount <= 1 or unit.side is Side.BOTH for unit in found)


def test_dead_channels_say_nothing(face: FaceMeasurement) -> None:
    dead = {f"{name}{side}": 1.0 for name in ("noseSneer", "cheekSquint") for side in ("Left", "Right")}
    assert moved(changed(face, cheekPuff=0.0), cheekPuff=1.0, **dead) == ()


def test_an_unknown_rest_makes_every_amount_smaller_or_none(face: FaceMeasurement) -> None:
    calm = changed(face, mouthSmileLeft=0.0, mouthSmileRight=0.0)
    track = track_of([calm] * 3)
    known, unknown = (unit_amounts(track, neutral_ns=0, calm=calm) for calm in (1.0, 0.0))
    assert np.all(known.left == 0)
    assert unknown.left.shape == (3, len(UNITS))
    for unit in units():
        total = np.array([unit.floor + unit.unsure])
        assert unit.amount(total, calm=0.0) == pytest.approx(0, abs=1e-5)
        assert unit.amount(total, calm=1.0) >= unit.amount(total, calm=0.5) >= 0


def test_a_gap_is_a_gap_and_a_rest_outside_the_face_is_none(face: FaceMeasurement) -> None:
    track = track_of([face, None, face])
    curves = unit_amounts(track, neutral_ns=10_000_000_000, calm=1.0)
    average = unit_amounts(track, neutral_ns=None, calm=0.0)
    assert np.isnan(curves.left[1]).all()
    assert np.isfinite(curves.left[[0, 2]]).all()
    assert np.array_equal(curves.left, average.left, equal_nan=True)


def test_without_a_face_at_the_apex_nothing_is_said(face: FaceMeasurement) -> None:
    track = track_of([face, face, None, None, None, None, None, None, face])
    assert moved_in(track) == ()


def test_every_channel_a_unit_is_read_from_is_there() -> None:
    for unit in units():
        assert unit.weights
        for name in unit.weights:
            assert channel(name, "Left" if unit.sided else None)
            assert all(0 <= place < len(CHANNELS) for place in channel(name, None))
        assert set(unit.lit_by) < set(UNITS)
    assert np.isfinite(average_rest()).all()
    with pytest.raises(ValueError, match="not in tuple"):
        channel("nothing", None)


def test_a_small_number_of_channels_reads_each_unit() -> None:
    assert max(len(unit.weights) for unit in units()) <= 6
    assert len(UNITS) >= 20
    assert len(TOLD) >= 12


def test_every_unit_has_words() -> None:
    words = Words()
    for code in UNITS:
        assert words(f"emotions.units.{code}")


def test_the_published_table_says_what_the_file_says() -> None:
    tables = tomllib.loads(asset("models", "units.toml").read_text(encoding="utf-8"))["units"]
    text = asset("models", "units.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| AU") and "% for" in line]
    assert [row[0].removeprefix("| ") for row in rows] == list(UNITS)
    for row in rows:
        quality = tables[row[0].removeprefix("| ")]["quality"]
        assert float(row[1]) == pytest.approx(quality["r"])
        assert float(row[2]) == pytest.approx(quality["r_mixed"])
        assert row[-1].startswith("yes") == quality["measurable"]
        assert row[3].startswith(f"{quality['slope']:.2f} (")
