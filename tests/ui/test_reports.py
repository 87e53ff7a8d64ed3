"""Bugs become reports that can be copied and name nobody."""

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning

from attune.ui.reports import RecentLog, everything_reported, report


def broken() -> BaseException:
    with pytest.raises(LookupError) as caught:
        raise LookupError(f"{Path.home()}/film.mp4")
    return caught.value


def test_a_report_says_where_it_broke_and_not_whose_home_it_was() -> None:
    log = RecentLog()
    log.handle(logging.makeLogRecord({"msg": "before it", "levelno": logging.INFO, "levelname": "INFO"}))
    text = report(broken(), log)
    assert "LookupError" in text
    assert "in broken" in text
    assert "before it" in text
    assert "~/film.mp4" in text
    assert str(Path.home()) not in text
    assert "Python" in text


def test_only_the_last_lines_are_kept() -> None:
    log = RecentLog(lines=2)
    for number in range(5):
        log.handle(logging.makeLogRecord({"msg": f"line {number}"}))
    assert [line[-6:] for line in log.lines] == ["line 3", "line 4"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_unexpected_errors_of_any_thread_are_told(caplog: pytest.LogCaptureFixture) -> None:
    told: list[BaseException] = []
    before = sys.excepthook, threading.excepthook
    with everything_reported(told.append):
        sys.excepthook(LookupError, broken(), None)
        thread = threading.Thread(target=lambda: (_ for _ in ()).throw(ValueError("thread")))
        thread.start()
        thread.join()
    assert [type(error) for error in told] == [LookupError, ValueError]
    assert (sys.excepthook, threading.excepthook) == before
    assert len(caplog.records) == 2
    caplog.clear()


@pytest.mark.qt_no_exception_capture
def test_what_qt_says_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with everything_reported(lambda _error: None) as recent:
        qWarning("said by Qt")
    assert [(r.name, r.levelno, r.getMessage()) for r in caplog.records] == [
        ("qt", logging.WARNING, "said by Qt")
    ]
    assert "said by Qt" in recent.lines[-1]
    caplog.clear()
