"""The clip sets a person can practise on: the one Attune carries, and those on their own shelf."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from attune.app.disk import writing_below
from attune.app.locked import has_lock, is_locked, name_of, problems_of_locked, read_locked
from attune.clips.checking import problems_of
from attune.clips.clip_set import Channel, Clip, ClipSet, Consent, PeopleKind, load_clip_set
from attune.clips.manifest import MANIFEST
from attune.clips.shelf import Shelf
from attune.clips.table import TABLE
from attune.errors import ClipSetError, LibraryError, PackageError, SealError
from attune.resources import asset
from attune.storage.lock import take_lock

# The window knows clip sets by these types.
__all__ = [
    "Channel",
    "Clip",
    "ClipSet",
    "Consent",
    "Library",
    "PeopleKind",
    "Shelved",
    "is_locked",
    "is_starter",
]

BRINGING = ".coming"  # the lock beside the sets is named .coming.lock
_State = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One set on the shelf; ``problem``: why it cannot be opened, and then the numbers are 0.

    ``people``: how many different ones are named in it. ``locked``: it opens with a passphrase only.
    """

    folder: Path
    name: str
    clips: int = 0
    people: int = 0
    licence: str = ""
    description: str = ""
    problem: ClipSetError | None = None
    locked: bool = False


class Library:
    """Loads clip sets away from the caller's thread, each again only when its files have changed.

    The folder on the disk is the truth: a set somebody put there by hand is there, one taken away is gone.
    """

    def __init__(self, background: Executor, folder: Path) -> None:
        self.shelf = Shelf(folder)
        self._background = background
        self._starter: Future[ClipSet] | None = None
        self._loaded: dict[Path, tuple[_State, ClipSet]] = {}  # of two threads that miss one, each reads it
        self._keys: dict[Path, bytes] = {}  # of the locked sets that were opened, until Attune is closed

    def starter(self) -> Future[ClipSet]:
        """The set Attune carries. The future fails with ClipSetError when its files were damaged."""
        if self._starter is None:
            self._starter = self._background.submit(self.read, asset("clips", "starter"))
        return self._starter

    def sets(self) -> Future[tuple[Shelved, ...]]:
        """All sets, Attune's own first, then by name; damaged ones with their problem."""
        return self._background.submit(self._sets)

    def load(self, folder: Path) -> Future[ClipSet]:
        """One set. The future fails with ClipSetError."""
        return self._background.submit(self.read, folder)

    def remove(self, folder: Path) -> Future[None]:
        """Take a set off the shelf and the disk. The future fails with LibraryError; twice does no harm."""
        return self._background.submit(self._remove, folder)

    def read(self, folder: Path) -> ClipSet:
        """What :meth:`load` promises, on the thread of who asks. Raises ClipSetError."""
        state = _state(folder)
        known = self._loaded.get(folder)
        if known is None or known[0] != state:
            known = self._loaded[folder] = state, self._read_anew(folder)
        return known[1]

    def open_with(self, folder: Path, key: bytes) -> None:
        """Read a locked set with its key from now on."""
        self._keys[folder] = key

    def close_lock(self, folder: Path) -> None:
        """Forget the key of a set that was opened, and what was in it."""
        self._keys.pop(folder, None)
        self._loaded.pop(folder, None)

    def find(self, name: str) -> Path:
        """Folder of the set that a person names: by its folder on the shelf, or any folder that is a set.

        Raises LibraryError library.unknown.
        """
        there = {path.name: path for path in (asset("clips", "starter"), *self.shelf.sets())}
        if name in there:
            return there[name]
        if (Path(name) / MANIFEST).is_file():
            return Path(name).absolute()
        raise LibraryError("library.unknown", name=name, names=", ".join(there))

    def problems(
        self, source: Path, progress: Callable[[int, int | None], None]
    ) -> tuple[ClipSetError | PackageError | SealError, ...]:
        """Everything to see to in a set's folder or package, on the thread of who asks.

        ``progress`` hears clips read and clips in all, and may raise to stop. Raises ClipSetError
        clipset.locked.
        """
        if has_lock(source):
            return problems_of_locked(source, self._key(source), progress)
        return problems_of(source, progress)

    def contents(self) -> tuple[ClipSet, ...]:
        """Every set that can be read, on the thread of who asks."""
        found = []
        for folder in (asset("clips", "starter"), *self.shelf.sets()):
            with suppress(ClipSetError):  # told where sets are shown
                found.append(self.read(folder))
        return tuple(found)

    @contextmanager
    def coming(self) -> Iterator[Path]:
        """An empty folder to make a set in, see :meth:`Shelf.coming`; no other Attune makes one meanwhile.

        Raises LibraryError library.busy, and about the disk.
        """
        with writing_below(self.shelf.folder), self._alone() as alone:
            if not alone:
                raise LibraryError("library.busy")
            self.shelf.tidy()
            with self.shelf.coming() as coming:
                yield coming

    def tidy(self) -> None:
        """Take away what was on its way to the shelf, or off it, when Attune was stopped. Blocks.

        What another Attune has on its way stays. Raises LibraryError.
        """
        if self.shelf.folder.is_dir():
            with writing_below(self.shelf.folder), self._alone() as alone:
                if alone:
                    self.shelf.tidy()

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other Attune makes a set during the block. Raises OSError."""
        self.shelf.folder.mkdir(parents=True, exist_ok=True)
        lock = take_lock(self.shelf.folder / BRINGING)
        try:
            yield lock is not None
        finally:
            if lock is not None:
                lock.release(clean=True)

    def _read_anew(self, folder: Path) -> ClipSet:
        if not has_lock(folder):
            return load_clip_set(folder)
        return read_locked(folder, self._key(folder))

    def _key(self, folder: Path) -> bytes:
        if folder not in self._keys:
            raise ClipSetError("clipset.locked", name=name_of(folder))
        return self._keys[folder]

    def _sets(self) -> tuple[Shelved, ...]:
        own = tuple(map(self._shelved, self.shelf.sets()))
        by_name = sorted(own, key=lambda shelved: (shelved.name.casefold(), shelved.folder.name))
        return (self._shelved(asset("clips", "starter")), *by_name)

    def _shelved(self, folder: Path) -> Shelved:
        try:
            found = self.read(folder)
        except ClipSetError as problem:
            if problem.key == "clipset.locked":
                return Shelved(folder=folder, name=name_of(folder), locked=True)
            return Shelved(folder=folder, name=folder.name, problem=problem)
        return Shelved(
            folder=folder,
            name=found.name,
            clips=len(found.clips),
            people=len({clip.person for clip in found.clips if clip.person}),
            licence=found.licence,
            description=found.description,
        )

    def _remove(self, folder: Path) -> None:
        self._loaded.pop(folder, None)
        if folder in self.shelf.sets():
            with writing_below(folder):
                self.shelf.remove(folder)


def is_starter(clip_set: ClipSet) -> bool:
    """Whether it is the set Attune carries, whose people can be drawn too."""
    return clip_set.folder == asset("clips", "starter")


def _state(folder: Path) -> _State:
    """Changes whenever one of the two files that say what is in the set is written."""
    found = []
    for name in (MANIFEST, TABLE):
        try:
            told = (folder / name).stat()
        except OSError:
            found.append((0, 0))
        else:
            found.append((told.st_mtime_ns, told.st_size))
    return tuple(found)
