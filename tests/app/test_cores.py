import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from attune.app import cores

NICEST = 19


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, float | None], None]:
    def of(count: int, free_mb: float | None) -> None:
        monkeypatch.setattr(cores, "cores", lambda: count)
        monkeypatch.setattr(cores, "_free_mb", lambda: free_mb)

    return of


@pytest.mark.parametrize(
    ("count", "free_mb", "left_free", "processes"),
    [
        (1, None, 0, 1),
        (2, None, 0, 2),
        (2, 8000.0, 1, 1),
        (1, 8000.0, 1, 1),
        (64, 64000.0, 0, cores.MOST),
        (8, 700.0, 0, 2),
        (8, 50.0, 0, 1),
    ],
)
def test_as_many_as_cores_and_memory_allow(
    count: int,
    free_mb: float | None,
    left_free: int,
    processes: int,
    computer: Callable[[int, float | None], None],
) -> None:
    computer(count, free_mb)
    assert cores.measuring_processes(left_free=left_free) == processes


def test_this_computer() -> None:
    assert 1 <= cores.cores() <= (os.cpu_count() or 1)
    free_mb = cores._free_mb()
    assert free_mb is None or free_mb > 1


@pytest.mark.skipif(sys.platform != "linux", reason="only there threads are told apart")
@pytest.mark.parametrize("nice", [0, 15])
def test_a_thread_that_gives_way_does_so_alone_and_never_becomes_less_nice(nice: int) -> None:
    def given() -> tuple[int, int]:
        before = os.nice(nice)
        cores.give_way()
        return before, os.nice(0)

    here = os.nice(0)
    with ThreadPoolExecutor(1) as thread:
        before, after = thread.submit(given).result()
    assert after == min(before + cores.LATER, NICEST)
    assert os.nice(0) == here


@pytest.mark.skipif(sys.platform != "linux", reason="only there threads are told apart")
def test_where_a_thread_may_not_give_way_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_by: int) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "nice", refused)
    cores.give_way()
