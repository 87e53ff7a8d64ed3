"""What a history holds, counted before any of it is deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date, datetime

from attune.app.history import History, NoteRecord, SessionSummary
from attune.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much there is of a history, or of one day of it."""

    sessions: int = 0
    answers: int = 0
    notes: int = 0


def amount(history: History) -> Future[Amount]:
    """Everything in the history."""
    return history.ask(lambda store: _count(store.sessions(), store.notes.all()))


def days(history: History) -> Future[dict[date, Amount]]:
    """Every day of this computer's time zone on which something was begun or noted, the latest first."""
    return history.ask(_days)


def _days(store: Store) -> dict[date, Amount]:
    sessions: defaultdict[date, list[SessionSummary]] = defaultdict(list)
    noted: defaultdict[date, list[NoteRecord]] = defaultdict(list)
    for summary in store.sessions():
        sessions[_day(summary.session.started_at)].append(summary)
    for note in store.notes.all():
        noted[_day(note.written_at)].append(note)
    found = sorted(sessions.keys() | noted.keys(), reverse=True)
    return {day: _count(sessions[day], noted[day]) for day in found}


def _count(sessions: Iterable[SessionSummary], noted: Iterable[NoteRecord]) -> Amount:
    every = tuple(sessions)
    answers = sum(summary.answered + summary.unscored for summary in every)
    return Amount(sessions=len(every), answers=answers, notes=len(tuple(noted)))


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone().date()
