from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Term, Vocabulary
from attune.scoring.agreement import agree, spread

NAMES = ("calm", "glad", "low", "cross")
PLACES = ((0.0, 0.0), (1.0, 1.0), (-1.0, -1.0), (-1.0, 1.0))
FOUR = Vocabulary(
    "four",
    tuple(Term(name=n, family=n, valence=v, arousal=a) for n, (v, a) in zip(NAMES, PLACES, strict=True)),
)


def crowd(*votes: int) -> Reading:
    total = sum(votes)
    labels = {name: count / total for name, count in zip(NAMES, votes, strict=True)}
    return Reading(source=Source.CROWD, labels=labels, raters=total)


@st.composite
def distributions(draw: st.DrawFn) -> dict[str, float]:
    weights = draw(st.lists(st.integers(0, 50), min_size=4, max_size=4).filter(any))
    return {name: weight / sum(weights) for name, weight in zip(NAMES, weights, strict=True)}


@st.composite
def references(draw: st.DrawFn) -> Reading:
    source = draw(st.sampled_from([s for s in Source if s is not Source.USER]))
    raters = draw(st.none() | st.integers(1, 100)) if source is Source.CROWD else None
    return Reading(source=source, labels=draw(distributions()), raters=raters)


def test_a_certain_answer_that_names_the_reference() -> None:
    user = certain(Source.USER, "glad", intensity=0.8, confidence=0.9)
    found = agree(user, certain(Source.INTENDED, "glad", intensity=0.5), FOUR)
    assert (found.reference, found.same, found.chosen_share, found.ceiling) == ("intended", True, 1.0, 1.0)
    assert (found.brier, found.floor, found.skill, found.log_score) == (0.0, 0.0, 1.0, 0.0)
    assert found.similarity == 1.0
    assert found.intensity_difference == pytest.approx(0.3)
    assert found.confidence == 0.9


def test_a_certain_answer_that_names_another() -> None:
    found = agree(certain(Source.USER, "low"), certain(Source.EXPERT, "glad"), FOUR)
    assert (found.same, found.chosen_share, found.brier) == (False, 0.0, 2.0)
    assert found.skill == pytest.approx(1 - 2 / 0.75)
    assert found.log_score == pytest.approx(log(0.01))
    assert found.similarity == pytest.approx(0.0)  # opposite corners of the square
    assert found.intensity_difference is None


def test_votes_are_smoothed_by_half_a_vote_each() -> None:
    found = agree(certain(Source.USER, "glad"), crowd(1, 6, 1, 0), FOUR)  # q = 1.5/10 6.5/10 1.5/10 .5/10
    assert (found.chosen_share, found.ceiling) == (pytest.approx(0.65), pytest.approx(0.65))
    assert found.floor == pytest.approx(0.15 * 0.85 * 2 + 0.65 * 0.35 + 0.05 * 0.95)
    assert found.brier == pytest.approx(found.floor + 0.15**2 * 2 + 0.35**2 + 0.05**2)


def test_without_a_number_of_raters_shares_stay_as_they_are() -> None:
    shares = {"calm": 0.25, "glad": 0.75}
    assert (
        agree(certain(Source.USER, "glad"), Reading(source=Source.CROWD, labels=shares), FOUR).ceiling == 0.75
    )


@pytest.mark.parametrize("said", ["calm", "glad"])
def test_any_of_the_most_voted_is_the_same(said: str) -> None:
    assert agree(certain(Source.USER, said), crowd(3, 3, 1, 0), FOUR).same


def test_places_stated_count_more_than_the_labels() -> None:
    user = certain(Source.USER, "low", valence=1.0, arousal=1.0)
    assert agree(user, certain(Source.INTENDED, "glad"), FOUR).similarity == 1.0


def test_being_unsure_does_not_move_the_place() -> None:
    unsure = Reading(source=Source.USER, labels=spread("glad", 0.3, NAMES))
    assert agree(unsure, certain(Source.INTENDED, "glad"), FOUR).similarity == 1.0


@pytest.mark.parametrize("outsider", [Source.USER, Source.INTENDED])
def test_labels_outside_the_vocabulary_are_a_bug(outsider: Source) -> None:
    strange, known = certain(outsider, "serene"), certain(outsider, "glad")
    with pytest.raises(ValueError, match="serene"):
        agree(strange, known, FOUR)
    with pytest.raises(ValueError, match="serene"):
        agree(known, strange, FOUR)


@given(distributions(), references())
def test_scores_keep_their_bounds(labels: dict[str, float], reference: Reading) -> None:
    found = agree(Reading(source=Source.USER, labels=labels), reference, FOUR)
    assert 0 <= found.floor <= found.brier + 1e-12
    assert found.brier <= 2 + 1e-9
    assert found.skill <= 1 + 1e-12
    assert found.log_score <= 1e-12
    assert 0 <= found.chosen_share <= found.ceiling <= 1
    assert found.similarity is not None
    assert -1e-12 <= found.similarity <= 1
    assert found.same == (abs(found.chosen_share - found.ceiling) < 1e-9)


@given(distributions(), references())
def test_saying_what_the_reference_says_cannot_be_bettered(
    labels: dict[str, float], reference: Reading
) -> None:
    """The Brier score is proper: the reference's own distribution scores its floor, the least there is."""
    plain = Reading(source=Source.EXPERT, labels=reference.labels)
    same = agree(Reading(source=Source.USER, labels=reference.labels), plain, FOUR)
    other = agree(Reading(source=Source.USER, labels=labels), plain, FOUR)
    assert same.brier == pytest.approx(same.floor)
    assert other.brier >= same.brier - 1e-12


@given(references())
def test_an_even_spread_has_no_skill(reference: Reading) -> None:
    even = Reading(source=Source.USER, labels=dict.fromkeys(NAMES, 0.25))
    assert agree(even, reference, FOUR).skill == pytest.approx(0.0, abs=1e-9)


@given(st.sampled_from(NAMES), st.floats(0.0, 1.0))
def test_spread_is_a_distribution_whose_first_is_the_answer(label: str, confidence: float) -> None:
    labels = spread(label, confidence, NAMES)
    reading = Reading(source=Source.USER, labels=labels)
    assert set(labels) == set(NAMES)
    assert reading.top == label
    assert labels[label] == max(confidence, 0.25)


@given(st.integers(2, 30))
def test_the_least_confidence_is_an_even_spread(k: int) -> None:
    names = [f"name {i}" for i in range(k)]
    reading = Reading(source=Source.USER, labels=spread(names[-1], 1 / k, names))
    assert reading.top == names[-1]
    assert max(reading.labels.values()) == pytest.approx(min(reading.labels.values()))


@pytest.mark.parametrize(
    ("label", "confidence", "names"),
    [("glad", 0.5, ("low", "calm")), ("glad", 0.5, ("glad",)), ("glad", 1.5, NAMES), ("glad", -0.1, NAMES)],
)
def test_spread_refuses_the_impossible(label: str, confidence: float, names: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"wanted one of|outside"):
        spread(label, confidence, names)
