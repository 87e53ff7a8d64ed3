"""Copies of a history made while it is whole, a few of them, so that a broken disk costs a day at most."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from attune.errors import StorageError
from attune.files import remove_unfinished, replacing, write_through
from attune.storage.database import PATIENCE_S, check_integrity, copy_database, open_database
from attune.storage.engine import NO_PASSPHRASE, connect, is_encrypted, is_readable_by_all
from attune.storage.troubles import told

DAYS = 7  # the last backup of each of so many days is kept
SET_ASIDE = "set-aside-"
NAME = re.compile(r"(\d{6})-(\d{4}-\d\d-\d\d)\.sqlite3")

# What changes with every answer, session and note; times do not say it, as clocks are set back.
STATE = """
    SELECT (SELECT group_concat(name || seq) FROM sqlite_sequence),
        (SELECT count(*) FROM sessions), (SELECT count(ended_at) FROM sessions),
        (SELECT count(*) FROM answers), (SELECT max(changed_at) FROM notes),
        (SELECT max(changed) FROM people), (SELECT max(changed) FROM moments),
        (SELECT max(changed) FROM told_notes), (SELECT count(ended_at) + sum(finished) FROM recordings)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One copy: the ``number`` counts up, ``day`` is that of this computer's clock when it was made."""

    file: Path
    number: int
    day: date
    size: int


class Backups:
    """The folder ``backups`` beside a history. Every method blocks; call them off the UI thread.

    Raises StorageError where the disk does not do what it is asked.
    """

    def __init__(self, path: Path, *, passphrase: str = NO_PASSPHRASE) -> None:
        self._path = path
        self._passphrase = passphrase
        self._folder = path.parent / "backups"

    def all(self) -> tuple[Backup, ...]:
        """Those there are, newest first."""
        with told(self._path):
            found = []
            for file in self._folder.glob("*.sqlite3") if self._folder.is_dir() else ():
                if match := NAME.fullmatch(file.name):
                    number, day = int(match[1]), date.fromisoformat(match[2])
                    found.append(Backup(file=file, number=number, day=day, size=file.stat().st_size))
            return tuple(sorted(found, key=lambda backup: -backup.number))

    def has_passphrase(self) -> bool:
        """Whether the history has one. A damaged file may look like that: the latest backup tells."""
        with told(self._path):
            latest = next((backup.file for backup in self.all()), self._path)
            return is_encrypted(self._path) and is_encrypted(latest)

    def make(self, today: date) -> Backup | None:
        """Copy the history, others writing meanwhile or not; None where there is nothing new to copy.

        The copy is read through before it counts: a damaged history replaces no good backup.
        """
        earlier = self.all()
        number = earlier[0].number + 1 if earlier else 1
        file = self._folder / f"{number:06}-{today.isoformat()}.sqlite3"
        with told(self._path), closing(self._connect(self._path)) as source:
            state = source.execute(STATE).fetchone()
            anything = state[0] is not None
            if not anything or (earlier and state == self._state(earlier[0])):
                return None
            self._folder.mkdir(mode=0o700, exist_ok=True)
            remove_unfinished(self._folder)
            copy_database(source, file, self._secret(self._path))
            self._rotate()
        return Backup(file=file, number=number, day=today, size=file.stat().st_size)

    def write_to(self, target: Path) -> None:
        """Copy the history to a file of the person's choice, which replaces one of that name."""
        with told(self._path), closing(self._connect(self._path)) as source:
            secret = self._secret(self._path)
            with told(target):  # it may be on another disk, which is full
                copy_database(source, target, secret)

    def restore(self, source: Path) -> None:
        """Put a backup, or any history file, in the place of the history. Nobody may have that open.

        What was there before is set aside in the folder of backups; earlier backups are too where one of the
        two has a passphrase and the other has none. Raises StorageError about ``source`` where that is no
        whole history this Attune and this passphrase can read; nothing is changed then.
        """
        with told(self._path):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(self._path) as fresh:
                shutil.copyfile(source, fresh)
                try:
                    self._examine(fresh)
                except StorageError as error:
                    raise StorageError(error.key, **{**error.fields, "path": source}) from error
                self._set_aside()
                # A log that is left would be taken for the new file's own.
                for suffix in ("-wal", "-shm"):
                    self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            for backup in self.all():
                if is_encrypted(backup.file) != is_encrypted(self._path):
                    backup.file.rename(self._aside(backup.file.name))

    def has_set_aside(self) -> bool:
        """Whether there is a history that a restored one took the place of."""
        return any(self._folder.glob(f"{SET_ASIDE}*"))

    def remove_all(self) -> None:
        """Delete every copy, those set aside too."""
        with told(self._path):
            if self._folder.is_dir():
                shutil.rmtree(self._folder)

    def _examine(self, fresh: Path) -> None:
        if not (is_readable_by_all(fresh) or is_encrypted(fresh)):
            raise StorageError("storage.not_a_database", path=fresh)
        with closing(open_database(fresh, passphrase=self._passphrase)) as connection:
            check_integrity(connection, fresh)

    def _set_aside(self) -> None:
        """Copy the file and its log, whatever state they are in."""
        if not self._path.exists():
            return
        self._folder.mkdir(mode=0o700, exist_ok=True)
        aside = self._aside(self._path.name)
        for suffix in ("", "-wal"):
            file = self._path.with_name(self._path.name + suffix)
            if file.exists():
                shutil.copyfile(file, aside.with_name(aside.name + suffix))
                write_through(aside.with_name(aside.name + suffix))

    def _aside(self, name: str) -> Path:
        """A name nobody has yet, under which nothing counts as a backup."""
        names = (self._folder / f"{SET_ASIDE}{number}-{name}" for number in count(1))
        return next(file for file in names if not file.exists())

    def _rotate(self) -> None:
        kept: set[date] = set()
        for backup in self.all():
            if backup.day in kept or len(kept) == DAYS:
                backup.file.unlink()
            else:
                kept.add(backup.day)

    def _state(self, backup: Backup) -> object:
        try:
            with closing(self._connect(backup.file)) as connection:
                return connection.execute(STATE).fetchone()
        except Exception as error:
            if getattr(error, "sqlite_errorcode", None) is None:
                raise
            return None  # one that cannot be read says nothing, so a new one is made

    def _connect(self, path: Path) -> sqlite3.Connection:
        connection = connect(path, self._secret(path), patience_s=PATIENCE_S)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _secret(self, path: Path) -> str:
        return NO_PASSPHRASE if is_readable_by_all(path) else self._passphrase
