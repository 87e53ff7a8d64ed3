"""What ``attune bench`` measures of the measuring: its speed, what it adds, its scaling, its memory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median

from attune.app.batch import measure_all
from attune.app.measuring import Measurer
from attune.cli.bench_runner import PATIENCE_S, Figure, Runner, only, ratio, resident_mb
from attune.cli.parts import open_parts

LONG_S, SHORT_S = 20, 1
ROUNDS = 3
FEATURE_FRAMES = 600
FILES = 48
WARM_FRAMES, FLAT_FRAMES = 1500, 10_000
FEW = 3  # films whose median memory counts, at the beginning and at the end


def analysis(runner: Runner, model: Path | None) -> Iterator[Figure]:
    """Frames a second of a whole measurement against a bare decode-and-detect loop, in turns."""
    clip = runner.clip(LONG_S)
    with closing(open_parts(model, 1)) as parts:
        # Loads everything, as the bare loop does before its clock.
        parts.measurer.measure(runner.clip(SHORT_S)).result(PATIENCE_S)
        ours, theirs = [], []
        for _round in range(ROUNDS):
            bare = runner.bare("bare_detect.py", str(clip), str(parts.find_model()))
            theirs.append(bare["frames"] / bare["seconds"])
            begun = time.perf_counter()
            measured = parts.measurer.measure(clip).result(PATIENCE_S)
            ours.append(len(measured.track.time_ns) / (time.perf_counter() - begun))
    yield Figure(
        name="analysis",
        value=ratio(ours, theirs),
        bound=1.0,
        at_least=True,
        fields={"fps": median(ours), "bare_fps": median(theirs)},
    )


def features(runner: Runner, model: Path | None) -> Iterator[Figure]:
    """What Attune adds to each frame, against a bare landmarker on the same frames in turns."""
    with closing(open_parts(model, 1)) as parts:
        file = parts.find_model()
    found = runner.bare("added.py", str(runner.clip(LONG_S)), str(file), str(FEATURE_FRAMES))
    yield Figure(
        name="features",
        value=found["added_ms"] + found["read_ms"],
        bound=2.0,
        fields={name: found[name] for name in ("bare_ms", "read_ms")},
    )


def many(runner: Runner, model: Path | None) -> Iterator[Figure]:
    """Many short files on two cores against one core, in turns."""
    if not hasattr(os, "sched_setaffinity") or len(os.sched_getaffinity(0)) < 2:
        return  # nothing to compare
    clip = runner.clip(SHORT_S)
    files = [runner.folder / f"{number}.mp4" for number in range(FILES)]
    for file in files:
        file.hardlink_to(clip)
    with ExitStack() as opened:
        measurers = []
        for cores in (1, 2):
            with only(cores):
                measurer = opened.enter_context(closing(open_parts(model, cores))).measurer
                _measure_all(measurer, files[:cores])  # every process has loaded everything
                measurers.append(measurer)
        rates = [[FILES / _measure_all(measurer, files) for measurer in measurers] for _round in range(2)]
    one, two = zip(*rates, strict=True)
    yield Figure(
        name="many",
        value=ratio(list(two), list(one)),
        bound=1.8,
        at_least=True,
        fields={"files": FILES, "rate": median(two), "rate_on_one": median(one)},
    )


def _measure_all(measurer: Measurer, files: list[Path]) -> float:
    """Seconds that measuring the files takes. Raises what a file fails with."""
    begun = time.perf_counter()
    for _file, outcome in measure_all(measurer, files, lambda _done: None):
        if isinstance(outcome, Exception):
            raise outcome
    return time.perf_counter() - begun


def flat(runner: Runner, model: Path | None) -> Iterator[Figure]:
    """Memory of the measuring process after many frames against after some."""
    clip, frames, held = runner.clip(LONG_S), 0, []
    with closing(open_parts(model, 1)) as parts:
        while frames < WARM_FRAMES + FLAT_FRAMES:
            frames += len(parts.measurer.measure(clip).result(PATIENCE_S).track.time_ns)
            # It gives memory back once its answer is out; when it answers again, that is done.
            parts.measurer.stills(clip, [0]).result(PATIENCE_S)
            if frames >= WARM_FRAMES:
                held.append(resident_mb(*parts.measurer.pids))
    yield Figure(
        name="flat",
        value=median(held[-FEW:]) - median(held[:FEW]),
        bound=5.0,
        fields={"frames": frames, "mb": held[-1]},
    )
