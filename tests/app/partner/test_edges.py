"""The three edges in words: who said what, never a verdict."""

import itertools
import re

import pytest

from attune.affect.moment import Edge
from attune.affect.reading import NONE, Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.partner.couple import Kind, Moment
from attune.app.partner.edges import EdgeSpeaker, Lie, how_they_lie, named
from attune.app.services import load_vocabulary
from attune.resources import Words
from attune.scoring.agreement import spread

NAMES = load_vocabulary().names
NEVER = re.compile(r"wrong|true emotion|hidden|lying|genuine|correct|score", re.IGNORECASE)


def speaker() -> EdgeSpeaker:
    return EdgeSpeaker(Words(), load_vocabulary(), shower="Ana", noticer="Ben")


def moment(
    *, perceived: Reading | None = None, felt: Reading | None = None, expressed: Reading | None = None
) -> Moment:
    return Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at="2026-03-01T10:00:00.000+00:00",
        shower=1,
        noticer=2,
        perceived=perceived,
        felt=felt,
        expressed=expressed,
    )


def measured(label: str, share: float) -> Reading:
    return Reading(source=Source.MEASURED, labels=spread(label, share, NAMES))


def noticed(label: str, confidence: float = 0.8, intensity: float | None = 0.5) -> Reading:
    labels = spread(label, confidence, NAMES)
    return Reading(source=Source.USER, labels=labels, confidence=confidence, intensity=intensity)


def felt(label: str, intensity: float | None = 0.5) -> Reading:
    return certain(Source.SELF_REPORT, label, intensity=intensity)


def test_only_edges_whose_ends_are_there_are_said() -> None:
    whole = moment(perceived=noticed("fear"), felt=felt("fear"), expressed=measured("fear", 0.9))
    assert [said.edge for said in speaker().edges(whole)] == list(Edge)
    assert [said.edge for said in speaker().edges(whole, measured=False)] == [Edge.ATTUNEMENT]
    assert [
        said.edge for said in speaker().edges(moment(felt=felt("fear"), expressed=measured("fear", 1.0)))
    ] == [Edge.LEGIBILITY]
    assert speaker().edges(moment(felt=felt("fear"))) == ()


def test_who_said_what_stands_in_the_sentence() -> None:
    (said,) = speaker().edges(moment(perceived=noticed("surprise"), felt=felt("fear")))
    assert said.lie is Lie.DIFFERS
    assert said.sentences[0] == "Ben noticed surprise; Ana said it was fear."
    assert "Both raise the brows" in said.sentences[1]  # what tells the two apart


@pytest.mark.parametrize(
    ("seen", "was", "word"), [(0.5, 0.6, "equally"), (0.3, 0.8, "fainter"), (0.9, 0.4, "stronger")]
)
def test_strength_is_compared_where_both_name_the_same(seen: float, was: float, word: str) -> None:
    (said,) = speaker().edges(moment(perceived=noticed("fear", intensity=seen), felt=felt("fear", was)))
    assert said.lie is Lie.SAME
    assert said.nearness == pytest.approx(1.0)
    assert word in said.sentences[1].replace("equally strong", "equally").replace("about equally", "equally")


def test_rest_has_no_strength_and_what_was_not_asked_is_not_compared() -> None:
    calm = moment(perceived=noticed("neutral", intensity=0.0), felt=felt("neutral", 0.0))
    unasked = moment(perceived=noticed("fear", intensity=None), felt=felt("fear"))
    assert [len(speaker().edges(each)[0].sentences) for each in (calm, unasked)] == [1, 1]


def test_two_at_once_are_both_named_and_partly_shared() -> None:
    both = Reading(source=Source.SELF_REPORT, labels={"anger": 0.6, "sadness": 0.4})
    (said,) = speaker().edges(moment(perceived=noticed("sadness"), felt=both))
    assert said.lie is Lie.PARTLY
    assert "anger and sadness" in said.sentences[0]
    assert how_they_lie(noticed("anger"), both) is Lie.SAME


def test_somebody_who_only_guesses_names_one() -> None:
    assert named(noticed("fear", 1 / 8)) == ("fear",)
    assert named(measured("fear", 0.5)) == ("fear",)


def test_a_faint_measurement_points_to_nothing_and_is_not_named() -> None:
    faint = measured("contempt", 0.3)
    said = speaker().edges(moment(perceived=noticed("fear"), felt=felt("fear"), expressed=faint))
    assert [each.lie for each in said] == [Lie.SAME, Lie.OPEN, Lie.OPEN]
    assert not any("contempt" in sentence for each in said for sentence in each.sentences)
    assert [each.nearness for each in said][1:] == [None, None]
    assert speaker().corner(faint) == "No one feeling"


def test_a_face_that_hardly_moved_is_not_called_by_a_feeling() -> None:
    still = measured("neutral", 0.9)
    for each in ("sadness", "neutral"):
        said = speaker().edges(moment(perceived=noticed(each), felt=felt(each), expressed=still))
        assert all("hardly moved" in edge.sentences[0] for edge in said[1:])
    assert speaker().corner(still) == "Hardly moved"


def test_no_name_that_fits_is_nobodys_failing() -> None:
    nothing = certain(Source.USER, NONE)
    (said,) = speaker().edges(moment(perceived=nothing, felt=felt("fear")))
    assert said.lie is Lie.OPEN


@pytest.mark.parametrize(("one", "other"), [*itertools.product(Core, Core)])
def test_whatever_is_said_is_said_kindly(one: str, other: str) -> None:
    whole = moment(perceived=noticed(one), felt=felt(other), expressed=measured(one, 0.9))
    sentences = [sentence for said in speaker().edges(whole) for sentence in said.sentences]
    assert len(sentences) >= 3
    assert not any(NEVER.search(sentence) or "{" in sentence for sentence in sentences)
