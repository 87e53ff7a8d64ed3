import ctypes
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, wait
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from skimage import data, io

from attune.app.measured import Measured
from attune.app.measuring import Measurer
from attune.errors import MeasuringError, MediaError, ModelError
from attune.media.opencv import cv2, quieten
from attune.perception.evidence import Doubt
from attune.perception.model_file import find_model
from attune.resources import Words

PATIENCE_S = 60
CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared" / "data"
HASH = "0" * 64
SECOND_NS = 1_000_000_000


def model() -> Path:
    return find_model(None, Path("nowhere"))


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "astronaut.png"
    io.imsave(path, data.astronaut())
    return path


def film(path: Path, seconds: int, face: Callable[[int], bool] = lambda _: True) -> Path:
    """Write the astronaut, sliding, at 25 frames a second, in the seconds in which ``face`` says so."""
    quieten()  # FFmpeg hears it only before its first file, and other tests listen
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 25.0, (320, 320))
    shown = cv2.resize(data.astronaut()[:320, 60:380, ::-1], (320, 320))
    for index in range(25 * seconds):
        writer.write(np.roll(shown, index % 20, axis=1) if face(index // 25) else np.full_like(shown, 90))
    writer.release()
    return path


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("films") / "short.avi", 1)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("films") / "long.avi", 40)


@pytest.fixture
def measurer(tmp_path: Path) -> Iterator[Measurer]:
    """A fresh one, whose process has not started."""
    measurer = Measurer(model, tmp_path / "cache")
    yield measurer
    measurer.close()


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory, picture: Path) -> Iterator[Measurer]:
    """One for all tests that only ask."""
    measurer = Measurer(model, tmp_path_factory.mktemp("cache"))
    try:
        measurer.measure(picture).result(PATIENCE_S)
        yield measurer
    finally:
        measurer.close()


def process_of(measurer: Measurer) -> int:
    [pid] = measurer.pids
    return pid


def started(measurer: Measurer, path: Path) -> tuple[Any, list[tuple[int, int | None]]]:
    """Begin to measure and wait until it is on its way."""
    going, heard = threading.Event(), []
    future = measurer.measure(path, progress=lambda *far: (heard.append(far), going.set()))
    assert going.wait(PATIENCE_S)
    return future, heard


def test_a_picture_is_measured(warm: Measurer, picture: Path) -> None:
    measured = warm.measure(picture).result(PATIENCE_S)
    assert measured.expressed.reading is not None
    assert measured.expressed.reading.top == "happiness"
    assert len(measured.track) == 1
    assert measured.warnings == ()
    assert measured.info.path == picture


def test_a_film_is_measured_and_says_how_far_it_is(warm: Measurer, short: Path) -> None:
    future, heard = started(warm, short)
    measured = future.result(PATIENCE_S)
    assert measured.track.face.all()
    assert len(measured.track) == 25
    assert measured.track.width == measured.info.width == 320
    assert measured.units
    assert heard == sorted(heard)
    assert heard[-1] == (25, 25)


def test_no_face_no_reading(warm: Measurer, tmp_path: Path) -> None:
    measured = warm.measure(film(tmp_path / "empty.avi", 1, lambda _: False)).result(PATIENCE_S)
    assert measured.expressed.reading is None
    assert measured.units == ()
    assert measured.warnings == ("no_face",)


def test_a_face_now_and_then_is_read_with_a_warning(warm: Measurer, tmp_path: Path) -> None:
    path = film(tmp_path / "seldom.avi", 4, lambda second: second == 1)
    measured = warm.measure(path).result(PATIENCE_S)
    assert measured.expressed.reading is not None
    assert "face_seldom" in measured.warnings
    assert 20 <= np.count_nonzero(measured.track.face) <= 30
    apex_ns = measured.expressed.apex_ns
    assert apex_ns is not None
    assert SECOND_NS * 0.9 < apex_ns < SECOND_NS * 2.1


@pytest.mark.parametrize(
    ("name", "first", "last", "warnings"),
    [
        ("clips/no_face.mp4", None, None, ("no_face",)),
        ("clips/single_face.mp4", 0, 71, ()),
        ("clips/noface_face.mov", 96, 167, ("face_seldom",)),  # and not 90, where the detector errs
        ("clips/face_noface.mov", 0, 71, ("face_seldom",)),
        ("faces/portrait.jpg", 0, 0, ()),
        ("faces/astronaut.png", 0, 0, ()),
    ],
)
def test_the_shared_clips_are_read_sensibly(
    name: str, first: int | None, last: int | None, warnings: tuple[str, ...], warm: Measurer
) -> None:
    if not SHARED.is_dir():
        pytest.skip("the shared data is not beside this checkout")
    measured = warm.measure(SHARED / name).result(PATIENCE_S)
    frames = np.flatnonzero(measured.track.face)
    assert (frames[0], frames[-1]) == (first, last) if len(frames) else first is None
    assert measured.warnings == warnings
    reading = measured.expressed.reading
    assert (reading.top if reading else None) == ("happiness" if len(frames) else None)


def test_every_warning_has_words() -> None:
    table = Words().table("measuring.warnings")
    assert set(table) == {"no_face", "face_seldom", "not_read", "times_estimated", *Doubt}


def test_known_errors_come_through_whole(warm: Measurer, tmp_path: Path) -> None:
    missing = tmp_path / "missing.mp4"
    for future in (warm.measure(missing), warm.stills(missing, [0])):
        error = future.exception(PATIENCE_S)
        assert isinstance(error, MediaError)
        assert error.key == "media.missing"
        assert Words().error(error)


def test_a_bug_comes_with_its_report(warm: Measurer, short: Path) -> None:
    error = warm.stills(short, ["no time"]).exception(PATIENCE_S)  # type: ignore[list-item]
    assert isinstance(error, RuntimeError)
    assert "Traceback" in str(error)


def test_stills_are_the_frames_shown(warm: Measurer, short: Path) -> None:
    early, late, last = warm.stills(short, [0, SECOND_NS // 2, 5 * SECOND_NS]).result(PATIENCE_S)
    assert early.shape == late.shape == (320, 320, 3)
    assert early.dtype == np.uint8
    assert not np.array_equal(early, late)
    assert not np.array_equal(late, last)


def test_a_missing_model_is_told_and_nothing_else_suffers(tmp_path: Path, short: Path) -> None:
    def absent() -> Path:
        raise ModelError("model.missing", name="x", address="y")

    measurer = Measurer(absent, tmp_path)
    try:
        measurer.warm_up()
        error = measurer.measure(short).exception(PATIENCE_S)
        assert isinstance(error, ModelError)
        assert len(measurer.stills(short, [0]).result(PATIENCE_S)) == 1
    finally:
        measurer.close()


def same(one: Measured, other: Measured) -> bool:
    return (
        one.info == other.info
        and one.warnings == other.warnings
        and one.expressed.apex_ns == other.expressed.apex_ns
        and np.allclose(one.expressed.labels, other.expressed.labels, atol=1e-3)
    )


def test_a_measured_file_is_measured_once(measurer: Measurer, tmp_path: Path, short: Path) -> None:
    first = measurer.measure(short, content_hash=HASH).result(PATIENCE_S)

    def never() -> Path:
        raise AssertionError("nothing was to be measured")

    later = Measurer(never, tmp_path / "cache")
    try:
        assert same(later.measure(short, content_hash=HASH).result(PATIENCE_S), first)
        assert later.pids == ()
        moved = later.measure(Path("elsewhere.avi"), content_hash=HASH).result(PATIENCE_S)
        assert moved.info.path == Path("elsewhere.avi")
    finally:
        later.close()


def test_a_damaged_track_is_measured_anew(measurer: Measurer, tmp_path: Path, short: Path) -> None:
    first = measurer.measure(short, content_hash=HASH).result(PATIENCE_S)
    [kept] = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])
    assert same(measurer.measure(short, content_hash=HASH).result(PATIENCE_S), first)
    assert kept.stat().st_size > 1000


def test_a_track_that_cannot_be_kept_is_not_lost(tmp_path: Path, short: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    measurer = Measurer(model, tmp_path / "cache")
    try:
        measured = measurer.measure(short, content_hash=HASH).result(PATIENCE_S)
    finally:
        measurer.close()
    assert measured.track.face.all()


def test_nothing_is_kept_of_a_film_that_was_deleted_meanwhile(
    measurer: Measurer, tmp_path: Path, short: Path
) -> None:
    film = tmp_path / "film.avi"
    film.write_bytes(short.read_bytes())
    measured = measurer.measure(
        film, content_hash=HASH, progress=lambda _done, _total: film.unlink(missing_ok=True)
    )
    assert measured.result(PATIENCE_S).track.face.all()
    assert not film.exists()
    assert not list((tmp_path / "cache").glob("*"))


def test_giving_up_ends_the_work_and_lets_the_next_begin(warm: Measurer, long: Path, short: Path) -> None:
    future, _ = started(warm, long)
    queued = warm.measure(long)
    assert queued.cancel()
    assert future.cancel()
    assert len(warm.measure(short).result(PATIENCE_S).track) == 25
    assert not wait([future, queued], PATIENCE_S).not_done
    with pytest.raises(CancelledError):
        future.result()


def test_a_crash_costs_one_measurement(measurer: Measurer, long: Path, short: Path) -> None:
    future, _ = started(measurer, long)
    queued = measurer.measure(short)
    os.kill(process_of(measurer), signal.SIGKILL)
    error = future.exception(PATIENCE_S)
    assert isinstance(error, MeasuringError)
    assert error.key == "measuring.crashed"
    assert "-9" in Words().error(error)
    assert str(long) in Words().error(error)
    assert len(queued.result(PATIENCE_S).track) == 25


class Segfault:
    """Reads address 0 in the process that unpickles it, as broken native code does."""

    def __reduce__(self) -> tuple[object, ...]:
        return ctypes.string_at, (0,)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Measurer]:
    """Two processes."""
    measurer = Measurer(model, tmp_path / "cache", processes=2)
    yield measurer
    measurer.close()


@pytest.mark.slow
def test_files_are_measured_side_by_side(pair: Measurer, long: Path, short: Path) -> None:
    future, _ = started(pair, long)
    assert len(pair.pids) == 1
    assert len(pair.measure(short).result(PATIENCE_S).track) == 25
    assert len(pair.pids) == 2
    assert not future.done()
    future.cancel()


@pytest.mark.slow
def test_native_code_that_crashes_costs_that_file_only_and_is_not_tried_for_ever(
    pair: Measurer, long: Path, short: Path, picture: Path
) -> None:
    going, _ = started(pair, long)
    [survivor] = pair.pids
    for _attempt in range(2):
        crashing = pair.stills(short, [Segfault()])  # type: ignore[list-item]
        queued = pair.stills(picture, [0])
        error = crashing.exception(PATIENCE_S)
        assert isinstance(error, MeasuringError)
        assert (error.key, error.fields["code"]) == ("measuring.crashed", -signal.SIGSEGV)
        assert str(short) in Words().error(error)
        assert len(queued.result(PATIENCE_S)) == 1
    error = pair.measure(short).exception(PATIENCE_S)
    assert isinstance(error, MeasuringError)
    assert error.key == "measuring.gave_up"
    assert str(short) in Words().error(error)
    assert survivor in pair.pids
    assert not going.done()
    going.cancel()


@pytest.mark.slow
def test_closing_ends_all_processes_within_a_second(tmp_path: Path, long: Path) -> None:
    measurer = Measurer(model, tmp_path, processes=2)
    futures = [started(measurer, long)[0] for _ in range(2)]
    futures += [measurer.measure(long) for _ in range(20)]
    pids = measurer.pids
    assert len(pids) == 2
    begun = time.monotonic()
    measurer.close()
    assert time.monotonic() - begun < 1
    assert all(future.cancelled() for future in futures)
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]


def test_closing_while_processes_start_waits_for_none_of_them(tmp_path: Path, long: Path) -> None:
    measurer = Measurer(model, tmp_path, processes=2)
    for _ in range(2):
        measurer.measure(long)
    begun = time.monotonic()
    measurer.close()
    assert time.monotonic() - begun < 1
    assert measurer.pids == ()


def test_a_process_that_died_idle_is_replaced_unnoticed(measurer: Measurer, picture: Path) -> None:
    measurer.measure(picture).result(PATIENCE_S)
    pid = process_of(measurer)
    gone = os.pidfd_open(pid)
    os.kill(pid, signal.SIGKILL)
    assert select.select([gone], [], [], PATIENCE_S)[0]
    os.close(gone)
    assert measurer.measure(picture).result(PATIENCE_S).expressed.reading is not None
    assert process_of(measurer) != pid


class Nonsense:
    """Cannot be unpickled, like a message of another version of the program."""

    def __reduce__(self) -> tuple[object, ...]:
        return int, ("nonsense",)


def test_a_process_that_hears_nonsense_does_not_stay_deaf(measurer: Measurer, picture: Path) -> None:
    measurer.measure(picture).result(PATIENCE_S)
    gone = os.pidfd_open(process_of(measurer))
    process = measurer._workers[0]._process
    assert process is not None
    process.send(Nonsense())
    assert select.select([gone], [], [], PATIENCE_S)[0]
    os.close(gone)
    assert measurer.measure(picture).result(PATIENCE_S).expressed.reading is not None


def test_a_listener_that_fails_fails_its_own_measurement(warm: Measurer, long: Path, short: Path) -> None:
    def broken(done: int, total: int | None) -> None:
        raise ZeroDivisionError

    assert isinstance(warm.measure(long, progress=broken).exception(PATIENCE_S), ZeroDivisionError)
    assert len(warm.measure(short).result(PATIENCE_S).track) == 25


def test_closing_in_the_middle_cancels_the_rest(tmp_path: Path, long: Path) -> None:
    measurer = Measurer(model, tmp_path)
    future, _ = started(measurer, long)
    rest = [measurer.measure(long, content_hash=HASH), measurer.stills(long, [0])]
    pid = process_of(measurer)
    measurer.close()
    measurer.close()
    assert all(one.cancelled() for one in (future, *rest))
    assert not Path(f"/proc/{pid}").exists()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(RuntimeError, match="closed"):
        measurer.measure(long)


def test_closing_before_anything_was_asked(measurer: Measurer) -> None:
    measurer.close()
    assert measurer.pids == ()


def test_closing_while_it_warms_up(measurer: Measurer) -> None:
    measurer.warm_up()
    measurer.close()


# A program of its own around the measurer.

WINDOW = """
import os, sys
from pathlib import Path
from attune.app.measuring import Measurer
from attune.perception.evidence import Doubt
from attune.perception.model_file import find_model

if __name__ == "__main__":
    from PySide6.QtWidgets import QApplication
    application = QApplication([])
    measurer = Measurer(lambda: find_model(None, Path("nowhere")), Path(sys.argv[2]))
    measured = measurer.measure(Path(sys.argv[1])).result()
    print(measured.expressed.reading.top, *measurer.pids, flush=True)
    if len(sys.argv) > 3:
        measurer.measure(Path(sys.argv[3]), progress=lambda *_: print("going", flush=True))
        sys.stdin.readline()
    measurer.close()
    print([name for name in ("cv2", "mediapipe", "matplotlib") if name in sys.modules])
    print([name for name in os.environ if "PLUGIN_PATH" in name or "FONTDIR" in name])
"""


@pytest.fixture
def window(tmp_path: Path) -> list[str]:
    script = tmp_path / "window.py"
    script.write_text(WINDOW)
    return [sys.executable, "-W", "error", str(script)]


def test_the_window_stays_clean_and_nothing_is_left(window: list[str], short: Path, tmp_path: Path) -> None:
    command = [*window, str(short), str(tmp_path / "cache")]
    done = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("happiness ")
    assert lines[1:] == ["[]", "[]"]
    assert done.stderr == ""
    assert not Path("/proc", lines[0].split()[1]).exists()


@pytest.mark.slow
def test_the_process_goes_when_its_parent_is_killed(
    window: list[str], short: Path, long: Path, tmp_path: Path
) -> None:
    command = [*window, str(short), str(tmp_path / "cache"), str(long)]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline().split()[1]))
        assert parent.stdout.readline() == "going\n"
        parent.kill()
        assert select.select([child], [], [], PATIENCE_S)[0], "the measuring process is still there"
        os.close(child)
