"""A clip set while it is still in its package: read and checked, before a file of it is unpacked."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from attune.clips.clip_set import ClipSet, clip_set_of
from attune.clips.folder import decoded
from attune.clips.manifest import MANIFEST, manifest_of
from attune.clips.manifest import MOST_BYTES as MANIFEST_BYTES
from attune.clips.package import Package, opened_package
from attune.clips.table import MOST_BYTES, TABLE, Tell, refuse


def load_package(path: Path, tell: Tell = refuse) -> ClipSet:
    """The set in a package. Its folder is the package itself, as if it were one: nothing lies there yet.

    Raises PackageError, and ClipSetError as :func:`load_clip_set` does.
    """
    with opened_package(path) as package:
        return PackageFiles(path, package).clip_set(tell)


class PackageFiles:
    """The files an open package says it has."""

    def __init__(self, path: Path, package: Package) -> None:
        self.folder = Path(os.path.realpath(path))
        self._package = package
        self._sizes = package.sizes

    def clip_set(self, tell: Tell) -> ClipSet:
        """The set they make; see :func:`load_package`."""
        manifest = manifest_of(decoded(self._package.read(MANIFEST, MANIFEST_BYTES), MANIFEST), tell)
        table = decoded(self._package.read(TABLE, MOST_BYTES), TABLE)
        return clip_set_of(manifest, table, self, tell)

    def known(self, name: str) -> str | None:
        """A package has no links."""
        return f"{self.folder}/{name}" if name in self._sizes else None

    def place(self, name: str) -> Path | None:
        """Within: the name does not climb."""
        return self.folder / name

    def holds(self, path: Path) -> bool:
        """Whether it says so."""
        return path.relative_to(self.folder).as_posix() in self._sizes

    def content_hash(self, path: Path) -> str:
        """Reads the file out of the package. Raises PackageError package.damaged."""
        digest = hashlib.sha256()
        for piece in self._package.pieces(path.relative_to(self.folder).as_posix()):
            digest.update(piece)
        return digest.hexdigest()
