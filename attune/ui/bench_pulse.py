"""How late the UI loop takes up what another thread sends it."""

from __future__ import annotations

import math
import threading
import time

from PySide6.QtCore import QObject, Qt, Signal

BEAT_S = 0.004


class Pulse(QObject):
    """Sends itself a message every few ms from another thread, and notes how late each is taken up, in s."""

    _beat = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.late_s: list[float] = []
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._send, name="pulse")
        self._beat.connect(self._taken, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    def stop(self) -> None:
        """Send no more."""
        self._stopped.set()
        self._thread.join()

    def _send(self) -> None:
        while not self._stopped.wait(BEAT_S):
            self._beat.emit(time.monotonic())

    def _taken(self, sent_s: float) -> None:
        self.late_s.append(time.monotonic() - sent_s)

    def late_ms(self, share: float) -> float:
        """How late so large a share of them was at most."""
        ordered = sorted(1000 * late for late in self.late_s)
        return ordered[math.ceil(share * len(ordered)) - 1]
