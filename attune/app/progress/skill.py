"""Skill over time: ability, raw and unbiased hit rate, stretch by stretch, and what check-ups say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from attune.app.progress.columns import Columns, Levels, levels_of
from attune.app.protocols.check_up import CheckUp
from attune.scoring.ability import Ability, Change, ability_of_counts, reliable_change
from attune.scoring.beyond_chance import beyond_chance
from attune.scoring.confusion import Confusion
from attune.scoring.intervals import unbiased_interval, wilson
from attune.scoring.stretches import stretches
from attune.scoring.student import Mean
from attune.scoring.unscorable import Unscorable

LOOKED_AT = 3  # stretches behind each point of the line: its own, the one before, the one after


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share in [0, 1] with its 95 % interval, of ``n``."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One stretch of practice, from ``begin`` to ``end`` (aware, UTC), drawn at ``middle``.

    ``ability``: of its own answers; ``smoothed``: with the stretches beside it. ``raw``: hit rate;
    ``unbiased``: Wagner's, or why there is none.
    """

    begin: datetime
    end: datetime
    middle: datetime
    ability: Ability
    smoothed: Ability
    raw: Rate
    unbiased: Rate | Unscorable


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckUpMark:
    """A finished check-up's ability."""

    when: datetime
    ability: Ability


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """``emotion`` None = all. ``unit_days``: how long a stretch is, at least.

    ``change``: of the last check-up since the first one of the same clips, None without two; ``practised``:
    of the last stretch since the first. ``beyond``: how far past naming blindly, over stretches. Whoever
    looks at one emotion can look at each: a change of it is reliable as one of as many as ``emotions``.
    """

    emotion: str | None
    emotions: tuple[str, ...]
    unit_days: int
    marks: tuple[Mark, ...]
    checkups: tuple[CheckUpMark, ...]
    change: Change | None
    practised: Change | None
    beyond: Mean | Unscorable | None


def skill_of(columns: Columns, shift_s: float, emotion: str | None) -> Skill:
    """Compute it; ``shift_s``: the person's clock minus UTC."""
    begins, unit = _begins(columns, shift_s, emotion)
    shown = _shown(columns, emotion)
    levels = levels_of(columns)
    marks = _marks(columns, levels, begins, emotion) if len(columns) and shown.any() else ()
    checkups = _checkups(columns, levels, shown)
    tables = [_confusion(columns, each) for each in columns.tables(begins)] if emotion and marks else []
    emotions = tuple(columns.names[place] for place in np.unique(columns.reference).tolist())
    looks = max(1, len(emotions)) if emotion else 1
    return Skill(
        emotion=emotion,
        emotions=emotions,
        unit_days=unit,
        marks=marks,
        checkups=checkups,
        change=_change(checkups, looks),
        practised=_change(marks, looks),
        beyond=beyond_chance(tables, emotion) if emotion and tables else None,
    )


def _change(marks: Sequence[Mark | CheckUpMark], looks: int) -> Change | None:
    """From the first to the last."""
    if len(marks) < 2:
        return None
    return reliable_change(marks[0].ability, marks[-1].ability, looks=looks)


def _shown(columns: Columns, emotion: str | None) -> NDArray[np.bool_]:
    if emotion is None:
        return np.ones(len(columns), bool)
    place = columns.names.index(emotion) if emotion in columns.names else -1
    return np.asarray(columns.reference == place)


def _begins(columns: Columns, shift_s: float, emotion: str | None) -> tuple[NDArray[np.int64], int]:
    """Edges of stretches among all answers that hold enough in which the emotion was shown."""
    counted = np.flatnonzero(_shown(columns, emotion))
    begins, unit = stretches(columns.when_s[counted] + shift_s)
    if len(counted):
        begins = np.array([0, *counted[begins[1:-1]], len(columns)])
    return begins, unit


def _marks(
    columns: Columns, levels: Levels, begins: NDArray[np.int64], emotion: str | None
) -> tuple[Mark, ...]:
    k, m = len(begins) - 1, len(levels.difficulty)
    shown = _shown(columns, emotion)
    cell = np.repeat(np.arange(k), np.diff(begins)) * m + levels.place
    answers = np.bincount(cell[shown], minlength=k * m).reshape(k, m)
    agreed = np.bincount(cell[shown & columns.same], minlength=k * m).reshape(k, m)
    tables = columns.tables(begins)
    found = []
    for place in range(k):
        beside = slice(max(0, place - LOOKED_AT // 2), place + LOOKED_AT // 2 + 1)
        when = columns.when_s[begins[place] : begins[place + 1]][shown[begins[place] : begins[place + 1]]]
        found.append(
            Mark(
                begin=_moment(when[0]),
                end=_moment(when[-1]),
                middle=_moment(when.mean()),
                ability=_ability(agreed[place], answers[place], levels),
                smoothed=_ability(agreed[beside].sum(axis=0), answers[beside].sum(axis=0), levels),
                raw=rate(int(agreed[place].sum()), int(answers[place].sum())),
                unbiased=unbiased_of(_confusion(columns, tables[place]), emotion),
            )
        )
    return tuple(found)


def _ability(agreed: NDArray[np.int64], answers: NDArray[np.int64], levels: Levels) -> Ability:
    there = answers > 0
    return ability_of_counts(agreed[there], answers[there], levels.difficulty[there], levels.guess[there])


def _checkups(columns: Columns, levels: Levels, shown: NDArray[np.bool_]) -> tuple[CheckUpMark, ...]:
    """Of the clips that were checked last: others are another measure."""
    finished = [
        place for place, mode in enumerate(columns.mode) if mode == CheckUp.mode and columns.finished[place]
    ]
    there = set(np.unique(columns.session[shown]).tolist())
    finished = sorted((place for place in finished if place in there), key=columns.started_s.__getitem__)
    finished = [place for place in finished if columns.clip_set[place] == columns.clip_set[finished[-1]]]
    which = np.flatnonzero(shown & columns.of_sessions(np.isin(np.arange(len(columns.mode)), finished)))
    level, session, same = levels.place[which], columns.session[which], columns.same[which]
    m, found = len(levels.difficulty), []
    for place in finished:
        of_it = session == place
        answers = np.bincount(level[of_it], minlength=m)
        agreed = np.bincount(level[of_it & same], minlength=m)
        when = _moment(columns.started_s[place])
        found.append(CheckUpMark(when=when, ability=_ability(agreed, answers, levels)))
    return tuple(found)


def rate(hits: int, n: int) -> Rate:
    """A raw share with Wilson's interval; ``n`` above 0."""
    low, high = wilson(hits, n)
    return Rate(value=hits / n, low=low, high=high, n=n)


def unbiased_of(confusion: Confusion, emotion: str | None) -> Rate | Unscorable:
    """Wagner's rate of one emotion; of all: the mean over those shown, never said counting as none found.

    The mean's interval takes the emotions' rates for independent.
    """
    if emotion is not None:
        value = confusion.unbiased_hit_rate(emotion)
        if isinstance(value, Unscorable):
            return value
        shown, said = confusion.shown(emotion), confusion.said(emotion)
        low, high = unbiased_interval(confusion.hits(emotion), shown, said)
        return Rate(value=value, low=low, high=high, n=shown)
    each = [unbiased_of(confusion, name) for name in confusion.names if confusion.shown(name)]
    if not each:
        return Unscorable.NO_ANSWERS
    rates = [found for found in each if isinstance(found, Rate)]
    mean = sum(found.value for found in rates) / len(each)
    below = sum((found.value - found.low) ** 2 for found in rates) ** 0.5 / len(each)
    above = sum((found.high - found.value) ** 2 for found in rates) ** 0.5 / len(each)
    return Rate(value=mean, low=max(0.0, mean - below), high=min(1.0, mean + above), n=confusion.total)


def _confusion(columns: Columns, counts: NDArray[np.int64]) -> Confusion:
    return Confusion(names=columns.names, counts=tuple(map(tuple, counts.tolist())))


def _moment(unix_s: float) -> datetime:
    return datetime.fromtimestamp(float(unix_s), UTC)
