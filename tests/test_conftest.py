"""The guards of conftest.py are seen to fail on planted leaks, and to let honest tests pass."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

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


def test_every_kind_of_leak_fails_the_test_that_leaks(tmp_path: Path) -> None:
    here = Path(__file__).parent
    shutil.copy(here.parent / "pyproject.toml", tmp_path)
    conftest = (here / "conftest.py").read_text()
    (tmp_path / "conftest.py").write_text(conftest.replace("PATIENCE_S = 15.0", "PATIENCE_S = 0.1"))
    (tmp_path / "test_planted.py").write_text(PLANTED)

    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--color=no", "test_planted.py"]
    wide = os.environ | {"COLUMNS": "300"}  # whole reasons in the summary
    run = subprocess.run(command, cwd=tmp_path, env=wide, capture_output=True, text=True, check=False)

    caught = dict(re.findall(r"^ERROR test_planted.py::(\w+) - (.*)$", run.stdout, re.MULTILINE))
    expected = {
        "test_thread": "thread forgotten",
        "test_window": "window ",
        "test_timer": "timer of",
        "test_process": "process ",
        "test_network": "192.0.2.1",
        "test_log": "look here",
    }
    assert caught.keys() == expected.keys(), run.stdout
    assert all(words in caught[test] for test, words in expected.items()), caught
    assert "7 passed, 6 errors" in run.stdout
