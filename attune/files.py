"""Files and folders that are there whole or not at all, whatever happens while they are written."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

UNFINISHED = ".attune-"  # how the folders begin in which things are written


@contextmanager
def replacing(path: Path, place: Path | None = None) -> Iterator[Path]:
    """Lend a name, on the same disk, for what takes the place of ``path`` at the end of the block.

    ``place``: the folder to write in, for who has to know it; a name of :func:`unfinished_in`. After a power
    cut a file is the old one or the new one. A folder takes no other's place. What was written is removed
    where the block fails. Raises OSError.
    """
    folder = place or unfinished_in(path.parent)
    folder.mkdir(mode=0o700)
    try:
        fresh = folder / path.name
        yield fresh
        if fresh.is_dir():
            fresh.rename(path)
        else:
            write_through(fresh)
            fresh.replace(path)
    finally:
        _remove(folder)


def unfinished_in(folder: Path) -> Path:
    """A name in a folder for a folder of what is being written there."""
    return folder / f"{UNFINISHED}{os.urandom(8).hex()}"


def write_through(path: Path) -> None:
    """Return once what was written to a file is on the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def remove_unfinished(folder: Path, *, older_s: float = 0.0) -> None:
    """Delete what was being written in a folder when the computer or the program was stopped.

    ``older_s``: only what was begun so long ago, where somebody else may be writing just now.
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        if not older_s or time.time() - left.stat().st_mtime > older_s:
            _remove(left)


def _remove(folder: Path) -> None:
    from shutil import rmtree  # noqa: PLC0415 - the window's look waits for this module

    if folder.is_dir():
        rmtree(folder)
