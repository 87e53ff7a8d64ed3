"""Cameras that tests plug in, unplug, cover and take away."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from attune.ui.video.camera import CameraFeed, Shot
from attune.ui.video.camera_watch import Choice, Devices

Picture = NDArray[np.uint8]
STEP_NS = 33_333_333
BUILT_IN = Choice("one", "Built-in camera")


def room(*, light: float = 1.0) -> Picture:
    """Something to be seen: a wall, a window, somebody's jumper."""
    rgb = np.full((360, 640, 3), 150, np.uint8)
    rgb[40:200, 40:240] = 230
    rgb[180:, 300:520] = (60, 90, 140)
    return (rgb * light).astype(np.uint8)


class PuppetFeed(CameraFeed):
    """Gives the pictures it is told to, when it is told to."""

    def __init__(self, camera: str) -> None:
        super().__init__()
        self.camera, self.on = camera, False

    def start(self) -> None:
        self.on = True

    def stop(self) -> None:
        self.on = False


class PuppetDevices(Devices):
    """``plugged`` cameras; ``feeds`` they opened, the newest last. ``may``: whether a camera may be used."""

    newest: ClassVar[PuppetDevices]

    def __init__(self, parent: QObject | None = None, *plugged: Choice) -> None:
        QObject.__init__(self, parent)
        self.plugged = list(plugged)
        self.feeds: list[PuppetFeed] = []
        self.may: bool | None = True
        self.asks: list[Callable[[], None]] = []
        self.now_ns = 1
        PuppetDevices.newest = self

    def cameras(self) -> list[Choice]:
        return list(self.plugged)

    def allowed(self) -> bool | None:
        return self.may

    def ask(self, then: Callable[[], None]) -> None:
        self.asks.append(then)

    def open(self, camera: str) -> CameraFeed:
        feed = PuppetFeed(camera)
        self.feeds.append(feed)
        return feed

    def plug(self, *cameras: Choice) -> None:
        """These are plugged in from now on, and no others."""
        self.plugged = list(cameras)
        self.changed.emit()

    def give(self, picture: Picture, pictures: int = 1, *, step_ns: int = STEP_NS) -> None:
        """The camera that is on gives a picture so many times."""
        for _ in range(pictures):
            self.now_ns += step_ns
            self.feeds[-1].came.emit(Shot.of(picture, self.now_ns))
