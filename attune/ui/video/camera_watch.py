"""Keeps a camera going: which there are, which is used, what is the matter when no pictures come.

A camera that is lost, asleep or in another program's hands is tried again until it is back.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt, QTimer, Signal
from PySide6.QtMultimedia import QCameraDevice, QMediaDevices

from attune.errors import AttuneError
from attune.ui.memory import give_memory_back, keep_memory
from attune.ui.video.camera import CameraFeed, DeviceFeed, FilmFeed, NetworkFeed, Shot
from attune.ui.video.camera_state import CameraState, Looks

FILM = "file:"
NETWORK = ("http://", "https://", "rtsp://")
LOOK_MS = 500  # between two looks at how the camera is doing
GONE_NS = 2_000_000_000  # without a picture: it stalled
PATIENCE_NS = 8_000_000_000  # for the first picture; some cameras take five seconds
AGAIN_NS = 3_000_000_000  # between two tries to have it back
Taker = Callable[[Shot], None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A camera that can be chosen; names are told apart by numbers where two are the same."""

    id: str
    name: str


class Devices(QObject):
    """The cameras of this computer, as Qt knows them. ``changed``: one came or went."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._media = QMediaDevices(self)
        self._media.videoInputsChanged.connect(self.changed)

    def cameras(self) -> list[Choice]:
        """What there is now, the usual one first."""
        usual = QMediaDevices.defaultVideoInput().id()
        found = sorted(QMediaDevices.videoInputs(), key=lambda device: device.id() != usual)
        return [Choice(bytes(device.id().data()).decode(), device.description()) for device in found]

    def allowed(self) -> bool | None:
        """Whether the system lets Attune use a camera; None: the person has not been asked yet."""
        app = QCoreApplication.instance()
        assert app is not None
        status = app.checkPermission(QCameraPermission())
        return None if status is Qt.PermissionStatus.Undetermined else status is Qt.PermissionStatus.Granted

    def ask(self, then: Callable[[], None]) -> None:
        """Have the system ask the person, and call ``then`` once they answered."""
        app = QCoreApplication.instance()
        assert app is not None
        app.requestPermission(QCameraPermission(), self, lambda _permission: then())

    def open(self, camera: str) -> CameraFeed:
        """The camera of that id, not started. Raises MediaError where it is a film that cannot be opened."""
        if camera.startswith(FILM):
            return FilmFeed(Path(camera.removeprefix(FILM)))
        if camera.startswith(NETWORK):
            return NetworkFeed(camera)
        found = {bytes(device.id().data()).decode(): device for device in QMediaDevices.videoInputs()}
        return DeviceFeed(found.get(camera, QCameraDevice()))  # gone this moment: tried again


class Watch(QObject):
    """``shot(Shot)`` for each picture, ``changed`` when the state or the cameras to choose from did.

    All on the UI thread; ``takers`` get each shot on the camera's own, before anybody else and without fail.
    ``named``: what the person started Attune with: ``file:PATH``, an address in the network, or a name.
    """

    shot = Signal(object)
    changed = Signal()
    _came = Signal(object)

    def __init__(
        self,
        named: str = "",
        parent: QObject | None = None,
        *,
        devices: Devices | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self.state = CameraState.OFF
        self.error: AttuneError | None = None  # why it is BROKEN, where that is known
        self.chosen: Choice | None = None
        self._named = named
        self._its_name = ""  # of the one chosen, as the system has it,
        self._namesakes: frozenset[str] = frozenset()  # and others of that name, there when it was there last
        self._clock = clock
        self._given = devices
        self._known: Devices | None = None
        self._takers: tuple[Taker, ...] = ()
        self._last_ns = self._tried_ns = 0
        self._gave = False
        self._looks = Looks()
        self._came.connect(self._took, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        # Deleted with its window, it must not leave the camera on.
        self._open = _Open()
        self.destroyed.connect(self._open.close)

    @property
    def _devices(self) -> Devices:
        """Looked for when they are first needed: Qt loads much for that."""
        if self._known is None:
            self._known = self._given or Devices(self)
            self._known.changed.connect(self._devices_changed)
        return self._known

    @property
    def is_on(self) -> bool:
        """Whether a camera is on, or being turned on: the sign shows."""
        return self._open.feed is not None

    @property
    def dropped(self) -> int:
        """Pictures so far that there was no time for."""
        return 0 if self._open.feed is None else self._open.feed.dropped

    @property
    def rate(self) -> int:
        """Pictures a second, as they came lately."""
        return self._looks.rate

    @property
    def name(self) -> str:
        """Of the camera chosen; "" before one is."""
        return "" if self.chosen is None else self.chosen.name

    def cameras(self) -> tuple[Choice, ...]:
        """What can be chosen, by names that are told apart; a film stands alone."""
        if self._named.startswith(FILM):
            return (Choice(self._named, Path(self._named.removeprefix(FILM)).name),)
        named = [Choice(self._named, urlsplit(self._named).hostname or self._named)]
        found = named if self._named.startswith(NETWORK) else []
        return told_apart([*found, *self._devices.cameras()])

    def begin(self) -> None:
        """Turn the camera on; where the system wants it, the person is asked first."""
        if self.state is not CameraState.OFF:
            return
        keep_memory()
        self._timer.start()
        self._set(CameraState.STARTING)
        self._begin()

    def end(self) -> None:
        """Turn it off."""
        self._timer.stop()
        self._open.close()
        self._set(CameraState.OFF)
        give_memory_back()

    def choose(self, camera: str) -> None:
        """Use the camera of that id from now on; if it is off, once it is turned on."""
        self.chosen = next((choice for choice in self.cameras() if choice.id == camera), self.chosen)
        self._note_namesakes()
        if self.state is CameraState.OFF:
            self.changed.emit()
        else:
            self._try()

    def again(self) -> None:
        """Try at once, without waiting for the next time."""
        if self.state is not CameraState.OFF:
            self._begin()

    def take(self, taker: Taker) -> None:
        """Hand each shot to this too, on the camera's thread; it must not wait."""
        self._takers = (*self._takers, taker)

    def leave(self, taker: Taker) -> None:
        """Hand it no more."""
        self._takers = tuple(each for each in self._takers if each != taker)

    def look(self) -> None:
        """See whether pictures still come, and try to have them again where not."""
        now_ns = self._clock()
        quiet_ns = now_ns - self._last_ns
        if self.is_on and quiet_ns > (GONE_NS if self._gave else PATIENCE_NS):
            self._open.close()
            self._set(CameraState.STALLED if self._gave else CameraState.BUSY)
        waits = self.state in {CameraState.STALLED, CameraState.BUSY} or (
            self.state is CameraState.BROKEN and self._named.startswith(NETWORK)
        )
        if waits and not self.is_on and now_ns - self._tried_ns >= AGAIN_NS:
            self._try()

    def _begin(self) -> None:
        allowed = True if self._named.startswith((FILM, *NETWORK)) else self._devices.allowed()
        if allowed is None:
            self._devices.ask(self._asked)
        elif allowed:
            self._try()
        else:
            self._set(CameraState.NOT_ALLOWED)

    def _asked(self) -> None:
        if self.state is not CameraState.OFF:
            if self._devices.allowed():
                self._try()
            else:
                self._set(CameraState.NOT_ALLOWED)

    def _try(self) -> None:
        """Open the camera that is wanted, if it is there."""
        self._open.close()
        self._tried_ns = self._last_ns = self._clock()
        self._gave, self._looks, self.error = False, Looks(), None
        wanted = self._wanted()
        if wanted is None:
            self._set(CameraState.NO_CAMERA if self.chosen is None else CameraState.LOST)
            return
        self.chosen = wanted
        self._note_namesakes()
        try:
            feed = self._devices.open(wanted.id)
        except AttuneError as error:
            self.error = error
            self._set(CameraState.BROKEN)
            return
        self._open.feed = feed
        feed.came.connect(self._hand_on, Qt.ConnectionType.DirectConnection)
        feed.failed.connect(self._failed, Qt.ConnectionType.QueuedConnection)
        feed.start()
        if self.state not in {CameraState.BUSY, CameraState.STALLED}:  # they stay so until a picture comes
            self._set(CameraState.STARTING)
        self.changed.emit()

    def _wanted(self) -> Choice | None:
        """The one chosen, by id or, as it may get another when it is plugged in again, by name.

        By name only if no other can be meant: nobody is seen by a camera that they did not choose.
        """
        found = self.cameras()
        if self.chosen is None:
            return next((choice for choice in found if choice.name == self._named), next(iter(found), None))
        if same := [choice for choice in found if choice.id == self.chosen.id]:
            return same[0]
        named = {device.id for device in self._devices.cameras() if device.name == self._its_name}
        if len(named - self._namesakes) != 1 or not self._namesakes <= named:
            return None
        return next(choice for choice in found if choice.id in named - self._namesakes)

    def _note_namesakes(self) -> None:
        if self.chosen is None or self.chosen.id.startswith((FILM, *NETWORK)):
            return
        devices = self._devices.cameras()
        if own := [device.name for device in devices if device.id == self.chosen.id]:
            self._its_name = own[0]
            named = {device.id for device in devices if device.name == own[0]}
            self._namesakes = frozenset(named - {self.chosen.id})

    def _hand_on(self, shot: Shot) -> None:
        """On the camera's thread."""
        for taker in self._takers:
            taker(shot)
        self._came.emit(shot)

    def _took(self, shot: Shot) -> None:
        if not self.is_on or shot.time_ns < self._tried_ns:
            return  # the last words of an earlier one
        self._last_ns, self._gave = self._clock(), True
        self._set(self._looks.state_after(shot))
        self.shot.emit(shot)

    def _failed(self, _problem: str) -> None:
        if self.sender() is not self._open.feed:
            return  # an earlier one's last words
        self._open.close()
        assert self.chosen is not None
        here = any(choice.id == self.chosen.id for choice in self.cameras())
        if self.chosen.id.startswith((FILM, *NETWORK)):
            self._set(CameraState.BROKEN)
        else:
            self._set(CameraState.BUSY if here else CameraState.LOST)

    def _devices_changed(self) -> None:
        here = {choice.id for choice in self.cameras()}
        self._note_namesakes()
        if self.is_on and self.chosen is not None and self.chosen.id not in here:
            self._open.close()
            self._set(CameraState.LOST)
        elif self.state in {CameraState.NO_CAMERA, CameraState.LOST, CameraState.BUSY}:
            self._try()
        self.changed.emit()

    def _set(self, state: CameraState) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit()


class _Open:
    """The feed that is open, if any."""

    def __init__(self) -> None:
        self.feed: CameraFeed | None = None

    def close(self) -> None:
        feed, self.feed = self.feed, None
        if feed is not None:
            feed.stop()
            feed.deleteLater()


def told_apart(cameras: Sequence[Choice]) -> tuple[Choice, ...]:
    """The same cameras; of those of one name, each with a number, which it keeps while others come and go."""
    often = Counter(camera.name for camera in cameras)
    numbers = {
        camera.id: 1 + sum(other.name == camera.name and other.id < camera.id for other in cameras)
        for camera in cameras
    }
    return tuple(
        Choice(camera.id, f"{camera.name} ({numbers[camera.id]})") if often[camera.name] > 1 else camera
        for camera in cameras
    )
