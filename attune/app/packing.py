"""A clip set as one file that another Attune opens."""

from __future__ import annotations

from pathlib import Path

from attune.app.disk import writing_below
from attune.app.importing_parts import Pace, Progress, Step, Stopped
from attune.app.library import Library
from attune.app.locked import has_lock, name_of
from attune.app.outgoing import going_out
from attune.clips.package import ENDING, pack
from attune.errors import LibraryError

__all__ = ["ENDING", "pack_set"]


def pack_set(folder: Path, target: Path, *, library: Library, progress: Progress, stopped: Stopped) -> None:
    """Write the set in ``folder`` as one package, whole or not at all. Call it on a thread of your own.

    Raises ClipSetError where the set cannot be read or a clip is not what it was when the set was made,
    PackageError for a name other computers could not hold, LibraryError, and CancelledError once stopped.
    """
    if has_lock(folder):  # whoever gets a package opens it without any passphrase
        raise LibraryError("library.locked", name=name_of(folder))
    clip_set = library.read(folder)
    checking = Pace(Step.CHECKING, progress, stopped)
    for done, clip in enumerate(clip_set.clips, start=1):
        clip.verify()
        checking(done, len(clip_set.clips))
    with writing_below(target), going_out(target, library.shelf.folder) as fresh:
        pack(folder, clip_set.files, fresh, progress=Pace(Step.PACKING, progress, stopped))
