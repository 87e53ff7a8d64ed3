"""Thirty days of daily practice by simulated people: is their ability found, and does the order help them?"""

from collections.abc import Callable
from math import sqrt
from pathlib import Path
from statistics import fmean, stdev

import pytest

from attune.app.protocols.daily import Daily
from attune.app.protocols.past import look_back
from attune.clips.clip_set import ClipSet
from tests.app.protocols.driving import NOW, a_history, a_practice, drive, many, starter
from tests.app.protocols.learner import DAYS, Learner, Life

ABILITIES = (-1.0, 0.0, 1.0, 2.0)
PEOPLE = 12


@pytest.fixture(params=["starter", "made up"])
def clips(request: pytest.FixtureRequest) -> ClipSet:
    return starter() if request.param == "starter" else many(people=10, each=6)


@pytest.mark.slow
def test_ability_after_thirty_days_lies_in_its_interval(clips: ClipSet, tell: Callable[[str], None]) -> None:
    inside, lines = [], []
    for ability in ABILITIES:
        for seed in range(5):
            life = Life(Learner(ability, seed, learns=False), clips)
            for day in range(DAYS):
                life.practise(day)
            found = life.past(NOW).ability()
            inside.append(found.low <= ability <= found.high)
            if seed == 0:
                lines.append(f"{ability:+.1f}   {found.theta:+.2f}   {found.low:+.2f} to {found.high:+.2f}")
    lines.append(f"inside: {sum(inside)} of {len(inside)}")
    heading = f"ability  found  95 % interval, after thirty days of ten minutes ({clips.name})"
    tell("\n".join((heading, *lines)))
    assert sum(inside) >= 0.85 * len(inside)


@pytest.mark.slow
def test_daily_practice_teaches_more_than_clips_by_chance(
    clips: ClipSet, tell: Callable[[str], None]
) -> None:
    gains, random_gains = [], []
    for seed in range(PEOPLE):
        planned, by_chance = (Life(Learner(1.0, seed), clips) for _ in range(2))
        before = planned.learner.on_a_test(0)
        for day in range(1, DAYS + 1):
            by_chance.practise_at_random(day, planned.practise(day))
        gains.append(planned.learner.on_a_test(DAYS + 1) - before)
        random_gains.append(by_chance.learner.on_a_test(DAYS + 1) - before)
    apart = [ours - theirs for ours, theirs in zip(gains, random_gains, strict=True)]
    tell(
        f"gain on a test after {DAYS} days, {PEOPLE} simulated people ({clips.name})\n"
        f"daily practice   {100 * fmean(gains):.1f} points\n"
        f"clips by chance  {100 * fmean(random_gains):.1f} points\n"
        f"difference       {100 * fmean(apart):.1f}, standard error {100 * stdev(apart) / sqrt(PEOPLE):.1f}",
    )
    assert fmean(apart) > 2 * stdev(apart) / sqrt(PEOPLE)


@pytest.mark.slow
def test_through_the_real_history(tmp_path: Path) -> None:
    learner = Learner(1.0, 3, learns=False)
    with a_history(tmp_path) as history:
        for day in range(10):
            session = a_practice(history).start(starter(), Daily(), measure=False, seed=day).result(10)
            drive(session, lambda trial, day=day: learner.answer(trial, day))  # type: ignore[misc]
            session.finish().result(10)
        found = history.ask(lambda store: look_back(store, "picture", NOW)).result(10).ability()
    assert found.answers == 400
    assert found.low <= 1.0 <= found.high
