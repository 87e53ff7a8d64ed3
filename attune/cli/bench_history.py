"""What ``attune bench`` measures of keeping and reading a history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attune.app.history_speed import time_keeping, time_reading
from attune.app.services import load_vocabulary
from attune.cli.bench_runner import Figure, Runner

ANSWERS = 1000
LONG = (100_000, 1_000_000)


def keeping(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """One answer, until it is on the disk itself."""
    found = time_keeping(runner.folder, load_vocabulary(), answers=ANSWERS)
    fields = {"answers": ANSWERS, "median_ms": found.median, "worst_ms": found.worst}
    yield Figure(name="keeping", value=found.p99, bound=5, fields=fields)


def reading(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """A long history as columns, beside loading all rows and computing in Python."""
    for answers in LONG:
        found = time_reading(runner.folder, load_vocabulary(), answers=answers)
        fields = {
            "answers": answers,
            "ours_ms": found.ours,
            "plain_ms": found.plain,
            "every_ms": found.every,
            "mb": found.megabytes,
        }
        yield Figure(name="reading", value=found.ours / found.plain, bound=0.05, fields=fields)
