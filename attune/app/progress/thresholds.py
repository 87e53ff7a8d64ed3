"""The faintest and the shortest expressions caught, and the curves they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attune.app.protocols.catalogue import setup_from
from attune.app.protocols.threshold import By, FindTheThreshold, thresholds
from attune.scoring.questplus import Estimate, QuestPlus
from attune.storage.records import AnswerRecord, SessionRecord
from attune.storage.store import Store

MOST_SESSIONS = 24
Asked = tuple[tuple[SessionRecord, tuple[AnswerRecord, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One threshold as it was found: ``trials`` answers; values are ms or intensity in [0, 1]."""

    when: datetime
    estimate: Estimate
    trials: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The latest threshold of an emotion, its points and curve in ``quest``; all ``found``, oldest first."""

    emotion: str
    by: By
    estimate: Estimate
    quest: QuestPlus
    found: tuple[Found, ...]


def asked(store: Store) -> Asked:
    """The latest finished sessions that looked for thresholds, newest first, on the history's thread."""
    kept = []
    for session_id in store.past.sessions_of(FindTheThreshold.mode, most=MOST_SESSIONS):
        summary = store.session(session_id)
        if summary is not None and summary.session.setup:
            kept.append((summary.session, tuple(store.answers(session_id))))
    return tuple(kept)


def curves_of(sessions: Asked) -> tuple[Curve, ...]:
    """One curve for each emotion and unit, in the order they were last looked for."""
    by_kind: dict[tuple[str, By], list[tuple[datetime, QuestPlus]]] = {}
    for session, answers in sessions:
        setup = setup_from(session.mode, session.setup)
        assert isinstance(setup, FindTheThreshold)
        for emotion, quest in thresholds(setup, answers).items():
            if quest.trials:
                when = datetime.fromisoformat(session.started_at)
                by_kind.setdefault((emotion, setup.by), []).append((when, quest))
    return tuple(_curve(emotion, by, found) for (emotion, by), found in by_kind.items())


def _curve(emotion: str, by: By, newest_first: Sequence[tuple[datetime, QuestPlus]]) -> Curve:
    _when, latest = newest_first[0]
    return Curve(
        emotion=emotion,
        by=by,
        estimate=latest.threshold,
        quest=latest,
        found=tuple(
            Found(when=when, estimate=quest.threshold, trials=len(quest.trials))
            for when, quest in reversed(newest_first)
        ),
    )
