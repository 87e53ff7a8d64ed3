"""The one thread that works with the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from attune.errors import StorageError
from attune.files import remove_unfinished
from attune.storage.backups import Backups
from attune.storage.database import PATIENCE_S, check_integrity, open_database
from attune.storage.engine import NO_PASSPHRASE, is_encrypted
from attune.storage.lock import Lock, take_lock
from attune.storage.store import Store
from attune.storage.troubles import told

T = TypeVar("T")


class Database:
    """Does what is submitted, one after the other, on a thread of its own; safe to use from any thread.

    The file is opened by the first piece of work. If that fails, or a piece of work does, only its own future
    fails; the next tries anew, so that a person who closed the other program or made room can go on.
    While another window writes this file it can only be read: what would change it fails with
    StorageError storage.in_use. After an end that was not clean every page is read before anything else.
    """

    def __init__(
        self, path: Path, *, passphrase: str = NO_PASSPHRASE, patience_s: float = PATIENCE_S
    ) -> None:
        self._path = path
        self._passphrase = passphrase
        self._patience_s = patience_s
        self._store: Store | None = None
        self._lock: Lock | None = None
        self._file: tuple[int, int] | None = None
        self._whole = True  # as far as anybody has seen; else every page is read next time
        self._closed = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")

    def submit(self, work: Callable[[Store], T]) -> Future[T]:
        """Future of ``work(store)``; what it changed is on the disk when the future resolves.

        Known troubles with the file fail it with StorageError. Raises RuntimeError after :meth:`close`.
        """
        return self._thread.submit(self._do, work)

    @property
    def read_only(self) -> bool:
        """Whether it was opened while another window was writing it."""
        return self._store is not None and self._lock is None

    def close(self) -> None:
        """Finish what is queued, close the file, end the thread. Blocks for as long as that takes."""
        if not self._closed:
            self._closed = True
            try:
                self._thread.submit(self._let_go).result()
            finally:
                self._thread.shutdown()

    def _do(self, work: Callable[[Store], T]) -> T:
        try:
            with told(self._path):
                return work(self._opened())
        except StorageError as error:
            self._whole = self._whole and error.key != "storage.damaged"
            if error.key == "storage.not_writable" and self.read_only:
                raise StorageError("storage.in_use", path=self._path) from error
            raise

    def _opened(self) -> Store:
        if self._store is None:
            self._open()
        elif _identity(self._path) != self._file:  # SQLite would go on writing where nobody finds it again
            raise StorageError("storage.gone", path=self._path)
        assert self._store is not None
        return self._store

    def _open(self) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = take_lock(self._path)
        try:
            self._store = self._open_as(lock)
        except BaseException:
            if lock is not None:
                lock.release(clean=False)
            raise
        self._lock = lock
        self._file = _identity(self._path)

    def _open_as(self, lock: Lock | None) -> Store:
        if lock is not None:
            remove_unfinished(self._path.parent)
        backups = Backups(self._path)
        missing = not self._path.exists() or self._path.stat().st_size == 0
        if missing and backups.all():  # nobody begins anew without having said so
            raise StorageError("storage.missing", path=self._path)
        if is_encrypted(self._path) and not backups.has_passphrase():
            raise StorageError("storage.damaged", path=self._path)
        connection = open_database(
            self._path, passphrase=self._passphrase, read_only=lock is None, patience_s=self._patience_s
        )
        try:
            if lock is not None and lock.unclean:
                check_integrity(connection, self._path)
            store = Store(connection)
            if lock is not None:
                if lock.unclean:
                    store.mend()
                lock.mark()
            return store  # noqa: TRY300 - what follows is of every line above
        except BaseException:
            connection.close()
            raise

    def _let_go(self) -> None:
        try:
            if self._store is not None:
                self._store.close()
        except BaseException:
            self._whole = False
            raise
        finally:
            if self._lock is not None:
                self._lock.release(clean=self._whole)


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file has this name now; None if none has."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
