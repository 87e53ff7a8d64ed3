"""Opening the database file: durable, of this program, and of this version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from attune.errors import StorageError
from attune.files import remove_unfinished, replacing
from attune.storage.engine import NO_PASSPHRASE, connect, is_encrypted, is_readable_by_all
from attune.storage.migrations import MIGRATIONS, Migration
from attune.storage.troubles import told

ATTUNE_FILE = 0x4174756E  # "Atun", the application id in the file's header
PATIENCE_S = 5.0  # how long another program may hold the file before that is told


def open_database(
    path: Path,
    *,
    passphrase: str = NO_PASSPHRASE,
    read_only: bool = False,
    migrations: Sequence[Migration] = MIGRATIONS,
    patience_s: float = PATIENCE_S,
) -> sqlite3.Connection:
    """Open the file, made new or brought to the newest version where needed; use it on this thread only.

    Every transaction is on the disk itself when it ends (WAL, synchronous = FULL). Before an older file is
    changed it is copied to ``NAME.version-N`` beside it. Statements commit on their own; ``transaction``
    groups them. A new file is encrypted where there is a passphrase; a file without one needs none.
    ``read_only``: nothing can be written. Raises StorageError storage.newer, .not_a_database,
    .passphrase_needed and .wrong_passphrase (the file is left as it was), .damaged, .locked, .in_use,
    .not_writable, .full, .disk.
    """
    with told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_other_files(path, passphrase)
        secret = NO_PASSPHRASE if is_readable_by_all(path) else passphrase
        connection = connect(path, secret, patience_s=patience_s)
        try:
            _prepare(connection, path, secret, migrations, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection


def check_integrity(connection: sqlite3.Connection, path: Path) -> None:
    """Read every page, and hold the indexes against their tables. Raises StorageError storage.damaged."""
    with told(path):
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise StorageError("storage.damaged", path=path)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything in the block is kept together on the disk, or nothing is; one within another is its part."""
    within = connection.in_transaction
    if within:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has ended it by itself when the disk is full
            connection.execute("ROLLBACK")
        raise


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything read in the block is of one moment, whatever others write meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("COMMIT")


def remove_copies(path: Path) -> None:
    """Delete the copies made before migrations, and halves of others: they may hold what is to be gone."""
    for copy in path.parent.glob(f"{path.name}.version-*[0-9]"):
        copy.unlink()
    remove_unfinished(path.parent)


def path_of(connection: sqlite3.Connection) -> Path:
    """The file that is open."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def _prepare(
    connection: sqlite3.Connection,
    path: Path,
    passphrase: str,
    migrations: Sequence[Migration],
    *,
    read_only: bool,
) -> None:
    version = _first_look(connection, path, passphrase, len(migrations))  # before anything that writes
    _refuse_half_a_page(connection, path)
    if read_only:
        if version < len(migrations):  # whoever writes is about to bring it along
            raise StorageError("storage.in_use", path=path)
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: past the drive's own cache too
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    _migrate(connection, path, passphrase, migrations)
    if passphrase and is_readable_by_all(path):
        raise StorageError("storage.not_encrypted", path=path)
    connection.execute("PRAGMA foreign_keys = ON")  # only now: migrations may rebuild tables


def _refuse_other_files(path: Path, passphrase: str) -> None:
    """SQLite does the same, but takes a file of less than 512 bytes for an empty one and writes over it."""
    if not path.is_file() or is_readable_by_all(path) or path.stat().st_size == 0:
        return
    if not is_encrypted(path):
        raise StorageError("storage.not_a_database", path=path)
    if not passphrase:
        raise StorageError("storage.passphrase_needed", path=path)


def _refuse_half_a_page(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite takes what is missing of the last page for zeros; where a log is left, that has it whole."""
    log = path.with_name(f"{path.name}-wal")
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()  # SQLCipher says it as a text
    if path.stat().st_size % int(page_size) and not (log.is_file() and log.stat().st_size):
        raise StorageError("storage.damaged", path=path)


def _first_look(connection: sqlite3.Connection, path: Path, passphrase: str, newest: int) -> int:
    """Whoever has another passphrase sees no database at all."""
    try:
        return _check(connection, path, newest)
    except Exception as error:
        code = getattr(error, "sqlite_errorcode", None)
        if passphrase and code == sqlite3.SQLITE_NOTADB:
            raise StorageError("storage.wrong_passphrase", path=path) from error
        raise


def _check(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """The file's version, 0 for an empty one; refuses what is not Attune's or is too new."""
    # One question, so that another Attune that is just making the file is seen before or after, not between.
    ((version, program, tables),) = connection.execute(
        "SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema)"
        " FROM pragma_user_version, pragma_application_id"
    )
    if program != ATTUNE_FILE:
        if version or tables:
            raise StorageError("storage.not_a_database", path=path)
    elif version > newest:
        raise StorageError("storage.newer", path=path, found=version, known=newest)
    return int(version)


def _migrate(
    connection: sqlite3.Connection, path: Path, passphrase: str, migrations: Sequence[Migration]
) -> None:
    version = _check(connection, path, len(migrations))
    if version == len(migrations):
        return
    if version:
        check_integrity(connection, path)
        copy_database(connection, path.with_name(f"{path.name}.version-{version}"), passphrase)
    with transaction(connection):
        # Another Attune may have been quicker: the version is certain only now that nobody else can write.
        for step in migrations[_check(connection, path, len(migrations)) :]:
            step(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise RuntimeError("a migration left rows that point nowhere")
        connection.execute(f"PRAGMA application_id = {ATTUNE_FILE}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def copy_database(connection: sqlite3.Connection, copy: Path, passphrase: str) -> None:
    """Write the whole database, as it is now, into a file that only has its name once it is complete.

    The copy has the passphrase of the original, and was read through once. Others may write meanwhile.
    """
    with replacing(copy) as fresh, closing(connect(fresh, passphrase, patience_s=PATIENCE_S)) as target:
        connection.backup(target)
        check_integrity(target, path_of(connection))  # what is amiss in the copy is amiss there
