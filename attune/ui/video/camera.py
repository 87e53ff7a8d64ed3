"""Pictures from a camera, a camera in the network, or a film that stands for one.

Pictures are as the camera sees them: mirroring them for who looks at themselves is the view's business.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Self

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaPlayer,
    QtVideo,
    QVideoFrame,
    QVideoSink,
)

from attune.app.cameras import shrunk
from attune.app.recording import Camera, film_camera
from attune.errors import AttuneError
from attune.ui.video.conversion import convert_on_the_processor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NS_PER_US = 1000
WIDTH, HEIGHT = 1280, 720  # wanted of a camera; what is larger is made smaller
RATE = 30.0
SOONEST_NS = 25_000_000  # of a camera with 60 pictures a second every second one is taken
WAITING = 2  # pictures still to be converted; the oldest gives way


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture as the camera sees it, for drawing (RGB32, which Qt draws soonest) and for measuring.

    ``pixels``: (height, width, 3) uint8, nobody writes to them; ``time_ns`` on the monotonic clock.
    """

    image: QImage
    time_ns: int
    pixels: NDArray[np.uint8]

    @classmethod
    def of(cls, rgb: NDArray[np.uint8], time_ns: int) -> Self:
        """A picture (height, width, 3), made smaller where it is larger than can be used. Any thread."""
        rgb = shrunk(rgb, WIDTH * HEIGHT)
        height, width = rgb.shape[:2]
        image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        return cls(image.convertToFormat(QImage.Format.Format_RGB32), time_ns, rgb)

    def rgb(self) -> NDArray[np.uint8]:
        """(height, width, 3), not to be written to."""
        return self.pixels


class CameraFeed(QObject):
    """``came(Shot)`` for each picture, on a thread of its own: connect directly or queued, as is needed.

    ``failed(str)`` when none can come, on the UI thread. ``dropped``: pictures there was no time for.
    """

    came = Signal(object)
    failed = Signal(str)
    dropped = 0

    def start(self) -> None:
        """Turn it on, once its signals are connected."""

    def stop(self) -> None:
        """End it; the camera's own light goes off."""


class Thinning:
    """Takes no more pictures than are wanted."""

    def __init__(self) -> None:
        self._last_ns: int | None = None

    def takes(self, time_ns: int) -> bool:
        """Whether to take a picture of this time."""
        taken = self._last_ns is None or not 0 <= time_ns - self._last_ns < SOONEST_NS
        if taken:
            self._last_ns = time_ns
        return taken


class SinkFeed(CameraFeed):
    """What Qt puts into ``sink``, converted on a thread of its own: the window never waits for a picture."""

    def __init__(self) -> None:
        super().__init__()
        self._began_ns: int | None = None  # on the monotonic clock, which sound is timed by too
        self._thinning = Thinning()
        self._frames: queue.Queue[tuple[QVideoFrame, int] | None] = queue.Queue()
        self.sink = QVideoSink(self)
        # From the camera's own thread: a window that is busy for a moment loses nothing.
        self.sink.videoFrameChanged.connect(self._took, Qt.ConnectionType.DirectConnection)
        self._thread = Thread(target=self._convert, name="camera")
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait for its thread."""
        self.sink.videoFrameChanged.disconnect(self._took)  # a late picture must not push the end out
        self._frames.put(None)
        self._thread.join()

    def _took(self, frame: QVideoFrame) -> None:
        if not frame.isValid():
            return
        now_ns = time.monotonic_ns()
        if frame.startTime() >= 0:
            stamp_ns = frame.startTime() * NS_PER_US
            self._began_ns = now_ns - stamp_ns if self._began_ns is None else self._began_ns
            now_ns = self._began_ns + stamp_ns
        if not self._thinning.takes(now_ns):
            return
        if self._frames.qsize() >= WAITING:
            with suppress(queue.Empty):
                self._frames.get_nowait()
                self.dropped += 1
        self._frames.put((QVideoFrame(frame), now_ns))

    def _convert(self) -> None:
        convert_on_the_processor()
        while (item := self._frames.get()) is not None:
            frame, time_ns = item
            image = upright(frame)
            if not image.isNull():
                self.came.emit(Shot.of(as_pixels(image), time_ns))


class DeviceFeed(SinkFeed):
    """A camera of this computer."""

    def __init__(self, device: QCameraDevice) -> None:
        super().__init__()
        self._camera = QCamera(device, self)
        if wanted := best_format(device.videoFormats()):
            self._camera.setCameraFormat(wanted)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)
        self._camera.errorOccurred.connect(self._erred)

    def start(self) -> None:
        """Turn it on."""
        self._camera.start()

    def stop(self) -> None:
        """End it; the camera's own light goes off."""
        self._camera.stop()
        super().stop()

    def _erred(self, error: QCamera.Error, text: str) -> None:
        if error is not QCamera.Error.NoError:
            self.failed.emit(text)


class NetworkFeed(SinkFeed):
    """A camera in the network, by the address the person named; nothing else is asked for."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._player = QMediaPlayer(self)
        self._player.setVideoSink(self.sink)
        self._player.errorOccurred.connect(self._erred)
        self._player.mediaStatusChanged.connect(self._status_changed)
        self._address = QUrl(address)

    def start(self) -> None:
        """Call it."""
        self._player.setSource(self._address)
        self._player.play()

    def stop(self) -> None:
        """Hang up."""
        self._player.stop()
        self._player.setSource(QUrl())
        super().stop()

    def _erred(self, _error: QMediaPlayer.Error, text: str) -> None:
        self.failed.emit(text)

    def _status_changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia:
            self.failed.emit("")


class FilmFeed(CameraFeed):
    """A film that plays over and over."""

    def __init__(self, path: Path) -> None:
        """Raises MediaError where it cannot be opened."""
        super().__init__()
        self._thinning = Thinning()
        self._camera: Camera = film_camera(path, self._take, self._trouble)

    def start(self) -> None:
        """Let it play."""
        self._camera.start()

    def stop(self) -> None:
        """End it, and wait for its thread."""
        self._camera.stop()

    def _take(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        if self._thinning.takes(time_ns):
            self.came.emit(Shot.of(rgb, time_ns))

    def _trouble(self, error: AttuneError) -> None:
        self.failed.emit(str(error))


def upright(frame: QVideoFrame) -> QImage:
    """The picture of a frame the right way up, as of a phone held upright, and never mirrored.

    Qt turns and mirrors as the frame's format says, which cameras towards the person may, and leaves to
    whoever shows it what the frame itself says.
    """
    image = frame.toImage()
    if frame.surfaceFormat().isMirrored():
        image = image.flipped(Qt.Orientation.Horizontal)
    if frame.rotation() is not QtVideo.Rotation.None_:
        image = image.transformed(QTransform().rotate(frame.rotation().value))
    return image


def as_pixels(image: QImage) -> NDArray[np.uint8]:
    """(height, width, 3), a copy."""
    import numpy as np  # noqa: PLC0415 - the window does not wait for it

    image = image.convertToFormat(QImage.Format.Format_RGB888)
    height, width = image.height(), image.width()
    lines = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    return lines[:, : 3 * width].reshape(height, width, 3).copy()


def best_format(formats: Iterable[QCameraFormat]) -> QCameraFormat | None:
    """The one nearest to 1280 x 720 that gives 30 pictures a second, neither slower nor much larger.

    Out of 4K at 60 and 720p at 30 it is the latter: what is larger costs time and shows no more of a face.
    """

    def cost(found: QCameraFormat) -> tuple[float, float, float]:
        size, rate = found.resolution(), found.maxFrameRate()
        pixels = max(1, size.width() * size.height())
        ratio = pixels / (WIDTH * HEIGHT)
        return (max(0.0, RATE - rate - 1), max(ratio, 1 / ratio), abs(rate - RATE))

    return min(formats, key=cost, default=None)
