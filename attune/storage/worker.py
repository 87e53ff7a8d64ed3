"""The one thread that works with the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from attune.errors import StorageError
from attune.storage.database import PATIENCE_S, open_database
from attune.storage.store import Store
from attune.storage.troubles import told

T = TypeVar("T")


class Database:
    """Does what is submitted, one after the other, on a thread of its own; safe to use from any thread.

    The file is opened by the first piece of work. If that fails, or a piece of work does, only its own future
    fails; the next tries anew, so that a person who closed the other program or made room can go on.
    """

    def __init__(self, path: Path, *, patience_s: float = PATIENCE_S) -> None:
        self._path = path
        self._patience_s = patience_s
        self._store: Store | None = None
        self._file: tuple[int, int] | None = None
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        """Future of ``work(store)``; what it changed is on the disk when the future resolves.

        Known troubles with the file fail it with StorageError. Raises RuntimeError after :meth:`close`.
        """
        return self._thread.submit(self._do, work)

    def close(self) -> None:
        """Finish what is queued, close the file, end the thread. Blocks for as long as that takes."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._let_go).result()
        self._thread.shutdown()

    def _do(self, work: Callable[[Store], T]) -> T:
        with told(self._path):
            return work(self._opened())

    def _opened(self) -> Store:
        if self._store is None:
            self._store = Store(open_database(self._path, patience_s=self._patience_s))
            self._file = _identity(self._path)
        elif _identity(self._path) != self._file:  # SQLite would go on writing where nobody finds it again
            raise StorageError("storage.gone", path=self._path)
        return self._store

    def _let_go(self) -> None:
        if self._store is not None:
            self._store.close()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file has this name now; None if none has."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
