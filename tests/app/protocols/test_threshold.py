import random
from dataclasses import replace
from math import exp, log
from pathlib import Path

import pytest

from attune.app.history import History
from attune.app.practice import Outcome, PracticeSession, Trial
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import By, FindTheThreshold
from attune.app.protocols.trial import Brief, Held, Whole
from tests.app.protocols.driving import (
    Answering,
    a_clip,
    a_history,
    a_practice,
    a_set,
    drive,
    knowing,
    many,
    meant,
    say,
    starter,
)


def seeing(threshold: float, slope: float, seed: int) -> Answering:
    """Somebody who catches expressions along a Weibull curve with this threshold, and else guesses."""
    chance = random.Random(seed)

    def answer(trial: Trial):  # noqa: ANN202
        show = trial.show
        if isinstance(show, Held):
            level = show.intensity
        elif isinstance(show, Brief):
            level = show.asked_ms
        else:
            level = trial.clip.references[0].intensity or 0.0
        caught = chance.random() < 0.97 * (1 - exp(-((level / threshold) ** slope)))
        return say(
            trial, meant(trial) if caught else chance.choice(trial.choices), confidence=None, intensity=None
        )

    return answer


def run(
    history: History, setup: FindTheThreshold, answering: Answering, seed: int = 1
) -> tuple[list[Trial], Outcome]:
    session: PracticeSession = (
        a_practice(history).start(starter(), setup, measure=False, seed=seed).result(10)
    )
    return drive(session, answering), session.finish().result(10)


@pytest.mark.parametrize(
    ("by", "threshold"), [(By.INTENSITY, 0.3), (By.INTENSITY, 0.6), (By.DURATION, 80.0), (By.DURATION, 200.0)]
)
def test_a_known_threshold_is_found(tmp_path: Path, by: By, threshold: float) -> None:
    with a_history(tmp_path) as history:
        setup = FindTheThreshold(by=by, emotions=("anger",), precision=0.15, most=120)
        trials, outcome = run(history, setup, seeing(threshold, 3.0, 5))
        found = outcome.thresholds["anger"].threshold
        assert abs(log(found.value / threshold)) < 3 * 0.15
        assert found.sd <= 0.15 or len(trials) == 120
        assert sum(point.shown for point in outcome.thresholds["anger"].points) == len(trials)


def test_a_coarser_precision_takes_fewer_trials(tmp_path: Path) -> None:
    counts = []
    for precision in (0.5, 0.15):
        with a_history(tmp_path / str(precision)) as history:
            setup = FindTheThreshold(emotions=("fear",), precision=precision, most=120)
            counts.append(len(run(history, setup, seeing(0.4, 3.0, 1))[0]))
    assert counts[0] < counts[1]


def test_clips_are_held_on_their_way_up_with_open_eyes(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        trials, _ = run(history, FindTheThreshold(emotions=("fear", "anger"), most=15), seeing(0.4, 3.0, 2))
        for trial in trials:
            assert isinstance(trial.show, Held)
            assert not trial.show.replay
            assert 0 <= trial.show.until_s <= (trial.clip.apex_s or 0) + 0.4
            assert not trial.ask.rated  # type: ignore[union-attr]
            assert "neutral" not in trial.choices
        assert {meant(trial) for trial in trials} == {"fear", "anger"}
        assert len({round(trial.show.intensity, 2) for trial in trials}) > 4  # type: ignore[union-attr]


def test_rated_clips_are_shown_whole(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        clips = many(people=3, each=6)
        setup = FindTheThreshold(emotions=("fear",), most=30)
        session = a_practice(history).start(clips, setup, measure=False, seed=1).result(10)
        trials = drive(session, seeing(0.5, 3.0, 3))
        assert {type(trial.show) for trial in trials} == {Whole}
        points = session.finish().result(10).thresholds["fear"].points
        assert {round(6 * point.stimulus) for point in points} <= set(range(1, 7))


def test_without_a_wish_those_missed_most(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        read = practice.start(starter(), ReadTheMoment(trials=32), measure=False, seed=1).result(10)
        drive(read, lambda t: say(t, "anger") if meant(t) in ("contempt", "disgust") else knowing(t))
        session = practice.start(starter(), FindTheThreshold(), measure=False).result(10)
        assert set(session.setup.emotions[:2]) == {"contempt", "disgust"}


def test_what_was_found_can_be_looked_at_again(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        session = practice.start(
            starter(), FindTheThreshold(emotions=("fear",), most=10), measure=False
        ).result(10)
        drive(session, knowing)
        then = session.finish().result(10).thresholds["fear"]
        again = practice.look_at(session.session_id).result(10).thresholds["fear"]
        assert again.trials == then.trials
        assert again.threshold == then.threshold


def test_clips_of_one_strength_are_not_enough(tmp_path: Path) -> None:
    clips = a_set(a_clip("fear", "Ana"), a_clip("anger", "Ana"), a_clip("fear", "Ben"))
    with a_history(tmp_path) as history, pytest.raises(Exception, match="no_levels"):
        a_practice(history).start(clips, FindTheThreshold(), measure=False).result(10)


def test_emotions_without_a_neutral_face_before_them_have_no_shortest_moment(tmp_path: Path) -> None:
    seen = [a_clip(emotion, "Ana") for emotion in ("fear", "anger")]
    clips = a_set(*seen, replace(a_clip("surprise", "Ben"), onset_s=None))
    with a_history(tmp_path) as history:
        setup = FindTheThreshold(by=By.DURATION, emotions=("fear", "surprise"), most=3)
        session = a_practice(history).start(clips, setup, measure=False, seed=1).result(10)
        assert session.setup.emotions == ("fear",)
        assert len(drive(session, knowing)) == 3
