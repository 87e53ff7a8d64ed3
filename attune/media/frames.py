"""Frames with their times, and what every source of frames promises."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

MAX_SIDE = 8192
"""Longest side of a picture, in pixels: 8K film and a 48-megapixel photograph fit, 200 MB as RGB."""


class MediaKind(StrEnum):
    """What a source is made of."""

    VIDEO = "video"
    PICTURE = "picture"
    SEQUENCE = "sequence"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture at one time.

    ``rgb``: (height, width, 3) uint8, contiguous, upright, its own memory. ``time_ns``: from the stream,
    counted from the stream's start as Qt's ``QVideoFrame.startTime`` is (there in µs). ``index``: from 0.
    """

    rgb: NDArray[np.uint8]
    time_ns: int
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaInfo:
    """What is known of a file before all of it is decoded.

    ``width`` and ``height`` in pixels, after rotation. ``frame_rate`` (mean, per second), ``frames`` and
    ``duration_s`` are the container's own estimates, None where it makes none; only decoding tells.
    ``codec``: "h264", "vp9", "png", … . ``rotation``: clockwise degrees the file asked for, already applied.
    """

    path: Path
    kind: MediaKind
    width: int
    height: int
    frame_rate: float | None
    frames: int | None
    duration_s: float | None
    codec: str
    rotation: int = 0


class FrameSource(ABC):
    """Frames of one file or sequence, from the first to the last, as often as asked.

    ``estimated`` counts the frames of the latest pass whose time the container did not give, so that it was
    carried on from the frame before; 0 in nearly every file.
    """

    info: MediaInfo
    estimated: int = 0

    @abstractmethod
    def frames(self) -> Iterator[Frame]:
        """Yield every frame, from the start, with strictly increasing times.

        Each call decodes anew and passes do not disturb one another. Raises MediaError where the file turns
        out to be damaged, after the frames before the damage; ValueError once closed.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the file. Closing twice is fine."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
