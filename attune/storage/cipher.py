"""Setting, changing and removing the passphrase of a history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from attune.errors import StorageError
from attune.files import replacing
from attune.storage.backups import Backups
from attune.storage.database import PATIENCE_S, check_integrity, open_database, remove_copies
from attune.storage.engine import NO_PASSPHRASE, connect, is_encrypted, is_readable_by_all, quoted
from attune.storage.troubles import told


def change_passphrase(path: Path, old: str, new: str) -> None:
    """Write the history anew under another passphrase and put it in the place of the old file.

    "" = none: everybody who has the file can read it. Nobody may have the history open. The backups, which
    have the old passphrase, are deleted; make one anew. Raises StorageError, nothing being changed then:
    storage.wrong_passphrase, .not_encrypted where what was written can be read without one, and as opening.
    """
    with told(path):
        with replacing(path) as fresh:
            with closing(open_database(path, passphrase=old)) as connection:
                check_integrity(connection, path)
                labels = _telling_texts(connection)
            _export(path, NO_PASSPHRASE if is_readable_by_all(path) else old, fresh, new)
            # The logs go into the files when their last connections are closed.
            with closing(open_database(fresh, passphrase=new)) as connection:
                check_integrity(connection, fresh)
            if new and not _hides(fresh, labels):
                raise StorageError("storage.not_encrypted", path=path)
        remove_copies(path)
        Backups(path).remove_all()


def _export(path: Path, old: str, fresh: Path, new: str) -> None:
    """Copy row by row; only SQLCipher can write one file encrypted and read the other one plain."""
    version, program = 0, 0
    with closing(connect(path, old, patience_s=PATIENCE_S, cipher=True)) as connection:
        ((version, program),) = connection.execute(
            "SELECT user_version, application_id FROM pragma_user_version, pragma_application_id"
        )
        key = quoted(new, path) if new else "''"
        connection.execute(f"ATTACH ? AS fresh KEY {key}", (str(fresh),))
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        connection.execute(f"PRAGMA fresh.user_version = {version}")
        connection.execute(f"PRAGMA fresh.application_id = {program}")
        connection.execute("DETACH fresh")


def _telling_texts(connection: sqlite3.Connection) -> list[bytes]:
    """Words that stand in every history's file: names of tables, and of what was answered."""
    rows = connection.execute("SELECT text FROM texts WHERE length(text) > 3 UNION SELECT 'sqlite_sequence'")
    return [row[0].encode() for row in rows]


def _hides(path: Path, texts: list[bytes]) -> bool:
    content = path.read_bytes()
    return is_encrypted(path) and not any(text in content for text in texts)
