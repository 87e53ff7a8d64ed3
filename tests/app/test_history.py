from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from time import tzset

import pytest

from attune.affect.reading import Source, certain
from attune.app.history import History, open_history
from attune.errors import StorageError
from attune.scoring.intervals import wilson
from attune.scoring.response_time import ResponseTimes
from attune.storage.backups import Backup, Backups
from attune.storage.database import open_database
from attune.storage.store import Store
from tests.storage.examples import VOCABULARY, a_session, an_answer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite3"


@pytest.fixture
def history(file: Path) -> Iterator[History]:
    history = open_history(file, VOCABULARY)
    yield history
    history.close()


def practise(history: History, started_at: str, chosen: list[str]) -> int:
    session = history.ask(lambda store: store.begin_session(a_session(started_at))).result()
    for position, label in enumerate(chosen):
        history.add_answer(an_answer(session, position, label)).result()
    return session


def test_a_session_is_there_after_a_restart(history: History, file: Path) -> None:
    session = practise(history, "2026-03-01T10:00:00+00:00", ["fear", "surprise", "fear"])
    history.ask(lambda store: store.end_session(session, "2026-03-01T10:04:00+00:00")).result()
    history.close()
    again = open_history(file, VOCABULARY)
    try:
        (summary,) = again.sessions().result()
        assert (summary.session.id, summary.answered, summary.agreed) == (session, 3, 2)
        assert summary.session.ended_at == "2026-03-01T10:04:00+00:00"
    finally:
        again.close()


def test_a_review_opens_every_answer_and_says_what_they_come_to(history: History) -> None:
    session = practise(history, "2026-03-01T10:00:00+00:00", ["fear", "surprise", "fear"])
    review = history.session(session).result()
    assert [answer.chosen for answer in review.answers] == ["fear", "surprise", "fear"]
    assert (review.summary.answered, review.summary.agreed) == (3, 2)
    assert isinstance(review.summary.times, ResponseTimes)
    assert review.summary.times.median_ms == pytest.approx(1235.5)
    assert review.session.id == session


def test_progress_is_one_point_a_session_oldest_first(history: History) -> None:
    later = practise(history, "2026-03-02T10:00:00+00:00", ["fear"])
    practise(history, "2026-03-03T10:00:00+00:00", [])
    earlier = practise(history, "2026-03-01T10:00:00+00:00", ["fear", "happiness"])
    points = history.progress().result()
    assert [point.session_id for point in points] == [earlier, later]
    first = points[0]
    assert first.when == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert (first.answered, first.agreed, first.share) == (2, 1, 0.5)
    assert (first.low, first.high) == wilson(1, 2)
    assert first.scored_against is Source.INTENDED


def test_late_references_and_deleted_sessions(history: History) -> None:
    session = practise(history, "2026-03-01T10:00:00+00:00", ["fear"])
    (answer,) = history.session(session).result().answers
    assert answer.id is not None
    late = certain(Source.MEASURED, "surprise")
    assert history.attach_reference(answer.id, late).result()
    assert history.session(session).result().answers[0].references[-1] == late
    history.delete_session(session).result()
    assert not history.attach_reference(answer.id, late).result()
    with pytest.raises(KeyError):
        history.session(session).result()
    assert history.sessions().result() == []


def test_deleting_leaves_one_backup_that_knows_nothing_of_it(history: History, file: Path) -> None:
    kept = practise(history, "2026-03-01T10:00:00+00:00", ["fear"])
    gone = practise(history, "2026-03-01T11:00:00+00:00", ["surprise", "fear"])
    assert history.back_up().result() is not None
    assert history.back_up().result() is None  # nothing new since
    history.delete_session(gone).result()
    history.close()
    (backup,) = Backups(file).all()
    copied = open_history(backup.file, VOCABULARY)
    try:
        assert [summary.session.id for summary in copied.sessions().result()] == [kept]
    finally:
        copied.close()


def test_no_backup_begun_before_brings_back_what_is_deleted(
    history: History, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = practise(history, "2026-03-01T10:00:00+00:00", ["fear"])
    copied, go_on, make = Event(), Event(), Backups.make

    def make_slowly(backups: Backups, today: date) -> Backup | None:
        made = make(backups, today)
        copied.set()
        assert go_on.wait(10)
        return made

    monkeypatch.setattr(Backups, "make", make_slowly)
    history.back_up()
    assert copied.wait(10)
    deleted = history.delete_session(gone)
    history.sessions().result()  # the history's own thread has nothing left to do
    assert not deleted.done()
    go_on.set()
    deleted.result()
    history.close()
    for backup in Backups(file).all():
        with closing(open_database(backup.file)) as connection:
            assert Store(connection).session(gone) is None


def test_a_backup_that_cannot_be_written_names_the_file_asked_for(history: History, tmp_path: Path) -> None:
    practise(history, "2026-03-01T10:00:00+00:00", ["fear"])
    target = tmp_path / "nowhere" / "copy.sqlite3"
    with pytest.raises(StorageError) as caught:
        history.back_up_to(target).result()
    assert caught.value.fields["path"] == target


def test_a_day_is_one_of_this_computers_time_zone(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    tzset()
    try:
        late = practise(history, "2026-03-01T14:59:59+00:00", ["fear"])  # a second before midnight there
        practise(history, "2026-03-01T15:00:00+00:00", ["fear"])
        history.delete_day(date(2026, 3, 2)).result()
    finally:
        monkeypatch.undo()
        tzset()
    assert [summary.session.id for summary in history.sessions().result()] == [late]


def test_notes_are_kept_changed_and_deleted(history: History, file: Path) -> None:
    first, second = history.add_note("slept badly").result(), history.add_note("Wilhelmina").result()
    assert history.change_note(first, "slept well").result()
    assert history.back_up().result() is not None
    history.delete_note(second).result()
    assert not history.change_note(second, "x").result()
    (note,) = history.notes().result()
    assert (note.id, note.text) == (first, "slept well")
    assert note.written_at <= note.changed_at
    history.close()
    assert len(Backups(file).all()) == 1
    for left in file.parent.rglob("*.sqlite3*"):
        assert b"Wilhelmina" not in left.read_bytes()


def test_a_history_that_cannot_be_opened_says_so_at_once(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    file.write_text("Dear diary")
    with pytest.raises(StorageError):
        open_history(file, VOCABULARY)
