"""Locking a set with a passphrase, and taking the lock away again: whole, or not at all.

The other form is made beside the set and appears in one step; only then the set itself goes. Stopped in
between, both are there, and a note in the new one says what the next start is to take away.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from attune.app.disk import writing_below
from attune.app.folders import Folders
from attune.app.library import ClipSet, Library
from attune.app.locked import INDEX, LOCK, SEALED, Kept, has_lock, name_of, read_index
from attune.app.withdrawal_plan import caches_of
from attune.clips.manifest import MANIFEST
from attune.clips.writing import quoted, replace_text
from attune.errors import SealError
from attune.files import UNFINISHED
from attune.sealing import PIECE, SealedWriter, new_lock, open_lock, opened, sealed_path

Progress = Callable[[int, int], None]
"""Hears bytes done and bytes in all; may raise to stop."""
INSTEAD = "instead.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locking:
    """Locks and unlocks the sets of a library. Futures fail with SealError, LibraryError or ClipSetError."""

    folders: Folders
    library: Library
    background: Executor

    def lock(self, folder: Path, passphrase: str, progress: Progress) -> Future[Path]:
        """Lock a set; its new folder. It stays open until Attune is closed."""
        return self.background.submit(self._lock, folder, passphrase, progress)

    def open(self, folder: Path, passphrase: str) -> Future[None]:
        """Open a locked set until Attune is closed.

        What was under way when it was locked, and was made of its clips after that, goes now.
        """

        def work() -> None:
            self.library.open_with(folder, self._key(folder, passphrase))
            hashes = [clip.content_hash for clip in self.library.read(folder).clips]
            with writing_below(self.folders.cache):
                for _, path in caches_of(hashes, self.folders):
                    path.unlink(missing_ok=True)

        return self.background.submit(work)

    def take_away(self, folder: Path, passphrase: str, progress: Progress) -> Future[Path]:
        """Have a set without its lock again; its new folder."""
        return self.background.submit(self._take_away, folder, passphrase, progress)

    def change(self, folder: Path, passphrase: str, new: str) -> Future[None]:
        """Let a set open with another passphrase from now on; nothing in it is written again."""

        def change() -> None:
            key = self._key(folder, passphrase)
            with writing_below(folder):
                replace_text(folder / LOCK, new_lock(new, key)[0])

        return self.background.submit(change)

    def finish(self) -> None:
        """Take away what was locked, or unlocked, when it was stopped. Blocks. Raises LibraryError."""
        for folder in self.library.shelf.sets():
            if (folder / INSTEAD).is_file():
                self._finish(folder)

    def _lock(self, folder: Path, passphrase: str, progress: Progress) -> Path:
        clip_set = self.library.read(folder)
        text, key = new_lock(passphrase)
        with writing_below(folder), self.library.coming() as coming:
            (coming / LOCK).write_text(text, "utf-8")
            (coming / MANIFEST).write_text(f"name = {quoted(clip_set.name)}\n", "utf-8")
            _seal_all(folder, coming, key, progress)
            made = self._take_place(coming, folder, clip_set)
        self.library.open_with(made, key)
        return made

    def _take_away(self, folder: Path, passphrase: str, progress: Progress) -> Path:
        key = self._key(folder, passphrase)
        files = read_index(folder, key)
        sizes = {name: (folder / SEALED / kept.file).stat().st_size for name, kept in files.index.items()}
        total, done = sum(sizes.values()), 0
        with writing_below(folder), self.library.coming() as coming:
            for name, kept in files.index.items():
                target = coming / name
                target.parent.mkdir(parents=True, exist_ok=True)
                with (
                    opened(sealed_path(folder / SEALED / kept.file, key)) as source,
                    target.open("xb") as file,
                ):
                    shutil.copyfileobj(source, file, PIECE)
                done += sizes[name]
                progress(done, total)
            made = self._take_place(coming, folder, None)
        self.library.close_lock(folder)
        return made

    def _key(self, folder: Path, passphrase: str) -> bytes:
        try:
            text = (folder / LOCK).read_text("utf-8")
        except (OSError, ValueError) as error:
            raise SealError("seal.lock_damaged") from error
        return open_lock(text, passphrase)

    def _take_place(self, coming: Path, folder: Path, clip_set: ClipSet | None) -> Path:
        """``clip_set``: what is locked, of which nothing made is to be left in the open."""
        hashes = [] if clip_set is None else [clip.content_hash for clip in clip_set.clips]
        note = {"folder": folder.name, "hashes": hashes}
        (coming / INSTEAD).write_text(json.dumps(note), "utf-8")
        made = self.library.shelf.place(coming, folder.name)
        self._finish(made)
        return made

    def _finish(self, made: Path) -> None:
        with writing_below(made):
            note = json.loads((made / INSTEAD).read_text("utf-8"))
            before = made.with_name(note["folder"])
            if before != made and before in self.library.shelf.sets():
                self.library.shelf.remove(before)
            for _, path in caches_of(note["hashes"], self.folders):
                path.unlink(missing_ok=True)
            (made / INSTEAD).unlink()


def _seal_all(folder: Path, into: Path, key: bytes, progress: Progress) -> None:
    """Seal every file of a set's folder, and which is which."""
    (into / SEALED).mkdir()
    names = list(_names(folder))
    total, done = sum((folder / name).stat().st_size for name in names), 0
    index: dict[str, tuple[str, str]] = {}
    for number, name in enumerate(names, start=1):
        kept = Kept(f"{number:06}.sealed", _sha256(folder / name))
        with SealedWriter(into / SEALED / kept.file, key) as writer, (folder / name).open("rb") as source:
            while data := source.read(PIECE):
                writer.write(data)
                done += len(data)
                progress(done, total)
        index[name] = (kept.file, kept.sha256)
    with SealedWriter(into / INDEX, key) as writer:
        writer.write(json.dumps(index, ensure_ascii=False).encode())


def _names(folder: Path) -> Iterator[str]:
    """Every plain file of a set, but for what was being written when something was stopped."""
    for above, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith(UNFINISHED))
        for file in sorted(files):
            path = Path(above, file)
            if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
                yield path.relative_to(folder).as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


__all__ = ["Locking", "has_lock", "name_of"]
