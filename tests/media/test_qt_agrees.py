"""An overlay finds its frame by the time that Qt gives while playing, so Qt and media must count alike."""

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QMediaPlayer, QVideoFrame, QVideoSink
from pytestqt.qtbot import QtBot

from attune.media.open import open_media


@pytest.mark.parametrize(
    "name", ["h264_late_start.mp4", "h264_film_rate.mp4", "vfr_vp9.webm", "mpeg1.mpg", "h264.ts"]
)
def test_qt_gives_frames_the_same_times(name: str, clips: Path, qtbot: QtBot) -> None:
    with open_media(clips / name) as source:
        times_us = {round(frame.time_ns / 1000) for frame in source.frames()}
    seen: list[int] = []

    def remember(frame: QVideoFrame) -> None:
        if frame.isValid():
            seen.append(frame.startTime())

    player, sink = QMediaPlayer(), QVideoSink()
    sink.videoFrameChanged.connect(remember)
    player.setVideoSink(sink)

    def at_the_end(status: QMediaPlayer.MediaStatus) -> bool:
        return status is QMediaPlayer.MediaStatus.EndOfMedia

    with qtbot.waitSignal(player.mediaStatusChanged, check_params_cb=at_the_end, timeout=20_000):
        player.setSource(QUrl.fromLocalFile(str(clips / name)))
        player.play()
    player.stop()
    assert len(set(seen)) > 3  # a busy computer skips some
    assert all(min(abs(time - one) for one in times_us) <= 1 for time in seen)
