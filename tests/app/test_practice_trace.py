"""What is traced stays, whatever the disk or the person does in the middle."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from attune.app.history import History
from attune.app.practice import Practice, PracticeSession
from attune.app.protocols.follow_along import FollowAlong
from attune.errors import StorageError
from attune.storage.backups import Backups
from attune.storage.worker import Database
from tests.app.protocols.driving import VOCABULARY, a_practice, starter, trace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def history(file: Path) -> Iterator[History]:
    opened = History(Database(file, patience_s=0.05), VOCABULARY, Backups(file))
    yield opened
    opened.close()


@pytest.fixture
def practice(history: History) -> Practice:
    return a_practice(history)


def followed(practice: Practice, *, trials: int = 2) -> PracticeSession:
    return practice.start(starter(), FollowAlong(trials=trials), measure=False, seed=1).result(10)


def test_seconds_that_could_not_be_written_are_written_with_the_next(
    practice: Practice, history: History, file: Path
) -> None:
    session = followed(practice)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for refused in (session.begin_trace(), session.add_samples([(0.5, 0.1)])):
            with pytest.raises(StorageError, match=r"storage\.locked"):
                refused.result(10)
    session.add_samples([(1.5, 0.2)]).result(10)
    (kept,) = history.session(session.session_id).result(10).traces
    assert kept.samples == ((0.5, 0.1), (1.5, 0.2))


def test_a_full_disk_loses_no_second_and_the_end_can_be_tried_again(
    practice: Practice, history: History
) -> None:
    def room(pages: int) -> None:
        history.ask(
            lambda store: store._connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        ).result(10)

    session = followed(practice)
    session.begin_trace().result(10)
    room(1)  # SQLite takes that for: not a page more than there are
    refused, second = [], 0
    while len(refused) < 3:
        samples = [(second + tick / 30, 0.1) for tick in range(30)]
        second += 1
        try:
            session.add_samples(samples).result(10)
        except StorageError as error:
            refused.append(error.key)
    assert set(refused) == {"storage.full"}
    with pytest.raises(StorageError, match=r"storage\.full"):
        session.end_trace().result(10)
    assert session.current is not None
    room(10_000)
    record = session.end_trace().result(10).record
    assert [sample[0] for sample in record.samples] == [
        s + tick / 30 for s in range(second) for tick in range(30)
    ]
    assert record.ended_at is not None


def test_leaving_half_way_keeps_what_was_traced(practice: Practice, history: History) -> None:
    session = followed(practice)
    trace(session, s=2)
    session.begin_trace()
    session.add_samples([(0.5, 0.3), (0.6, 0.4)])
    session.finish().result(10)
    whole, half = history.session(session.session_id).result(10).traces
    assert (len(whole.samples), whole.ended_at is not None) == (60, True)
    assert (half.samples, half.ended_at, half.position) == (((0.5, 0.3), (0.6, 0.4)), None, 1)
    (left,) = practice.unfinished().result(10)
    again = practice.go_on(left, starter(), measure=False).result(10)
    assert again.current is not None
    assert again.current.position == 1


def test_each_reel_has_its_own_trace(practice: Practice) -> None:
    session = followed(practice)
    trace(session, s=2)
    with pytest.raises(RuntimeError, match="begun"):
        session.add_samples([(0.5, 0.1)])


def test_a_reference_that_goes_missing_meanwhile_changes_nothing(practice: Practice, tmp_path: Path) -> None:
    felt = tmp_path / "felt.csv"
    felt.write_text("time_s,valence\n0,0\n1,0.5\n30,0.1\n", encoding="utf-8")
    clips = replace(starter(), clips=(replace(starter().clips[0], trace=felt),))
    session = practice.start(clips, FollowAlong(trials=1), measure=False, seed=1).result(10)
    felt.unlink()
    trace(session, s=2)
    reference = session.traced[0].record.reference
    assert reference is not None
    assert reference["source"] == "self_report"
