"""The least a program with a window and QtMultimedia can do: show an empty one.

Prints one JSON object: shown_s, the clock (time.monotonic) when the first paint was done and the event loop
was free again.
"""

import json
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtMultimedia import QMediaPlayer
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """Empty."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Be done once the event loop is free after the first one."""
        super().paintEvent(event)
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, done)


def done() -> None:
    """Say when, and end."""
    print(json.dumps({"shown_s": time.monotonic()}))
    app.quit()


app = QApplication([])
player = QMediaPlayer()
window = Window()
window.resize(1100, 760)
window.show()
app.exec()
