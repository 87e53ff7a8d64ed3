"""Who writes a history: one window at a time, and whether the last one came to a clean end."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MARK = b"open\n"
FAR = 1 << 30  # Windows lets nobody read the bytes that are locked, so those are far behind the mark


class Lock:
    """The one writer's right to a history, lent by the system: it comes back however the program ends.

    The file ``NAME.lock`` holds a mark while the history is open; ``unclean``: it was still there.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self.unclean = _marked(handle)

    def mark(self) -> None:
        """The history is open from now on."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, MARK)
        os.fsync(self._handle)

    def release(self, *, clean: bool) -> None:
        """Let others write; ``clean``: the history was closed, nothing needs to be looked at next time."""
        if clean:
            os.ftruncate(self._handle, 0)
        os.close(self._handle)


def take_lock(path: Path) -> Lock | None:
    """The right to write the history at ``path``; None while another window has it. Raises OSError."""
    handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        got = _lock(handle)
    except BaseException:
        os.close(handle)
        raise
    if not got:
        os.close(handle)
        return None
    return Lock(handle)


def _marked(handle: int) -> bool:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, len(MARK)) == MARK


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
