"""Which clips are examples of an emotion, and how what was drawn is read."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from attune.affect.reading import Reading, Source
from attune.app.protocols.course import read_course
from attune.app.protocols.follow_along import drawn_trace
from attune.app.protocols.material import Material
from attune.app.protocols.trial import Part, Reel
from attune.clips.clip_set import Clip
from tests.app.protocols.driving import VOCABULARY, a_clip, a_set

BLEND = Reading(source=Source.INTENDED, labels={"fear": 0.5, "surprise": 0.5})
MOSTLY = Reading(source=Source.INTENDED, labels={"fear": 0.7, "surprise": 0.3})
VOTES = Reading(source=Source.CROWD, labels={"fear": 0.4, "surprise": 0.3, "anger": 0.3}, raters=20)


def material(*clips: Clip) -> Material:
    return Material(a_set(*clips), VOCABULARY, None)


def test_two_at_once_and_brief_ones_are_no_examples_but_can_be_shown() -> None:
    plain, mostly = a_clip("fear", "Ada"), a_clip("fear", "Bo", references=(MOSTLY,))
    voted, blend = a_clip("fear", "Cy", references=(VOTES,)), a_clip("fear", "Di", references=(BLEND,))
    brief = replace(a_clip("fear", "Ed"), onset_s=0.6, apex_s=0.7, offset_s=0.9)
    found = material(plain, mostly, voted, blend, brief)
    assert found.of("fear") == (plain, mostly, voted)
    assert found.clips == (plain, mostly, voted, blend, brief)


def test_where_there_is_nothing_else_they_are_what_there_is() -> None:
    blend = a_clip("fear", "Di", references=(BLEND,))
    assert material(blend).of("fear") == material(blend).clips == (blend,)


def truth(folder: Path, **more: object) -> Path:
    path = folder / "truth.json"
    units = {"AU12_left": [0, 0.2, 0.4, 0.1], "AU45_left": [0, 1, 0, 0]}
    data = {"emotion": "happiness", "time_ns": [0, 40_000_000, 80_000_000, 120_000_000], "units": units}
    path.write_text(json.dumps(data | more), encoding="utf-8")
    return path


def test_the_course_is_the_strength_that_was_drawn(tmp_path: Path) -> None:
    course = read_course(truth(tmp_path, strength=[0, 0.3, 0.6, 0.3]))
    assert course is not None
    assert course.intensity == pytest.approx((0, 0.5, 1, 0.5))
    assert course.open_eyes == (True, False, True, True)


def test_without_it_units_tell_and_blinks_do_not_count(tmp_path: Path) -> None:
    course = read_course(truth(tmp_path))
    assert course is not None
    assert course.intensity == pytest.approx((0, 0.5, 1, 0.25))


@pytest.mark.parametrize("strength", [[0, 1], ["much"] * 4, 3])
def test_a_strength_that_cannot_be_read_is_no_course(tmp_path: Path, strength: object) -> None:
    assert read_course(truth(tmp_path, strength=strength)) is None


def test_a_faint_expression_goes_only_part_of_the_way(tmp_path: Path) -> None:
    path = truth(tmp_path, strength=[0, 0.2, 0.4, 0.1])
    clip = replace(a_clip("happiness", "Ada", intensity=0.4), truth=path)
    reel = Reel(parts=(Part(clip=clip, starts_s=0.0),))
    found = drawn_trace(material(clip), reel, ("valence",))
    assert found is not None
    assert max(found["valence"]) == pytest.approx(0.4 * VOCABULARY["happiness"].valence)  # type: ignore[call-overload]
