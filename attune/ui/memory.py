"""Memory the window held for a while goes back to the system."""

from __future__ import annotations

import ctypes
import sys

_M_TRIM_THRESHOLD = -1  # malloc.h of glibc
_THRESHOLD_BYTES = 128 * 1024  # glibc's own, before it learns from what was freed


def give_memory_back() -> None:
    """Keep glibc from keeping more for the next time the larger the blocks are that were freed.

    A window that has played video would hold 20 MB of frames for good. The measuring process does
    otherwise, once a file: asking for each frame's memory anew would cost it a quarter of its speed.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)) is not None:
        mallopt(_M_TRIM_THRESHOLD, _THRESHOLD_BYTES)
