"""What was practised: kept while it happens, looked back on afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary
from attune.app.protocols.results import summary_of
from attune.scoring.intervals import wilson
from attune.scoring.summary import Summary
from attune.storage.records import AnswerRecord, CardRecord, SessionRecord, SessionSummary, TraceRecord
from attune.storage.store import Store
from attune.storage.worker import Database

__all__ = [
    "AnswerRecord",
    "History",
    "ProgressPoint",
    "SessionRecord",
    "SessionReview",
    "SessionSummary",
    "open_history",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionReview:
    """One session opened: every answer and trace in order, and what the scored answers come to."""

    session: SessionRecord
    answers: tuple[AnswerRecord, ...]
    summary: Summary
    traces: tuple[TraceRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPoint:
    """One session on the chart: ``share`` of the answers that agreed, with its Wilson 95 % interval.

    ``when`` is the start, an aware UTC time. Shares of different ``scored_against``, ``mode`` or ``channel``
    are different measures; ``channel`` "" = each clip as it comes.
    """

    session_id: int
    when: datetime
    clip_set: str
    scored_against: Source
    mode: str
    channel: str
    answered: int
    agreed: int
    share: float
    low: float
    high: float


class History:
    """Writes and reads the history without waiting: every method gives a future at once.

    Futures fail with StorageError where the file cannot be opened, read or written.
    """

    def __init__(self, database: Database, vocabulary: Vocabulary) -> None:
        self._database = database
        self._vocabulary = vocabulary

    def begin_session(self, session: SessionRecord) -> Future[int]:
        """Keep a new session; its id."""
        return self._database.submit(lambda store: store.begin_session(session))

    def add_answer(self, answer: AnswerRecord, card: CardRecord | None = None) -> Future[int]:
        """Keep an answer and what it made of its card; its id. On the disk when the future resolves."""
        return self._database.submit(lambda store: store.add_answer(answer, card))

    def ask(self, work: Callable[[Store], T]) -> Future[T]:
        """What ``work`` makes of the history, on the history's own thread."""
        return self._database.submit(work)

    def attach_reference(self, answer_id: int, reference: Reading) -> Future[bool]:
        """Add a reference that came after the answer; False if the answer was deleted meanwhile."""
        return self._database.submit(lambda store: store.attach_reference(answer_id, reference))

    def end_session(self, session_id: int, ended_at: str) -> Future[None]:
        """Note when a session ended, an ISO 8601 time in UTC."""
        return self._database.submit(lambda store: store.end_session(session_id, ended_at))

    def delete_session(self, session_id: int) -> Future[None]:
        """Delete a session and all that was answered in it."""
        return self._database.submit(lambda store: store.delete_session(session_id))

    def sessions(self) -> Future[list[SessionSummary]]:
        """Every session with its counts, newest first."""
        return self._database.submit(Store.sessions)

    def session(self, session_id: int) -> Future[SessionReview]:
        """One session with everything in it. The future fails with KeyError if there is none."""
        return self._database.submit(lambda store: _review(store, session_id, self._vocabulary))

    def progress(self) -> Future[list[ProgressPoint]]:
        """Every session that has an answer, oldest first."""
        return self._database.submit(_progress)

    def close(self) -> None:
        """Finish what is queued and close the file. Blocks for as long as that takes."""
        self._database.close()


def open_history(path: Path, vocabulary: Vocabulary) -> History:
    """The history in the file at ``path``, opened and seen to be good. Blocks; call it off the UI thread.

    Raises StorageError where the file cannot be opened, is newer, damaged or not Attune's.
    """
    history = History(Database(path), vocabulary)
    try:
        history.sessions().result()
    except BaseException:
        history.close()
        raise
    return history


def _review(store: Store, session_id: int, vocabulary: Vocabulary) -> SessionReview:
    found = store.session(session_id)
    if found is None:
        raise KeyError(session_id)
    answers = tuple(store.answers(session_id))
    return SessionReview(
        session=found.session,
        answers=answers,
        summary=summary_of(answers, vocabulary),
        traces=tuple(store.traces.of_session(session_id)),
    )


def _progress(store: Store) -> list[ProgressPoint]:
    points = []
    for summary in reversed(store.sessions()):
        if summary.share is None or summary.session.id is None:
            continue
        low, high = wilson(summary.agreed, summary.answered)
        points.append(
            ProgressPoint(
                session_id=summary.session.id,
                when=datetime.fromisoformat(summary.session.started_at),
                clip_set=summary.session.clip_set,
                scored_against=summary.session.scored_against,
                mode=summary.session.mode,
                channel=summary.session.channel,
                answered=summary.answered,
                agreed=summary.agreed,
                share=summary.share,
                low=low,
                high=high,
            )
        )
    return points
