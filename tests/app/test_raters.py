"""How far raters agree, clip by clip and over a set."""

from dataclasses import replace

import pytest

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.raters import pairs_that_agree, raters_agree
from attune.clips.clip_set import Clip, load_clip_set
from attune.resources import asset

NAMES = tuple(Core)


def clips_with(*said: tuple[Reading, ...]) -> list[Clip]:
    clip = load_clip_set(asset("clips", "starter")).clips[0]
    return [replace(clip, references=readings) for readings in said]


def by_two(one: str, other: str) -> tuple[Reading, ...]:
    return certain(Source.EXPERT, one, by="Ada"), certain(Source.EXPERT, other, by="Cem")


def test_each_kind_of_source_has_an_agreement_of_its_own() -> None:
    crowd = Reading(source=Source.CROWD, labels={"fear": 0.75, "anger": 0.25}, raters=4)
    clips = clips_with(
        (*by_two("fear", "fear"), certain(Source.INTENDED, "anger"), crowd),
        (*by_two("anger", "anger"), certain(Source.INTENDED, "fear")),
        (certain(Source.EXPERT, "sadness"),),
        (),
    )
    found = raters_agree(clips, NAMES)
    assert set(found) == {Source.EXPERT, Source.CROWD}  # what was intended was said once for each clip
    assert (found[Source.EXPERT].value, found[Source.EXPERT].units) == (1.0, 2)
    assert found[Source.CROWD].said == 4
    assert raters_agree([], NAMES) == {}


def test_pairs_of_one_clip() -> None:
    assert pairs_that_agree(by_two("fear", "anger")) == 0
    assert pairs_that_agree((*by_two("fear", "fear"), certain(Source.EXPERT, "anger"))) == pytest.approx(
        1 / 3
    )
    assert pairs_that_agree(by_two("fear", "fear")[:1]) is None
