"""What every test gets: no real screen, no real home folder, no network; and what every test must keep:
nothing left behind (threads, windows, running timers, processes), nothing logged that no one looked at.
"""

import gc
import ipaddress
import logging
import os
import select
import sys
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

PATIENCE_S = 15.0  # what is on its way out may take this long to be gone
ROUND_S = 0.5  # and is let go of again this often

# A loaded machine is no reason to fail: what comes is waited for no longer, what does not is told later.
for _wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed):
    _wait.__kwdefaults__["timeout"] = 30_000

# Neither is it here; CI tries the same examples every time.
hypothesis.settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("house")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for what a test leaves need not look through it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _home_for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Fixtures that outlive one test have a home too, which is not the person's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATTUNE_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Attune's home during one test; nothing is in it."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ATTUNE_HOME", str(folder))
    return folder


# Network: nothing leaves the machine.

attempts: list[str] = []


def _loopback(host: object) -> bool:
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return host in (None, "", "localhost")


def _forbid_network(event: str, args: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.sendto"):
        address = args[1]
        host = address[0] if isinstance(address, tuple) else None  # a path: a socket on this machine
    elif event == "socket.getaddrinfo":
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
    else:
        return
    if not _loopback(host):
        attempts.append(f"{event} {host}")
        message = f"tests have no network: {host}"
        raise PermissionError(message)


sys.addaudithook(_forbid_network)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    attempts.clear()
    yield
    assert not attempts, f"the network was asked for: {attempts}"


@pytest.fixture(autouse=True)
def _no_unexpected_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A test that expects a warning in the log asserts it and calls ``caplog.clear()``."""
    yield
    logged = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    loud = [record.getMessage() for record in logged if record.levelno >= logging.WARNING]
    assert not loud, f"logged, and nobody looked: {loud}"


# Left behind: each function below gives what is there now, as a name for each thing.

_started: weakref.WeakSet[QTimer] = weakref.WeakSet()
_start_timer = QTimer.start


def _start_and_remember(timer: QTimer, *args: object) -> None:
    _started.add(timer)
    _start_timer(timer, *args)


QTimer.start = _start_and_remember  # type: ignore[method-assign,assignment]


def _threads() -> dict[object, str]:
    # A dummy stands for a thread that Python did not start, and stays listed when that thread has ended.
    return {
        thread: f"thread {thread.name}"
        for thread in threading.enumerate()
        if not isinstance(thread, threading._DummyThread)
    }


def _windows() -> dict[object, str]:
    found = QApplication.topLevelWidgets() if QApplication.instance() else []
    return {window: f"window {window!r}" for window in found if window.parent() is None}


def _timers() -> dict[object, str]:
    return {
        timer: f"timer of {timer.parent()!r} every {timer.interval()} ms"
        for timer in _started
        if shiboken6.isValid(timer) and timer.isActive()
    }


def _processes() -> dict[object, str]:
    found: dict[object, str] = {}
    for task in Path("/proc/self/task").glob("*"):
        try:
            children = (task / "children").read_text().split()
        except OSError:  # that thread ended meanwhile
            continue
        for child in children:
            try:
                about = Path("/proc") / child
                command = (about / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
                state = (about / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            # Python's own helper stays until the end. Who has just begun may have no command line yet, so
            # that a process has ended is told by its state.
            if state not in "ZX" and "multiprocessing.resource_tracker" not in command:
                found[int(child)] = f"process {child}: {command}"
    return found


def _await(ending: threading.Thread | int, seconds: float) -> None:
    """Wait for a thread, or for the process of that number."""
    if isinstance(ending, threading.Thread):
        ending.join(seconds)
        return
    try:
        handle = os.pidfd_open(ending)
    except ProcessLookupError:
        return
    try:
        select.select([handle], [], [], seconds)
    finally:
        os.close(handle)


def _let_go() -> None:
    """Delete what Qt was asked to delete later, and what only a cycle of references kept."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()


_KINDS: tuple[Callable[[], dict[object, str]], ...] = (_threads, _windows, _timers, _processes)


def _leftovers(before: set[object]) -> list[str]:
    def now() -> dict[object, str]:
        return {thing: name for kind in _KINDS for thing, name in kind().items() if thing not in before}

    if not now():
        return []
    until = time.monotonic() + PATIENCE_S
    _let_go()
    while ending := [thing for thing in now() if isinstance(thing, threading.Thread | int)]:
        if (seconds := until - time.monotonic()) <= 0:
            break
        _await(ending[0], min(seconds, ROUND_S))
        _let_go()  # again: a thread may still have held the work that holds its own executor
    return sorted(now().values())


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """What was there before (fixtures of a module or the session) may stay; nothing else."""
    before = {thing for kind in _KINDS for thing in kind()}
    yield
    left = _leftovers(before)
    for window in [window for window in _windows() if window not in before and isinstance(window, QWidget)]:
        window.deleteLater()  # the next test is not to blame
    assert not left, f"left behind: {left}"


# What tests found, told at the end (printed lines are not seen where many tests run side by side), and the
# time of the quick and of the slow ones, before pytest's own closing line.

_told: dict[str, list[str]] = {}
_spent: Counter[str] = Counter()


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Say a line, or several, in the closing summary."""
    return partial(record_property, "told")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _spent["slow" if "slow" in report.keywords else "quick"] += report.duration  # type: ignore[assignment]
    if report.when == "call":
        _told[report.nodeid] = [str(line) for name, line in report.user_properties if name == "told"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if any(_told.values()):
        terminalreporter.section("what was found")
    for test in sorted(_told):
        for line in _told[test]:
            terminalreporter.write_line(line)
    beside = getattr(terminalreporter.config.option, "numprocesses", None) or 1
    terminalreporter.write_line(
        f"quick tests took {_spent['quick']:.0f} s, slow tests {_spent['slow']:.0f} s"
        + (f", {beside} side by side" if beside > 1 else "")
    )
