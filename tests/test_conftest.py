"""The guards of conftest.py are seen to fail on planted leaks, and to let honest tests pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = """
import logging
import socket
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

kept = []
release = threading.Event()


def test_thread():
    threading.Thread(target=release.wait, args=(5,), name="forgotten", daemon=True).start()


def test_window(qtbot):
    kept.append(QWidget())


def test_timer(qtbot):
    timer = QTimer()
    timer.start(1000)
    kept.append(timer)


def test_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))


def test_network():
    with pytest.raises(OSError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_log():
    logging.getLogger("attune").warning("look here")


def test_honest(qtbot, caplog):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    timer = QTimer(window)
    timer.start(1000)
    worker = threading.Thread(target=print)
    worker.start()
    subprocess.run([sys.executable, "-c", ""], check=True)
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    logging.getLogger("attune").warning("expected")
    assert "expected" in caplog.text
    caplog.clear()
"""


TELLING = """
import pytest


@pytest.mark.parametrize("number", [1, 2])
def test_counts(tell, number):
    tell(f"kept {number}\\nlost 0")
"""


def planted(folder: Path, tests: str, *options: str) -> str:
    """What is said of these tests, run on their own under the house's conftest.py."""
    here = Path(__file__).parent
    shutil.copy(here.parent / "pyproject.toml", folder)
    conftest = (here / "conftest.py").read_text()
    (folder / "conftest.py").write_text(conftest.replace("PATIENCE_S = 15.0", "PATIENCE_S = 0.1"))
    (folder / "test_planted.py").write_text(tests)

    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", *options]
    wide = os.environ | {"COLUMNS": "300"}  # whole reasons in the summary
    run = subprocess.run(
        [*command, "test_planted.py"], cwd=folder, env=wide, capture_output=True, text=True, check=False
    )
    return run.stdout


@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_tests_tell_stands_in_the_summary(tmp_path: Path, processes: str) -> None:
    said = planted(tmp_path, TELLING, "--numprocesses", processes)
    assert "\nkept 1\nlost 0\nkept 2\nlost 0\n" in said


def test_every_kind_of_leak_fails_the_test_that_leaks(tmp_path: Path) -> None:
    said = planted(tmp_path, PLANTED)

    caught = dict(re.findall(r"^ERROR test_planted.py::(\w+) - (.*)$", said, re.MULTILINE))
    expected = {
        "test_thread": "thread forgotten",
        "test_window": "window ",
        "test_timer": "timer of",
        "test_process": "process ",
        "test_network": "192.0.2.1",
        "test_log": "look here",
    }
    assert caught.keys() == expected.keys(), said
    assert all(words in caught[test] for test, words in expected.items()), caught
    assert "7 passed, 6 errors" in said
