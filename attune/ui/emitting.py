"""A repair of PySide6 6.12.0 on Python 3.11: every ``Signal.emit`` gives away a reference to ``True``.

After some hundreds of signals the count reaches nothing and Python aborts ("deallocating True"). 6.11 does
not do it, and Python 3.12 and later never count references to ``True``.
"""

from __future__ import annotations

import ctypes
import sys

PLENTY = 1 << 40  # a thousand signals a second for 35 years


def keep_true() -> None:
    """Give ``True`` more references than can ever be lost. Call before the first signal; again is free."""
    truth = True
    if sys.version_info >= (3, 12) or sys.getrefcount(truth) >= PLENTY:
        return
    # Every Python object begins with its reference count, in CPython up to 3.11 a plain signed integer.
    ctypes.c_ssize_t.from_address(id(truth)).value += PLENTY
