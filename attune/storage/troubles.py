"""Known troubles of a database file, as errors a person can do something about; all others are bugs."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from attune.errors import StorageError

NOT_A_TEXT = "Could not decode to UTF-8"  # said by Python's module, of bytes that were never written
PRIMARY = 0xFF  # SQLite's extended codes carry the primary one in the lowest byte

_OF_SQLITE = {
    sqlite3.SQLITE_NOTADB: "storage.not_a_database",
    sqlite3.SQLITE_CORRUPT: "storage.damaged",
    sqlite3.SQLITE_BUSY: "storage.locked",
    sqlite3.SQLITE_LOCKED: "storage.locked",
    sqlite3.SQLITE_READONLY: "storage.not_writable",
    sqlite3.SQLITE_CANTOPEN: "storage.not_writable",
    sqlite3.SQLITE_PERM: "storage.not_writable",
    sqlite3.SQLITE_FULL: "storage.full",
    sqlite3.SQLITE_IOERR: "storage.disk",
}
_OF_SYSTEM = {
    errno.ENOSPC: "storage.full",
    errno.EDQUOT: "storage.full",
    errno.EACCES: "storage.not_writable",
    errno.EPERM: "storage.not_writable",
    errno.EROFS: "storage.not_writable",
    errno.ENOTDIR: "storage.not_writable",
    errno.EEXIST: "storage.not_writable",
}


class DamagedError(Exception):
    """What was read cannot have been written like this."""


class BusyError(Exception):
    """Another program uses the file, so that not everything could be done to it."""


class InUseError(Exception):
    """Another window writes this file."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn known troubles with the database at ``path`` into StorageError; let every other error through."""
    try:
        yield
    except DamagedError as error:
        raise _trouble("storage.damaged", path, str(error)) from error
    except BusyError as error:
        raise _trouble("storage.locked", path, str(error)) from error
    except InUseError as error:
        raise _trouble("storage.in_use", path, str(error)) from error
    except OSError as error:
        key = _OF_SYSTEM.get(error.errno or 0, "storage.disk")
        raise _trouble(key, path, error.strerror or str(error)) from error
    except Exception as error:
        # The errors of SQLite and SQLCipher have no ancestor in common, but both carry SQLite's code; those
        # of the Python modules themselves have none.
        code = getattr(error, "sqlite_errorcode", None)
        key = _OF_SQLITE.get(code & PRIMARY, "") if code is not None else ""
        if str(error).startswith(NOT_A_TEXT):
            key = "storage.damaged"
        if not key:
            raise
        raise _trouble(key, path, str(error)) from error


def _trouble(key: str, path: Path, reason: str) -> StorageError:
    return StorageError(key, path=path, folder=path.parent, reason=reason)
