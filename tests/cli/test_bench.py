import json
import os
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from attune.app.measured import Measured
from attune.cli import bench
from attune.errors import AppError
from attune.resources import Words, asset

CLIP = min(asset("clips", "starter", "media").glob("*.webm"))


class FakeRunner:
    """Programs that end at once with what they would have measured."""

    said: dict[str, dict[str, Any]] = {  # noqa: RUF012 - the same for all
        "bare_detect.py": {"frames": 100, "seconds": 1.0, "resident_mb": 200.0},
        "bare_window.py": {"shown_s": 1e9},
        "bare_player.py": {"frames": [], "resident_mb": 100.0},
        "start": {"shown_s": 3e9, "painted_s": 2e9},
        "practise": {"painted": 240, "dropped": 0, "stall_ms": 3.0, "worst_ms": 9.0, "resident_mb": 360.0},
    }

    def __init__(self, folder: Path, _words: Words) -> None:
        self.folder = folder

    def clip(self) -> Path:
        return CLIP

    def bare(self, script: str, *_arguments: str) -> dict[str, Any]:
        return self.said[script]

    def attune(self, part: str, *_arguments: str) -> dict[str, Any]:
        return self.said[part]


class FakeParts:
    def __init__(self, measured: Measured) -> None:
        done: Future[Measured] = Future()
        done.set_result(measured)
        self.measurer = SimpleNamespace(measure=lambda _clip: done)

    def find_model(self) -> Path:
        return Path("model")

    def close(self) -> None:
        pass


def test_each_figure_is_printed_with_its_bound_and_whether_it_is_met(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], measured: Measured
) -> None:
    monkeypatch.setattr(bench, "_Runner", FakeRunner)
    monkeypatch.setattr(bench, "open_parts", lambda _model: FakeParts(measured))
    assert bench.bench(model=None, words=Words()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:8].strip() for line in lines] == ["met", "not met", "met", "met", "met"]
    assert "at least 0.95" in lines[0]
    assert "3.00 times" in lines[1]
    assert "at most 2)" in lines[1]
    assert "1.20 times" in lines[4]


def test_a_program_that_fails_is_named(tmp_path: Path) -> None:
    runner = bench._Runner(tmp_path, Words())
    with pytest.raises(AppError) as caught:
        runner.bare("bare_detect.py", "no_clip.mp4", "no_model")
    assert caught.value.key == "app.bench_failed"
    assert "bare_detect.py" in Words().error(caught.value)


@pytest.mark.slow
def test_the_window_measures_itself_while_somebody_practises() -> None:
    command = [sys.executable, "-m", "attune", "bench-window", "practise", str(CLIP), "1"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["painted"] > 0
    assert found["dropped"] >= 0
    assert 0 < found["stall_ms"] <= found["worst_ms"]
    assert found["resident_mb"] > 100 or not Path(f"/proc/{os.getpid()}").exists()
