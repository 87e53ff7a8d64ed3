"""What ``attune bench`` measures of scoring and of choosing what to practise next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attune.app.protocols.speed import time_next_trial
from attune.app.services import load_vocabulary
from attune.cli.bench_runner import Figure, Runner
from attune.scoring.speed import profile_ms, questplus_ms

CLIPS, ANSWERS = 10_000, 100_000
TRIALS = 200


def profile(_runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """All statistics of somebody with many answers."""
    yield Figure(name="profile", value=profile_ms(ANSWERS), bound=150, fields={"answers": ANSWERS})


def threshold(_runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """QUEST+ learning from an answer and choosing the next stimulus."""
    value = questplus_ms(TRIALS)
    yield Figure(name="threshold", value=value, bound=2, fields={"trials": TRIALS})


def choice(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """The next trial of daily practice, out of many clips, after many answers."""
    found = time_next_trial(runner.folder, load_vocabulary(), clips=CLIPS, answers=ANSWERS)
    yield Figure(
        name="choice",
        value=found.p95,
        bound=5,
        fields={
            "clips": CLIPS,
            "answers": ANSWERS,
            "median_ms": found.median,
            "worst_ms": found.worst,
            "start_ms": found.start,
        },
    )
