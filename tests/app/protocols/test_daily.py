import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given
from hypothesis import strategies as st

from attune.app.history import History
from attune.app.practice import Answer, PracticeSession, Trial
from attune.app.protocols.cards import Band, Key, retrievability, reviewed
from attune.app.protocols.daily import REVIEW, Daily
from attune.app.protocols.difficulty import difficulty, difficulty_for, intensity_for
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import Whole
from attune.clips.clip_set import Channel
from attune.scoring.ability import expected
from attune.storage.records import CardRecord
from attune.storage.store import Store
from tests.app.protocols.driving import (
    NOW,
    Answering,
    a_clip,
    a_history,
    a_practice,
    drive,
    guessing,
    knowing,
    many,
    meant,
    say,
    starter,
)
from tests.app.protocols.learner import agreement_expected

KEY = Key.pair(("surprise", "fear"), "picture")


def day(history: History, number: int, clips=None, seed: int = 1, minutes: float = 4.0) -> PracticeSession:  # noqa: ANN001
    practice = a_practice(history, now=lambda: NOW + timedelta(days=number))
    return practice.start(clips or starter(), Daily(minutes=minutes), measure=False, seed=seed).result(10)


def cards(history: History) -> tuple[CardRecord, ...]:
    return history.ask(lambda store: store.past.cards()).result(10)


# Cards


def test_a_card_comes_back_later_the_better_it_went() -> None:
    due = [reviewed(KEY, None, agreed=n, asked=4, when=NOW).due for n in range(5)]
    assert due == sorted(due)
    assert len(set(due)) > 2
    first = reviewed(KEY, None, agreed=4, asked=4, when=NOW)
    when = datetime.fromisoformat(first.due)
    second = reviewed(KEY, first, agreed=4, asked=4, when=when)
    assert datetime.fromisoformat(second.due) - when > when - NOW
    assert second.state["reviews"] == 2


def test_a_card_is_what_the_package_says() -> None:
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, _ = scheduler.review_card(Card(card_id=1), Rating.Good, NOW)
    card, _ = scheduler.review_card(card, Rating.Again, NOW + timedelta(days=3))
    kept = reviewed(KEY, None, agreed=3, asked=4, when=NOW)
    kept = reviewed(KEY, kept, agreed=1, asked=4, when=NOW + timedelta(days=3))
    assert kept.state["stability"] == pytest.approx(card.stability)
    assert datetime.fromisoformat(kept.due) == card.due


def test_retrievability_of_the_given_value() -> None:
    state = {"stability": 30.0, "difficulty": 5.0, "state": 2, "last_review": NOW.isoformat(), "reviews": 1}
    card = CardRecord(
        one="fear", other="surprise", channel="picture", band="full", due=NOW.isoformat(), state=state
    )
    assert retrievability(card, NOW + timedelta(days=15)) == pytest.approx(0.94034, abs=5e-5)


# Difficulty


@given(st.floats(-3, 3), st.floats(0.3, 0.95), st.sampled_from([1 / 2, 1 / 4, 1 / 8]))
def test_the_wanted_share_is_expected_of_the_difficulty_for_it(
    theta: float, share: float, guess: float
) -> None:
    if share > guess + 0.01:
        assert expected(theta, difficulty_for(share, theta, guess), guess) == pytest.approx(share)


@given(st.floats(0.05, 1), st.floats(-3, 3))
def test_less_is_shown_for_a_greater_difficulty(stated: float, wanted: float) -> None:
    reference = scored_reference(a_clip("fear", "Ana", intensity=stated))
    shown = intensity_for(wanted, reference)
    assert 0 <= shown <= stated
    if 0 < shown < stated:
        assert difficulty(reference, intensity=shown) == pytest.approx(wanted)


# Days


def able(theta: float, seed: int) -> Answering:
    """Somebody of this ability, who says anything when they do not know."""
    chance = random.Random(seed)

    def answer(trial: Trial) -> Answer:
        assert trial.difficulty is not None
        knows = chance.random() < agreement_expected(theta, trial.difficulty, 0.0)
        return say(trial, meant(trial) if knows else chance.choice(trial.choices))

    return answer


def test_the_first_day_is_about_what_people_confuse(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = day(history, 0)
        assert session.setup.cards == (
            ("fear", "surprise", "picture", "full"),
            ("anger", "disgust", "picture", "full"),
            ("contempt", "happiness", "picture", "full"),
            ("neutral", "sadness", "picture", "full"),
        )
        trials = drive(session, knowing)
        assert len(trials) == Daily(minutes=4).trials == 16
        assert Counter(meant(trial) for trial in trials).most_common(1)[0][1] <= 4
        outcome = session.finish().result(10)
        assert len(outcome.cards) == 4
        assert {card.state["reviews"] for card in outcome.cards} == {1}


def test_due_cards_come_back_and_one_new_one_a_day(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        drive(day(history, 0), guessing(1))
        before = cards(history)
        session = day(history, 1, minutes=10)
        assert session.setup.new == 1
        due = {Key.of(card) for card in before if card.due <= (NOW + timedelta(days=1)).isoformat()}
        first = {tuple(map(str, (k.one, k.other, k.channel, k.band))) for k in due}
        assert first <= set(session.setup.cards)
        drive(session, guessing(2))
        assert len(cards(history)) == len(before) + 1


def test_a_card_is_kept_with_the_answer_that_ends_its_review(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = day(history, 0)
        for done in range(16):
            assert len(cards(history)) == max(0, done - 12)  # the last of four rounds
            drive(session, knowing, most=1)
        assert len(cards(history)) == 4


def test_each_trial_is_on_somebody_not_seen_lately(tmp_path: Path) -> None:
    clips = many(people=14, each=2)
    with a_history(tmp_path) as history:
        trials = [*drive(day(history, 0, clips), knowing), *drive(day(history, 1, clips), knowing)]
        people = [trial.clip.person for trial in trials]
        for place in range(len(people)):
            assert people[place] not in people[max(0, place - 9) : place]


def test_trials_are_near_four_in_five(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        for number in range(6):
            session = day(history, number, seed=number, minutes=6)
            trials = drive(session, able(1.2, seed=number))
        expected = [
            agreement_expected(session.setup.ability, trial.difficulty, 1 / 8)
            for trial in trials
            if meant(trial) != "neutral"
            and any(meant(trial) in card[:2] and card[3] == "middle" for card in session.setup.cards)
        ]
        assert 0.5 < session.setup.ability < 2
        assert len(expected) > 8
        assert fmean(expected) == pytest.approx(0.8, abs=0.05)


def test_nobody_new_is_shown_faint_expressions(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        for trial in drive(day(history, 0), knowing):
            assert isinstance(trial.show, Whole) or trial.show.intensity >= 0.65  # type: ignore[union-attr]


@pytest.mark.slow
def test_what_is_mastered_comes_fainter(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        for number in range(40):
            drive(day(history, number, seed=number, minutes=6), knowing)
        bands = {card.band for card in cards(history)}
        assert Band.MIDDLE in bands
        assert max(int(card.state["reviews"]) for card in cards(history)) >= 3


def test_what_this_person_confuses_is_the_next_new_thing(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        drive(
            day(history, 0, minutes=10),
            lambda trial: say(trial, "contempt" if meant(trial) == "anger" else meant(trial)),
        )
        setup = day(history, 1).setup
        assert setup.new == 1
        assert ("anger", "contempt", "picture", "full") in setup.cards


def test_cards_of_another_channel_wait_for_it(tmp_path: Path) -> None:
    clips = many(people=2, each=2, channel=Channel.PICTURE_AND_SOUND)
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        for channel in Channel:
            setup = Daily(minutes=4, channel=channel)
            session = practice.start(clips, setup, measure=False, seed=1).result(10)
            assert {card[2] for card in session.setup.cards} == {str(channel)}
            drive(session, knowing)
        assert Counter(card.channel for card in cards(history)) == dict.fromkeys(map(str, Channel), 4)


def test_a_review_is_of_whole_rounds(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        for number, minutes in enumerate((1, 2.5, 10, 20)):
            session = day(history, number, minutes=minutes)
            asked = Counter(
                tuple(card)
                for card in (
                    (k.one, k.other, k.band)
                    for k in session._protocol._order  # type: ignore[attr-defined]
                )
            )
            assert len(set(asked.values())) == 1
            assert min(asked.values()) >= REVIEW
            drive(session, knowing)


def test_deleting_a_session_keeps_its_cards_due(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = day(history, 0)
        drive(session, knowing)
        history.delete_session(session.session_id).result(10)
        assert len(cards(history)) == 4
        assert history.ask(Store.sessions).result(10) == []
        assert datetime.fromisoformat(cards(history)[0].due).tzinfo == UTC


def test_a_full_card_stays_full_for_somebody_able(tmp_path: Path) -> None:
    clips = many(people=8, each=10)
    with a_history(tmp_path) as history:
        for number in range(5):
            session = day(history, number, clips, seed=number, minutes=6)
            for trial in drive(session, knowing):
                (stated,) = (reference.intensity for reference in trial.clip.references)
                bands = {card[3] for card in session.setup.cards if meant(trial) in card[:2]}
                assert meant(trial) == "neutral" or any(
                    Band(band).intensities[0] - 1e-9 <= stated <= Band(band).intensities[1] + 1e-9
                    for band in bands
                )
