"""Which clips a session draws."""

import itertools
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Source, certain
from attune.app.library import Clip
from attune.app.protocols.material import choose_clips
from attune.app.protocols.reference import scored_reference
from attune.clips.clip_set import Channel

EMOTIONS = ("neutral", "happiness", "sadness", "anger")
PEOPLE = ("Ana", "Ben", "Chi")


def clip(emotion: str, person: str, source: Source = Source.INTENDED) -> Clip:
    return Clip(
        file=Path("/nowhere") / f"{person}_{emotion}.webm",
        name=f"{person}_{emotion}.webm",
        content_hash=f"{person}{emotion}",
        person=person,
        channel=Channel.PICTURE,
        onset_s=None,
        apex_s=None,
        offset_s=None,
        references=(certain(source, emotion),),
        truth=None,
        note="",
    )


ALL = [clip(emotion, person) for emotion in EMOTIONS for person in PEOPLE]


@given(st.integers(1, 20), st.integers())
def test_draws_different_clips_with_emotions_as_even_as_can_be(count: int, seed: int) -> None:
    drawn = choose_clips(ALL, count, random.Random(seed))
    assert len(drawn) == min(count, len(ALL))
    assert len({c.name for c in drawn}) == len(drawn)
    counts = Counter(scored_reference(c).top for c in drawn)
    assert max(counts.values()) - min(counts.get(e, 0) for e in EMOTIONS) <= 1


@given(st.integers())
def test_the_same_seed_gives_the_same_session(seed: int) -> None:
    assert choose_clips(ALL, 8, random.Random(seed)) == choose_clips(ALL, 8, random.Random(seed))


@given(st.integers())
def test_people_are_mixed(seed: int) -> None:
    drawn = choose_clips(ALL, 8, random.Random(seed))
    assert all(one.person != other.person for one, other in itertools.pairwise(drawn))


def test_the_persons_own_report_comes_before_what_was_intended() -> None:
    both = clip("anger", "Ana")
    both = Clip(
        **{f: getattr(both, f) for f in both.__slots__}
        | {"references": (certain(Source.INTENDED, "anger"), certain(Source.SELF_REPORT, "sadness"))}
    )
    assert scored_reference(both).top == "sadness"


def test_a_clip_nobody_named_cannot_be_scored() -> None:
    with pytest.raises(ValueError, match="no reference"):
        scored_reference(clip("anger", "Ana", Source.MEASURED))
