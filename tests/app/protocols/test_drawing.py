"""Trials for which somebody is drawn: exactly what was asked for, and kept so that it can be drawn again."""

import random
from pathlib import Path

import pytest

from attune.affect.vocabulary import Core
from attune.app.practice import Trial
from attune.app.protocols.answering import shown_reference
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.contrast import STRENGTHS, Contrast
from attune.app.protocols.drawing import AT_ONCE, DrawnSetup
from attune.app.protocols.threshold import LEVELS, By, FindTheThreshold
from attune.app.protocols.trial import Beside, Brief, Drawn, Held, Which
from attune.storage.records import AnswerRecord
from tests.app.protocols.driving import a_history, a_practice, drive, guessing, meant, starter

PEOPLE = ("Chi", "Dayo")


def run(folder: Path, setup: DrawnSetup, seed: int = 4) -> tuple[list[Trial], list[AnswerRecord]]:
    with a_history(folder) as history:
        session = a_practice(history).start(starter(), setup, measure=False, seed=seed).result(10)
        trials = drive(session, guessing(seed))
        session.finish().result(10)
        answers = history.ask(lambda store: store.answers(session.session_id)).result(10)
    return trials, list(answers)


def drawn_in(trials: list[Trial]) -> list[Drawn]:
    found = [trial.drawn for trial in trials]
    assert None not in found
    return [drawn for drawn in found if drawn is not None]


def test_a_threshold_is_asked_for_at_exactly_the_wanted_strength(tmp_path: Path) -> None:
    trials, answers = run(tmp_path, FindTheThreshold(emotions=("fear",), most=12, drawn=PEOPLE))
    for trial, drawn, answer in zip(trials, drawn_in(trials), answers, strict=True):
        assert isinstance(trial.show, Held)
        assert drawn.person == trial.clip.person
        assert drawn.person in PEOPLE
        assert drawn.expression == meant(trial)
        assert drawn.intensity in LEVELS
        assert drawn.intensity == trial.show.intensity
        assert shown_reference(trial).intensity == drawn.intensity
        assert Drawn(**answer.shown["drawn"]) == drawn  # what was shown can be drawn again
    assert {drawn.person for drawn in drawn_in(trials)} == set(PEOPLE)


def test_the_shortest_moments_are_drawn_whole(tmp_path: Path) -> None:
    trials, answers = run(
        tmp_path, FindTheThreshold(by=By.DURATION, emotions=("surprise",), most=6, drawn=PEOPLE)
    )
    assert all(isinstance(trial.show, Brief) for trial in trials)
    assert {drawn.intensity for drawn in drawn_in(trials)} == {1.0}
    assert all(
        answer.shown["frames"] == trial.show.frames for trial, answer in zip(trials, answers, strict=True)
    )


def test_moments_draw_whom_they_can(tmp_path: Path) -> None:
    trials, _ = run(tmp_path, BriefMoments(trials=8, drawn=PEOPLE))
    assert [drawn.expression for drawn in drawn_in(trials)] == [meant(trial) for trial in trials]


def test_a_pair_is_one_person_as_strong_on_both_sides(tmp_path: Path) -> None:
    trials, answers = run(tmp_path, Contrast(pair=("fear", "surprise"), most=24, drawn=PEOPLE))
    strengths = {drawn.intensity for drawn in drawn_in(trials)}
    assert strengths <= set(STRENGTHS)
    assert len(strengths) > 1
    pairs = [trial for trial in trials if isinstance(trial.show, Beside)]
    for trial in pairs:
        assert isinstance(trial.ask, Which)
        assert trial.drawn is not None
        assert trial.drawn.expression == trial.ask.emotion
        assert isinstance(trial.show, Beside)
        assert trial.show.other.person == trial.clip.person
    assert pairs
    assert all("drawn" in answer.shown for answer in answers)


def test_a_face_at_rest_is_not_called_strong(tmp_path: Path) -> None:
    trials, _ = run(tmp_path, Contrast(pair=("neutral", "sadness"), most=12, drawn=PEOPLE))
    resting = [trial for trial in trials if meant(trial) == Core.NEUTRAL]
    assert resting
    assert {shown_reference(trial).intensity for trial in resting} == {
        trial.clip.references[0].intensity for trial in resting
    }


@pytest.mark.parametrize("setup", [FindTheThreshold(emotions=("fear",), most=4), Contrast(most=8)])
def test_without_a_graphics_card_nothing_is_drawn_and_nothing_changes(
    tmp_path: Path, setup: DrawnSetup
) -> None:
    trials, answers = run(tmp_path / "clips", setup)
    assert all(trial.drawn is None for trial in trials)
    assert all("drawn" not in answer.shown for answer in answers)
    stranger, _ = run(tmp_path / "stranger", setup.with_drawn(["Nobody here"], random.Random(1)))
    assert stranger == trials


def test_a_session_has_a_few_of_the_people() -> None:
    chosen = BriefMoments().with_drawn([f"P{number}" for number in range(12)], random.Random(1)).drawn
    assert len(set(chosen)) == AT_ONCE
