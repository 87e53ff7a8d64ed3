"""What was practised: kept while it happens, looked back on afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Vocabulary
from attune.app.protocols.results import summary_of
from attune.scoring.intervals import wilson
from attune.scoring.summary import Summary
from attune.storage.backups import Backup, Backups
from attune.storage.engine import NO_PASSPHRASE
from attune.storage.records import (
    AnswerRecord,
    CardRecord,
    NoteRecord,
    SessionRecord,
    SessionSummary,
    TraceRecord,
    utc_text,
)
from attune.storage.store import Store
from attune.storage.worker import Database

__all__ = [
    "AnswerRecord",
    "History",
    "NoteRecord",
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

    def __init__(
        self,
        database: Database,
        vocabulary: Vocabulary,
        backups: Backups,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self._database = database
        self._vocabulary = vocabulary
        self._backups = backups
        self._now = now
        self.latest_backup: Future[Backup | None] | None = None
        self._copying = ThreadPoolExecutor(max_workers=1, thread_name_prefix="backup")

    @property
    def read_only(self) -> bool:
        """Whether another window writes it: here everything can be looked at and nothing changed."""
        return self._database.read_only

    def add_answer(self, answer: AnswerRecord, card: CardRecord | None = None) -> Future[int]:
        """Keep an answer and what it made of its card; its id. On the disk when the future resolves."""
        return self._database.submit(lambda store: store.add_answer(answer, card))

    def ask(self, work: Callable[[Store], T]) -> Future[T]:
        """What ``work`` makes of the history, on the history's own thread."""
        return self._database.submit(work)

    def attach_reference(self, answer_id: int, reference: Reading) -> Future[bool]:
        """Add a reference that came after the answer; False if the answer was deleted meanwhile."""
        return self._database.submit(lambda store: store.attach_reference(answer_id, reference))

    def delete_session(self, session_id: int) -> Future[None]:
        """Delete a session and all that was answered in it; every backup of before goes too."""
        return self.delete(lambda store: store.delete.session(session_id))

    def delete_day(self, day: date) -> Future[None]:
        """Delete all that was begun, answered or noted on a day of this computer's time zone, as above."""
        begin = datetime.combine(day, time()).astimezone()
        end = datetime.combine(day + timedelta(days=1), time()).astimezone()  # not always 24 hours later
        return self.delete(lambda store: store.delete.between(begin, end))

    def notes(self) -> Future[tuple[NoteRecord, ...]]:
        """What a therapist or trainer noted down, in the order it was written."""
        return self._database.submit(lambda store: store.notes.all())

    def add_note(self, text: str) -> Future[int]:
        """Keep a note of now; its id."""
        when = utc_text(self._now())
        return self._database.submit(lambda store: store.notes.add(text, when))

    def change_note(self, note_id: int, text: str) -> Future[bool]:
        """Put another text in a note's place; False if it was deleted meanwhile."""
        when = utc_text(self._now())
        return self._database.submit(lambda store: store.notes.change(note_id, text, when))

    def delete_note(self, note_id: int) -> Future[None]:
        """Delete a note; every backup of before goes too."""
        return self.delete(lambda store: store.delete.note(note_id))

    def count_links(self, hashes: Collection[str]) -> Future[int]:
        """How many answers, skips and traces lead to clips with these hashes."""
        return self._database.submit(lambda store: store.delete.count_links(hashes))

    def unlink(self, hashes: Collection[str]) -> Future[None]:
        """Make these clips and who is in them unknown to every answer; every backup of before goes too."""
        return self.delete(lambda store: store.delete.links(hashes))

    def back_up(self) -> Future[Backup | None]:
        """Copy the history beside itself, on a thread of its own; None where the last copy says the same.

        A few copies are kept, the last one of each day. Attune asks for it by itself, at the start and after
        each session: ``latest_backup`` tells how that went.
        """
        self.latest_backup = self._copying.submit(lambda: self._backups.make(self._now().date()))
        return self.latest_backup

    def back_up_to(self, target: Path) -> Future[None]:
        """Copy the history to a file of the person's choice, on the same thread; it keeps its passphrase."""
        return self._copying.submit(lambda: self._backups.write_to(target))

    def delete(self, work: Callable[[Store], T]) -> Future[T]:
        """What ``work`` makes while it deletes, and a backup of what is left.

        In turn with the backups: one begun before it would bring back what is deleted.
        """
        gone = self._copying.submit(lambda: self._database.submit(work).result())
        if not self.read_only:
            self.back_up()
        return gone

    def sessions(self) -> Future[list[SessionSummary]]:
        """Every session with its counts, newest first."""
        return self._database.submit(Store.sessions)

    def session(self, session_id: int) -> Future[SessionReview]:
        """One session with everything in it. The future fails with KeyError if there is none."""
        return self._database.submit(lambda store: _review(store, session_id, self._vocabulary))

    def progress(self) -> Future[list[ProgressPoint]]:
        """Every session that has an answer, oldest first."""
        return self._database.submit(lambda store: _points(store.sessions()))

    def practised(self) -> Future[tuple[list[SessionSummary], list[ProgressPoint]]]:
        """Both at once: every session, newest first, and those with an answer, oldest first."""

        def read(store: Store) -> tuple[list[SessionSummary], list[ProgressPoint]]:
            sessions = store.sessions()
            return sessions, _points(sessions)

        return self._database.submit(read)

    def close(self) -> None:
        """Finish what is queued and close the file. Blocks for as long as that takes."""
        self._copying.shutdown()
        self._database.close()


def open_history(path: Path, vocabulary: Vocabulary, passphrase: str = NO_PASSPHRASE) -> History:
    """The history in the file at ``path``, opened and seen to be good. Blocks; call it off the UI thread.

    A new one has the passphrase, if there is one. Raises StorageError where the file cannot be opened, is
    newer, damaged, not Attune's or another's passphrase; ``Profiles`` helps with most of these.
    """
    database = Database(path, passphrase=passphrase)
    history = History(database, vocabulary, Backups(path, passphrase=passphrase))
    try:
        history.ask(lambda _store: None).result()
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


def _points(sessions: Sequence[SessionSummary]) -> list[ProgressPoint]:
    points = []
    for summary in reversed(sessions):
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
