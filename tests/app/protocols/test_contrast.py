import random
from pathlib import Path

from attune.app.history import History
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.trial import Beside, Name, Which
from attune.clips.clip_set import Channel
from tests.app.protocols.driving import (
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


def started(history: History, setup: Contrast, seed: int = 1):  # noqa: ANN201
    return a_practice(history).start(starter(), setup, measure=False, seed=seed).result(10)


def test_the_pair_this_person_confuses_most(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        reading = (
            a_practice(history).start(starter(), ReadTheMoment(trials=32), measure=False, seed=1).result(10)
        )
        mixed = {"anger": "sadness", "sadness": "anger"}
        drive(reading, lambda trial: say(trial, mixed.get(meant(trial), meant(trial))))
        session = started(history, Contrast())
        assert session.setup.pair == ("anger", "sadness")


def test_without_a_past_what_many_people_confuse(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        assert started(history, Contrast()).setup.pair == ("fear", "surprise")


def test_what_was_confused_by_ear_does_not_count_by_eye(tmp_path: Path) -> None:
    clips = many(people=2, each=2, channel=Channel.PICTURE_AND_SOUND)
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        heard = ReadTheMoment(trials=32, channel=Channel.SOUND)
        session = practice.start(clips, heard, measure=False, seed=1).result(10)
        drive(session, lambda trial: say(trial, "anger" if meant(trial) == "disgust" else meant(trial)))
        for channel, pair in ((Channel.SOUND, ("anger", "disgust")), (Channel.PICTURE, ("fear", "surprise"))):
            setup = Contrast(channel=channel)
            assert practice.start(clips, setup, measure=False).result(10).setup.pair == pair


def test_alone_and_side_by_side_in_turns(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = started(history, Contrast(most=16, bar=9))
        trials = drive(session, knowing)
        assert [type(trial.ask) for trial in trials] == ([Name] * 6 + [Which] * 2) * 2
        for trial in trials:
            assert set(trial.choices) == {"fear", "surprise"}
            if isinstance(trial.show, Beside):
                assert trial.show.other.person == trial.clip.person
                assert trial.show.other.references[0].top != meant(trial)
        sides = {
            trial.show.on_left
            for seed in range(4)
            for trial in drive(started(history, Contrast(most=16), seed), guessing(seed))
            if isinstance(trial.show, Beside)
        }
        assert sides == {True, False}


def test_it_is_over_once_they_are_told_apart(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        session = started(history, Contrast(bar=1.5))
        trials = drive(session, knowing)
        outcome = session.finish().result(10)
        assert len(trials) == 14  # twelve alone, and what came between
        assert outcome.d_prime is not None
        assert outcome.d_prime >= 1.5


def test_somebody_who_guesses_goes_on_to_the_end(tmp_path: Path) -> None:
    chance = random.Random(2)
    with a_history(tmp_path) as history:
        session = started(history, Contrast(most=40, bar=1.5))
        trials = drive(session, lambda trial: say(trial, chance.choice(trial.choices)))
        assert len(trials) == 40
        assert (session.finish().result(10).d_prime or 0) < 1.5
