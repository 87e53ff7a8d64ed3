"""The least a program can do to play a clip: Qt's own player in Qt's own widget.

Arguments: FILE SECONDS. Prints one JSON object: frames (times in ms of those shown), resident_mb.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtMultimedia import QMediaPlayer
from PySide6.QtMultimediaWidgets import QVideoWidget
from PySide6.QtWidgets import QApplication


def resident_mb() -> float:
    """Memory this process holds, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def done() -> None:
    """Say what was seen, and end."""
    print(json.dumps({"frames": frames, "resident_mb": resident_mb()}))
    player.stop()
    app.quit()


app = QApplication([])
widget = QVideoWidget()
widget.resize(1100, 760)
player = QMediaPlayer()
player.setVideoOutput(widget)
frames: list[float] = []
widget.videoSink().videoFrameChanged.connect(lambda frame: frames.append(frame.startTime() / 1000))
player.setSource(QUrl.fromLocalFile(sys.argv[1]))
widget.show()
player.play()
QTimer.singleShot(int(float(sys.argv[2]) * 1000), done)
app.exec()
