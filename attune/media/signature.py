"""What a file is, by its first bytes, and whether its end is missing.

Only files that look like a known container reach a decoder: FFmpeg would also follow playlists and text files
to other places.
"""

from __future__ import annotations

import os
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO

from attune.sealing import opened

HEAD = 512
"""Bytes that :func:`recognise` wants to see."""

MOST_BOXES = 100_000
"""Boxes of an MP4 file that are looked at: an hour in fragments has 10,000."""


class Container(Enum):
    """The kinds of file that are told apart."""

    MP4 = auto()  # QuickTime and 3GP too
    MATROSKA = auto()  # WebM too
    AVI = auto()
    OTHER_VIDEO = auto()
    PICTURE = auto()
    PHONE_PICTURE = auto()  # HEIC and AVIF, which OpenCV reads wrongly or not at all
    SOUND = auto()
    UNKNOWN = auto()


_STARTS = (
    (b"\x1a\x45\xdf\xa3", Container.MATROSKA),
    (b"\x00\x00\x01\xba", Container.OTHER_VIDEO),  # MPEG programme stream
    (b"\x00\x00\x01\xb3", Container.OTHER_VIDEO),  # MPEG-1 and 2 video
    (b"FLV\x01", Container.OTHER_VIDEO),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Container.OTHER_VIDEO),  # Windows Media
    (b"OggS", Container.OTHER_VIDEO),
    (b"GIF8", Container.OTHER_VIDEO),
    (b"\x06\x0e\x2b\x34", Container.OTHER_VIDEO),  # MXF
    (b"\x89PNG\r\n\x1a\n", Container.PICTURE),
    (b"\xff\xd8\xff", Container.PICTURE),
    (b"BM", Container.PICTURE),
    (b"II*\x00", Container.PICTURE),
    (b"MM\x00*", Container.PICTURE),
    (b"fLaC", Container.SOUND),
    (b"ID3", Container.SOUND),
    (b"\xff\xfb", Container.SOUND),
    (b"\xff\xf1", Container.SOUND),
)
_RIFF = {b"AVI ": Container.AVI, b"WEBP": Container.PICTURE, b"WAVE": Container.SOUND}
_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp")
_PICTURE_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif", b"avis")


def recognise(head: bytes) -> Container:
    """Tell what kind of file starts with ``head`` (up to :data:`HEAD` bytes)."""
    if head[4:8] == b"ftyp" and head[8:12] in _PICTURE_BRANDS:
        return Container.PHONE_PICTURE
    if head[4:8] in _BOXES:
        return Container.MP4
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], Container.UNKNOWN)
    if any(head[at : at + 1] == head[at + step : at + step + 1] == b"G" for at, step in ((0, 188), (4, 192))):
        return Container.OTHER_VIDEO  # MPEG transport stream, plain or from a camcorder
    return next((kind for start, kind in _STARTS if head.startswith(start)), Container.UNKNOWN)


def is_cut_short(path: Path, container: Container) -> bool:
    """Tell whether the container's own sizes say that the file's end is missing.

    False where they do not say (a stream, a recording of open length). Raises OSError.
    """
    with opened(path) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        if container is Container.MP4:
            return _mp4_is_cut(file, size)
        if container is Container.MATROSKA:
            return _matroska_end(file.read(HEAD)) > size
        if container is Container.AVI:
            length = int.from_bytes(file.read(8)[4:], "little")
            return 8 + length > size + 1  # an odd length is padded, but not by every writer
    return False


def _mp4_is_cut(file: BinaryIO, size: int) -> bool:
    """Walk the outermost boxes: one reaches past the end, or the index (moov) never came."""
    at, has_index = 0, False
    for _ in range(MOST_BOXES):
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            break
        length = int.from_bytes(head[:4], "big")
        has_index |= head[4:8] == b"moov"
        if length == 1:  # the size follows in 64 bits
            length = int.from_bytes(head[8:16], "big")
        elif length == 0:  # to the end of the file
            length = size - at
        at += length
        if length < 8 or at > size:
            break
    return at > size or not has_index


def _matroska_end(head: bytes) -> int:
    """Return where the segment ends by its own size; 0 where it is open or not found."""
    at = 0
    for wanted in (b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"):
        if head[at : at + 4] != wanted or len(head) <= at + 4 or head[at + 4] == 0:
            return 0
        at += 4
        width = 9 - head[at].bit_length()  # a number's length stands in its leading zeros
        length = int.from_bytes(head[at : at + width], "big") & ((1 << 7 * width) - 1)
        is_open = length == (1 << 7 * width) - 1
        at += width + length
        if is_open:
            return 0
    return at
