"""What holds for every protocol, on the real starter set and on made-up ones."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from attune.app.practice import PracticeSession
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.catalogue import SETUPS, setup_from
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import By, FindTheThreshold
from attune.clips.clip_set import Channel, ClipSet
from attune.errors import PracticeError
from tests.app.protocols.driving import (
    NOW,
    a_clip,
    a_history,
    a_practice,
    a_set,
    drive,
    guessing,
    knowing,
    many,
    say,
    starter,
)

EVERY = [
    ReadTheMoment(trials=6),
    ReadTheMoment(trials=12, choices=4, none=True),
    ReadTheMoment(trials=5, names=("fear", "surprise", "anger"), replay=False),
    BriefMoments(trials=10, hz=60),
    FollowAlong(trials=2),
    FollowAlong(trials=2, axes=("valence", "arousal")),
    FindTheThreshold(emotions=("fear",), most=12),
    FindTheThreshold(by=By.DURATION, most=4),
    FindTheThreshold(emotions=("fear",), most=6, drawn=("Dayo", "Esi")),
    Contrast(most=20),
    Contrast(most=10, drawn=("Chi",)),
    CheckUp(),
    Daily(minutes=4),
]


@pytest.fixture(params=["starter", "made up"])
def clips(request: pytest.FixtureRequest) -> ClipSet:
    return starter() if request.param == "starter" else many(people=3, each=5)


def begin(folder: Path, clips: ClipSet, setup: Setup, seed: int) -> tuple[list[object], int]:
    """One session to its end by somebody who guesses; what was shown."""
    with a_history(folder) as history:
        session = a_practice(history).start(clips, setup, measure=False, seed=seed).result(10)
        shown: list[object] = list(drive(session, guessing(seed)))
        outcome = session.finish().result(10)
        assert outcome.complete
        assert outcome.summary.answered + len(outcome.traces) == len(shown) <= session.planned
        return shown, session.session_id


def test_every_protocol_is_in_the_catalogue() -> None:
    assert {type(setup) for setup in EVERY} == set(SETUPS.values())


@pytest.mark.parametrize("setup", EVERY, ids=lambda setup: setup.mode)
def test_a_session_from_beginning_to_end_is_the_same_with_the_same_seed(
    tmp_path: Path, clips: ClipSet, setup: Setup
) -> None:
    first, _ = begin(tmp_path / "first", clips, setup, seed=7)
    again, _ = begin(tmp_path / "again", clips, setup, seed=7)
    assert first == again
    others = [begin(tmp_path / str(seed), clips, setup, seed)[0] for seed in (8, 9)]
    assert any(other != first for other in others)


@pytest.mark.parametrize("setup", EVERY, ids=lambda setup: setup.mode)
def test_a_session_that_was_left_goes_on_as_if_it_never_was(
    tmp_path: Path, clips: ClipSet, setup: Setup
) -> None:
    whole, _ = begin(tmp_path / "whole", clips, setup, seed=3)
    answering = guessing(3)
    with a_history(tmp_path) as history:
        session = a_practice(history).start(clips, setup, measure=False, seed=3).result(10)
        early = drive(session, answering, most=len(whole) // 2)
    with a_history(tmp_path) as history:  # as after a crash: nobody said goodbye
        practice = a_practice(history)
        left = practice.unfinished().result(10)
        assert [each.answered for each in left] == [len(early)]
        session = practice.go_on(left[0], clips, measure=False).result(10)
        assert len(session.answered) + len(session.traced) == len(early)
        late = drive(session, answering)
        assert session.finish().result(10).complete
        assert practice.unfinished().result(10) == ()
    assert [*early, *late] == whole


@pytest.mark.parametrize("setup", EVERY, ids=lambda setup: setup.mode)
def test_setups_come_back_out_of_json(setup: Setup) -> None:
    assert setup_from(setup.mode, json.loads(json.dumps(setup.to_json()))) == setup


@pytest.mark.parametrize("setup", EVERY, ids=lambda setup: setup.mode)
def test_what_cannot_be_shown_is_skipped_and_remembered(tmp_path: Path, clips: ClipSet, setup: Setup) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        session = practice.start(clips, setup, measure=False, seed=5).result(10)
        first = session.current
        session.skip().result(10)
        assert session.current != first
        early = drive(session, knowing, most=1)
        assert session.finish().result(10).summary.answered <= 1
        left = practice.unfinished().result(10)
        if left:  # a protocol of one trial is over by now
            again = practice.go_on(left[0], clips, measure=False).result(10)
            assert again.current == session.current
            assert len(again.answered) + len(again.traced) == len(early)


@pytest.mark.parametrize("channel", Channel)
def test_channels_are_kept_apart(tmp_path: Path, channel: Channel) -> None:
    clips = many(people=2, each=2, channel=Channel.PICTURE_AND_SOUND)
    with a_history(tmp_path) as history:
        setup = ReadTheMoment(trials=4, channel=channel)
        session = a_practice(history).start(clips, setup, measure=False, seed=1).result(10)
        assert {trial.channel for trial in drive(session, knowing)} == {channel}
        assert list(session.finish().result(10).channels) == [str(channel)]
        (kept,) = history.progress().result(10)
        assert (kept.channel, kept.mode) == (str(channel), "read_the_moment")


def test_a_clip_without_sound_is_not_for_listening(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        starting = a_practice(history).start(starter(), ReadTheMoment(channel=Channel.SOUND), measure=False)
        with pytest.raises(PracticeError) as caught:
            starting.result(10)
        assert caught.value.key == "practice.no_clips"
        assert history.sessions().result(10) == []


@pytest.mark.parametrize(
    ("setup", "key"),
    [
        (BriefMoments(), "practice.no_brief"),
        (FindTheThreshold(), "practice.no_levels"),
        (Contrast(), "practice.no_pair"),
        (Daily(), "practice.no_pair"),
        (CheckUp(), "practice.too_small"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.mode,
)
def test_clips_that_do_not_fit_are_told(tmp_path: Path, setup: Setup, key: str) -> None:
    clips = a_set(a_clip("fear", "Ana"), a_clip("fear", "Ben"))
    with a_history(tmp_path) as history:
        with pytest.raises(PracticeError) as caught:
            a_practice(history).start(clips, setup, measure=False).result(10)
        assert caught.value.key == key


def left_session(history: object, clips: ClipSet) -> PracticeSession:
    session = a_practice(history).start(clips, ReadTheMoment(trials=6), measure=False, seed=2).result(10)  # type: ignore[arg-type]
    drive(session, knowing, most=2)
    return session


def test_other_clips_are_not_gone_on_with(tmp_path: Path) -> None:
    clips = many(people=2, each=2)
    changed = replace(clips, clips=tuple(replace(clip, content_hash="other") for clip in clips.clips))
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        left_session(history, clips)
        (left,) = practice.unfinished().result(10)
        for other, key in ((changed, "practice.changed"), (starter(), "practice.not_here")):
            with pytest.raises(PracticeError) as caught:
                practice.go_on(left, other, measure=False).result(10)
            assert caught.value.key == key
        practice.let_be(left).result(10)
        assert practice.unfinished().result(10) == ()
        assert len(history.session(left.session_id).result(10).answers) == 2


def test_what_was_left_long_ago_is_not_offered(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        left_session(history, many(people=2, each=2))
        for days, offered in ((6, 1), (8, 0)):
            later = NOW + timedelta(days=days)
            assert len(a_practice(history, now=lambda later=later: later).unfinished().result(10)) == offered  # type: ignore[misc]


def test_answers_that_do_not_count_are_answers_all_the_same(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        session = practice.start(starter(), BriefMoments(), measure=False).result(10)
        drive(session, lambda trial: say(trial, trial.choices[0], shown_ms=None), most=3)
        (left,) = practice.unfinished().result(10)
        assert left.answered == 3


def test_a_session_that_ended_by_itself_before_an_answer_is_not_offered(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        a_practice(history).start(starter(), CheckUp(), measure=False).result(10)
    with a_history(tmp_path) as history:  # as after a crash
        assert a_practice(history).unfinished().result(10) == ()


def test_leaving_with_nothing_answered_leaves_nothing_to_go_on_with(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        practice.start(starter(), CheckUp(), measure=False).result(10).finish().result(10)
        assert practice.unfinished().result(10) == ()
