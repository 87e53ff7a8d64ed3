"""Running the event loop until something is so, for the measuring of the window."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt, QTimer

LOOK_MS = 1
PATIENCE_S = 120.0


def until(condition: Callable[[], bool]) -> None:
    """Run the event loop until the condition holds. Raises TimeoutError after PATIENCE_S."""
    loop, look = QEventLoop(), QTimer()
    look.setTimerType(Qt.TimerType.PreciseTimer)
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    look.start(LOOK_MS)
    begun = time.monotonic()
    QTimer.singleShot(int(PATIENCE_S * 1000), loop, loop.quit)
    loop.exec()
    look.stop()
    if time.monotonic() - begun >= PATIENCE_S:
        raise TimeoutError
