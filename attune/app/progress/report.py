"""What a report says of somebody's practice: counts, changes with their intervals, notes; no raw media."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from attune.app.progress.columns import WEEK_S, Columns, Lens
from attune.app.progress.confusions import confusions_of
from attune.app.progress.followed import MOST_TRACES, Axis, followed_of
from attune.app.progress.overview import EmotionSkill, skills_of
from attune.app.progress.pace import Times, pace_of
from attune.app.progress.skill import Skill, skill_of
from attune.app.progress.sureness import Gap, sureness_of
from attune.app.progress.thresholds import Asked, Curve, asked, curves_of
from attune.app.progress.transfer import Carried, transfer_of
from attune.scoring.mix_ups import MixUp
from attune.scoring.stretches import DAY_S
from attune.storage.records import NoteRecord, TraceRecord
from attune.storage.store import Store

MOST_MIX_UPS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of practising: how many sessions of it, how many answers in them that count."""

    mode: str
    sessions: int
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """What a report needs beside the columns of answers."""

    thresholds: Asked
    traces: tuple[TraceRecord, ...]
    notes: tuple[NoteRecord, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``made``: aware; ``begin`` to ``end``: of its sessions, None without any; ``days`` with a session.

    ``lens``: whose answers the figures are of, None where nothing was answered. ``skills`` and what follows
    are the figures of the pages of the same name; ``notes`` in the order they were written.
    """

    made: datetime
    lens: Lens | None
    begin: datetime | None
    end: datetime | None
    days: int
    ways: tuple[Way, ...]
    skills: tuple[EmotionSkill, ...]
    skill: Skill
    mix_ups: tuple[MixUp, ...]
    sureness: Gap | None
    pace: Times | None
    transfer: tuple[Carried, ...]
    thresholds: tuple[Curve, ...]
    followed: tuple[Axis, ...]
    notes: tuple[NoteRecord, ...]

    @property
    def sessions(self) -> int:
        """Of every way."""
        return sum(way.sessions for way in self.ways)

    @property
    def answers(self) -> int:
        """Of every way."""
        return sum(way.answers for way in self.ways)


def read_for_report(store: Store) -> Asks:
    """Read it, on the history's thread."""
    return Asks(
        thresholds=asked(store),
        traces=tuple(store.traces.ended(most=MOST_TRACES, samples=False)),
        notes=store.notes.all(),
    )


def report_of(
    asks: Asks,
    everything: Columns,
    looked_at: Columns,
    carried: Columns,
    *,
    lens: Lens | None,
    shift_s: float,
    now_s: float,
) -> Report:
    """Put it together. ``looked_at``: through the lens; ``carried``: the same on all channels."""
    since_s = now_s - lens.weeks * WEEK_S if lens and lens.weeks else 0.0
    told = everything.started_s >= since_s
    starts = everything.started_s[told]
    curves = curves_of(tuple(pair for pair in asks.thresholds if _unix(pair[0].started_at) >= since_s))
    sureness = sureness_of(looked_at)
    return Report(
        made=datetime.fromtimestamp(now_s, UTC),
        lens=lens,
        begin=datetime.fromtimestamp(float(starts.min()), UTC) if len(starts) else None,
        end=datetime.fromtimestamp(float(starts.max()), UTC) if len(starts) else None,
        days=len(np.unique((starts + shift_s) // DAY_S)),
        ways=_ways(everything, told),
        skills=skills_of(looked_at),
        skill=skill_of(looked_at, shift_s, None),
        mix_ups=confusions_of(looked_at).mix_ups[:MOST_MIX_UPS],
        sureness=sureness.gaps[0] if sureness.gaps else None,
        pace=pace_of(looked_at, shift_s).whole,
        transfer=transfer_of(carried, shift_s),
        thresholds=curves,
        followed=followed_of([each for each in asks.traces if _unix(each.started_at) >= since_s]),
        notes=asks.notes,
    )


def _ways(everything: Columns, told: NDArray[np.bool_]) -> tuple[Way, ...]:
    """Of the sessions that are told of (m,), the one with the most answers first."""
    answered = np.bincount(everything.session, minlength=len(told))
    mode = np.array(everything.mode)
    ways = []
    for each in np.unique(mode[told]).tolist():
        of_it = told & (mode == each)
        ways.append(Way(mode=each, sessions=int(of_it.sum()), answers=int(answered[of_it].sum())))
    return tuple(sorted(ways, key=lambda way: (-way.answers, -way.sessions)))


def _unix(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
