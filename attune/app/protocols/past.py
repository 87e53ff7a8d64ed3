"""What a protocol knows of earlier sessions when it begins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from attune.app.protocols.difficulty import ORDINARY
from attune.storage.records import CardRecord, PastAnswer, SessionRecord, TraceRecord

if TYPE_CHECKING:  # loads numpy, which a window that opens does not wait for
    from attune.scoring.ability import Ability
    from attune.storage.store import Store

RECENT = 400  # answers: about ten days of practice; who somebody was before that is another person
RECENT_TRACES = 12
EARLIER = 50  # check-ups looked back on
LATE_PEOPLE = 12  # faces still fresh in the mind


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Earlier answers on one channel, newest first, and what else is carried from day to day.

    ``checkups``: finished check-ups, newest first, of any channel and set.
    """

    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    answers: tuple[PastAnswer, ...] = ()
    cards: tuple[CardRecord, ...] = ()
    checkups: tuple[SessionRecord, ...] = ()
    traces: tuple[TraceRecord, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Who was seen last, the latest first."""
        return tuple(dict.fromkeys(answer.person for answer in self.answers))[:LATE_PEOPLE]

    def mix_ups(self) -> Counter[tuple[str, str]]:
        """How often two emotions, in the order of their names, were said for one another."""
        return Counter(
            (min(answer.reference, answer.chosen), max(answer.reference, answer.chosen))
            for answer in self.answers
            if not answer.same
        )

    def ability(self) -> Ability:
        """Of the recent answers; without any, that of the average person, and hardly known."""
        from attune.scoring.ability import ability  # noqa: PLC0415 - loads numpy

        return ability(
            [answer.same for answer in self.answers],
            [ORDINARY if answer.difficulty is None else answer.difficulty for answer in self.answers],
            [answer.guess for answer in self.answers],
        )


def look_back(store: Store, channel: str, now: datetime, *, traces: bool = False) -> Past:
    """Ask the history for it, on the history's own thread; the traces only where they are wanted."""
    return Past(
        now=now,
        answers=store.past.recent(channel, most=RECENT),
        cards=store.past.cards(),
        checkups=finished_checkups(store),
        traces=tuple(store.traces.ended(most=RECENT_TRACES)) if traces else (),
    )


def finished_checkups(store: Store) -> tuple[SessionRecord, ...]:
    """The latest check-ups that were gone through, newest first; one that was let be half-way is none."""
    found = (store.session(session_id) for session_id in store.past.sessions_of("checkup", most=EARLIER))
    return tuple(
        summary.session
        for summary in found
        if summary is not None
        and 0 < summary.answered >= summary.session.planned - len(store.skips(summary.session.id or 0))
    )
