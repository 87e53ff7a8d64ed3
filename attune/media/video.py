"""Frames of a video file, decoded by OpenCV's FFmpeg."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attune.errors import MediaError
from attune.media.frames import MAX_SIDE, Frame, FrameSource, MediaInfo, MediaKind
from attune.media.opencv import cv2, open_capture
from attune.media.signature import Container, is_cut_short
from attune.sealing import SealedPath, opened

USUAL_RATE = 25.0
HIGHEST_RATE = 1000.0  # a container that claims more frames a second is not believed

_CODECS = {"vp80": "vp8", "vp90": "vp9", "fmp4": "mpeg4", "mjpg": "mjpeg", "av01": "av1", "avc1": "h264"}


class VideoSource(FrameSource):
    """A video file. The container's kind decides how far its own numbers can be trusted."""

    def __init__(self, path: Path, container: Container) -> None:
        """Open the file and decode its first frame, for nothing less shows that it can be read.

        Raises MediaError: truncated, too_large, av1, no_frames, unreadable.
        """
        self._path = path
        self._container = container
        self._cut = is_cut_short(path, container)
        self._closed = False
        decoder = _Decoder(path)
        try:
            self.info = decoder.info()
            if decoder.frame is None:
                raise self._why_nothing()
        except MediaError:
            decoder.close()
            raise
        self._opened: _Decoder | None = decoder  # the first pass goes on from here

    def frames(self) -> Iterator[Frame]:
        """Yield every frame. Raises MediaError truncated where far fewer came than the file promised."""
        if self._closed:
            raise ValueError(f"{self._path} is closed")
        decoder, self._opened = self._opened or _Decoder(self._path), None
        return self._pass(decoder)

    def close(self) -> None:
        """Let go of the file; a pass that is under way ends by itself."""
        self._closed = True
        if self._opened:
            self._opened.close()

    def _pass(self, decoder: _Decoder) -> Iterator[Frame]:
        self.estimated = 0
        index, time_ns, interval_ns = 0, 0, round(1e9 / (self.info.frame_rate or USUAL_RATE))
        try:
            while decoder.frame is not None:
                stamp_ns = decoder.time_ns()
                if index and stamp_ns <= time_ns:  # AVI and MPEG keep no time for frames that come out late
                    stamp_ns = time_ns + interval_ns
                    self.estimated += 1
                elif index:
                    interval_ns = stamp_ns - time_ns
                time_ns = stamp_ns
                yield Frame(decoder.frame, time_ns, index)
                index += 1
                decoder.advance()
        finally:
            decoder.close()
        if not index:  # the file went away since it was opened
            raise MediaError("media.unreadable", path=str(self._path))
        if self._falls_short(index, (time_ns + interval_ns) / 1e9):
            raise MediaError("media.truncated", path=str(self._path), frames=index)

    def _falls_short(self, frames: int, duration_s: float) -> bool:
        """Tell whether this many frames, lasting this long, are far fewer than the container promised.

        MP4 and AVI list their frames. Matroska tells only how long the longest of picture and sound lasts, so
        it is believed only where the file's own sizes say that the end is missing. Where nothing is missing,
        half is enough: an edit list leaves frames out on purpose.
        """
        enough = 0.95 if self._cut else 0.5
        if self._container in (Container.MP4, Container.AVI):
            return frames < enough * (self.info.frames or 0)
        return self._cut and duration_s < enough * (self.info.duration_s or 0.0)

    def _why_nothing(self) -> MediaError:
        path = str(self._path)
        if self.info.codec == "av1":
            return MediaError("media.av1", path=path)
        if self._cut:
            return MediaError("media.truncated", path=path, frames=0)
        if not self.info.frames:
            return MediaError("media.no_frames", path=path)
        return MediaError("media.unreadable", path=path)


class _Decoder:
    """An open capture and the frame it stands at: (height, width, 3) RGB, None after the last."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.frame: NDArray[np.uint8] | None = None
        self._stream = opened(path) if isinstance(path, SealedPath) else None
        self._capture = open_capture(path, self._stream)
        if max(self._number(cv2.CAP_PROP_FRAME_WIDTH), self._number(cv2.CAP_PROP_FRAME_HEIGHT)) <= MAX_SIDE:
            self.advance()

    def advance(self) -> None:
        """Decode the next frame."""
        found, bgr = self._capture.read()
        self.frame = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), np.uint8) if found else None

    def time_ns(self) -> int:
        """Time of the frame, from the stream's start; 0 where the stream does not tell.

        OpenCV makes milliseconds as a double out of the stream's own timestamp: within 1 ns for days.
        """
        return round(self._number(cv2.CAP_PROP_POS_MSEC) * 1e6)

    def info(self) -> MediaInfo:
        """What the container says, the size as the frames have it. Raises MediaError too_large."""
        width = round(self._number(cv2.CAP_PROP_FRAME_WIDTH))
        height = round(self._number(cv2.CAP_PROP_FRAME_HEIGHT))
        if max(width, height) > MAX_SIDE:
            raise MediaError(
                "media.too_large", path=str(self.path), width=width, height=height, limit=MAX_SIDE
            )
        if self.frame is not None:
            height, width = self.frame.shape[:2]
        rate = self._number(cv2.CAP_PROP_FPS) or None
        if rate is not None and rate > HIGHEST_RATE:
            rate = None
        frames = round(self._number(cv2.CAP_PROP_FRAME_COUNT))
        return MediaInfo(
            path=self.path,
            kind=MediaKind.VIDEO,
            width=width,
            height=height,
            frame_rate=rate,
            frames=frames or None,
            duration_s=frames / rate if rate and frames else None,
            codec=self._codec(),
            rotation=round(self._number(cv2.CAP_PROP_ORIENTATION_META)) % 360,
        )

    def close(self) -> None:
        """Let go of the file; twice is fine."""
        self._capture.release()
        if self._stream is not None:
            self._stream.close()

    def _codec(self) -> str:
        letters = round(self._number(cv2.CAP_PROP_FOURCC)).to_bytes(8, "little")[:4]
        name = letters.decode("ascii", "replace").strip("\0 ").lower()
        return _CODECS.get(name, name)

    def _number(self, name: int) -> float:
        """A property; 0 where OpenCV knows nothing and says so with -1, garbage or not a number."""
        value = float(self._capture.get(name))
        return value if isfinite(value) and value > 0.0 else 0.0
