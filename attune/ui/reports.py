"""Bugs: what Qt and Python say goes into the log, and an unexpected error becomes a report to copy."""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_log = logging.getLogger(__name__)
_qt_log = logging.getLogger("qt")


class RecentLog(logging.Handler):
    """Keeps the last lines that were logged, for a report."""

    def __init__(self, lines: int = 100) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        self.lines: deque[str] = deque(maxlen=lines)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line. May be called from any thread."""
        self.lines.append(self.format(record))


def report(error: BaseException, log: RecentLog) -> str:
    """Text that lets somebody find the bug: versions, where it happened, what was logged before.

    The home folder is written as ``~``, so that the report does not name its owner.
    """
    from importlib.metadata import version  # noqa: PLC0415 - the window opens without it

    parts = (
        f"Attune {version('attune')}, Python {platform.python_version()}, Qt {qVersion()}",
        platform.platform(),
        "".join(traceback.format_exception(error)),
        "\n".join(log.lines),
    )
    return "\n\n".join(part.strip() for part in parts if part).replace(str(Path.home()), "~") + "\n"


@contextmanager
def everything_reported(unexpected: Callable[[BaseException], None]) -> Iterator[RecentLog]:
    """While inside: Qt's messages and Python's log are kept, unexpected errors go to ``unexpected``.

    ``unexpected`` may be called from any thread. All hooks are put back on leaving.
    """

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        _log.error("unexpected error", exc_info=error)
        unexpected(error)

    def thread_hook(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is not None:
            hook(failure.exc_type, failure.exc_value, failure.exc_traceback)

    recent = RecentLog()
    logging.getLogger().addHandler(recent)
    before = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = hook, thread_hook
    qt_before = qInstallMessageHandler(_qt_message)
    try:
        yield recent
    finally:
        qInstallMessageHandler(qt_before)
        sys.excepthook, threading.excepthook = before
        logging.getLogger().removeHandler(recent)


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    _qt_log.log(QT_LEVELS.get(kind, logging.WARNING), message)
