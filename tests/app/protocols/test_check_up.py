from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attune.affect.reading import Source
from attune.app.protocols.check_up import AFTER, CheckUp, make_forms, reminders
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.material import Material
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import When
from attune.storage.records import SessionRecord, utc_text
from tests.app.protocols.driving import (
    NOW,
    VOCABULARY,
    a_history,
    a_practice,
    a_set,
    drive,
    guessing,
    knowing,
    many,
    starter,
)


@settings(max_examples=60)
@given(st.integers(2, 9), st.integers(1, 6), st.randoms(use_true_random=False))
def test_forms_are_parallel(people: int, each: int, order: object) -> None:
    clips = list(many(people, each).clips)
    forms = make_forms(Material(a_set(*clips), VOCABULARY, None))
    order.shuffle(clips)  # type: ignore[attr-defined]
    assert make_forms(Material(a_set(*clips), VOCABULARY, None)) == forms
    assert len({clip.name for form in forms for clip in form}) == sum(map(len, forms))
    counts = [Counter(scored_reference(clip).top for clip in form) for form in forms]
    assert all(count == counts[0] for count in counts)
    assert len(set(counts[0].values())) == 1
    hard = [fmean(difficulty(scored_reference(clip)) for clip in form) for form in forms]
    assert max(hard) - min(hard) < 0.4
    for form in forms:  # nobody has many more than their share
        assert max(Counter(clip.person for clip in form).values()) <= 1.5 * len(form) / people + 1


def test_forms_of_the_starter_set() -> None:
    material = Material(starter(), VOCABULARY, None)
    forms = make_forms(material)
    assert len(forms) >= 2
    assert len({clip.name for form in forms for clip in form}) == sum(map(len, forms))
    everybody = {clip.person for clip in material.clips}
    for form in forms:
        each = Counter(material.reference(clip).top for clip in form)
        assert each == dict.fromkeys(VOCABULARY.names, len(form) // 8)
        people = Counter(clip.person for clip in form)
        assert people.keys() == everybody
        assert max(people.values()) - min(people.values()) <= 3


def test_no_feedback_no_replay_another_form_each_time(tmp_path: Path) -> None:
    days = iter(range(1000))
    with a_history(tmp_path) as history:
        practice = a_practice(history, now=lambda: NOW + timedelta(hours=next(days)))
        shown = []
        forms = len(make_forms(Material(starter(), VOCABULARY, None)))
        for _ in range(forms + 1):
            session = practice.start(starter(), CheckUp(), measure=False).result(10)
            assert session.setup.feedback is When.NEVER
            trials = drive(session, knowing)
            assert not any(trial.show.replay for trial in trials)  # type: ignore[union-attr]
            shown.append(frozenset(trial.clip.name for trial in trials))
            session.finish().result(10)
        assert len(frozenset.union(*shown[:forms])) == sum(map(len, shown[:forms]))
        assert shown[forms] == shown[0]


def test_before_and_after(tmp_path: Path) -> None:
    clips = many(people=6, each=6)
    days = iter(range(1000))
    with a_history(tmp_path) as history:
        practice = a_practice(history, now=lambda: NOW + timedelta(hours=next(days)))

        def check(answering: object) -> object:
            session = practice.start(clips, CheckUp(), measure=False, seed=1).result(10)
            drive(session, answering)  # type: ignore[arg-type]
            return session.finish().result(10).checked

        first, again, after = check(guessing(1)), check(guessing(2)), check(knowing)
        assert first.since_first is None
        assert not again.since_first.reliable
        assert after.since_first.reliable
        assert after.since_first.z > 1.96
        assert after.since_last.difference == pytest.approx(after.ability.theta - again.ability.theta)


def test_only_the_same_clips_are_a_before(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        for clips in (many(people=6, each=6), starter()):
            session = practice.start(clips, CheckUp(), measure=False, seed=1).result(10)
            drive(session, knowing)
            checked = session.finish().result(10).checked
            assert checked is not None
            assert (checked.since_first, checked.since_last) == (None, None)


def test_a_check_up_that_was_let_be_is_no_before_and_keeps_no_day(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        session = practice.start(starter(), CheckUp(), measure=False, seed=1).result(10)
        drive(session, guessing(1), most=3)
        session.finish().result(10)
        (left,) = practice.unfinished().result(10)
        practice.let_be(left).result(10)
        assert practice.reminders().result(10) == ()
        session = practice.start(starter(), CheckUp(), measure=False, seed=2).result(10)
        session.skip().result(10)  # what could not be shown is no reason to begin again
        drive(session, knowing)
        assert session.finish().result(10).checked.since_first is None
        assert len(practice.reminders().result(10)) == 1


def checkup(start: datetime, channel: str = "") -> SessionRecord:
    return SessionRecord(
        started_at=utc_text(start),
        ended_at=utc_text(start + timedelta(minutes=5)),
        mode="checkup",
        clip_set="Made up",
        clip_set_version="1",
        vocabulary="core",
        scored_against=Source.INTENDED,
        seed=1,
        planned=8,
        channel=channel,
    )


FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "after"),
    [((), 0), ((2,), 0), ((5,), 1), ((7,), 1), ((30,), 2), ((90,), None), ((7, 28, 84), None)],
)
def test_reminders_after_a_week_a_month_a_quarter(days: tuple[int, ...], after: int | None) -> None:
    done = [checkup(FIRST), *(checkup(FIRST + timedelta(days=day)) for day in days)]
    found = reminders(done)
    assert [(r.due, r.after) for r in found] == (
        [] if after is None else [(FIRST + AFTER[after], AFTER[after])]
    )


def test_each_channel_has_its_own_days_and_what_was_left_is_none() -> None:
    left = replace(checkup(FIRST), ended_at=None)
    assert reminders([left]) == ()
    found = reminders([checkup(FIRST), checkup(FIRST + timedelta(days=10), "sound")])
    assert [(r.channel, r.due) for r in found] == [
        ("", FIRST + timedelta(days=7)),
        ("sound", FIRST + timedelta(days=17)),
    ]


def test_practice_tells_them(tmp_path: Path) -> None:
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        session = practice.start(starter(), CheckUp(), measure=False).result(10)
        drive(session, knowing)
        session.finish().result(10)
        (reminder,) = practice.reminders().result(10)
        assert reminder.due == NOW + timedelta(weeks=1)
