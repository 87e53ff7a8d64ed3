"""Sets that a passphrase locks: what lies on the disk, and how one is read with its key.

``set.toml`` keeps the name alone, so that the set can be told from others; ``lock.json`` the key, sealed
under the passphrase; ``index.sealed`` which file of ``sealed/`` was called what. All else is in there.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from attune.clips.clip_set import Clip, ClipSet, clip_set_of
from attune.clips.folder import decoded, inside, is_file, relative_name
from attune.clips.manifest import MANIFEST, manifest_of, read_manifest
from attune.clips.table import TABLE, Tell, refuse
from attune.errors import ClipSetError, SealError
from attune.sealing import SealedPath, opened, sealed_path

LOCK, INDEX, SEALED = "lock.json", "index.sealed", "sealed"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a locked set: its name below ``sealed/``, and the sha256 of what it was."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LockedFiles:
    """The files of a locked set by the names they had, as :class:`attune.clips.folder.Files` wants them."""

    folder: Path
    index: Mapping[str, Kept]

    def known(self, name: str) -> str | None:
        """Absolute path of what is sealed under this name."""
        kept = self.index.get(name)
        return None if kept is None else str(self.folder / SEALED / kept.file)

    def place(self, name: str) -> Path | None:
        """The same; a name nothing has leads to nothing, one outside nowhere."""
        plain = relative_name(name)
        if plain is None:
            return None
        known = self.known(plain)
        return inside(self.folder, plain) if known is None else Path(known)

    def holds(self, path: Path) -> bool:
        """As the disk says."""
        return is_file(path)

    def content_hash(self, path: Path) -> str:
        """As it was before it was sealed. Raises OSError for one that is not listed."""
        for kept in self.index.values():
            if kept.file == path.name:
                return kept.sha256
        raise FileNotFoundError(path)


def has_lock(folder: Path) -> bool:
    """Whether a set opens with a passphrase only; looks at the disk."""
    return is_file(folder / LOCK)


def is_locked(clip_set: ClipSet) -> bool:
    """Whether a set that is open has a lock."""
    return any(isinstance(clip.file, SealedPath) for clip in clip_set.clips)


def name_of(folder: Path) -> str:
    """What a locked set is called; its folder's name where even that cannot be read."""
    try:
        return read_manifest(folder).name
    except ClipSetError:
        return folder.name


def read_index(folder: Path, key: bytes) -> LockedFiles:
    """What is in a locked set. Raises SealError, OSError."""
    with opened(sealed_path(folder / INDEX, key)) as file:
        told = json.loads(file.read())  # written by Attune, or its tag would not fit
    return LockedFiles(folder, {name: Kept(*kept) for name, kept in told.items()})


def read_locked(folder: Path, key: bytes, tell: Tell = refuse) -> ClipSet:
    """A locked set; its clips' files carry the key. Raises ClipSetError as :func:`load_clip_set` does."""
    try:
        files = read_index(folder, key)
        texts = [_text(files, name, key) for name in (MANIFEST, TABLE)]
    except (SealError, OSError, KeyError) as error:
        raise ClipSetError("clipset.lock_broken", folder=folder) from error
    clip_set = clip_set_of(manifest_of(texts[0], tell), texts[1], files, tell)
    return replace(clip_set, clips=tuple(_sealed(clip, key) for clip in clip_set.clips))


def problems_of_locked(
    folder: Path, key: bytes, progress: Callable[[int, int | None], None]
) -> tuple[ClipSetError | SealError, ...]:
    """What is not right with a locked set, media altered since it was made too; see :func:`problems_of`."""
    found: list[ClipSetError | SealError] = []
    try:
        clips = read_locked(folder, key, found.append).clips
    except ClipSetError as error:
        return (*found, error)
    for done, clip in enumerate(clips, start=1):
        try:
            clip.verify()
        except ClipSetError as error:
            found.append(error)
        except SealError as error:
            found.append(SealError(error.key, file=clip.name, **error.fields))
        except OSError as error:
            found.append(ClipSetError("clipset.clip_unreadable", file=clip.name, problem=error.strerror))
        progress(done, len(clips))
    return tuple(found)


def _text(files: LockedFiles, name: str, key: bytes) -> str:
    path = files.folder / SEALED / files.index[name].file
    with opened(sealed_path(path, key)) as file:
        return decoded(file.read(), name)


def _sealed(clip: Clip, key: bytes) -> Clip:
    beside = {
        what: sealed_path(path, key)
        for what, path in (("truth", clip.truth), ("trace", clip.trace))
        if path is not None
    }
    return replace(clip, file=sealed_path(clip.file, key), **beside)
