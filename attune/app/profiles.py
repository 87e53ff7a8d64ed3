"""Whose practice it is: several histories, each in a folder of its own, with a passphrase or without."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from secrets import token_hex

from attune.errors import ProfileError, StorageError
from attune.storage.backups import Backup, Backups
from attune.storage.cipher import change_passphrase
from attune.storage.database import open_database
from attune.storage.engine import NO_PASSPHRASE, is_encrypted
from attune.storage.lock import Lock, take_lock
from attune.storage.troubles import told

__all__ = ["NO_PASSPHRASE", "Backup", "Profile", "Profiles", "check_name", "needs_passphrase"]

FIRST = "Me"  # until it is given another name
FILE = "history.sqlite3"
LONGEST = 60  # letters in a name
UNUSUAL = re.compile(
    r'[<>:"/\\|?*%\x00-\x1f]|^[. ]|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?=$|\.)', re.IGNORECASE
)
DELETED = ".deleted"  # profiles on their way out; no profile's folder begins with a dot


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's history: ``folder`` holds its file, backups, a couple's recordings, programmes."""

    name: str
    folder: Path

    @property
    def file(self) -> Path:
        """The database."""
        return self.folder / FILE

    @property
    def programmes(self) -> Path:
        """Folder of what somebody gave them to practise."""
        return self.folder / "programmes"

    @property
    def has_passphrase(self) -> bool:
        """Whether the history opens with a passphrase only; looks at the disk."""
        return Backups(self.file).has_passphrase()


class Profiles:
    """The profiles in one folder. Every method blocks: call them off the UI thread.

    What changes a profile wants it closed in every window, else StorageError storage.in_use. All raise
    StorageError where the disk does not do what it is asked, ProfileError for names.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> tuple[Profile, ...]:
        """Every profile, by name."""
        if not self._folder.is_dir():
            return ()
        with told(self._folder):
            found = [
                Profile(_name_of(folder.name), folder)
                for folder in self._folder.iterdir()
                if folder.is_dir() and not folder.name.startswith(".")
            ]
        return tuple(sorted(found, key=lambda profile: (profile.name.casefold(), profile.name)))

    def find(self, name: str) -> Profile:
        """The profile of this name, in large letters or small. Raises ProfileError profiles.unknown."""
        for profile in self.all():
            if _same(profile.name, name):
                return profile
        known = ", ".join(profile.name for profile in self.all()) or FIRST
        raise ProfileError("profiles.unknown", name=name, known=known)

    def usual(self, name: str | None) -> Profile:
        """The profile of this name where there is one, else the first one; made when there is none yet."""
        profiles = self.all()
        for profile in profiles:
            if name is not None and _same(profile.name, name):
                return profile
        return profiles[0] if profiles else self.create(FIRST)

    def create(self, name: str) -> Profile:
        """A new profile, its history made when it is first opened: with that passphrase, if there is one.

        Raises ProfileError profiles.name_taken, .name_empty, .name_too_long.
        """
        folder = self._free(name)
        with told(folder):
            folder.mkdir(mode=0o700, parents=True)
        return Profile(_tidy(name), folder)

    def rename(self, profile: Profile, name: str) -> Profile:
        """The same profile under another name. Raises ProfileError as :meth:`create` does."""
        folder = self._free(name, instead_of=profile)
        with _alone(profile):
            pass  # Windows moves no folder in which a file is open
        with told(profile.file):
            profile.folder.rename(folder)
        return Profile(_tidy(name), folder)

    def delete(self, profile: Profile) -> None:
        """Delete a profile with its history, notes and backups."""
        with _alone(profile):
            pass
        with told(profile.file):
            gone = self._folder / DELETED
            gone.mkdir(mode=0o700, exist_ok=True)
            profile.folder.rename(gone / token_hex(8))
        self.finish_deleting()

    def finish_deleting(self) -> None:
        """Delete what is left of profiles where Attune was ended in the middle of deleting them."""
        with told(self._folder):
            if (self._folder / DELETED).exists():
                shutil.rmtree(self._folder / DELETED)

    def change_passphrase(self, profile: Profile, old: str, new: str) -> None:
        """Encrypt the history under another passphrase; "" for ``new``: without any from now on.

        Backups of before are deleted, since they have the old one, and one is made anew. Raises StorageError
        storage.wrong_passphrase where ``old`` does not open it; nothing is changed then.
        """
        with _alone(profile):
            change_passphrase(profile.file, old, new)
            Backups(profile.file, passphrase=new).make(date.today())  # noqa: DTZ011 - the day as people count it

    def backups(self, profile: Profile) -> tuple[Backup, ...]:
        """Its backups, newest first."""
        return Backups(profile.file).all()

    def back_up(self, profile: Profile, target: Path, passphrase: str = NO_PASSPHRASE) -> None:
        """Copy its history, open or not, into a file of the person's choice; it keeps its passphrase."""
        with closing(open_database(profile.file, passphrase=passphrase, read_only=True)):
            pass  # says what is amiss in the words of opening
        Backups(profile.file, passphrase=passphrase).write_to(target)

    def restore(self, profile: Profile, source: Path, passphrase: str = NO_PASSPHRASE) -> None:
        """Put a backup in the place of its history; what was there is set aside among the backups.

        ``passphrase`` is that of the backup, and the history's from then on. Raises StorageError with
        ``source`` as its path, nothing being changed, where that is no whole history or another's passphrase.
        """
        with _alone(profile) as lock:
            Backups(profile.file, passphrase=passphrase).restore(source)
            lock.unclean = False  # it was read through

    def adopt(self, old_file: Path) -> None:
        """Move the one history of before there were profiles into the first of them."""
        if not old_file.is_file() or self.all():
            return
        # The last to close folds the log into the file, so that one rename moves everything.
        open_database(old_file).close()
        if old_file.with_name(old_file.name + "-wal").exists():
            raise StorageError("storage.locked", path=old_file)
        profile = self.create(FIRST)
        with told(old_file):
            old_file.rename(profile.file)
            for copy in old_file.parent.glob(f"{FILE}.version-*"):
                copy.rename(profile.folder / copy.name)

    def _free(self, name: str, *, instead_of: Profile | None = None) -> Path:
        """The folder for a new name."""
        check_name(name, [profile for profile in self.all() if profile != instead_of])
        return self._folder / _folder_of(_tidy(name))


def check_name(name: str, others: Iterable[Profile]) -> None:
    """Raise ProfileError profiles.name_taken, .name_empty, .name_too_long for one that no profile can get."""
    tidy = _tidy(name)
    if not tidy:
        raise ProfileError("profiles.name_empty")
    if len(tidy) > LONGEST:
        raise ProfileError("profiles.name_too_long", most=LONGEST)
    for other in others:
        if _same(other.name, tidy):
            raise ProfileError("profiles.name_taken", name=other.name)


def needs_passphrase(file: Path) -> bool:
    """Whether a history or a backup opens with a passphrase only. Raises StorageError."""
    with told(file):
        return is_encrypted(file)


@contextmanager
def _alone(profile: Profile) -> Iterator[Lock]:
    """Nobody else writes the history meanwhile."""
    with told(profile.file):
        lock = take_lock(profile.file)
    if lock is None:
        raise StorageError("storage.in_use", path=profile.file)
    try:
        yield lock
    finally:
        lock.release(clean=not lock.unclean)


def _tidy(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _same(one: str, other: str) -> bool:
    return _tidy(one).casefold() == _tidy(other).casefold()


def _folder_of(name: str) -> str:
    """A name for a folder on every system: letters that some do not take become ``%`` and their number."""
    return UNUSUAL.sub(lambda found: f"%{ord(found[0][0]):02X}{found[0][1:]}", name)


def _name_of(folder: str) -> str:
    plain = re.sub(r"%([0-9A-F]{2})", lambda found: chr(int(found[1], 16)), folder)
    return unicodedata.normalize("NFC", plain)
