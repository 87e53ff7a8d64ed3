"""The two programs that read and write database files: SQLite, and SQLCipher where there is a passphrase."""

from __future__ import annotations

import sqlite3
import unicodedata
from pathlib import Path
from typing import Any, cast

from attune.errors import StorageError

MAGIC = b"SQLite format 3\0"  # how a database begins that everybody can read
PAGE = 4096  # SQLCipher writes whole pages of so many bytes, and never fewer than one
NO_PASSPHRASE = ""


def connect(path: Path, passphrase: str, *, patience_s: float, cipher: bool = False) -> sqlite3.Connection:
    """Open without looking into the file yet; every statement commits on its own.

    ``cipher``: with SQLCipher even without a passphrase.

    SQLCipher makes the key by PBKDF2-HMAC-SHA512 with 256,000 rounds and a salt of its own for each file (its
    defaults), which takes some tenths of a second, at the first statement.
    Raises StorageError storage.no_cipher where SQLCipher is not installed, storage.passphrase_unusable.
    """
    if not passphrase and not cipher:
        return sqlite3.connect(path, timeout=patience_s, isolation_level=None)
    module = cast("Any", _cipher(path))
    connection = module.connect(str(path), timeout=patience_s, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr
    if passphrase:
        connection.execute(f"PRAGMA key = {quoted(passphrase, path)}")
    return cast("sqlite3.Connection", connection)  # the same by another name


def quoted(passphrase: str, path: Path) -> str:
    """The passphrase within a statement, where no parameter can stand; the same from every keyboard."""
    text = unicodedata.normalize("NFC", passphrase)
    # SQL ends at a NUL, and would take x'…' for a key to be used as it is, without any rounds.
    if "\0" in text or text[:2].lower() == "x'":
        raise StorageError("storage.passphrase_unusable", path=path)
    return "'" + text.replace("'", "''") + "'"


def rows_by_name(connection: sqlite3.Connection) -> None:
    """Let rows be asked for their columns by name."""
    plain = isinstance(connection, sqlite3.Connection)
    connection.row_factory = sqlite3.Row if plain else cast("Any", _cipher(Path())).Row


def is_encrypted(path: Path) -> bool:
    """Whether the file can only be one that a passphrase opens; False where there is none. Raises OSError."""
    if not path.is_file():
        return False
    size = path.stat().st_size
    with path.open("rb") as file:
        return size >= PAGE and size % PAGE == 0 and file.read(len(MAGIC)) != MAGIC


def is_readable_by_all(path: Path) -> bool:
    """Whether the file is a database without a passphrase. Raises OSError."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def _cipher(path: Path) -> object:
    try:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 - most profiles do without
    except ImportError as error:
        raise StorageError("storage.no_cipher", path=path, reason=str(error)) from error
    return dbapi2
