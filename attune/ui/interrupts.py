"""Ctrl+C in the terminal, and the system asking to end, close the window as its own button does."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

ENDINGS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def closing_on_signals(close: Callable[[], object]) -> Iterator[None]:
    """While inside, call ``close`` on the UI thread when the process is asked to end.

    Python only runs its signal handlers between its own instructions, of which there are none while Qt waits:
    so the signal also writes to a socket that Qt watches.
    """
    reader, writer = socket.socketpair()
    with reader, writer:
        for end in (reader, writer):
            end.settimeout(0)
        notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read)
        notifier.activated.connect(lambda: reader.recv(64))
        watched = signal.set_wakeup_fd(writer.fileno())
        before = {ending: signal.signal(ending, lambda *_: close()) for ending in ENDINGS}
        try:
            yield
        finally:
            for ending, handler in before.items():
                signal.signal(ending, handler)
            signal.set_wakeup_fd(watched)
            notifier.setEnabled(False)
