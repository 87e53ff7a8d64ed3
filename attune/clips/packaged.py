"""A clip set while it is still in its package: read and checked, before a file of it is unpacked."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from attune.clips.clip_set import ClipSet, clip_set_of
from attune.clips.folder import decoded
from attune.clips.manifest import MANIFEST, manifest_of
from attune.clips.manifest import MOST_BYTES as MANIFEST_BYTES
from attune.clips.package import entries, opened_member, read_member
from attune.clips.table import MOST_BYTES, TABLE, Tell, refuse


def load_package(path: Path, tell: Tell = refuse) -> ClipSet:
    """The set in a package. Its folder is the package itself, as if it were one: nothing lies there yet.

    Raises PackageError, and ClipSetError as :func:`load_clip_set` does.
    """
    files = PackageFiles(path)
    manifest = manifest_of(decoded(read_member(path, MANIFEST, MANIFEST_BYTES), MANIFEST), tell)
    return clip_set_of(manifest, decoded(read_member(path, TABLE, MOST_BYTES), TABLE), files, tell)


class PackageFiles:
    """The files a package says it has."""

    def __init__(self, path: Path) -> None:
        self.folder = Path(os.path.realpath(path))
        self.sizes = {entry.name: entry.size for entry in entries(path)}

    def known(self, name: str) -> str | None:
        """A package has no links."""
        return f"{self.folder}/{name}" if name in self.sizes else None

    def place(self, name: str) -> Path | None:
        """Within: the name does not climb."""
        return self.folder / name

    def holds(self, path: Path) -> bool:
        """Whether it says so."""
        return path.relative_to(self.folder).as_posix() in self.sizes

    def content_hash(self, path: Path) -> str:
        """Reads the file out of the package. Raises PackageError package.damaged."""
        digest = hashlib.sha256()
        with opened_member(self.folder, path.relative_to(self.folder).as_posix()) as pieces:
            for piece in pieces:
                digest.update(piece)
        return digest.hexdigest()
