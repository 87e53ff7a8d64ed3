"""Mirror: what is said while one face follows another, what is taken of a face, who is to be mirrored."""

import random
from types import SimpleNamespace
from typing import Any

import pytest

from attune.app.faces import Faces
from attune.app.partner.mirror import (
    EXPRESSIONS,
    HELD_NS,
    SAID_NS,
    TAKEN_NS,
    Guide,
    Mirrored,
    Models,
    Near,
    Shown,
    Taking,
    as_kept,
    models,
    units_of_model,
)
from attune.clips.clip_set import ClipSet, load_clip_set
from attune.perception.units import units
from attune.resources import Words, asset

FRAME_NS = 40_000_000
ANGRY = {"AU4": (0.8, 0.8), "AU24": (0.6, 0.6)}
REST = {"AU4": (0.0, 0.0), "AU24": (0.0, 0.0), "AU12": (0.0, 0.0)}


@pytest.fixture(scope="module")
def starter() -> ClipSet:
    return load_clip_set(asset("clips", "starter"))


def hear(guide: Guide, own: dict[str, tuple[float, float]], *, begin_ns: int, for_ns: int) -> Any:
    """Show the same face for a while; the guidance at its end."""
    times = range(begin_ns, begin_ns + for_ns, FRAME_NS)
    return [guide.hear(time_ns, own) for time_ns in times][-1]


def test_the_furthest_is_said_first_and_then_the_next() -> None:
    guide = Guide(ANGRY)
    first = hear(guide, REST, begin_ns=0, for_ns=SAID_NS)
    assert first.say is not None
    assert (first.say.code, first.say.more) == ("AU4", True)
    second = hear(guide, REST | {"AU4": (0.8, 0.8)}, begin_ns=SAID_NS, for_ns=HELD_NS)
    assert second.say is not None
    assert second.say.code == "AU24"
    assert second.match.score > first.match.score


def test_one_thing_stays_said_though_another_flickers_past_it() -> None:
    guide = Guide({"AU4": (0.8, 0.8), "AU12": (0.78, 0.78)})
    said = set()
    for frame in range(SAID_NS // FRAME_NS - 1):
        wobble = 0.1 if frame % 2 else 0.0
        own = {"AU4": (wobble, wobble), "AU12": (0.1 - wobble, 0.1 - wobble)}
        say = guide.hear(frame * FRAME_NS, own).say
        assert say is not None
        said.add(say.code)
    assert len(said) == 1


def test_less_of_what_was_not_shown_is_said_too() -> None:
    found = hear(Guide(ANGRY), ANGRY | {"AU12": (0.9, 0.9)}, begin_ns=0, for_ns=SAID_NS)
    assert found.say is not None
    assert (found.say.code, found.say.more) == ("AU12", False)


def test_what_comes_with_another_movement_is_no_mistake() -> None:
    smile = {"AU12": (0.9, 0.9)}
    found = hear(Guide(smile), REST | smile | {"AU14": (0.5, 0.5)}, begin_ns=0, for_ns=SAID_NS)
    assert found.match.score == 1.0  # a dimple beside a smile
    found = hear(Guide(ANGRY), REST | ANGRY | {"AU14": (0.6, 0.6)}, begin_ns=0, for_ns=SAID_NS)
    assert found.say is not None
    assert (found.say.code, found.say.more) == ("AU14", False)


def test_near_must_last_to_be_held_and_then_stays_so() -> None:
    guide = Guide(ANGRY)
    assert not hear(guide, REST | ANGRY, begin_ns=0, for_ns=HELD_NS // 2).held
    assert not hear(guide, REST, begin_ns=HELD_NS // 2, for_ns=HELD_NS).held
    found = hear(guide, REST | ANGRY, begin_ns=2 * HELD_NS, for_ns=2 * HELD_NS)
    assert found.held
    assert found.say is None
    assert hear(guide, REST, begin_ns=4 * HELD_NS, for_ns=HELD_NS).held
    assert guide.best["AU4"] == pytest.approx((0.8, 0.8), abs=0.05)


def test_what_cannot_be_told_is_not_asked_for() -> None:
    found = hear(Guide(ANGRY | {"AU9": (1.0, 1.0)}), REST | ANGRY, begin_ns=0, for_ns=2 * HELD_NS)
    assert found.held


def test_after_a_gap_it_begins_anew() -> None:
    guide = Guide(ANGRY)
    hear(guide, REST | ANGRY, begin_ns=0, for_ns=HELD_NS // 2)
    found = guide.hear(10 * HELD_NS, REST)
    assert not found.held
    assert found.match.score < 0.1


def test_of_a_face_to_be_followed_the_last_second_counts() -> None:
    taking = Taking()
    assert taking.units == {}
    for time_ns in range(0, TAKEN_NS, FRAME_NS):
        taking.hear(time_ns, REST)
    assert taking.units == {}  # at rest: nothing to follow
    for time_ns in range(TAKEN_NS, 3 * TAKEN_NS, FRAME_NS):
        spike = 1.0 if time_ns % (10 * FRAME_NS) == 0 else 0.0
        taking.hear(time_ns, REST | {"AU4": (0.7, 0.7), "AU12": (spike, spike)})
    assert taking.units == {"AU4": (0.7, 0.7)}


@pytest.mark.parametrize(
    "told",
    [
        Mirrored(shown=Shown.DRAWN, person="Ana", expression="fear", near=Near.NEARLY, held=True),
        Mirrored(shown=Shown.PARTNER),
        Mirrored(shown=Shown.PARTNER, near=Near.FAR, held=False),
    ],
)
def test_what_is_kept_comes_back(told: Mirrored) -> None:
    assert Mirrored.from_json(told.to_json()) == told


def test_everything_there_is_to_mirror_can_be_shown_and_measured(starter: ClipSet) -> None:
    found = models(starter.clips)
    faces = Faces()
    assert tuple(found) == EXPRESSIONS
    measurable = {unit.code for unit in units() if unit.measurable}
    for those in found.values():
        shown = units_of_model(faces, those[0], None)
        assert shown
        assert shown.keys() <= measurable


def test_everything_that_can_be_said_has_words() -> None:
    words = Words()
    measurable = {unit.code for unit in units() if unit.measurable}
    for way in ("more", "less"):
        assert words.table(f"partner_mirror.{way}").keys() == measurable
    assert set(Near) == words.table("partner_mirror.nearness").keys()


def test_what_was_mirrored_least_comes_next(starter: ClipSet) -> None:
    past: Any = [SimpleNamespace(told=Mirrored(shown=Shown.DRAWN, expression="happiness").to_json())]
    drawn = Models(starter.clips, random.Random(1), past)
    given = [drawn.draw().expression for _ in EXPRESSIONS]
    assert given == [*EXPRESSIONS[1:], "happiness"]


def test_what_moved_is_kept_strongest_first_and_by_side() -> None:
    assert as_kept({"AU4": (0.5, 0.5), "AU12": (0.8, 0.1), "AU1": (0.1, 0.1)}) == (
        ("AU12", "left", 0.8),
        ("AU4", "both", 0.5),
    )
