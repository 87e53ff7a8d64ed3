"""Practising: begins sessions of every protocol, and goes on with those that were left."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from attune.affect.vocabulary import Vocabulary
from attune.app.feedback import Speaker
from attune.app.history import History
from attune.app.library import ClipSet
from attune.app.measuring import Measurer
from attune.app.practice_session import Feedback, PracticeSession, TraceFeedback
from attune.app.protocols.catalogue import SETUPS, setup_from
from attune.app.protocols.check_up import Reminder, reminders
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.material import Material
from attune.app.protocols.past import finished_checkups, look_back
from attune.app.protocols.protocol import Protocol, Setup
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.results import Outcome, outcome_of
from attune.app.protocols.trial import Answer, Trial, When
from attune.errors import PracticeError
from attune.storage.records import CardRecord, SessionRecord, SessionSummary, utc_text
from attune.storage.store import Store

__all__ = [
    "Answer",
    "CardRecord",
    "Feedback",
    "Outcome",
    "Practice",
    "PracticeSession",
    "Reminder",
    "TraceFeedback",
    "Trial",
    "Unfinished",
    "When",
]

SEEDS = 2**31  # to draw from: short enough to be told and typed
OFFERED = timedelta(days=7)  # what was left longer ago is another day's practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A session that was left, and can be gone on with: ``answered`` of at most ``planned`` trials."""

    session_id: int
    started_at: datetime
    clip_set: str
    clip_set_version: str
    setup: Setup
    answered: int
    planned: int


class Practice:
    """Starts sessions. Futures fail with PracticeError where the clips do not fit, or with StorageError."""

    def __init__(
        self,
        *,
        vocabulary: Vocabulary,
        speaker: Speaker,
        history: History,
        measurer: Measurer,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._vocabulary = vocabulary
        self._speaker = speaker
        self._history = history
        self._measurer = measurer
        self._now = now

    def start(
        self, clip_set: ClipSet, setup: Setup, *, measure: bool, seed: int | None = None
    ) -> Future[PracticeSession]:
        """Begin a session and note it in the history; ``measure``: measure its clips as they come.

        The same ``seed``, setup, clips and past give the same trials, as long as the answers are the same.
        """
        seed = random.SystemRandom().randrange(SEEDS) if seed is None else seed
        chance = random.Random(seed)  # noqa: S311 - decides what to practise, nothing secret

        def begin(store: Store) -> PracticeSession:
            material = Material(clip_set, self._vocabulary, setup.channel)
            wants_traces = isinstance(setup, FollowAlong)
            past = look_back(store, str(material.main_channel), self._now(), traces=wants_traces)
            settled = setup.settled(material, past, chance)
            protocol = settled.begin(material, seed, past)
            trial = protocol.current
            if trial is None:
                raise PracticeError("practice.no_clips", clip_set=clip_set.name)
            record = SessionRecord(
                started_at=utc_text(self._now()),
                mode=setup.mode,
                clip_set=clip_set.name,
                clip_set_version=clip_set.version,
                vocabulary=self._vocabulary.name,
                scored_against=scored_reference(trial.clip).source,
                seed=seed,
                planned=protocol.planned,
                setup=settled.to_json(),
                channel="" if setup.channel is None else str(setup.channel),
            )
            return self._session(store.begin_session(record), clip_set, settled, protocol, measure=measure)

        return self._history.ask(begin)

    def unfinished(self) -> Future[tuple[Unfinished, ...]]:
        """The sessions left this week that hold something and can be gone on with, newest first."""
        since = self._now() - OFFERED

        def look(store: Store) -> tuple[Unfinished, ...]:
            kept = (one for one in store.unfinished() if one.answered + one.unscored + one.begun)
            found = (_unfinished(summary) for summary in kept)
            return tuple(left for left in found if left is not None and left.started_at >= since)

        return self._history.ask(look)

    def go_on(self, left: Unfinished, clip_set: ClipSet, *, measure: bool) -> Future[PracticeSession]:
        """Go on where a session was left, by its seed and what was answered.

        Fails with PracticeError practice.not_here for another clip set, practice.changed for other clips.
        """

        def resume(store: Store) -> PracticeSession:
            found = store.session(left.session_id)
            if found is None or found.session.clip_set != clip_set.name:
                raise PracticeError("practice.not_here", clip_set=left.clip_set)
            material = Material(clip_set, self._vocabulary, left.setup.channel)
            past = look_back(store, str(material.main_channel), self._now())
            protocol = left.setup.begin(material, found.session.seed, past)
            session = self._session(left.session_id, clip_set, left.setup, protocol, measure=measure)
            if not session.go_on_from(store):
                raise PracticeError("practice.changed", clip_set=clip_set.name)
            return session

        return self._history.ask(resume)

    def let_be(self, left: Unfinished) -> Future[None]:
        """Close a session that was left; what was answered stays."""
        ended_at = utc_text(self._now())
        return self._history.ask(lambda store: store.end_session(left.session_id, ended_at))

    def look_at(self, session_id: int) -> Future[Outcome | None]:
        """What a kept session came to; None for one of before there were protocols, or of a newer Attune."""

        def review(store: Store) -> Outcome | None:
            found = store.session(session_id)
            left = None if found is None else _unfinished(found)
            if found is None or left is None:
                return None
            complete = found.session.ended_at is not None
            return outcome_of(store, session_id, left.setup, self._vocabulary, complete=complete)

        return self._history.ask(review)

    def reminders(self) -> Future[tuple[Reminder, ...]]:
        """When the next check-up of each channel is due; past days are due now."""
        return self._history.ask(lambda store: reminders(finished_checkups(store)))

    def _session(
        self, session_id: int, clip_set: ClipSet, setup: Setup, protocol: Protocol, *, measure: bool
    ) -> PracticeSession:
        return PracticeSession(
            session_id=session_id,
            clip_set=clip_set,
            setup=setup,
            protocol=protocol,
            vocabulary=self._vocabulary,
            speaker=self._speaker,
            history=self._history,
            measurer=self._measurer if measure and clip_set.measurable else None,
            now=self._now,
        )


def _unfinished(summary: SessionSummary) -> Unfinished | None:
    """None where this Attune cannot make sense of how the session was set up."""
    session = summary.session
    if session.mode not in SETUPS or not session.setup:
        return None
    try:
        setup = setup_from(session.mode, session.setup)
    except (TypeError, ValueError):
        return None
    return Unfinished(
        session_id=session.id or 0,
        started_at=datetime.fromisoformat(session.started_at),
        clip_set=session.clip_set,
        clip_set_version=session.clip_set_version,
        setup=setup,
        answered=summary.answered + summary.unscored + summary.traced,
        planned=session.planned,
    )
