import threading
from concurrent.futures import Future
from pathlib import Path
from typing import Any, cast

from attune.app.batch import AHEAD, files_in, measure_all
from attune.app.measuring import Measurer
from attune.errors import MeasuringError
from attune.resources import Words

PATIENCE_S = 10


class FakeMeasurer:
    """Promises everything and keeps nothing until a test says so."""

    processes = 2

    def __init__(self) -> None:
        self.asked: dict[str, Future[Any]] = {}
        self.all_asked = threading.Event()

    def measure(self, path: Path, **_progress: Any) -> Future[Any]:
        self.asked[path.name] = Future()
        if path.name == "c":
            self.all_asked.set()
        return self.asked[path.name]


def begin(names: list[str], heard: list[float] | None = None) -> tuple[FakeMeasurer, Any]:
    fake = FakeMeasurer()
    hear = (lambda _done: None) if heard is None else heard.append
    return fake, measure_all(cast("Measurer", fake), [Path(name) for name in names], hear)


def test_files_are_told_in_their_order_whichever_is_ready_first() -> None:
    fake, results = begin(["a", "b", "c"])
    told: list[Any] = []
    listener = threading.Thread(target=lambda: told.extend(results))
    listener.start()
    assert fake.all_asked.wait(PATIENCE_S)
    for name in "cba":
        assert told == []
        fake.asked[name].set_result(name.upper())
    listener.join(PATIENCE_S)
    assert told == [(Path("a"), "A"), (Path("b"), "B"), (Path("c"), "C")]


def ready(fake: FakeMeasurer) -> None:
    """Let every measurement be done as soon as it is asked for."""
    measure = fake.measure

    def at_once(path: Path, **more: Any) -> Future[Any]:
        future = measure(path, **more)
        more["progress"](5, 10)
        future.set_result(path.name)
        return future

    fake.measure = at_once  # type: ignore[method-assign]


def test_only_so_many_are_begun_before_their_turn() -> None:
    fake, results = begin([f"{number:02}" for number in range(40)])
    ready(fake)
    assert next(results) == (Path("00"), "00")
    assert len(fake.asked) == AHEAD * fake.processes
    assert len(list(results)) == 39
    assert len(fake.asked) == 40


def test_progress_counts_files_and_shares_of_files() -> None:
    heard: list[float] = []
    fake, results = begin(["a", "b"], heard)
    ready(fake)
    list(results)
    assert heard == [0.5, 1.0, 1.5, 2.0]


def test_an_error_known_or_not_ends_one_file_and_not_the_others() -> None:
    fake, results = begin(["a", "b", "c"])
    crash, bug = MeasuringError("measuring.crashed", path="a", code=-11), ZeroDivisionError("division")
    measure = fake.measure

    def failing(path: Path, **more: Any) -> Future[Any]:
        future = measure(path, **more)
        future.set_exception({"a": crash, "b": bug}.get(path.name))
        return future

    fake.measure = failing  # type: ignore[method-assign]
    assert next(results) == (Path("a"), crash)
    _, error = next(results)
    assert error.key == "measuring.unexpected"
    assert "division" in Words().error(error)
    fake.asked["c"].cancel()


def test_who_stops_listening_gives_up_the_rest() -> None:
    fake, results = begin(["a", "b", "c"])
    measure = fake.measure

    def first_only(path: Path, **more: Any) -> Future[Any]:
        future = measure(path, **more)
        if path.name == "a":
            future.set_result("A")
        return future

    fake.measure = first_only  # type: ignore[method-assign]
    next(results)
    results.close()
    assert fake.asked["b"].cancelled()
    assert fake.asked["c"].cancelled()


def test_a_folder_stands_for_its_media_and_an_empty_one_for_itself(tmp_path: Path) -> None:
    full, empty, file = tmp_path / "full", tmp_path / "empty", tmp_path / "z.mp4"
    for folder in (full, empty):
        folder.mkdir()
    for name in ("b.mp4", "a.png"):
        (full / name).touch()
    assert list(files_in([file, full, empty])) == [file, full / "a.png", full / "b.mp4", empty]
