"""An agreement's terms add up to what the agreement says, whatever the readings are."""

from math import hypot, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Term, Vocabulary
from attune.scoring.agreement import agree, spread
from attune.scoring.worked import work_out

NAMES = ("happiness", "fear", "surprise")
THREE = Vocabulary(
    "three",
    tuple(
        Term(name=name, family=name, valence=valence, arousal=arousal)
        for name, valence, arousal in zip(NAMES, (0.8, -0.6, 0.1), (0.4, 0.7, 0.9), strict=True)
    ),
)


@given(
    said=st.sampled_from(NAMES),
    sure=st.floats(0, 1),
    votes=st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any),
)
def test_terms_add_up(said: str, sure: float, votes: list[int]) -> None:
    perceived = Reading(source=Source.USER, labels=spread(said, sure, NAMES))
    raters = sum(votes)
    shares = {name: count / raters for name, count in zip(NAMES, votes, strict=True)}
    crowd = Reading(source=Source.CROWD, labels=shares, raters=raters)
    worked, found = work_out(perceived, crowd, THREE), agree(perceived, crowd, THREE)
    assert worked.agreement == found
    assert sum(worked.p) == pytest.approx(1)
    assert worked.q == pytest.approx([(count + 0.5) / (raters + 1.5) for count in votes])
    assert sum(worked.ambiguity) == pytest.approx(found.floor)
    assert sum(worked.squares) + sum(worked.ambiguity) == pytest.approx(found.brier)
    assert 1 - found.brier / worked.even == pytest.approx(found.skill)
    (v1, a1), (v2, a2) = worked.perceived, worked.reference
    assert 1 - hypot(v1 - v2, a1 - a2) / (2 * sqrt(2)) == pytest.approx(found.similarity)
    assert worked.raters == raters


def test_one_persons_word_is_not_smoothed() -> None:
    perceived = Reading(source=Source.USER, labels=spread("fear", 0.7, NAMES))
    worked = work_out(perceived, certain(Source.INTENDED, "surprise"), THREE)
    assert worked.q == (0.0, 0.0, 1.0)
    assert worked.raters is None
    assert worked.squares == pytest.approx((0.15**2, 0.7**2, 0.85**2))
