"""A part of a film as a film of its own: copied as it is where that is possible, else encoded anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from attune.errors import MediaError
from attune.files import replacing

NS_PER_S = 1_000_000_000
FORMATS = {
    ".m4v": "mp4", ".mp4": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm", ".avi": "avi",
    ".wav": "wav", ".mp3": "mp3", ".flac": "flac", ".ogg": "ogg", ".oga": "ogg", ".opus": "opus",
    ".m4a": "ipod",
}  # fmt: skip
ENCODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9", "mjpeg": "mjpeg", "mpeg4": "mpeg4"}
USUAL_ENCODER = "libx264"
QUALITY = {
    "libvpx": {"crf": "10", "b": "8M"},
    "libvpx-vp9": {"crf": "20", "b": "0"},
    "libx264": {"crf": "16"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trimmed:
    """What was kept of a film: ``start_ns`` up to ``end_ns``; ``encoded`` anew or copied; its sha256."""

    start_ns: int
    end_ns: int
    encoded: bool
    content_hash: str


def copied_from(path: Path, start_ns: int) -> int:
    """The latest time up to ``start_ns`` at which a film can be cut without encoding it anew.

    That is its last keyframe before; of a film without a picture any time will do. Raises MediaError.
    """
    with _opened(path) as source:
        film = _film(source)
        if film is None:
            return start_ns
        found, clock = 0, _Clock(source)
        for packet in source.demux(film):
            if packet.pts is not None and packet.is_keyframe:
                at = clock.ns(packet.pts, packet.time_base)
                if at > start_ns:
                    break
                found = max(found, at)
        return found


def trim(path: Path, into: Path, start_ns: int, end_ns: int, *, exact: bool) -> Trimmed:
    """Write what lies between two times into a file of the same kind, there whole or not at all.

    Unless ``exact``, pictures and sound are copied as they are, from :meth:`copied_from` on. ``exact``: the
    pictures are encoded anew, the sound is copied all the same. Raises MediaError where the file cannot be
    read, or is of a kind that cannot be written; OSError where there is no room.
    """
    if not 0 <= start_ns < end_ns:
        raise ValueError(f"{start_ns} to {end_ns} is no part")
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        raise MediaError("media.cannot_be_cut", path=path)
    first_ns = start_ns if exact else copied_from(path, start_ns)
    with replacing(into) as fresh:
        try:
            with _opened(path) as source, av.open(str(fresh), "w", format=kind) as target:
                film = _film(source)
                encoded = exact and film is not None
                if encoded:
                    assert film is not None
                    _encode(source, target, film, first_ns, end_ns)
                else:
                    _copy(source, target, first_ns, end_ns)
        except av.FFmpegError as error:
            raise MediaError("media.cannot_be_cut", path=path) from error
        if not fresh.is_file():  # there is nothing between the two
            raise MediaError("media.cannot_be_cut", path=path)
        with fresh.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Trimmed(start_ns=first_ns, end_ns=end_ns, encoded=encoded, content_hash=digest)


def _opened(path: Path) -> InputContainer:
    try:
        return av.open(str(path.absolute()), options={"protocol_whitelist": "file"})
    except av.FFmpegError as error:
        raise MediaError("media.cannot_be_cut", path=path) from error


def _film(source: InputContainer) -> VideoStream | None:
    return source.streams.video[0] if source.streams.video else None


def _sounds(source: InputContainer) -> list[Stream]:
    return list(source.streams.audio[:1])


class _Clock:
    """Times as the rest of Attune counts them: from the first picture on, or from the first sound."""

    def __init__(self, source: InputContainer) -> None:
        first = _film(source) or next(iter(_sounds(source)), None)
        self._origin = Fraction(0)
        if first is not None and first.start_time is not None and first.time_base is not None:
            self._origin = max(0, first.start_time) * first.time_base

    def ns(self, stamp: int, base: Fraction) -> int:
        """A stream's own stamp in ns."""
        return round((stamp * base - self._origin) * NS_PER_S)

    def stamps(self, time_ns: int, base: Fraction) -> int:
        """How much less a stamp is once the film begins at ``time_ns``."""
        return round((Fraction(time_ns, NS_PER_S) + self._origin) / base)


def _dated(packets: Iterator[Packet[Stream]]) -> Iterator[Packet[Stream]]:
    """Packets that all say when they are decoded: some files leave it out for the first ones."""
    waiting: dict[int, list[Packet[Stream]]] = {}
    for packet in packets:
        if packet.pts is None:
            continue
        before = waiting.setdefault(packet.stream.index, [])
        if packet.dts is None:
            before.append(packet)
            continue
        for place, early in enumerate(reversed(before), start=1):
            early.dts = packet.dts - place * (early.duration or 1)
        yield from before
        before.clear()
        yield packet
    for left in waiting.values():  # a file that never says: nothing is decoded ahead of its time
        for packet in left:
            packet.dts = packet.pts
            yield packet


def _copy(source: InputContainer, target: OutputContainer, start_ns: int, end_ns: int) -> None:
    """Packets as they are, moved to begin at zero."""
    film, clock = _film(source), _Clock(source)
    streams = [*([film] if film is not None else []), *_sounds(source)]
    lanes = {stream.index: target.add_stream_from_template(stream) for stream in streams}
    begun = False
    for packet in _dated(source.demux(streams)):
        assert packet.pts is not None
        assert packet.dts is not None
        at, pictures = clock.ns(packet.pts, packet.time_base), packet.stream is film
        if pictures:
            begun = begun or (packet.is_keyframe and at >= start_ns)
            wanted = begun
        else:
            # Where there is a picture no sound begins before it; alone, the one under way is heard too.
            wanted = at + (0 if film is not None else _length_ns(packet)) >= start_ns
        if wanted and clock.ns(packet.dts, packet.time_base) < end_ns:
            _put(packet, clock.stamps(start_ns, packet.time_base), lanes[packet.stream.index], target)


def _length_ns(packet: Packet[Stream]) -> int:
    return round((packet.duration or 0) * packet.time_base * NS_PER_S)


def _put(packet: Packet[Stream], earlier: int, lane: Stream, target: OutputContainer) -> None:
    """Write one packet so much earlier."""
    assert packet.pts is not None
    assert packet.dts is not None
    packet.pts, packet.dts = packet.pts - earlier, packet.dts - earlier
    packet.stream = lane
    target.mux(packet)


def _encode(
    source: InputContainer, target: OutputContainer, film: VideoStream, start_ns: int, end_ns: int
) -> None:
    """Pictures encoded anew with their own times, sound as it is."""
    base = film.time_base
    assert base is not None
    name, clock = ENCODERS.get(film.codec_context.name, USUAL_ENCODER), _Clock(source)
    sounds = {stream.index: target.add_stream_from_template(stream) for stream in _sounds(source)}
    lane: VideoStream | None = None
    for packet in source.demux([film, *_sounds(source)]):
        if packet.stream is not film:
            if packet.pts is not None and start_ns <= clock.ns(packet.pts, packet.time_base) < end_ns:
                earlier = clock.stamps(start_ns, packet.time_base)
                _put(packet, earlier, sounds[packet.stream.index], target)
            continue
        for frame in packet.decode():
            assert isinstance(frame, VideoFrame)
            if frame.pts is None or not start_ns <= clock.ns(frame.pts, base) < end_ns:
                continue
            upright = _upright(frame)
            if lane is None:
                lane = _lane(target, name, film, upright)
            upright.pts = frame.pts - clock.stamps(start_ns, base)
            upright.time_base = base
            target.mux(lane.encode(upright))
    if lane is not None:
        target.mux(lane.encode(None))


def _lane(target: OutputContainer, name: str, film: VideoStream, frame: VideoFrame) -> VideoStream:
    """A stream for pictures of this size."""
    lane = target.add_stream(name, rate=film.average_rate or 25, options=QUALITY.get(name, {}))
    assert isinstance(lane, VideoStream)
    lane.width, lane.height = frame.width, frame.height
    lane.pix_fmt = "yuvj420p" if name == "mjpeg" else "yuv420p"
    lane.codec_context.time_base = film.time_base or Fraction(1, 1000)
    return lane


def _upright(frame: VideoFrame) -> VideoFrame:
    """The picture turned as it is shown: a film encoded anew does not carry the wish to be turned."""
    if not frame.rotation:
        return frame
    turned = np.rot90(frame.to_ndarray(format="rgb24"), round(frame.rotation / 90))
    return VideoFrame.from_ndarray(np.ascontiguousarray(turned, dtype=np.uint8), format="rgb24")
