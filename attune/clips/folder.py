"""Files of a clip set's folder: never one outside it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Protocol

from attune.errors import ClipSetError
from attune.sealing import opened

# Names that Windows keeps for itself, with any ending, and letters it cannot put into one.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
DEEPEST = 32  # folders within folders
_FORBIDDEN = set('<>:"|?*\\') | {chr(code) for code in range(32)}


def relative_name(text: str) -> str | None:
    """The name as kept, with forward slashes; None where it is absolute, climbs with ``..`` or is no name."""
    posix = PurePosixPath(text.replace("\\", "/"))
    windows = PureWindowsPath(str(posix))  # as kept: what stood before a drive, as in ./C:, is gone
    if windows.drive or windows.root or not posix.parts or ".." in posix.parts or "\0" in text:
        return None
    return str(posix)


def holdable(part: str) -> bool:
    """Whether every computer can hold a file or folder of this name."""
    return not (
        part.endswith((".", " "))
        or part.split(".", maxsplit=1)[0].rstrip().casefold() in _RESERVED
        or _FORBIDDEN & set(part)
        or any("\ud800" <= letter <= "\udfff" for letter in part)
    )


def writable(name: str) -> str:
    """A file's name as it can be written down: bytes that are no letters become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def inside(folder: Path, name: str) -> Path | None:
    """Absolute path of a relative name with all links followed; None where that is not within the folder."""
    root = Path(os.path.realpath(folder))
    found = Path(os.path.realpath(root / name))
    return found if found.is_relative_to(root) else None


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name too long or not writable here is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


class Files(Protocol):
    """Where the files lie that a table names: a folder, or a package that was not opened yet."""

    @property
    def folder(self) -> Path:
        """Where they lie, or will."""

    def known(self, name: str) -> str | None:
        """Absolute path of a name just as it is listed; None where another look is needed."""

    def place(self, name: str) -> Path | None:
        """Absolute path of a relative name; None where that is not within."""

    def holds(self, path: Path) -> bool:
        """Whether there is such a file."""

    def content_hash(self, path: Path) -> str:
        """sha256 of a file's bytes, lower-case hex. Raises OSError."""


class FolderFiles:
    """Files of a folder, listed once: a table of ten thousand would ask the disk for each of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._root = os.path.realpath(folder)
        self._listed = set(_listed(self._root, "", DEEPEST))

    def known(self, name: str) -> str | None:
        """Only what is neither a link nor below one, so that it cannot lie elsewhere."""
        return f"{self._root}/{name}" if name in self._listed else None

    def place(self, name: str) -> Path | None:
        """With all links followed."""
        return inside(self.folder, name)

    def holds(self, path: Path) -> bool:
        """As the disk says."""
        return is_file(path)

    def content_hash(self, path: Path) -> str:
        """Reads the file."""
        return content_hash(path)


def _listed(folder: str, above: str, deepest: int) -> Iterator[str]:
    """Names of the plain files below a folder."""
    try:
        with os.scandir(folder) as scanned:
            for entry in scanned:
                if entry.is_file(follow_symlinks=False):
                    yield above + entry.name
                elif deepest and entry.is_dir(follow_symlinks=False):
                    yield from _listed(entry.path, f"{above}{entry.name}/", deepest - 1)
    except OSError:  # a folder that may not be looked into: asked for again, file by file
        return


def read_text(folder: Path, name: str, most_bytes: int) -> str:
    """Text of one of the set's own files, UTF-8 with or without a byte order mark.

    Raises ClipSetError clipset.file_missing, file_outside, file_too_large, file_unreadable or not_utf8.
    """
    path = inside(folder, name)
    if path is None:
        raise ClipSetError("clipset.file_outside", folder=folder, file=name)
    if not is_file(path):
        raise ClipSetError("clipset.file_missing", folder=folder, file=name)
    try:
        with path.open("rb") as file:
            data = file.read(most_bytes + 1)
    except OSError as error:
        raise ClipSetError(
            "clipset.file_unreadable", folder=folder, file=name, problem=error.strerror
        ) from error
    if len(data) > most_bytes:
        raise ClipSetError("clipset.file_too_large", folder=folder, file=name, megabytes=most_bytes >> 20)
    return decoded(data, name)


def decoded(data: bytes, name: str) -> str:
    """Text of UTF-8 bytes, with or without a byte order mark. Raises ClipSetError clipset.not_utf8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ClipSetError("clipset.not_utf8", file=name, line=line) from error


def content_hash(path: Path) -> str:
    """sha256 of a file's bytes, lower-case hex. Raises OSError."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
