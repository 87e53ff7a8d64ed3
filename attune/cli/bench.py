"""``attune bench``: speed and memory as ratios to bare programs that do the same, all in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import typer

from attune.cli.parts import Parts, open_parts
from attune.cli.terminal import FINE
from attune.errors import AppError
from attune.resources import Words, asset

CLIP_S = 10
ROUNDS = 5
PLAY_S = 8
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


def bench(*, model: Path | None, words: Words) -> int:
    """Measure one thing after the other and print each figure with its bound.

    Raises AppError app.bench_failed when a program that is measured does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder, closing(open_parts(model)) as parts:
        runner = _Runner(Path(folder), words)
        clip = runner.clip()
        for figure in _figures(runner, parts, clip):
            bound = words(
                f"commands.bench.{'at_least' if figure.at_least else 'at_most'}", bound=figure.bound
            )
            state = words(f"commands.bench.{'met' if figure.met else 'not_met'}")
            said = words(f"commands.bench.{figure.name}", value=figure.value, **figure.fields)
            typer.echo(f"{state:<8} {said} ({bound})")
    return FINE


def _figures(runner: _Runner, parts: Parts, clip: Path) -> Iterator[Figure]:
    model = parts.find_model()
    bare_detect: list[dict[str, Any]] = []
    yield _analysis(runner, parts, clip, model, bare_detect)
    yield _start(runner)
    player = runner.bare("bare_player.py", str(clip), str(PLAY_S))
    window = runner.attune("practise", str(clip), str(PLAY_S))
    counts = {"painted": window["painted"], "worst_ms": window["worst_ms"]}
    yield Figure(name="dropped", value=window["dropped"], bound=0, fields=counts)
    yield Figure(name="stalls", value=window["stall_ms"], bound=16, fields=counts)
    bare_mb = player["resident_mb"] + bare_detect[-1]["resident_mb"]
    yield Figure(
        name="memory",
        value=window["resident_mb"] / bare_mb,
        bound=1.3,
        fields={"mb": window["resident_mb"], "bare_mb": bare_mb},
    )


def _analysis(runner: _Runner, parts: Parts, clip: Path, model: Path, bare: list[dict[str, Any]]) -> Figure:
    """Frames a second of a whole measurement against a bare decode-and-detect loop, in turns."""
    parts.measurer.measure(clip).result(PATIENCE_S)  # loads everything, as in the bare loop before its clock
    ours, theirs = [], []
    for _round in range(ROUNDS):
        bare.append(runner.bare("bare_detect.py", str(clip), str(model)))
        theirs.append(bare[-1]["frames"] / bare[-1]["seconds"])
        begun = time.perf_counter()
        measured = parts.measurer.measure(clip).result(PATIENCE_S)
        ours.append(len(measured.track.time_ns) / (time.perf_counter() - begun))
    return Figure(
        name="analysis",
        value=_ratio(ours, theirs),
        bound=0.95,
        at_least=True,
        fields={"fps": median(ours), "bare_fps": median(theirs)},
    )


def _start(runner: _Runner) -> Figure:
    """From start to a window in which a session can be begun, against an empty window, in turns."""
    ours, painted, theirs = [], [], []
    for _round in range(ROUNDS):
        begun = time.monotonic()
        theirs.append(runner.bare("bare_window.py")["shown_s"] - begun)
        begun = time.monotonic()
        found = runner.attune("start")
        ours.append(found["shown_s"] - begun)
        painted.append(found["painted_s"] - begun)
    return Figure(
        name="start",
        value=_ratio(ours, theirs),
        bound=2.0,
        fields={"seconds": median(ours), "painted": median(painted), "bare_seconds": median(theirs)},
    )


def _ratio(ours: list[float], theirs: list[float]) -> float:
    """Median over the rounds: other programs may come and go between them, hardly within one."""
    return median(mine / bare for mine, bare in zip(ours, theirs, strict=True))


class _Runner:
    """Runs the programs to compare, with a home of their own and, without a screen, on none."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._folder = folder
        self._environment = {**os.environ, "ATTUNE_HOME": str(folder / "home"), "QT_LOGGING_RULES": "*=false"}
        # Installed programs have their bytecode; where it was not kept so far, the first round keeps it.
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)
        screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
        if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in screens):
            self._environment["QT_QPA_PLATFORM"] = "offscreen"
            typer.echo(words("commands.bench.no_screen"))

    def clip(self) -> Path:
        """A 720p clip made out of the starter set's."""
        clip = self._folder / "clip.mp4"
        starters = sorted(asset("clips", "starter", "media").glob("*.webm"))
        self._run(asset("bench", "make_clip.py"), str(clip), str(CLIP_S), *map(str, starters))
        return clip

    def bare(self, script: str, *arguments: str) -> dict[str, Any]:
        """What one of the bare programs measured."""
        return self._last_object(self._run(asset("bench", script), *arguments))

    def attune(self, *arguments: str) -> dict[str, Any]:
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
