"""The commands as a shell sees them: real processes, pipes and signals."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.films import film

CLIPS = [film(emotion) for emotion in ("happiness", "anger", "fear", "surprise")]
ATTUNE = [sys.executable, "-m", "attune"]


def attune(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ATTUNE, *map(str, arguments)],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_version() -> None:
    run = attune("--version")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("attune ")


@pytest.mark.parametrize("arguments", [["--nonsense"], ["nonsense"], ["analyze"]])
def test_misuse(arguments: list[str]) -> None:
    run = attune(*arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1


def test_commands_do_not_load_qt() -> None:
    code = "import sys; sys.argv = ['attune', '--help']; import runpy\n"
    code += "try: runpy.run_module('attune', run_name='__main__')\n"
    code += "finally: print([name for name in ('PySide6', 'cv2', 'mediapipe') if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.splitlines()[-1] == "[]"


def test_without_a_screen_the_window_says_so_and_exits_with_2() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in screens}
    run = subprocess.run(ATTUNE, env=bare, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2
    assert len(run.stderr.splitlines()) == 1


@pytest.mark.slow
def test_analyze_measures_a_clip_and_leaves_a_bad_file_aside(tmp_path: Path) -> None:
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"no video at all")
    empty = tmp_path / "empty"
    empty.mkdir()
    run = attune("analyze", "--format", "json", bad, CLIPS[0], empty, tmp_path / "none.mp4")
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 3
    found = json.loads(run.stdout)
    assert found["file"] == str(CLIPS[0])
    assert found["frames_with_face"] == found["frames"] > 20
    assert sum(found["expressed"]["labels"].values()) == pytest.approx(1, abs=0.001)


@pytest.mark.slow
def test_every_frame_of_a_clip(tmp_path: Path) -> None:
    run = attune("analyze", "--every-frame", CLIPS[0])
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert len(rows) > 20
    assert {row["face"] for row in rows} == {"1"}
    assert max(float(row["mouthSmileLeft"]) for row in rows) > 0.3


@pytest.mark.slow
def test_a_wrong_model_is_one_clear_line(tmp_path: Path) -> None:
    model = tmp_path / "face_landmarker.task"
    model.write_bytes(b"something else")
    for run in (
        attune("analyze", "--model", model, *CLIPS),
        attune("analyze", *CLIPS, ATTUNE_FACE_MODEL=str(model)),
    ):
        assert (run.returncode, run.stdout) == (1, "")
        assert len(run.stderr.splitlines()) == 1
        assert str(model) in run.stderr


@pytest.fixture
def _interruptible() -> Iterator[None]:
    """A shell's background job inherits a deaf ear for Ctrl+C; a program in a terminal does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def group_of(pid: int) -> list[int]:
    """The processes of a process group that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:  # it ended meanwhile
            continue
        if int(group) == pid and state != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("_interruptible")
@pytest.mark.parametrize("when", ["measuring", "loading"])
def test_ctrl_c_ends_everything_within_a_second_and_without_a_word(when: str, tmp_path: Path) -> None:
    command = [*ATTUNE, "analyze", "--workers", "3", "--every-frame", *map(str, CLIPS * 50)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, process_group=0) as run:
        try:
            assert run.stdout is not None
            assert run.stderr is not None
            run.stdout.readline()  # the heading: the processes are about to start
            if when == "measuring":
                run.stdout.readline()
                assert len(group_of(run.pid)) > 3
            begun = time.monotonic()
            os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to all of them
            run.stdout.read()
            assert run.stderr.read() == b""
            assert run.wait(20) == 130
            # Half a second for a machine that has other things to do; what was told to end may outlive the
            # first.
            while group_of(run.pid) and time.monotonic() - begun < 1.5:
                pass
            assert group_of(run.pid) == []
            assert time.monotonic() - begun < 1.5
        finally:
            with suppress(ProcessLookupError):
                os.killpg(run.pid, signal.SIGKILL)  # else nobody would ever hear that it hangs


@pytest.mark.slow
def test_several_files_come_in_their_order_whatever_measures_them(tmp_path: Path) -> None:
    files = [*CLIPS, CLIPS[0]]
    runs = [attune("analyze", "--format", "csv", "--workers", workers, *files) for workers in (1, 3)]
    assert [run.returncode for run in runs] == [0, 0]
    rows = list(csv.DictReader(io.StringIO(runs[1].stdout)))
    assert [row["file"] for row in rows] == list(map(str, files))
    assert runs[0].stdout == runs[1].stdout


@pytest.mark.slow
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = [*ATTUNE, "analyze", "--every-frame", *map(str, CLIPS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(60) in (0, 1)


@pytest.mark.slow
def test_doctor_finds_all_it_needs() -> None:
    run = attune("doctor")
    assert (run.returncode, run.stderr) == (0, "")
    assert {line.split()[0] for line in run.stdout.splitlines()[:-1]} == {"ok"}
    assert "face_landmarker.task" in run.stdout


@pytest.mark.slow
def test_doctor_says_what_is_missing(tmp_path: Path) -> None:
    model = tmp_path / "face_landmarker.task"
    model.write_bytes(b"something else")
    run = attune("doctor", "--model", model, QT_QPA_PLATFORM="xcb", DISPLAY=":987")
    lines = [line for line in run.stdout.splitlines() if line.startswith("to do")]
    assert run.returncode == 1
    assert [line.split()[2] for line in lines] == ["face", "measuring", "display"]
