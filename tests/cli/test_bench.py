import json
import os
import subprocess
import sys
from math import isfinite
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from attune.app import history_speed
from attune.app.progress import speed
from attune.app.protocols.speed import NextTrial
from attune.cli import bench, bench_history, bench_library, bench_measuring, bench_scoring
from attune.cli.bench import Part
from attune.cli.bench_runner import Figure, Runner, only, ratio, resident_mb
from attune.cli.main import build
from attune.errors import AppError
from attune.perception.model_file import find_model
from attune.resources import Words, asset

CLIP = min(asset("clips", "starter", "media").glob("*.webm"))


class FakeRunner:
    """Programs that end at once with what they would have measured."""

    said: dict[str, dict[str, Any]] = {  # noqa: RUF012 - the same for all
        "bare_detect.py": {"frames": 100, "seconds": 1.0, "resident_mb": 200.0},
        "bare_window.py": {"shown_s": 1e9},
        "bare_player.py": {"frames": [], "resident_mb": 100.0},
        "added.py": {"bare_ms": 7.0, "added_ms": 1.5, "read_ms": 0.25},
        "draw_person.py": {
            "ratio": 9.0,
            "frame_ms": 90.0,
            "pose_ms": 8.0,
            "bare_ms": 10.0,
            "build_ms": 1600.0,
            "data_ms": 20.0,
        },
        "import_clips.py": {"seconds": 6.0, "bare_seconds": 3.0, "peak_mb": 55.0, "load_ms": 150.0},
        "start": {"shown_s": 3e9, "painted_s": 2e9},
        "practise": {"painted": 240, "dropped": 0, "stall_ms": 3.0, "worst_ms": 9.0, "resident_mb": 360.0},
        "couple": {
            "latency_ms": 21.0,
            "median_ms": 17.0,
            "worst_ms": 40.0,
            "shown": 99.0,
            "unrecorded": 0,
            "recorded": 600,
            "growth_mb": 1.5,
            "mb": 480.0,
        },
        "moments": {"within": 0.995, "shown": 200, "worst_ms": 17.0},
        "partner": {"rate": 58.0, "ui_ms": 1.5, "stall_ms": 3.0, "software": False},
    }

    def __init__(self, folder: Path, _words: Words) -> None:
        self.folder = folder

    def clip(self, _seconds: int, *, people: int = 1) -> Path:
        del people
        return CLIP

    def bare(self, script: str, *_arguments: str) -> dict[str, Any]:
        return self.said[script]

    def window(self, part: str, *_arguments: str) -> dict[str, Any]:
        return self.said[part]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that are there at once, without any model."""
    parts = SimpleNamespace(find_model=lambda: Path("model"), close=lambda: None)
    for module in ("bench_measuring", "bench_window"):
        monkeypatch.setattr(f"attune.cli.{module}.open_parts", lambda *_: parts)
    monkeypatch.setattr(bench, "Runner", FakeRunner)

    def figure(name: str, **fields: float) -> Any:
        return lambda *_: iter([Figure(name=name, value=1.0, bound=1.0, at_least=True, fields=fields)])

    measuring = {
        Part.ANALYSIS: figure("analysis", fps=100, bare_fps=90),
        Part.MANY: figure("many", files=48, rate=8, rate_on_one=4),
        Part.FLAT: figure("flat", frames=10_000, mb=300),
        Part.PROFILE: figure("profile", answers=100_000),
        Part.THRESHOLD: figure("threshold", trials=200),
        Part.CHOICE: figure(
            "choice", clips=10_000, answers=100_000, median_ms=0.1, worst_ms=4.0, start_ms=150.0
        ),
        Part.KEEPING: figure("keeping", answers=1000, median_ms=0.5, worst_ms=4.0, bare_ms=0.4),
        Part.PAGE: figure("page_memory"),
        Part.LIBRARY: figure("library_memory"),
        Part.READING: figure("reading", answers=100_000, ours_ms=20, plain_ms=1000, every_ms=40, mb=10),
    }
    monkeypatch.setattr(bench, "_PARTS", {**bench._PARTS, **measuring})


def lines_of(*arguments: str) -> list[str]:
    result = CliRunner().invoke(build(lambda: 0, lambda _make: 0), ["bench", *arguments])  # type: ignore[arg-type,return-value]
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


@pytest.mark.usefixtures("figures")
def test_each_figure_is_printed_with_its_bound_and_whether_it_is_met() -> None:
    lines = lines_of()
    states = [
        "met",
        "met",
        "met",
        "met",
        "not met",
        *["met"] * 11,
        "not met",
        *["met"] * 12,
    ]
    assert [line[:8].strip() for line in lines] == states
    assert "at least 1)" in lines[0]
    assert "1.75 ms" in lines[1]
    assert "3.00 times" in lines[4]
    assert "at most 2)" in lines[4]
    assert "1.20 times" in lines[7]
    assert "99.5% of 200" in lines[8]
    assert "100,000 answers: 1 ms" in lines[9]
    assert "10,000 clips" in lines[11]
    assert "4.0 ms" in lines[12]
    assert "20 ms against 1000 ms" in lines[13]
    assert "90 ms (of which 8 ms to pose) against 10 ms" in lines[15]
    assert "1.60 s" in lines[16]
    assert "2.0 times a plain copy" in lines[20]
    assert "150 ms" in lines[22]


@pytest.mark.usefixtures("figures")
def test_parts_are_measured_by_themselves_in_the_order_named() -> None:
    assert ["21.0 ms" in line for line in lines_of("couple")] == [True, False] * 2 + [False]
    assert ["1.75 ms" in line for line in lines_of("many", "features")] == [False, True]


def test_the_history_is_measured_as_large_as_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_history, "ANSWERS", 50)
    monkeypatch.setattr(bench_history, "LONG", (400,))
    monkeypatch.setattr(speed, "PATTERN", 100)
    monkeypatch.setattr(history_speed, "FEW", 10)
    runner = Runner(tmp_path, Words())
    (keeping,) = bench_history.keeping(runner, None)
    assert 0 < keeping.fields["median_ms"] <= keeping.value <= keeping.fields["worst_ms"]
    (reading,) = bench_history.reading(runner, None)
    assert reading.value == pytest.approx(reading.fields["ours_ms"] / reading.fields["plain_ms"])
    assert reading.fields["mb"] == pytest.approx(400 * 107 / 2**20, rel=0.2)


def test_scoring_is_measured_as_large_as_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[object, ...]] = []

    def next_trial(folder: Path, _vocabulary: object, *, clips: int, answers: int) -> NextTrial:
        asked.append((folder, clips, answers))
        return NextTrial(median=1.0, p95=6.0, worst=9.0, start=100.0)

    monkeypatch.setattr(bench_scoring, "time_next_trial", next_trial)
    monkeypatch.setattr(bench_scoring, "ANSWERS", 300)
    runner = Runner(tmp_path, Words())
    (profile,) = bench_scoring.profile(runner, None)
    (threshold,) = bench_scoring.threshold(runner, None)
    (choice,) = bench_scoring.choice(runner, None)
    assert (profile.bound, threshold.bound, choice.bound) == (150, 2, 5)
    assert 0 < profile.value < 150
    assert threshold.value > 0
    assert asked == [(tmp_path, 10_000, 300)]
    assert (choice.value, choice.met, choice.fields["start_ms"]) == (6.0, False, 100.0)


@pytest.mark.slow
def test_the_library_is_measured_with_as_many_clips_as_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_library, "CLIPS", 64)
    opened, again, search, scroll, memory = bench_library.library(Runner(tmp_path, Words()), None)
    assert opened.fields["clips"] == 64
    assert opened.fields["share"] == pytest.approx(opened.value / opened.fields["plain_ms"])
    assert min(figure.value for figure in (opened, again, search, scroll)) > 0
    assert isfinite(memory.value)
    assert list(tmp_path.iterdir()) == []


def test_every_part_has_its_measuring_and_its_name_in_the_help() -> None:
    assert set(bench._PARTS) == set(Part)
    assert all(part in Words()("commands.bench.parts") for part in Part)


def test_a_program_that_fails_is_named(tmp_path: Path) -> None:
    runner = Runner(tmp_path, Words())
    with pytest.raises(AppError) as caught:
        runner.bare("bare_detect.py", "no_clip.mp4", "no_model")
    assert caught.value.key == "app.bench_failed"
    assert "bare_detect.py" in Words().error(caught.value)


def test_a_ratio_is_the_median_over_the_rounds() -> None:
    assert ratio([1.0, 20.0, 3.0], [1.0, 2.0, 1.5]) == 2.0


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system pins nothing")
def test_what_is_started_meanwhile_runs_on_so_many_cores_only() -> None:
    before = os.sched_getaffinity(0)
    with only(1):
        ask = "import os; print(len(os.sched_getaffinity(0)))"
        run = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"
    assert os.sched_getaffinity(0) == before


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system does not tell")
def test_memory_of_processes_that_are_there_and_of_one_that_is_not() -> None:
    assert resident_mb(os.getpid()) > 10
    assert not resident_mb(os.getpid(), -1) > 0


def play_once(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "attune", "bench-window", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.mark.slow
def test_the_window_measures_itself_while_somebody_practises() -> None:
    found = play_once("practise", str(CLIP), "1")
    assert found["painted"] > 0
    assert found["dropped"] >= 0
    assert 0 < found["stall_ms"] <= found["worst_ms"]
    assert found["resident_mb"] > 100 or not Path(f"/proc/{os.getpid()}").exists()
    assert set(FakeRunner.said["practise"]) == set(found)


@pytest.mark.slow
def test_the_window_measures_itself_before_a_camera() -> None:
    found = play_once("couple", str(CLIP), "4", str(find_model(None, Path("nowhere"))))
    assert 20 < found["recorded"] < 200
    assert 0 < found["median_ms"] <= found["latency_ms"] <= found["worst_ms"]
    assert found["mb"] > 100
    assert set(FakeRunner.said["couple"]) == set(found)


@pytest.mark.slow
def test_measuring_is_measured_on_a_small_scale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "LONG_S": 1, "ROUNDS": 1, "FEATURE_FRAMES": 20, "FILES": 4, "WARM_FRAMES": 30, "FLAT_FRAMES": 60,
    }.items():  # fmt: skip
        monkeypatch.setattr(bench_measuring, name, value)
    runner = Runner(tmp_path, Words())
    for part in (Part.ANALYSIS, Part.FEATURES, Part.MANY, Part.FLAT):
        for figure in bench._PARTS[part](runner, None):
            assert bench._line(figure, Words())
            assert isfinite(figure.value)
            if part in (Part.ANALYSIS, Part.MANY):
                assert 0.1 < figure.value < 10
            elif part is Part.FEATURES:
                assert -5 < figure.value < 50
