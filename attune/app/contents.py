"""What a history holds, counted before any of it is deleted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from attune.app.history import History
from attune.storage.store import Store

K = TypeVar("K")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much there is of a history, or of one day of it.

    ``notes``: of a therapist, and of a couple about one another; ``moments`` and ``recordings`` of a couple.
    """

    sessions: int = 0
    answers: int = 0
    notes: int = 0
    moments: int = 0
    recordings: int = 0


def amount(history: History) -> Future[Amount]:
    """Everything in the history."""
    return history.ask(lambda store: _count(store, lambda _when: None).get(None, Amount()))


def days(history: History) -> Future[dict[date, Amount]]:
    """Every day of this computer's time zone on which something was begun or noted, the latest first."""

    def read(store: Store) -> dict[date, Amount]:
        return dict(sorted(_count(store, _day).items(), reverse=True))

    return history.ask(read)


def _count(store: Store, key: Callable[[str], K]) -> dict[K, Amount]:
    """Everything by what ``key`` makes of when it was."""
    found: defaultdict[K, Counter[str]] = defaultdict(Counter)
    for when, what, count in _all(store):
        found[key(when)][what] += count
    return {each: Amount(**counts) for each, counts in found.items()}


def _all(store: Store) -> Iterator[tuple[str, str, int]]:
    """When, of what, how many."""
    for summary in store.sessions():
        yield summary.session.started_at, "sessions", 1
        yield summary.session.started_at, "answers", summary.answered + summary.unscored
    for note in store.notes.all():
        yield note.written_at, "notes", 1
    for told in store.partner.notes():
        yield told.at, "notes", 1
    for moment in store.partner.moments():
        yield moment.happened_at, "moments", 1
    for recording in store.partner.recordings():
        yield recording.begun_at, "recordings", 1


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone().date()
