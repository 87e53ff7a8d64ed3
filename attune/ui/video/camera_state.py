"""How a camera is doing, and what of that its pictures tell."""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from itertools import pairwise

from attune.ui.video.camera import Shot


class CameraState(StrEnum):
    """How the camera is doing."""

    OFF = "off"
    STARTING = "starting"
    ON = "on"
    NO_CAMERA = "no_camera"
    NOT_ALLOWED = "not_allowed"
    LOST = "lost"  # unplugged
    BUSY = "busy"  # it is there and gives nothing: another program has it
    STALLED = "stalled"  # it stopped giving pictures, as when the computer slept
    BROKEN = "broken"  # a film or a camera in the network that cannot be opened
    COVERED = "covered"  # nothing but black, or one even colour
    DARK = "dark"
    SLOW = "slow"  # 15 pictures a second, as cameras do in the dark

    @property
    def usable(self) -> bool:
        """Whether somebody can be seen: a round goes on."""
        return self in {CameraState.ON, CameraState.DARK, CameraState.SLOW}


class Looks:
    """What can be told of the pictures without measuring anybody: black, dark, slow."""

    EVERY_NS = 300_000_000
    HELD = 3  # looks in a row until it is said, so that a hand before the camera is no alarm
    BLACK, EVEN, DARK = 14.0, 4.0, 45.0  # of 255: brightness, how unlike its parts are, brightness
    SLOW = 20  # pictures a second: fewer are slow
    STEP = 40  # pixels between those looked at

    def __init__(self) -> None:
        self._times: deque[int] = deque(maxlen=30)
        self._looked_ns = 0
        self._state = self._found = CameraState.ON
        self._held = 0

    def state_after(self, shot: Shot) -> CameraState:
        """ON, COVERED, DARK or SLOW with this picture and those before it."""
        self._times.append(shot.time_ns)
        if shot.time_ns - self._looked_ns >= self.EVERY_NS:
            self._looked_ns = shot.time_ns
            found = self._seen(shot)
            self._held = self._held + 1 if found is self._found else 1
            self._found = found
            if found is CameraState.ON or self._held >= self.HELD:
                self._state = found
        return self._state

    def _seen(self, shot: Shot) -> CameraState:
        some = shot.pixels[:: self.STEP, :: self.STEP].mean(axis=2)
        brightness, unlike = float(some.mean()), float(some.std())
        if brightness < self.BLACK or unlike < self.EVEN:
            return CameraState.COVERED
        if brightness < self.DARK:
            return CameraState.DARK
        slow = len(self._times) == self._times.maxlen and self.rate < self.SLOW
        return CameraState.SLOW if slow else CameraState.ON

    @property
    def rate(self) -> int:
        """Pictures a second, by the usual time between two; 0 before there are some."""
        gaps = sorted(later - earlier for earlier, later in pairwise(self._times))
        return round(1e9 / gaps[len(gaps) // 2]) if gaps else 0
