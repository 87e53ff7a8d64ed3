"""Whose word counts where several people speak."""

from dataclasses import replace

import pytest

from attune.affect.reading import Reading, Source, certain
from attune.app.protocols.reference import references_of, scored_reference
from attune.clips.clip_set import Clip, load_clip_set
from attune.resources import asset


def clip_with(*readings: Reading) -> Clip:
    return replace(load_clip_set(asset("clips", "starter")).clips[0], references=readings)


def test_raters_of_one_kind_speak_together() -> None:
    ada, cem = certain(Source.EXPERT, "fear", by="Ada"), certain(Source.EXPERT, "surprise", by="Cem")
    crowd = Reading(source=Source.CROWD, labels={"fear": 1.0}, raters=9)
    expert, votes = references_of(clip_with(ada, crowd, cem))
    assert (expert.raters, expert.by, votes) == (2, "Ada, Cem", crowd)
    assert expert.labels == {"fear": 0.5, "surprise": 0.5}


def test_the_persons_own_word_comes_first() -> None:
    felt = certain(Source.SELF_REPORT, "sadness")
    assert scored_reference(clip_with(certain(Source.INTENDED, "fear"), felt)) is felt
    with pytest.raises(ValueError, match="no reference"):
        scored_reference(clip_with())
