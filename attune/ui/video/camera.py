"""Pictures from a camera, or from a film that stands for one; mirroring them is the view's business."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)

from attune.app.recording import Camera, film_camera
from attune.errors import AttuneError
from attune.ui.video.conversion import convert_on_the_processor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILM = "file:"
NS_PER_US = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Shot:
    """One picture, RGB888, and its time in ns on the monotonic clock."""

    image: QImage
    time_ns: int

    def rgb(self) -> NDArray[np.uint8]:
        """(height, width, 3), a copy."""
        import numpy as np  # noqa: PLC0415 - the window does not wait for it

        height, width = self.image.height(), self.image.width()
        lines = np.frombuffer(self.image.constBits(), np.uint8).reshape(height, self.image.bytesPerLine())
        return lines[:, : 3 * width].reshape(height, width, 3).copy()


class CameraFeed(QObject):
    """``came(Shot)`` for each picture, ``failed(str)`` when none can come; both on the UI thread."""

    came = Signal(object)
    failed = Signal(str)

    def stop(self) -> None:
        """End it; the camera's own light goes off."""


class DeviceFeed(CameraFeed):
    """A camera of this computer."""

    def __init__(self, device: QCameraDevice) -> None:
        super().__init__()
        self._began_ns: int | None = None  # on the monotonic clock, which sound is timed by too
        convert_on_the_processor()
        self._camera = QCamera(device, self)
        self._sink = QVideoSink(self)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._took)
        self._camera.errorOccurred.connect(self._erred)
        self._camera.start()

    def stop(self) -> None:
        """End it; the camera's own light goes off."""
        self._camera.stop()

    def _took(self, frame: QVideoFrame) -> None:
        image = frame.toImage() if frame.isValid() else QImage()
        if not image.isNull():
            stamp_ns = max(0, frame.startTime()) * NS_PER_US
            if self._began_ns is None:
                self._began_ns = time.monotonic_ns() - stamp_ns
            shot = Shot(image.convertToFormat(QImage.Format.Format_RGB888), self._began_ns + stamp_ns)
            self.came.emit(shot)

    def _erred(self, error: QCamera.Error, text: str) -> None:
        if error is not QCamera.Error.NoError:
            self.failed.emit(text)


class FilmFeed(CameraFeed):
    """A film that plays over and over."""

    _taken = Signal(object)

    def __init__(self, path: Path) -> None:
        """Raises MediaError where it cannot be opened."""
        super().__init__()
        # The film's own thread makes the pictures; the latest wins where the window is busy.
        self._taken.connect(self.came, Qt.ConnectionType.QueuedConnection)
        self._camera: Camera = film_camera(path, self._take, self._trouble)
        self._camera.start()

    def stop(self) -> None:
        """End it, and wait for its thread."""
        self._camera.stop()

    def _take(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        height, width = rgb.shape[:2]
        image = QImage(rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._taken.emit(Shot(image, time_ns))

    def _trouble(self, error: AttuneError) -> None:
        self.failed.emit(str(error))


def cameras() -> list[QCameraDevice]:
    """The cameras there are, the usual one first."""
    usual = QMediaDevices.defaultVideoInput()
    return sorted(QMediaDevices.videoInputs(), key=lambda device: device.id() != usual.id())


def may_use_camera() -> bool | None:
    """Whether the system lets Attune use a camera; None: the person has not been asked yet."""
    app = QCoreApplication.instance()
    assert app is not None
    status = app.checkPermission(QCameraPermission())
    if status is Qt.PermissionStatus.Undetermined:
        return None
    return status is Qt.PermissionStatus.Granted
