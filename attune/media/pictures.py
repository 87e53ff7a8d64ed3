"""Frames of single pictures, and of pictures played one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attune.errors import MediaError
from attune.media.frames import MAX_SIDE, Frame, FrameSource, MediaInfo, MediaKind
from attune.media.opencv import cv2, quieten
from attune.media.picture_header import picture_size, png_is_whole
from attune.sealing import opened

MAX_BYTES = 1 << 29
"""Largest picture file that is read: 8192 by 8192 pixels of 16 bits with alpha, uncompressed."""


class PictureSource(FrameSource):
    """One picture: a single frame at time 0."""

    def __init__(self, path: Path) -> None:
        """Decode the picture. Raises MediaError: missing, too_large, too_heavy, unreadable."""
        codec, self._rgb = read_picture(path)
        height, width = self._rgb.shape[:2]
        self.info = MediaInfo(
            path=path,
            kind=MediaKind.PICTURE,
            width=width,
            height=height,
            frame_rate=None,
            frames=1,
            duration_s=None,
            codec=codec,
        )
        self._closed = False

    def frames(self) -> Iterator[Frame]:
        """Yield the one frame."""
        if self._closed:
            raise ValueError(f"{self.info.path} is closed")
        return iter((Frame(self._rgb.copy(), 0, 0),))

    def close(self) -> None:
        """Forget the picture."""
        self._closed = True


class SequenceSource(FrameSource):
    """Pictures of one size at a rate somebody named; nothing in the files says when they were taken."""

    def __init__(self, paths: Sequence[Path], frame_rate: float) -> None:
        """Decode the first picture; the others when their turn comes.

        Raises MediaError as PictureSource does; ValueError for no pictures or a rate that is not above 0.
        """
        if not paths or not frame_rate > 0:
            raise ValueError("a sequence needs pictures and a frame rate above 0")
        self._paths = tuple(paths)
        self._interval_ns = 1e9 / frame_rate
        self._closed = False
        with PictureSource(self._paths[0]) as first:
            self.info = replace(
                first.info,
                kind=MediaKind.SEQUENCE,
                frame_rate=frame_rate,
                frames=len(self._paths),
                duration_s=len(self._paths) / frame_rate,
            )

    def frames(self) -> Iterator[Frame]:
        """Yield each picture. Raises MediaError other_size for one that differs from the first."""
        if self._closed:
            raise ValueError(f"{self.info.path} is closed")
        return self._pass()

    def close(self) -> None:
        """Nothing is held open between pictures."""
        self._closed = True

    def _pass(self) -> Iterator[Frame]:
        for index, path in enumerate(self._paths):
            _, rgb = read_picture(path)
            if rgb.shape != (self.info.height, self.info.width, 3):
                height, width = rgb.shape[:2]
                raise MediaError("media.other_size", path=str(path), width=width, height=height)
            yield Frame(rgb, round(index * self._interval_ns), index)


def read_picture(path: Path) -> tuple[str, NDArray[np.uint8]]:
    """Decode to (format, (height, width, 3) RGB): 16 bits become 8, grey becomes RGB, alpha is left out.

    The EXIF orientation is applied. Raises MediaError: missing, too_large, too_heavy, unreadable.
    """
    quieten()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MediaError("media.too_heavy", path=str(path), megabytes=MAX_BYTES >> 20)
        with opened(path) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise MediaError("media.missing", path=str(path)) from error
    except OSError as error:
        raise MediaError("media.unreadable", path=str(path)) from error
    size = picture_size(data)
    if size is None:
        raise MediaError("media.unreadable", path=str(path))
    codec, width, height = size
    if max(width, height) > MAX_SIDE:
        raise MediaError("media.too_large", path=str(path), width=width, height=height, limit=MAX_SIDE)
    return codec, _decode(data, codec, path)


def _decode(data: bytes, codec: str, path: Path) -> NDArray[np.uint8]:
    if codec == "png" and not png_is_whole(data):  # libpng would say so on the terminal, past every log level
        raise MediaError("media.unreadable", path=str(path))
    try:
        rgb = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error as error:
        raise MediaError("media.unreadable", path=str(path)) from error
    if rgb is None:  # the stubs deny it, but that is how imdecode says no
        raise MediaError("media.unreadable", path=str(path))
    return np.ascontiguousarray(rgb, np.uint8)
