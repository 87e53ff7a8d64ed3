"""Opening the database file: durable, of this program, and of this version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from attune.errors import StorageError
from attune.storage.migrations import MIGRATIONS, Migration
from attune.storage.troubles import told

ATTUNE_FILE = 0x4174756E  # "Atun", the application id in the file's header
MAGIC = b"SQLite format 3\0"  # how a database begins
PATIENCE_S = 5.0  # how long another program may hold the file before that is told


def open_database(
    path: Path, *, migrations: Sequence[Migration] = MIGRATIONS, patience_s: float = PATIENCE_S
) -> sqlite3.Connection:
    """Open the file, made new or brought to the newest version where needed; use it on this thread only.

    Every transaction is on the disk itself when it ends (WAL, synchronous = FULL). Before an older file is
    changed it is copied to ``NAME.version-N`` beside it. Statements commit on their own; ``transaction``
    groups them. Raises StorageError storage.newer and storage.not_a_database (the file is left as it was),
    .damaged, .locked, .not_writable, .full, .disk.
    """
    with told(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_other_files(path)
        connection = sqlite3.connect(path, timeout=patience_s, isolation_level=None)
        try:
            _check(connection, path, len(migrations))  # before anything that writes
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: past the drive's own cache too
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
            _migrate(connection, path, migrations)
            connection.execute("PRAGMA foreign_keys = ON")  # only now: migrations may rebuild tables
        except BaseException:
            connection.close()
            raise
        return connection


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


def remove_copies(path: Path) -> None:
    """Delete the copies made before migrations: they may hold what is to be gone."""
    for copy in path.parent.glob(f"{path.name}.version-*[0-9]"):
        copy.unlink()


def path_of(connection: sqlite3.Connection) -> Path:
    """The file that is open."""
    return Path(connection.execute("PRAGMA database_list").fetchone()[2])


def _refuse_other_files(path: Path) -> None:
    """SQLite does the same, but takes a file of less than 512 bytes for an empty one and writes over it."""
    if path.is_file():
        with path.open("rb") as file:
            if file.read(len(MAGIC)) not in (b"", MAGIC):
                raise StorageError("storage.not_a_database", path=path)


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


def _migrate(connection: sqlite3.Connection, path: Path, migrations: Sequence[Migration]) -> None:
    version = _check(connection, path, len(migrations))
    if version == len(migrations):
        return
    if version:
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise StorageError("storage.damaged", path=path)
        _copy(connection, path.with_name(f"{path.name}.version-{version}"))
    with transaction(connection):
        # Another Attune may have been quicker: the version is certain only now that nobody else can write.
        for step in migrations[_check(connection, path, len(migrations)) :]:
            step(connection)
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise RuntimeError("a migration left rows that point nowhere")
        connection.execute(f"PRAGMA application_id = {ATTUNE_FILE}")
        connection.execute(f"PRAGMA user_version = {len(migrations)}")


def _copy(connection: sqlite3.Connection, copy: Path) -> None:
    """Write the whole database, as it is now, into a file that only has its name once it is complete."""
    fresh = copy.with_name(copy.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(fresh)) as target:
            connection.backup(target)
        fresh.replace(copy)
    finally:
        fresh.unlink(missing_ok=True)
