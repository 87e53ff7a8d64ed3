"""What a picture's bytes tell before it is decoded: its size, lest an absurd one be decoded, and damage."""

from __future__ import annotations

import struct
import zlib


def picture_size(data: bytes) -> tuple[str, int, int] | None:
    """Return (format, width, height) in pixels as stored, or None where the header makes no sense."""
    try:
        if data.startswith(b"\x89PNG"):
            return ("png", *struct.unpack_from(">II", data, 16))
        if data.startswith(b"\xff\xd8"):
            return _jpeg(data)
        if data.startswith(b"BM"):
            width, height = struct.unpack_from("<ii", data, 18)
            return "bmp", abs(width), abs(height)  # a negative height means top to bottom
        if data.startswith(b"RIFF"):
            return _webp(data)
        return _tiff(data)
    except (struct.error, IndexError):
        return None


def png_is_whole(data: bytes) -> bool:
    """Tell whether every chunk's check sum is right, up to the closing one (PNG, third edition, 5.3)."""
    at = 8
    while at + 12 <= len(data):
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return True
        at = end + 4
    return False


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    """Walk the segments to the start of frame (ITU T.81, table B.1: C0-CF but C4, C8, CC)."""
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return "jpeg", width, height
        at += 2 + length
    return None


def _webp(data: bytes) -> tuple[str, int, int] | None:
    """Read the first chunk of each of the three kinds (RFC 9649)."""
    if data[12:16] == b"VP8X":
        return (
            "webp",
            1 + int.from_bytes(data[24:27], "little"),
            1 + int.from_bytes(data[27:30], "little"),
        )
    if data[12:16] == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return "webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if data[12:16] == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return "webp", width & 0x3FFF, height & 0x3FFF
    return None


def _tiff(data: bytes) -> tuple[str, int, int] | None:
    """Look for the tags ImageWidth and ImageLength in the first directory (TIFF 6.0)."""
    order = "<" if data.startswith(b"II") else ">"
    (directory,) = struct.unpack_from(order + "I", data, 4)
    (entries,) = struct.unpack_from(order + "H", data, directory)
    found: dict[int, int] = {}
    for at in range(directory + 2, directory + 2 + 12 * entries, 12):
        tag, kind = struct.unpack_from(order + "HH", data, at)
        if tag in (256, 257):
            (found[tag],) = struct.unpack_from(order + ("H" if kind == 3 else "I"), data, at + 8)
    return ("tiff", found[256], found[257]) if len(found) == 2 else None
