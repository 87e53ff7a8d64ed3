"""What Qt finds on this computer, as one JSON object on stdout; run apart, since Qt aborts without a screen.

Argument: a clip to play until its first picture.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QMediaDevices, QMediaPlayer, QVideoSink

PATIENCE_MS = 10_000

app = QGuiApplication([])
sink = QVideoSink()
player = QMediaPlayer()
player.setVideoSink(sink)
pictures: list[int] = []


def on_picture() -> None:
    """Remember it and be done."""
    pictures.append(sink.videoFrame().width())
    app.quit()


sink.videoFrameChanged.connect(on_picture)
player.errorOccurred.connect(app.quit)
player.setSource(QUrl.fromLocalFile(str(Path(sys.argv[1]).resolve())))
player.play()
QTimer.singleShot(PATIENCE_MS, app.quit)
app.exec()
player.stop()

print(
    json.dumps(
        {
            "platform": app.platformName(),
            "screens": len(app.screens()),
            "cameras": [camera.description() for camera in QMediaDevices.videoInputs()],
            "sounds": [output.description() for output in QMediaDevices.audioOutputs()],
            "plays": bool(pictures),
            "problem": player.errorString(),
        }
    )
)
