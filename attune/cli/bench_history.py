"""What ``attune bench`` measures of keeping and reading a history."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

from attune.app.history_speed import time_keeping, time_reading
from attune.app.progress.speed import fill_home
from attune.app.services import load_vocabulary
from attune.cli.bench_runner import Figure, Runner

ANSWERS = 1000
LONG = (100_000, 1_000_000)


def keeping(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """One answer, until it is on the disk itself."""
    found = time_keeping(runner.folder, load_vocabulary(), answers=ANSWERS)
    fields = {
        "answers": ANSWERS,
        "median_ms": found.median,
        "worst_ms": found.worst,
        "bare_ms": found.bare_p99,
    }
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


def page(runner: Runner, _model: Path | None) -> Iterator[Figure]:
    """History opened in the window on a long history, its report, its dots moved, beside loading all rows."""
    for answers, bound_ms in zip(LONG, (200, 1000), strict=True):
        home = runner.folder / f"long-{answers}"
        fill_home(home, answers)
        found = runner.window("history", str(home))
        plain_ms = found["plain_ms"]
        fields = {
            "answers": answers,
            **found,
            "share": found["again_ms"] / plain_ms,
            "report_share": found["report_ms"] / plain_ms,
        }
        yield Figure(name="page", value=found["again_ms"], bound=bound_ms, fields=fields)
        yield Figure(name="page_report", value=found["report_ms"], bound=3000, fields=fields)
        yield Figure(name="page_memory", value=found["added_mb"], bound=150, fields=fields)
        yield Figure(name="page_frame", value=found["worst_frame_ms"], bound=1000 / 60, fields=fields)
        rmtree(home)
