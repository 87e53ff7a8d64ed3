"""The faintest and the shortest expressions caught, and the curves they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from attune.app.protocols.catalogue import setup_from
from attune.app.protocols.threshold import By, FindTheThreshold, thresholds
from attune.scoring.questplus import Estimate, Point, QuestPlus
from attune.storage.records import AnswerRecord, SessionRecord
from attune.storage.store import Store

MOST_SESSIONS = 24
FINEST = 160  # points of a curve
Asked = tuple[tuple[SessionRecord, tuple[AnswerRecord, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One threshold as it was found: ``trials`` answers; values are ms or intensity in [0, 1]."""

    when: datetime
    estimate: Estimate
    trials: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The latest threshold of an emotion, with its points and curve, and all ``found`` before, oldest first.

    ``x`` ascending in the stimulus' unit, ``caught`` in [0, 1] at each.
    """

    emotion: str
    by: By
    estimate: Estimate
    points: tuple[Point, ...]
    x: tuple[float, ...]
    caught: tuple[float, ...]
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
    estimate = latest.threshold
    stimuli = [point.stimulus for point in latest.points]
    x = np.geomspace(min(estimate.low, *stimuli) / 1.2, max(estimate.high, *stimuli) * 1.2, FINEST)
    return Curve(
        emotion=emotion,
        by=by,
        estimate=estimate,
        points=latest.points,
        x=tuple(x.tolist()),
        caught=tuple(latest.curve(x).tolist()),
        found=tuple(
            Found(when=when, estimate=quest.threshold, trials=len(quest.trials))
            for when, quest in reversed(newest_first)
        ),
    )
