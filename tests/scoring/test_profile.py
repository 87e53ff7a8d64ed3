from dataclasses import fields, replace

import numpy as np
import pytest

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Term, Vocabulary
from attune.scoring.ability import Ability, ability
from attune.scoring.agreement import Agreement, agree, spread
from attune.scoring.profile import Answers, Scores, profile
from attune.scoring.speed import NAMES, profile_ms, questplus_ms, some_answers
from attune.scoring.summary import Scored, summarise
from attune.scoring.unscorable import Unscorable

WORDS = ("calm", "glad", "low")
VOCABULARY = Vocabulary("three", tuple(Term(name=n, family=n, valence=0.0, arousal=0.0) for n in WORDS))
NAN = float("nan")


def answers(said: list[tuple[str, str]], agreements: list[Agreement], **columns: list[float]) -> Answers:
    n = len(said)
    named = ("brier", "floor", "ceiling", "log_score", "similarity", "intensity_difference")
    given = {
        "reference": [WORDS.index(one) for one, _ in said],
        "response": [WORDS.index(other) for _, other in said],
        "choices": [3] * n,
        "confidence": [NAN] * n,
        "response_ms": [NAN] * n,
        "difficulty": [NAN] * n,
        **{name: [getattr(each, name) for each in agreements] for name in named},
        **columns,
    }
    return Answers(**{name: np.array(column, float) for name, column in given.items()})


def some(n: int = 60) -> tuple[list[tuple[str, str]], list[Agreement]]:
    rng = np.random.default_rng(1)
    said = [(WORDS[a], WORDS[a if rng.random() < 0.5 else b]) for a, b in rng.integers(0, 3, (n, 2))]
    crowd = Reading(source=Source.CROWD, labels={"calm": 0.2, "glad": 0.5, "low": 0.3}, raters=10)
    return said, [
        agree(Reading(source=Source.USER, labels=spread(label, 0.7, WORDS)), crowd, VOCABULARY)
        for _, label in said
    ]


def test_columns_come_to_the_same_as_answers_one_by_one() -> None:
    said, agreements = some()
    rng = np.random.default_rng(2)
    confidence, times = rng.uniform(1 / 3, 1, 60).tolist(), rng.uniform(100, 3000, 60).tolist()
    found = profile(answers(said, agreements, confidence=confidence, response_ms=times), WORDS)
    one_by_one = summarise(
        [
            Scored(reference=a, response=b, confidence=sure, response_ms=ms)
            for (a, b), sure, ms in zip(said, confidence, times, strict=True)
        ],
        VOCABULARY,
    )
    for field in fields(one_by_one):
        if field.name != "calibration":
            assert getattr(found.summary, field.name) == getattr(one_by_one, field.name)
    for field in fields(one_by_one.calibration):
        if field.name != "bins":
            mine, theirs = (getattr(s.calibration, field.name) for s in (found.summary, one_by_one))
            assert mine == pytest.approx(theirs)
    assert [b.n for b in found.summary.calibration.bins] == [b.n for b in one_by_one.calibration.bins]


def test_scores_are_means_and_skill_is_against_even_spreads() -> None:
    said, agreements = some()
    found = profile(answers(said, agreements), WORDS).scores
    assert isinstance(found, Scores)
    assert found.n == 60
    for name in ("brier", "floor", "ceiling", "log_score", "skill"):
        assert getattr(found, name) == pytest.approx(np.mean([getattr(each, name) for each in agreements]))
    assert found.log_skill == pytest.approx(1 - found.log_score / np.log(1 / 3))
    assert found.similarity == pytest.approx(1.0)
    assert found.intensity_difference is Unscorable.NO_ANSWERS


def test_an_even_spread_has_no_skill() -> None:
    even = Reading(source=Source.USER, labels=dict.fromkeys(WORDS, 1 / 3))
    agreements = [agree(even, certain(Source.INTENDED, "glad"), VOCABULARY)] * 4
    found = profile(answers([("glad", "calm")] * 4, agreements), WORDS).scores
    assert isinstance(found, Scores)
    assert (found.skill, found.log_skill) == (pytest.approx(0), pytest.approx(0))


def test_ability_is_of_the_answers_whose_difficulty_is_known() -> None:
    said, agreements = some(4)
    found = profile(answers(said, agreements, difficulty=[0.5, NAN, -1.0, NAN]), WORDS).ability
    same = [one == other for one, other in said]
    assert isinstance(found, Ability)
    assert found == ability([same[0], same[2]], [0.5, -1.0], 1 / 3)


def test_nothing_says_why() -> None:
    found = profile(answers([], []), WORDS)
    assert (found.scores, found.ability) == (Unscorable.NO_ANSWERS,) * 2
    assert found.summary == summarise([], VOCABULARY)


def test_some_of_the_answers() -> None:
    said, agreements = some()
    all_of_them = answers(said, agreements)
    some_of_them = all_of_them[all_of_them.same]
    assert len(some_of_them) == sum(one == other for one, other in said)
    assert profile(some_of_them, WORDS).summary.share == 1.0
    assert len(all_of_them[:7]) == 7


def test_impossible_columns() -> None:
    fine = answers(*some(5))
    with pytest.raises(ValueError, match="brier"):
        replace(fine, brier=np.zeros(4))
    with pytest.raises(ValueError, match="choices"):
        replace(fine, choices=np.ones(5))
    for changed in (
        {"response": np.full(5, 3)},
        {"reference": np.full(5, -1)},
        {"confidence": np.full(5, 2.0)},
    ):
        with pytest.raises(ValueError, match=r"places|confidence"):
            profile(replace(fine, **changed), WORDS)


def test_what_the_bench_measures_is_a_whole_profile() -> None:
    found = profile(some_answers(2000), NAMES)
    assert isinstance(found.scores, Scores)
    assert isinstance(found.ability, Ability)
    assert found.summary.answered == 2000
    assert profile_ms(2000) > 0
    assert questplus_ms(3) > 0


@pytest.mark.slow
def test_a_hundred_thousand_answers_in_a_glance() -> None:
    """The bounds of ``attune bench``, with room for a loaded machine."""
    assert profile_ms() < 2 * 150
    assert questplus_ms() < 2 * 2
