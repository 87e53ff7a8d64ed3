import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attune.affect.reading import NONE, Reading, Source
from attune.app.practice import Answer
from attune.app.protocols.answering import perceived_of
from attune.app.protocols.read_the_moment import ReadTheMoment, offer
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import Name, Trial, When, Whole
from tests.app.protocols.driving import (
    VOCABULARY,
    a_clip,
    a_history,
    a_practice,
    a_set,
    drive,
    many,
    meant,
    say,
    starter,
)

NAMES = VOCABULARY.names


@given(st.sampled_from(NAMES), st.integers(2, 8), st.booleans(), st.integers())
def test_the_one_meant_is_offered_or_none_of_these_is(meant: str, count: int, none: bool, seed: int) -> None:
    offered = offer(meant, NAMES, count, random.Random(seed), none=none)
    assert len(offered) in {count + none, min(count, 7) + none}
    assert meant in offered or NONE in offered
    assert (NONE in offered) == none
    names = [name for name in offered if name != NONE]
    assert names == sorted(names, key=NAMES.index)
    assert offered[-1] == NONE or not none


def test_none_of_these_is_so_as_often_as_any_name() -> None:
    chance = random.Random(1)
    absent = sum("fear" not in offer("fear", NAMES, 4, chance, none=True) for _ in range(5000))
    assert absent / 5000 == pytest.approx(1 / 5, abs=0.03)


@pytest.mark.parametrize("count", [4, 6, 8, 0])
def test_so_many_choices(tmp_path: Path, count: int) -> None:
    with a_history(tmp_path) as history:
        setup = ReadTheMoment(trials=8, choices=count)
        session = a_practice(history).start(starter(), setup, measure=False, seed=1).result(10)
        trials = drive(session, lambda trial: say(trial, meant(trial)))
        assert {len(trial.choices) for trial in trials} == {count or 8}
        assert session.finish().result(10).summary.agreed == 8


def test_ones_own_names_and_only_clips_of_them(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        setup = ReadTheMoment(trials=30, names=("fear", "surprise"))
        session = a_practice(history).start(starter(), setup, measure=False, seed=1).result(10)
        trials = drive(session, lambda trial: say(trial, "fear"))
        assert {meant(trial) for trial in trials} == {"fear", "surprise"}
        there = sum(scored_reference(clip).top in setup.names for clip in starter().clips)
        assert len(trials) == min(30, there)
        assert {trial.choices for trial in trials} == {("fear", "surprise")}


def answers_to(tmp_path: Path, setup: ReadTheMoment, answer: Answer, *, emotion: str = "fear") -> tuple:
    with a_history(tmp_path) as history:
        clips = a_set(a_clip(emotion, "Ana"), a_clip("surprise", "Ana"))
        session = a_practice(history).start(clips, setup, measure=False, seed=1).result(10)
        while meant(session.current) != emotion:
            session.skip()
        feedback = session.answer(answer).result(10)
        session.advance(feedback)
        review = history.session(session.session_id).result(10)
        return feedback, review


def test_none_of_these_is_an_answer_of_its_own(tmp_path: Path) -> None:
    setup = ReadTheMoment(trials=2, none=True)
    feedback, review = answers_to(tmp_path, setup, say(None, NONE))
    absent = "fear" not in feedback.trial.choices
    assert feedback.agreement.same is absent
    assert feedback.agreement.similarity is None
    (kept,) = review.answers
    assert kept.chosen == NONE
    assert review.summary.confusion.said(NONE) == 1
    assert review.summary.agreed == absent
    assert feedback.sentences[0].startswith("You said none of these")


def test_where_fear_was_not_offered_none_of_these_agrees(tmp_path: Path) -> None:
    for seed in range(60):
        with a_history(tmp_path / str(seed)) as history:
            setup = ReadTheMoment(trials=1, choices=4, none=True)
            session = a_practice(history).start(starter(), setup, measure=False, seed=seed).result(10)
            trial = session.current
            assert trial is not None
            if meant(trial) in trial.choices:
                continue
            feedback = session.answer(say(trial, NONE)).result(10)
            assert feedback.agreement.same
            assert feedback.record.reference == NONE
            return
    pytest.fail("none of sixty sessions left the one meant out")


def test_two_may_be_said(tmp_path: Path) -> None:
    setup = ReadTheMoment(trials=2, blends=True)
    blend = say(None, "surprise", second="fear", share=0.6, confidence=0.9)
    feedback, review = answers_to(tmp_path, setup, blend)
    assert feedback.perceived.top == "surprise"
    assert feedback.perceived.labels["fear"] == pytest.approx(0.36)
    assert not feedback.agreement.same
    assert feedback.sentences[0].startswith("You said surprise and fear.")
    alone, _ = answers_to(tmp_path / "alone", ReadTheMoment(trials=2), say(None, "surprise", confidence=0.9))
    assert feedback.agreement.brier < alone.agreement.brier
    assert review.answers[0].shown["second"] == "fear"


@given(st.floats(0, 1), st.floats(0.5, 1))
def test_of_two_the_first_stays_the_first(confidence: float, share: float) -> None:
    clip = a_clip("fear", "Ana")
    ask = Name(choices=NAMES, blends=True)
    trial = Trial(position=0, clip=clip, channel=clip.channel, show=Whole(), ask=ask)
    blend = say(trial, "fear", second="surprise", share=share, confidence=confidence)
    assert perceived_of(trial, blend).top == "fear"


def test_a_typed_word_is_kept_and_said_back(tmp_path: Path) -> None:
    feedback, review = answers_to(
        tmp_path, ReadTheMoment(trials=2, typed=True), say(None, "fear", word="Worried")
    )
    assert review.answers[0].word == "Worried"
    assert feedback.sentences[0].startswith("You said “Worried”, which is taken for fear,")


def test_feedback_at_the_end_is_all_there_then(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        setup = ReadTheMoment(trials=3, hear=When.END, replay=False)
        session = a_practice(history).start(starter(), setup, measure=False, seed=1).result(10)
        assert session.setup.feedback is When.END
        trials = drive(session, lambda trial: say(trial, meant(trial)))
        assert [each.trial for each in session.answered] == trials
        assert not any(trial.show.replay for trial in trials)  # type: ignore[union-attr]


def test_of_votes_that_tie_either_is_said_to_agree(tmp_path: Path) -> None:
    votes = Reading(source=Source.CROWD, labels={"fear": 0.5, "surprise": 0.5}, raters=10)
    clips = a_set(a_clip("fear", "Ana", references=(votes,)), a_clip("anger", "Ana"))
    with a_history(tmp_path) as history:
        session = a_practice(history).start(clips, ReadTheMoment(trials=2), measure=False, seed=1).result(10)
        while meant(session.current) == "anger":
            session.skip()
        feedback = session.answer(say(session.current, "surprise")).result(10)
        assert feedback.agreement.same
        assert "that agrees" in feedback.sentences[0]


def test_the_expression_it_was_taken_for_of_the_same_person_stands_beside(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        clips = many(people=2, each=1)
        session = a_practice(history).start(clips, ReadTheMoment(trials=16), measure=False, seed=1).result(10)
        while meant(session.current) != "fear":
            session.skip()
        trial = session.current
        feedback = session.answer(say(trial, "anger")).result(10)
        assert feedback.beside is not None
        assert (feedback.beside.person, feedback.beside.references[0].top) == (trial.clip.person, "anger")


def test_an_answer_that_was_not_offered_is_a_bug(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        setup = ReadTheMoment(trials=2, names=("fear", "surprise"))
        session = a_practice(history).start(starter(), setup, measure=False, seed=1).result(10)
        with pytest.raises(ValueError, match="anger"):
            session.answer(say(session.current, "anger"))
