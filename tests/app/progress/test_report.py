"""A report says the figures of the pages, of the time looked at, and nothing of any file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from attune.app.progress.columns import Lens
from attune.app.progress.met import Met
from tests.app.progress.kept import NOW, PICTURE, Known


def test_every_figure_is_that_of_its_page(known: Known) -> None:
    known.history.add_note("Talked about fear.").result()
    progress = known.progress
    report = progress.report(PICTURE).result()
    assert report.skills == progress.standing(PICTURE).result().skills
    assert report.skill == progress.skill(PICTURE, None).result()
    assert report.mix_ups == progress.confusions(PICTURE).result().mix_ups[:3]
    assert report.sureness == progress.sureness(PICTURE).result().gaps[0]
    assert report.pace == progress.pace(PICTURE).result().whole
    assert report.transfer == progress.transfer(PICTURE).result()
    assert report.followed == progress.followed().result()
    assert [(c.emotion, c.by, c.estimate) for c in report.thresholds] == [
        (c.emotion, c.by, c.estimate) for c in progress.thresholds().result()
    ]
    assert [note.text for note in report.notes] == ["Talked about fear."]


def test_what_was_practised_is_counted_session_by_session(known: Known) -> None:
    report = known.progress.report(PICTURE).result()
    sessions = known.history.sessions().result()
    assert (report.sessions, report.answers) == (len(sessions), sum(each.answered for each in sessions))
    for way in report.ways:
        of = [each for each in sessions if each.session.mode == way.mode]
        assert (way.sessions, way.answers) == (len(of), sum(each.answered for each in of))
    starts = [datetime.fromisoformat(each.session.started_at) for each in sessions]
    assert (report.begin, report.end) == (
        pytest.approx(min(starts), abs=timedelta(seconds=1)),
        pytest.approx(max(starts), abs=timedelta(seconds=1)),
    )
    assert report.days == len({start.astimezone(NOW.tzinfo).date() for start in starts})


def test_only_the_weeks_looked_at_are_in_it(known: Known) -> None:
    lens = Lens(against=PICTURE.against, channel=PICTURE.channel, weeks=4)
    report = known.progress.report(lens).result()
    since = NOW - timedelta(weeks=4)
    inside = [
        each
        for each in known.history.sessions().result()
        if datetime.fromisoformat(each.session.started_at) >= since
    ]
    assert 0 < report.sessions == len(inside) < known.progress.report(PICTURE).result().sessions
    assert report.begin is not None
    assert report.begin >= since


def test_nothing_practised_makes_an_empty_report(progress_of: Callable[..., Any]) -> None:
    progress, _change = progress_of(lambda _store, _vocabulary: None)
    report = progress.report(None).result()
    assert (report.sessions, report.answers, report.begin, report.skills) == (0, 0, None, ())


def test_sessions_are_known_by_what_they_had(known: Known) -> None:
    met: Met = known.progress.met().result()
    by_emotion: dict[str, set[int]] = {}
    by_channel: dict[str, set[int]] = {}
    for summary in known.history.sessions().result():
        session_id = summary.session.id or 0
        for answer in known.history.session(session_id).result().answers:
            if answer.scored:
                for name in (answer.reference, answer.chosen):
                    by_emotion.setdefault(name, set()).add(session_id)
                by_channel.setdefault(answer.channel, set()).add(session_id)
    assert {name: set(ids) for name, ids in met.emotions.items()} == by_emotion
    assert {name: set(ids) for name, ids in met.channels.items()} == by_channel
