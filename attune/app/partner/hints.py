"""What would help the camera to see: one hint at a time, told only once it lasts."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from attune.perception.appearance import EYES_AND_LIPS
from attune.perception.landmarker import Seen
from attune.perception.track import BLENDSHAPES, pose_deg
from attune.perception.window import Box, Window

LASTS_NS = 700_000_000  # a hint must hold so long before it is told; to be taken back, half as long
RATE_NS = 2_000_000_000  # the time over which pictures are counted
SLOW_HZ = 20.0  # a camera that was asked for 30 gives 15 in the dark
DARK, FLAT = 0.16, 0.06  # brightness and contrast of a face: dark skin in good light has contrast
DARK_ROOM = 0.10  # of the whole picture, where no face is found
FAR_PX = 18.0  # between the eyes: with fewer, lids and folds can hardly be told
YAW_DEG, PITCH_DEG = 30.0, 25.0
EDGE = 0.02  # share of the picture that should be left beside a face
COVER = 0.7  # probability that a part of the face is covered
STILL_NS = 8_000_000_000  # people blink, or move a lip, within this; a photograph does not
ALIVE, BLINKED = 0.03, 0.15  # how far blendshapes (root mean square) and lids leave where they were
ENOUGH_PX = 64  # across and down tell how light a picture is

_LIDS = [BLENDSHAPES.index(f"eyeBlink{side}") for side in ("Left", "Right")]


class Hint(StrEnum):
    """What keeps faces from being seen or read well; FINE where nothing does."""

    FINE = "fine"
    NO_FACE = "no_face"
    ONE_FACE = "one_face"  # where two are expected
    THREE_FACES = "three_faces"
    GONE = "gone"  # whoever was being read has left the picture
    TOO_DARK = "too_dark"
    SLOW = "slow"  # the camera gives too few pictures a second
    TOO_FAR = "too_far"
    TOO_NEAR_EDGE = "too_near_edge"
    TURNED_AWAY = "turned_away"
    COVERED = "covered"  # a hand, a mask or a cup before the face
    MOVING = "moving"  # talking or laughing in a rest
    PERHAPS_A_PHOTO = "perhaps_a_photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What hints are made of.

    ``faces`` by number, ``strangers``: how many more there are whom nobody follows, ``people``: how many are
    expected, ``reading``: who is being read, ``rate_hz``: pictures a second, None while that is not known,
    ``covered``: probability that a part of the face being read is, ``still``: whether it has not moved for
    STILL_NS.
    """

    faces: Mapping[int, Seen]
    strangers: int
    people: int
    reading: int | None
    rate_hz: float | None
    covered: float
    still: bool


def hint(rgb: NDArray[np.uint8], sight: Sight) -> Hint:
    """The most pressing hint about a picture (H, W, 3): of whoever is being read, else of anybody."""
    faces, reading, rate_hz = sight.faces, sight.reading, sight.rate_hz
    shown = tuple(face for number, face in faces.items() if reading in {None, number})
    room_is_dark = not shown and _brightness(rgb)[0] < DARK_ROOM
    found = {
        Hint.TOO_DARK: room_is_dark or any(_dark(rgb, face) for face in shown),
        Hint.NO_FACE if reading is None else Hint.GONE: not shown,
        Hint.THREE_FACES: len(faces) + sight.strangers > 2,
        Hint.ONE_FACE: reading is None and len(faces) < sight.people,
        Hint.TOO_FAR: any(_far(rgb, face) for face in shown),
        Hint.TOO_NEAR_EDGE: any(_near_edge(face) for face in shown),
        Hint.TURNED_AWAY: any(_turned(face) for face in shown),
        Hint.COVERED: sight.covered > COVER,
        Hint.PERHAPS_A_PHOTO: sight.still,
        Hint.SLOW: rate_hz is not None and rate_hz < SLOW_HZ,
    }
    return next((name for name, holds in found.items() if holds), Hint.FINE)


class Lasting:
    """Lets a hint through once it holds; one thread at a time."""

    def __init__(self) -> None:
        self.told = Hint.FINE
        self._coming = Hint.FINE
        self._since_ns = 0

    def __call__(self, time_ns: int, now: Hint) -> Hint:
        """The hint to be told after one more picture."""
        if now != self._coming:
            self._coming, self._since_ns = now, time_ns
        needed = LASTS_NS // 2 if now is Hint.FINE else LASTS_NS
        if now != self.told and time_ns - self._since_ns >= needed:
            self.told = now
        return self.told


class Rate:
    """How many pictures a second a camera gives; one thread at a time may tell it.

    ``hz``: over the last RATE_NS, None before the first of them are over; to be read from any thread.
    """

    def __init__(self) -> None:
        self.hz: float | None = None
        self._times: deque[int] = deque()

    def came(self, time_ns: int) -> None:
        """One more picture; after a pause counting begins anew."""
        times = self._times
        if times and not 0 < time_ns - times[-1] < RATE_NS // 2:
            times.clear()
        times.append(time_ns)
        while time_ns - times[0] > RATE_NS:
            times.popleft()
        lasted = times[-1] - times[0]
        self.hz = None if lasted < 0.9 * RATE_NS else (len(times) - 1) * 1e9 / lasted


class Stillness:
    """Notices a face that does nothing at all, as in a photograph; one thread at a time."""

    def __init__(self) -> None:
        self._at: NDArray[np.float32] | None = None
        self._since_ns = 0

    def __call__(self, time_ns: int, shapes: NDArray[np.float32]) -> bool:
        """Whether the face has not moved for STILL_NS, its blendshapes (52,) being these now."""
        moved = self._at is None or (
            float(np.sqrt(np.mean((shapes - self._at) ** 2))) > ALIVE
            or float(np.abs((shapes - self._at)[_LIDS]).mean()) > BLINKED
        )
        if moved:
            self._at, self._since_ns = shapes, time_ns
        return time_ns - self._since_ns >= STILL_NS


def _dark(rgb: NDArray[np.uint8], face: Seen) -> bool:
    box = Box.of(face.landmarks, Window.whole(rgb))
    rows, columns = slice(max(0, int(box.top)), int(box.bottom)), slice(max(0, int(box.left)), int(box.right))
    part = rgb[rows, columns]
    if not part.size:
        return False
    brightness, contrast = _brightness(part)
    return brightness < DARK and contrast < FLAT


def _brightness(rgb: NDArray[np.uint8]) -> tuple[float, float]:
    """Mean and standard deviation in [0, 1] of the green, which is most of what is seen of light."""
    step = max(1, min(rgb.shape[:2]) // ENOUGH_PX)
    green = rgb[::step, ::step, 1]
    return float(green.mean() / 255), float(green.std() / 255)


def _far(rgb: NDArray[np.uint8], face: Seen) -> bool:
    right, left, _ = (face.landmarks[list(pair)].mean(axis=0) for pair in EYES_AND_LIPS)
    height, width = rgb.shape[:2]
    return float(np.linalg.norm((right - left) * (width, height, width))) < FAR_PX


def _near_edge(face: Seen) -> bool:
    points = face.landmarks[:, :2]
    return bool(points.min() < EDGE or points.max() > 1 - EDGE)


def _turned(face: Seen) -> bool:
    yaw, pitch, _ = np.abs(pose_deg(face.matrix[None])[0])
    return bool(yaw > YAW_DEG or pitch > PITCH_DEG)
