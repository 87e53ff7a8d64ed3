"""Where garbage is looked for: on the UI thread alone."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Collecting(QObject):
    """Looks for garbage now and then, as Python would by itself, but never on another thread.

    Python looks for it on whichever thread happens to ask for memory. What is left of a page are widgets, and
    a widget deleted away from the UI thread takes the program with it.
    """

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_what_is_due)
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """Leave it to Python again: every other thread has ended."""
        self._timer.stop()
        gc.collect()
        gc.enable()


def collect_what_is_due() -> None:
    """Collect the oldest generation that is over its threshold."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return
