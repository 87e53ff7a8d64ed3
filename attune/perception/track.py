"""What a face did over time, as arrays, and the one file it is kept in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.files import replacing
from attune.perception.appearance import APPEARANCE

LANDMARKS = 478
BLENDSHAPES: tuple[str, ...] = (
    "_neutral", "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight",
    "cheekPuff", "cheekSquintLeft", "cheekSquintRight", "eyeBlinkLeft", "eyeBlinkRight",
    "eyeLookDownLeft", "eyeLookDownRight", "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft",
    "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft", "eyeSquintRight",
    "eyeWideLeft", "eyeWideRight", "jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose",
    "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight", "mouthFunnel",
    "mouthLeft", "mouthLowerDownLeft", "mouthLowerDownRight", "mouthPressLeft", "mouthPressRight",
    "mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower",
    "mouthShrugUpper", "mouthSmileLeft", "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthUpperUpLeft", "mouthUpperUpRight", "noseSneerLeft", "noseSneerRight",
)  # fmt: skip
HOLD = 3  # frames a detection must last in a video: the detector errs for a frame or two on title text
FEW = 128  # frames there is room for at first
_FORMAT = 2
_FINEST = 65535  # landmarks are kept as 16-bit steps between the least and the greatest coordinate
# What is measured of a face, and the shape of it.
MEASURED: Mapping[str, tuple[int, ...]] = {
    "blendshapes": (len(BLENDSHAPES),),
    "landmarks": (LANDMARKS, 3),
    "matrix": (4, 4),
    "appearance": (APPEARANCE,),
    "light": (2,),
}


@dataclass(frozen=True, slots=True, eq=False)
class FaceMeasurement:
    """One face in one frame.

    ``blendshapes`` (52,) float32 in [0, 1], order of BLENDSHAPES, left and right the subject's own.
    ``landmarks`` (478, 3) float32: x and y in image widths and heights from the top left, z in widths,
    smaller is nearer. ``matrix`` (4, 4) float32: canonical face to camera, in centimetres, y up,
    z towards the viewer. ``appearance`` (APPEARANCE,) float32: scores of the upright face, whose mean and
    standard deviation of brightness are ``light`` (2,) float32 in [0, 1]; both are whole float16 numbers.
    """

    blendshapes: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    matrix: NDArray[np.float32]
    appearance: NDArray[np.float32]
    light: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class FaceTrack:
    """One face over n frames; rows of NaN where there is none.

    ``time_ns`` (n,) int64 strictly increasing; ``blendshapes`` (n, 52), ``landmarks`` (n, 478, 3),
    ``matrix`` (n, 4, 4), ``appearance`` (n, APPEARANCE) and ``light`` (n, 2) float32 as in FaceMeasurement;
    ``width`` and ``height`` of the frames in pixels.
    """

    time_ns: NDArray[np.int64]
    blendshapes: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    matrix: NDArray[np.float32]
    appearance: NDArray[np.float32]
    light: NDArray[np.float32]
    width: int
    height: int

    def __post_init__(self) -> None:
        """Coerce, check and freeze the arrays. Raises ValueError naming what does not fit."""
        count = len(self.time_ns)
        for name, shape in {"time_ns": (), **MEASURED}.items():
            array = np.array(getattr(self, name), dtype=np.int64 if name == "time_ns" else np.float32)
            if array.shape != (count, *shape):
                raise ValueError(f"{name}: shape {array.shape} instead of {(count, *shape)}")
            array.setflags(write=False)
            object.__setattr__(self, name, array)
        if np.any(np.diff(self.time_ns) <= 0):
            raise ValueError("time_ns: must strictly increase")
        if self.width <= 0 or self.height <= 0:
            raise ValueError("width, height: must be positive")

    def __len__(self) -> int:
        return len(self.time_ns)

    @property
    def face(self) -> NDArray[np.bool_]:
        """(n,) whether there is a face."""
        return np.asarray(np.isfinite(self.blendshapes[:, 0]))

    @property
    def pose_deg(self) -> NDArray[np.float32]:
        """(n, 3) yaw, pitch, roll in degrees, NaN without a face.

        Yaw is positive when the face turns to the right of the picture, pitch when it looks up, roll when
        the head leans to the left of the picture. From matrix = Ry(yaw) Rx(-pitch) Rz(roll).
        """
        return pose_deg(self.matrix)

    def index_at(self, time_ns: int) -> int:
        """Index of the frame shown at ``time_ns``: the last one not later, or the first of all."""
        if not len(self):
            raise IndexError("the track has no frames")
        return max(0, int(np.searchsorted(self.time_ns, time_ns, side="right")) - 1)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What is kept on disk. Landmarks lose at most 1/131070 of their range, far below a pixel."""
        face = self.face
        points = self.landmarks[face].astype(np.float64)
        low, high = (f(points, axis=(0, 1)) if len(points) else np.zeros(3) for f in (np.min, np.max))
        step = np.where(high > low, (high - low) / _FINEST, 1.0)
        return {
            "track_format": np.array(_FORMAT),
            "size": np.array([self.width, self.height]),
            "time_ns": self.time_ns,
            "face": face,
            "blendshapes": self.blendshapes[face],
            "landmarks": np.rint((points - low) / step).astype(np.uint16),
            "landmarks_low": low,
            "landmarks_step": step,
            "matrix": self.matrix[face],
            "appearance": self.appearance[face].astype(np.float16),
            "light": self.light[face].astype(np.float16),
        }

    @classmethod
    def from_arrays(cls, data: Mapping[str, NDArray[Any]]) -> FaceTrack:
        """Rebuild from :meth:`arrays`. Raises ValueError on anything else."""
        try:
            if int(data["track_format"]) != _FORMAT:
                raise ValueError("track_format: unknown")
            face = np.array(data["face"], dtype=bool)
            with np.errstate(all="ignore"):  # what comes of nonsense is refused below
                points = data["landmarks"] * data["landmarks_step"] + data["landmarks_low"]
            width, height = (int(side) for side in data["size"])
            rows = {name: _kept(points if name == "landmarks" else data[name], face) for name in MEASURED}
            return cls(data["time_ns"], **rows, width=width, height=height)
        except (KeyError, TypeError, IndexError, OverflowError) as error:
            raise ValueError(f"not a face track: {error!r}") from error

    def save(self, path: Path, **extra: NDArray[Any]) -> None:
        """Write one compressed file in one step; ``extra`` arrays ride along. Raises OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as fresh, fresh.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **self.arrays(), **extra)

    @classmethod
    def load(cls, path: Path) -> FaceTrack:
        """Read what :meth:`save` wrote. Raises ValueError on anything foreign, OSError if unreadable."""
        return cls.from_arrays(read_arrays(path))


def pose_deg(matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Yaw, pitch and roll (n, 3) of n heads (n, 4, 4), as :attr:`FaceTrack.pose_deg` tells them."""
    turn = matrix[:, :3, :3]
    turn = turn / np.linalg.norm(turn, axis=1, keepdims=True)
    yaw = np.arctan2(turn[:, 0, 2], turn[:, 2, 2])
    pitch = np.arcsin(np.clip(turn[:, 1, 2], -1.0, 1.0))
    roll = np.arctan2(turn[:, 1, 0], turn[:, 1, 1])
    return np.asarray(np.degrees(np.stack([yaw, pitch, roll], axis=1)), dtype=np.float32)


def _kept(rows: NDArray[Any], face: NDArray[np.bool_]) -> NDArray[np.float32]:
    """One row for every frame again. Raises ValueError if rows and faces differ."""
    if len(rows) != np.count_nonzero(face) or not np.all(np.isfinite(rows)):
        raise ValueError("one finite row for every face wanted")
    return with_gaps(rows, face)


def with_gaps(rows: NDArray[Any], face: NDArray[np.bool_]) -> NDArray[np.float32]:
    """One row for every frame (n,), NaN where there is no face, out of one for every face."""
    full = np.full((len(face), *rows.shape[1:]), np.nan, dtype=np.float32)
    full[face] = rows
    return full


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read every array of a npz file. Raises ValueError on anything foreign, OSError if unreadable."""
    content = path.read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return dict(archive.items())
    except Exception as error:  # zipfile and numpy raise a dozen kinds over damaged files
        raise ValueError(f"{path} is not an archive of arrays: {error!r}") from error


class TrackBuilder:
    """Collects measurements frame by frame, the newest ``most`` of them; one thread at a time.

    They lie in few large arrays, whose memory is touched as they fill and given back whole: thousands of
    small ones would leave a long session's memory in pieces.
    """

    def __init__(self, *, most: int | None = None) -> None:
        self._most = most
        self._count = 0
        self._times = np.zeros(0, dtype=np.int64)
        self._face = np.zeros(0, dtype=bool)
        self._rows = {name: np.zeros((0, *shape), dtype=np.float32) for name, shape in MEASURED.items()}

    def add(self, time_ns: int, found: FaceMeasurement | None) -> None:
        """Append one frame; times must strictly increase."""
        if self._count == len(self._times) != self._most:
            self._make_room(self._most or max(FEW, 2 * self._count))
        row = self._count % len(self._times)
        self._count += 1
        self._times[row] = time_ns
        self._face[row] = found is not None
        if found is not None:
            for name, rows in self._rows.items():
                rows[row] = getattr(found, name)

    def finish(self, *, width: int, height: int) -> FaceTrack:
        """Return the track, without faces that did not hold for HOLD frames, or all of a shorter clip."""
        count = min(self._count, len(self._times))
        order = np.arange(self._count - count, self._count) % max(1, count)
        face = lasting(self._face[order], min(HOLD, count))
        rows = {name: with_gaps(rows[order[face]], face) for name, rows in self._rows.items()}
        return FaceTrack(self._times[order], **rows, width=width, height=height)

    def _make_room(self, rows: int) -> None:
        self._times, self._face = _longer(self._times, rows), _longer(self._face, rows)
        self._rows = {name: _longer(array, rows) for name, array in self._rows.items()}


def _longer(array: NDArray[Any], rows: int) -> NDArray[Any]:
    """The same with room for so many rows."""
    longer = np.empty((rows, *array.shape[1:]), dtype=array.dtype)
    longer[: len(array)] = array
    return longer


def lasting(flags: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """Copy of ``flags`` (n,) without the runs of True shorter than ``least``."""
    kept = np.zeros_like(flags)
    for start, end in stretches(flags):
        kept[start:end] = end - start >= least
    return kept


def stretches(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First index and the one after the last of each run of True in ``flags`` (n,)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
