"""Films on their way out: noted in the history in the step that deletes them, until they are off the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from attune.storage.database import path_of
from attune.storage.rows import as_json

FOLDER = "recordings"  # beside the history, with which it moves and is deleted


def folder_of(connection: sqlite3.Connection) -> Path:
    """Where the films of a history lie, sealed."""
    return path_of(connection).parent / FOLDER


def hash_of(file: str) -> str:
    """What stands for a film's content wherever it is practised on: nobody has to read it for that."""
    return sha256(file.encode()).hexdigest()


def let_go(connection: sqlite3.Connection, files: Collection[str]) -> None:
    """Take films and their keys out of the tables; :func:`clear` goes on from there.

    "" notes that something else is on its way out.
    """
    connection.executemany("INSERT INTO leaving (file) VALUES (?)", [(file,) for file in files])
    connection.execute(
        "DELETE FROM recordings WHERE file IN (SELECT value FROM json_each(?))", (as_json(list(files)),)
    )


def is_anything_leaving(connection: sqlite3.Connection) -> bool:
    """Whether the program was ended before everything that was deleted was off the disk."""
    return connection.execute("SELECT 1 FROM leaving").fetchone() is not None


def clear(connection: sqlite3.Connection) -> None:
    """Take the films off the disk. Raises OSError."""
    folder = folder_of(connection)
    for (file,) in connection.execute("SELECT file FROM leaving WHERE file <> ''").fetchall():
        (folder / file).unlink(missing_ok=True)


def settle(connection: sqlite3.Connection) -> None:
    """Nothing is left to do; where nothing was, nothing is written."""
    if is_anything_leaving(connection):
        connection.execute("DELETE FROM leaving")
