"""Several things brought at once: which of them make one set, and which come one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attune.clips.drafts import MEDIA
from attune.clips.handful import Given, Handful
from attune.clips.package import ENDING


def one_by_one(paths: Sequence[Path]) -> tuple[Given, ...]:
    """What is to be looked at by itself, in order. Asks the disk which are folders; on a thread of your own.

    Films, sounds and pictures are meant as one set, with whatever other files were taken along, such as the
    table that names them. Folders and packages are each by themselves; where no film is among them, so is
    every file.
    """
    once = tuple(dict.fromkeys(paths))
    loose = tuple(path for path in once if path.suffix.lower() != ENDING and not _is_folder(path))
    if len(loose) < 2 or all(path.suffix.lower() not in MEDIA for path in loose):
        return once
    others = set(loose[1:])
    return tuple(Handful(loose) if path == loose[0] else path for path in once if path not in others)


def _is_folder(path: Path) -> bool:
    """One that may not be looked at is none: reading it will say so."""
    try:
        return path.is_dir()
    except OSError:
        return False
