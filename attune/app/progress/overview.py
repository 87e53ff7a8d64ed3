"""Where somebody stands: this week, the skill of each emotion, what to do next and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from attune.app.progress.columns import Columns
from attune.app.progress.skill import Rate, unbiased_of
from attune.app.protocols.check_up import reminders
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.past import Past
from attune.scoring.confusion import Confusion
from attune.scoring.mix_ups import mix_ups
from attune.scoring.stretches import DAY_S
from attune.scoring.unscorable import Unscorable

ENOUGH = 20  # times shown, before anything is said of an emotion
WORTH = 0.15  # share taken for another emotion, from which the two are worth a session of their own
DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Answers on each day from Monday to Sunday; ``today``: which of them; ``before``: all of last week."""

    days: tuple[int, ...]
    today: int
    before: int

    @property
    def answers(self) -> int:
        """Of this week."""
        return sum(self.days)

    @property
    def practised(self) -> int:
        """Days of this week with an answer."""
        return sum(answers > 0 for answers in self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionSkill:
    """One emotion, ``shown`` so often. ``rate``: unbiased; None under 20, or where it was never said.

    ``chance``: what naming it as often, blindly, would come to, in [0, 1].
    """

    name: str
    shown: int
    said: int
    rate: Rate | None
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do next: the ``mode`` to practise, and ``why`` ("checkup", "due", "pair", "few", "daily").

    ``emotions``: the one or two it is about; ``count``: pairs due, times shown or times of ``of`` mixed up.
    """

    mode: str
    why: str
    emotions: tuple[str, ...] = ()
    count: int = 0
    of: int = 0
    weeks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``streak``: days in a row with practice, up to today or yesterday. ``answers``: all there are."""

    answers: int
    week: Week
    streak: int
    skills: tuple[EmotionSkill, ...]
    step: Step


def standing_of(everything: Columns, looked_at: Columns, past: Past, shift_s: float) -> Standing:
    """Compute it. ``past.now``: aware; its cards and check-ups are asked."""
    confusion, skills = _counted(looked_at), skills_of(looked_at)
    today = _day(past.now.timestamp(), shift_s)
    days, counts = np.unique(
        np.floor((everything.when_s + shift_s) / DAY_S).astype(np.int64), return_counts=True
    )
    by_day = {
        date(1970, 1, 1) + timedelta(days=d): n for d, n in zip(days.tolist(), counts.tolist(), strict=True)
    }
    practised = set(by_day) | {_day(start, shift_s) for start in _followed(everything)}
    return Standing(
        answers=len(everything),
        week=_week(by_day, today),
        streak=_streak(practised, today),
        skills=skills,
        step=_step(past, confusion, skills),
    )


def skills_of(columns: Columns) -> tuple[EmotionSkill, ...]:
    """The skill of every emotion that was shown, the one noticed best first."""
    confusion = _counted(columns)
    skills = [_skill(confusion, name) for name in confusion.names if confusion.shown(name)]
    return tuple(sorted(skills, key=lambda skill: -(skill.rate.value if skill.rate else -1)))


def _counted(columns: Columns) -> Confusion:
    (counts,) = columns.tables(np.array([0, len(columns)]))
    return Confusion(names=columns.names, counts=tuple(map(tuple, counts.tolist())))


def _skill(confusion: Confusion, name: str) -> EmotionSkill:
    found, chance = unbiased_of(confusion, name), confusion.chance(name)
    return EmotionSkill(
        name=name,
        shown=confusion.shown(name),
        said=confusion.said(name),
        rate=found if isinstance(found, Rate) and found.n >= ENOUGH else None,
        chance=0.0 if isinstance(chance, Unscorable) else chance,
    )


def _followed(columns: Columns) -> list[float]:
    """When something was followed to its end: practice without a single answer."""
    return [
        float(start)
        for start, mode, finished in zip(columns.started_s, columns.mode, columns.finished, strict=True)
        if mode == FollowAlong.mode and finished
    ]


def _day(unix_s: float, shift_s: float) -> date:
    return datetime.fromtimestamp(unix_s + shift_s, UTC).date()


def _week(by_day: dict[date, int], today: date) -> Week:
    monday = today - timedelta(days=today.weekday())

    def answers(first: date) -> tuple[int, ...]:
        return tuple(by_day.get(first + timedelta(days=d), 0) for d in range(DAYS))

    return Week(
        days=answers(monday), today=today.weekday(), before=sum(answers(monday - timedelta(days=DAYS)))
    )


def _streak(practised: set[date], today: date) -> int:
    """Up to yesterday where today has nothing yet: a day is not lost before it is over."""
    day = today if today in practised else today - timedelta(days=1)
    length = 0
    while day in practised:
        length += 1
        day -= timedelta(days=1)
    return length


def _step(past: Past, confusion: Confusion, skills: Sequence[EmotionSkill]) -> Step:
    """The first that applies: what has a day, what is due, what is mixed up, what is hardly known."""
    late = [each for each in reminders(past.checkups) if each.due <= past.now]
    if late:
        return Step(mode="checkup", why="checkup", weeks=late[0].after.days // DAYS)
    due = [card for card in past.cards if datetime.fromisoformat(card.due) <= past.now]
    if due:
        return Step(mode="daily", why="due", count=len(due))
    worst = next((each for each in mix_ups(confusion) if each.share >= WORTH), None)
    if worst is not None:
        return Step(
            mode="contrast",
            why="pair",
            emotions=(worst.shown, worst.said),
            count=worst.times,
            of=worst.shown_n,
        )
    few = min((skill for skill in skills if skill.shown < ENOUGH), key=lambda s: s.shown, default=None)
    if few is not None:
        return Step(mode="read_the_moment", why="few", emotions=(few.name,), count=few.shown, of=ENOUGH)
    return Step(mode="daily", why="daily")
