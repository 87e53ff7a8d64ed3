"""The folder all of a person's clip sets stand in: a set appears there whole, or not at all.

``sets/`` holds one folder for each set; what is being copied lies in ``coming/`` and is renamed into place in
one step; what is being deleted is renamed into ``leaving/`` first. After a crash or a power cut the next
:meth:`Shelf.tidy` takes away what was on its way, in either direction.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from uuid import uuid4

from attune.clips.drafts import Draft, Finding, Found
from attune.clips.folder import holdable
from attune.clips.manifest import MANIFEST

CHUNK = 1 << 20
MEDIA = "media"
LONGEST_NAME = 60  # letters of a set's folder
LONGEST_PATH = 180  # letters of a clip's name; with the library's own folder it must fit 260 on Windows


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: drafts with ``file`` and ``sha256`` in their rows, and what was found on the way."""

    drafts: tuple[Draft, ...]
    found: tuple[Found, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Shelf:
    """Clip sets in one folder, which nothing else writes to; one :meth:`coming` or :meth:`tidy` at a time."""

    folder: Path

    def sets(self) -> tuple[Path, ...]:
        """Folders of the sets that are there, in the order of their names."""
        place = self._sets
        return tuple(sorted(path for path in place.iterdir() if path.is_dir())) if place.is_dir() else ()

    def tidy(self) -> None:
        """Take away what a crash left on its way. Raises OSError."""
        for place in (self._coming, self._leaving):
            if place.is_dir():
                for path in place.iterdir():
                    shutil.rmtree(path)

    @contextmanager
    def coming(self) -> Iterator[Path]:
        """An empty folder to make a set in; what is still there at the end is taken away again."""
        path = self._coming / uuid4().hex
        path.mkdir(parents=True)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def place(self, made: Path, name: str) -> Path:
        """Let a folder made in :meth:`coming` appear among the sets, in one step. Raises OSError."""
        _written_out(made)
        self._sets.mkdir(parents=True, exist_ok=True)
        plain = _plain(name)
        for number in range(1, 1000):
            target = self._sets / (plain if number == 1 else f"{plain}-{number}")
            if not target.exists():
                made.rename(target)
                _sync_folder(self._sets)
                return target
        raise FileExistsError(plain)

    def remove(self, path: Path) -> None:
        """Take a set away: out of sight in one step, then off the disk. Raises OSError."""
        self._leaving.mkdir(parents=True, exist_ok=True)
        leaving = self._leaving / uuid4().hex
        path.rename(leaving)
        _sync_folder(self._sets)
        shutil.rmtree(leaving, ignore_errors=True)  # what stays is out of sight, and the next tidy's

    @property
    def _sets(self) -> Path:
        return self.folder / "sets"

    @property
    def _coming(self) -> Path:
        return self.folder / "coming"

    @property
    def _leaving(self) -> Path:
        return self.folder / "leaving"


def copy_media(
    drafts: tuple[Draft, ...],
    into: Path,
    *,
    there: Mapping[str, str],
    progress: Callable[[int, int], None],
) -> Copied:
    """Copy the drafts' files below ``into/media``, each content once.

    ``there``: hash of a clip the library has → how to call it. ``progress`` hears bytes copied and bytes in
    all, and may raise to stop. A file that cannot be read, is empty or known already is left out and told
    of. Raises OSError where nothing can be written.
    """
    copied: list[Draft] = []
    found: list[Found] = []
    names: dict[str, str] = {}
    seen = dict(there)
    sizes = [_size(draft.source) for draft in drafts]
    total, before = sum(sizes), 0
    for draft, size in zip(drafts, sizes, strict=True):
        name = f"{MEDIA}/{_unlike(_safe(draft.name), names)}"
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = _copy(draft.source, target, partial(_further, progress, before, total))
        if isinstance(digest, Finding):
            found.append(Found(name=draft.name, finding=digest))
        elif digest in seen:
            target.unlink()
            found.append(Found(name=draft.name, finding=Finding.SAME_AS, detail=seen[digest]))
        else:
            seen[digest] = draft.name
            names[_folded(name.removeprefix(f"{MEDIA}/"))] = name
            first, *others = draft.rows
            rows = ({**first, "file": name, "sha256": digest}, *({**row, "file": name} for row in others))
            copied.append(replace(draft, source=target, name=name, rows=rows))
        before += size
        progress(before, total)
    return Copied(tuple(copied), tuple(found))


def copy_files(
    folder: Path, names: Iterable[str], into: Path, *, progress: Callable[[int, int], None]
) -> None:
    """Copy files of a folder under the same names; ``progress`` as above. Raises OSError."""
    listed = list(names)
    total, before = sum(_size(folder / name) for name in listed), 0
    for name in listed:
        target = into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("rb") as file, target.open("xb") as copy:
            while piece := file.read(CHUNK):
                before += copy.write(piece)
                progress(before, total)


def _further(progress: Callable[[int, int], None], before: int, total: int, done: int) -> None:
    progress(before + done, total)


def _size(path: Path) -> int:
    """0 for a file that is not there any more."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _copy(source: Path, target: Path, progress: Callable[[int], None]) -> str | Finding:
    """Copy one file; its sha256, or why it cannot be. Raises OSError about the target only."""
    digest, size = hashlib.sha256(), 0
    try:
        opened = source.open("rb")
    except OSError:
        return Finding.UNREADABLE
    with opened, target.open("xb") as copy:
        while True:
            try:
                piece = opened.read(CHUNK)
            except OSError:
                piece, size = b"", -1
            if not piece:
                break
            digest.update(piece)
            size += copy.write(piece)
            progress(size)
    if size <= 0:
        target.unlink()
        return Finding.EMPTY if size == 0 else Finding.UNREADABLE
    return digest.hexdigest()


def _safe(name: str) -> str:
    """The name with what some computer could not hold replaced, and shortened from the front."""
    parts = [part if holdable(part) else _replaced(part) for part in PurePosixPath(name).parts]
    while len("/".join(parts)) > LONGEST_PATH and len(parts) > 1:
        parts.pop(0)
    stem, dot, ending = parts[-1].rpartition(".")
    if len("/".join(parts)) > LONGEST_PATH:
        parts = [f"{stem[: LONGEST_PATH - len(ending) - 1]}{dot}{ending}"]
    return "/".join(parts)


def _replaced(part: str) -> str:
    plain = re.sub(r'[<>:"|?*\\\x00-\x1f\ud800-\udfff]', "_", part).rstrip(". ")
    return plain if plain and holdable(plain) else f"_{plain}"


def _unlike(name: str, names: Mapping[str, str]) -> str:
    """The name, numbered where another one is the same on some computers."""
    stem, dot, ending = name.rpartition(".")
    number = 1
    while _folded(name) in names:
        number += 1
        name = f"{stem}-{number}{dot}{ending}"
    return name


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _plain(name: str) -> str:
    """A folder's name for a set: small letters, digits and hyphens."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"[a-z0-9]+", apart)
    return "-".join(words)[:LONGEST_NAME].strip("-") or "set"


def _written_out(folder: Path) -> None:
    """Wait until all files of a folder are on the disk, so that a rename cannot overtake them."""
    if not (folder / MANIFEST).is_file():
        raise FileNotFoundError(folder / MANIFEST)
    if hasattr(os, "sync"):
        os.sync()
        return
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a rename within a folder last, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
