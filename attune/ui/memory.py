"""Memory of pictures: kept for the next one while a camera is on, given back to the system otherwise."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

# Parameters of glibc's malloc (malloc.h), and what they are before it learns from what was freed.
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -2, -3, -8
_USUAL = 128 * 1024
_MOST = 32 * 1024 * 1024  # the largest block that malloc takes from memory it kept
_PAD = 8 * 1024 * 1024  # two pictures at a time


def give_memory_back() -> None:
    """Keep nothing that was freed; otherwise a window that has played video holds 20 MB of frames for good.

    The measuring process does otherwise, once a file: asking for each frame's memory anew would cost it a
    quarter of its speed.
    """
    _set(trim=_USUAL, pad=_USUAL, most=_USUAL)
    if (trim := _glibc("malloc_trim")) is not None:
        trim(0)


def keep_memory() -> None:
    """Keep what was freed for the next picture, as long as a camera is on.

    Each picture is of some 15 MB, copies included, and thirty come a second: to have their memory mapped and
    cleared anew takes a fifth of two cores, and faces are drawn half a picture later.
    """
    _set(trim=_MOST, pad=_PAD, most=_MOST)


def _set(*, trim: int, pad: int, most: int) -> None:
    if (mallopt := _glibc("mallopt")) is not None:
        mallopt(_M_ARENA_MAX, 1)  # each thread would keep pictures of its own: memory grew for minutes
        for name, value in ((_M_TRIM_THRESHOLD, trim), (_M_TOP_PAD, pad), (_M_MMAP_THRESHOLD, most)):
            mallopt(name, value)


def _glibc(name: str) -> Any:  # noqa: ANN401 - a function of C
    """A function of the system's C library; None where it has none of that name."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
