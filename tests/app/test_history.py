from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attune.affect.reading import Source, certain
from attune.app.history import History, open_history
from attune.errors import StorageError
from attune.scoring.intervals import wilson
from attune.scoring.response_time import ResponseTimes
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
    session = history.begin_session(a_session(started_at)).result()
    for position, label in enumerate(chosen):
        history.add_answer(an_answer(session, position, label)).result()
    return session


def test_a_session_is_there_after_a_restart(history: History, file: Path) -> None:
    session = practise(history, "2026-03-01T10:00:00+00:00", ["fear", "surprise", "fear"])
    history.end_session(session, "2026-03-01T10:04:00+00:00").result()
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


def test_a_history_that_cannot_be_opened_says_so_at_once(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    file.write_text("Dear diary")
    with pytest.raises(StorageError):
        open_history(file, VOCABULARY)
