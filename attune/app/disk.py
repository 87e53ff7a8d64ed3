"""What the disk refuses, told as a known error."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attune.errors import LibraryError

SPARE_BYTES = 16 << 20
_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def writing_below(place: Path) -> Iterator[None]:
    """Turn an OSError of the block into LibraryError library.full, not_writable or disk."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise LibraryError("library.full", path=str(place)) from error
        if error.errno in _NOT_OURS:
            raise LibraryError("library.not_writable", path=str(place)) from error
        raise LibraryError("library.disk", path=str(place), reason=error.strerror or str(error)) from error


def check_room(place: Path, needed: int) -> None:
    """Raise LibraryError library.no_room where the disk has fewer bytes left, and a little for tables."""
    there = next(folder for folder in (place, *place.parents) if folder.is_dir())
    free = shutil.disk_usage(there).free
    if free < needed + SPARE_BYTES:
        raise LibraryError(
            "library.no_room", path=str(place), needed=_megabytes(needed), free=_megabytes(free)
        )


def _megabytes(size: int) -> int:
    return -(-size >> 20)
