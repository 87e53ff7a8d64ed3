"""Pictures as they come from a camera, made into a film that is whole up to its last second at any time."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import IO, Any, Protocol

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from attune.errors import MediaError
from attune.media.opencv import cv2

MS = Fraction(1, 1000)
AT_ONCE_MS = 300  # what is written at a time; all before that can be read
LATEST_SOUND_US = 150_000
NS_PER_MS = 1_000_000
NS_PER_S = 1_000_000_000
SOUND_RATE = 48_000
SLACK = SOUND_RATE // 5  # samples a microphone may be late before it counts as a gap
USUAL_RATE = 30
ENCODER = "libx264"
# Quick enough for 720p at 30 pictures a second on half a core; a picture to begin at every second. To keep a
# camera's noise too, as crf 20 does, takes twice as long and eight times the room.
QUALITY = {"preset": "superfast", "crf": "23", "tune": "zerolatency"}


class Target(Protocol):
    """Where a film is written to, from its beginning to its end."""

    def write(self, data: bytes) -> int:
        """Take some more of it."""


class FilmWriter:
    """Encodes H.264, and Opus where there is sound, in Matroska; no second needs what comes after it.

    Use from one thread, and :meth:`close` at the end.
    """

    def __init__(self, target: Target, *, width: int, height: int, sound: bool = False) -> None:
        """``width`` and ``height`` in pixels; odd ones lose their last column or row."""
        self._size = width // 2 * 2, height // 2 * 2
        sink: Any = target  # it has no more than `write`, and nothing else is asked of it
        self._film: OutputContainer = av.open(
            sink,
            "w",
            format="matroska",
            options={"live": "1"},
            container_options={
                "cluster_time_limit": str(AT_ONCE_MS),
                "flush_packets": "1",
                # A microphone that is late, silent or gone must not hold back the pictures.
                "max_interleave_delta": str(LATEST_SOUND_US),
            },
        )
        stream = self._film.add_stream(ENCODER, rate=USUAL_RATE, options=QUALITY)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = MS
        stream.codec_context.gop_size = USUAL_RATE
        stream.codec_context.thread_count = 1  # quick enough, and the other cores are for measuring
        self._stream = stream
        self._last_ms = -1
        self._heard = 0  # samples
        self._sound: AudioStream | None = None
        if sound:
            heard = self._film.add_stream("libopus", rate=SOUND_RATE, layout="mono")
            assert isinstance(heard, AudioStream)
            self._sound = heard

    def add(self, rgb: NDArray[np.uint8], time_ns: int) -> None:
        """Add a picture, (height, width, 3), as it was at a time from the beginning on.

        One that comes no later than the one before, to the millisecond, is left out.
        """
        time_ms = time_ns // NS_PER_MS
        if time_ms <= self._last_ms:
            return
        self._last_ms = time_ms
        width, height = self._size
        # PyAV's own conversion takes 3 ms longer at 720p.
        planes = cv2.cvtColor(np.ascontiguousarray(rgb[:height, :width]), cv2.COLOR_RGB2YUV_I420)
        frame = VideoFrame.from_ndarray(planes.astype(np.uint8, copy=False), format="yuv420p")
        frame.pts, frame.time_base = time_ms, MS
        self._film.mux(self._stream.encode(frame))

    def add_sound(self, samples: NDArray[np.int16], time_ns: int) -> None:
        """Add samples, (n,) at SOUND_RATE, the first of them heard at this time; only later ones follow.

        A gap is silence; what comes too early, because clocks differ a little, follows at once.
        """
        if self._sound is None:
            return
        missing = time_ns * SOUND_RATE // NS_PER_S - self._heard
        if missing > SLACK:
            samples = np.concatenate([np.zeros(missing, np.int16), samples])
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples[None, :]), format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, self._heard, Fraction(1, SOUND_RATE)
        self._heard += len(samples)
        self._film.mux(self._sound.encode(frame))

    def close(self) -> None:
        """Write what is still being encoded."""
        self._film.mux(self._stream.encode(None))
        if self._sound is not None and self._heard:
            self._film.mux(self._sound.encode(None))
        self._film.close()


def finish_film(source: IO[bytes], target: Path | IO[bytes]) -> float:
    """Write a film of :class:`FilmWriter` as one that says how long it is and where its pictures are.

    Nothing is encoded anew. Returns when its last picture is, in s. ``target``: one that can be gone back in.
    Raises OSError; MediaError where there is nothing that could be read.
    """
    sink = str(target) if isinstance(target, Path) else target
    try:
        return _finish(source, sink)
    except (av.error.InvalidDataError, av.error.EOFError) as error:
        raise MediaError("media.no_frames", path=str(getattr(source, "name", ""))) from error


def _finish(source: IO[bytes], sink: str | IO[bytes]) -> float:
    last = Fraction(0)
    with av.open(source) as before, av.open(sink, "w", format="matroska") as after:
        assert isinstance(before, InputContainer)
        streams = {stream.index: after.add_stream_from_template(stream) for stream in before.streams}
        for packet in before.demux():
            if packet.dts is not None:
                if packet.stream.type == "video" and packet.pts is not None:
                    last = max(last, packet.pts * packet.time_base)
                packet.stream = streams[packet.stream.index]
                after.mux(packet)
    return float(last)
