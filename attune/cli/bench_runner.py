"""Runs the programs that ``attune bench`` compares, and holds what is needed to do so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import typer

from attune.errors import AppError
from attune.resources import Words, asset

PATIENCE_S = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure and its bound; ``name`` finds its sentence in ``commands.bench``."""

    name: str
    value: float
    bound: float
    at_least: bool = False
    fields: dict[str, float]

    @property
    def met(self) -> bool:
        """Whether the value keeps to the bound."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Median over the rounds: other programs may come and go between them, hardly within one."""
    return median(mine / bare for mine, bare in zip(ours, theirs, strict=True))


def resident_mb(*processes: int) -> float:
    """Memory that some processes hold together, in MB; NaN where the system does not tell."""
    return sum((_held_mb(process) for process in processes), 0.0)


def _held_mb(process: int) -> float:
    try:
        lines = Path("/proc", str(process), "status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


@contextmanager
def only(cores: int) -> Iterator[None]:
    """Let this thread, and what is started meanwhile, run on so many processor cores only."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(allowed)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


class Runner:
    """Runs programs with a home of their own and, without a screen, on none."""

    def __init__(self, folder: Path, words: Words) -> None:
        self.folder = folder
        self._environment = {**os.environ, "ATTUNE_HOME": str(folder / "home"), "QT_LOGGING_RULES": "*=false"}
        # Installed programs have their bytecode; where it was not kept so far, the first round keeps it.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
            self._environment["QT_QPA_PLATFORM"] = "offscreen"
            typer.echo(words("commands.bench.no_screen"))

    def clip(self, seconds: int, *, people: int = 1) -> Path:
        """A 720p clip of 30 frames a second made out of the starter set's, of one person or two."""
        clip = self.folder / f"clip{seconds}x{people}.mp4"
        if not clip.exists():
            starters = sorted(asset("clips", "starter", "media").glob("*.webm"))
            numbers = (str(seconds), str(people))
            self._run(asset("bench", "make_clip.py"), str(clip), *numbers, *map(str, starters))
        return clip

    def bare(self, script: str, *arguments: str) -> dict[str, Any]:
        """What one of the programs in ``assets/bench`` measured."""
        return self._last_object(self._run(asset("bench", script), *arguments))

    def window(self, *arguments: str) -> dict[str, Any]:
        """What Attune's own window measured."""
        return self._last_object(self._run("-m", "attune", "bench-window", *arguments))

    def _last_object(self, printed: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(printed.splitlines()[-1])
        return found

    def _run(self, *command: str | Path) -> str:
        """Run Python with these arguments; what it printed."""
        run = subprocess.run(
            [sys.executable, *map(str, command)],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if run.returncode:
            last = (run.stderr.strip().splitlines() or [str(run.returncode)])[-1]
            raise AppError("app.bench_failed", program=Path(command[0]).name, reason=last)
        return run.stdout
