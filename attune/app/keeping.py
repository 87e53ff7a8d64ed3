"""What can be done to profiles while none of them is open, and what can be done when one does not open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from attune.app.folders import Folders, find_folders
from attune.app.forget import forget_everything
from attune.app.profiles import NO_PASSPHRASE, Backup, Profile, Profiles, check_name, needs_passphrase
from attune.app.settings import SettingsStore, glance
from attune.errors import AttuneError
from attune.storage.engine import quoted

if TYPE_CHECKING:
    from attune.app.services import Services

__all__ = ["Backup", "Change", "Profile", "Profiles", "Trouble", "check_name", "needs_passphrase"]

FROM_BACKUPS = frozenset(
    f"storage.{name}" for name in ("damaged", "missing", "not_a_database", "wrong_passphrase")
)


@dataclass(frozen=True, slots=True)
class Change:
    """``work`` wants every profile closed; ``passphrase`` opens the one that is opened after it.

    None: the passphrase stays what it was. ``work`` blocks and raises AttuneError; nothing is changed then.
    """

    work: Callable[[Folders], object]
    passphrase: str | None = None


def again(passphrase: str | None = None) -> Change:
    """Nothing is changed; the same profile is opened once more."""
    return Change(lambda _folders: None, passphrase)


def use(name: str) -> Change:
    """Another profile is opened from now on; where it has a passphrase, that is asked for."""
    return Change(lambda folders: _name(folders, name), NO_PASSPHRASE)


def create(name: str, passphrase: str) -> Change:
    """A new profile is made and opened, with a passphrase or without ("")."""

    def work(folders: Folders) -> None:
        check_passphrase(passphrase)
        _name(folders, Profiles(folders.profiles).create(name).name)

    return Change(work, passphrase)


def rename(profile: Profile, name: str) -> Change:
    """The open profile gets another name."""

    def work(folders: Folders) -> None:
        _name(folders, Profiles(folders.profiles).rename(profile, name).name)

    return Change(work)


def delete(profile: Profile) -> Change:
    """The profile goes with all that is in it, and the first of the others is opened."""

    def work(folders: Folders) -> None:
        Profiles(folders.profiles).delete(profile)
        _name(folders, None)

    return Change(work, NO_PASSPHRASE)


def change_passphrase(profile: Profile, old: str, new: str) -> Change:
    """The open profile opens with another passphrase from now on, or with none ("")."""

    def work(folders: Folders) -> None:
        check_passphrase(new)
        Profiles(folders.profiles).change_passphrase(profile, old, new)

    return Change(work, new)


def restore(profile: Profile, source: Path, passphrase: str) -> Change:
    """A backup takes the place of the profile's history; ``passphrase`` is that of the backup."""
    return Change(lambda folders: Profiles(folders.profiles).restore(profile, source, passphrase), passphrase)


def forget_all() -> Change:
    """Everything about everybody goes; an empty profile is opened."""
    return Change(forget_everything, NO_PASSPHRASE)


def check_passphrase(passphrase: str) -> None:
    """Raise StorageError storage.passphrase_unusable for one that cannot be set."""
    quoted(passphrase, Path())


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why the ``profile`` did not open, and what there is instead.

    ``backups``: those that could take its place, newest first; ``locked``: they open with a passphrase;
    ``others``: every other profile.
    """

    error: AttuneError
    profile: Profile
    others: Sequence[Profile] = ()
    backups: Sequence[Backup] = ()
    locked: bool = False

    @property
    def can_be_helped(self) -> bool:
        """Whether anything but trying again is left."""
        return self.error.key in FROM_BACKUPS | {"storage.passphrase_needed"} or bool(self.others)


def examine(error: AttuneError, folders: Folders) -> Trouble:
    """What can be done about ``error``, which opening the profile of the settings raised. Blocks.

    Raises StorageError where not even that can be found out.
    """
    profiles = Profiles(folders.profiles)
    profile = profiles.usual(glance(folders.settings).profile)
    backups = profiles.backups(profile) if error.key in FROM_BACKUPS else ()
    return Trouble(
        error=error,
        profile=profile,
        others=tuple(other for other in profiles.all() if other != profile),
        backups=backups,
        locked=bool(backups) and needs_passphrase(backups[0].file),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What came of opening a profile: ``services``, or the ``trouble`` with it.

    ``problem``: why the change before it was not made; ``passphrase``: what it was tried with.
    """

    passphrase: str
    services: Services | None = None
    trouble: Trouble | None = None
    problem: AttuneError | None = None


def open_after(
    change: Change, make: Callable[[str], Services], *, before: Services | None, passphrase: str
) -> Opening:
    """Close the services of ``before``, make the change, ``make`` services with the passphrase. Blocks.

    Where the change cannot be made, all is opened as it was. Raises AttuneError where nothing can be done.
    """
    if before is not None:
        before.close()
    folders, problem = find_folders(), None
    try:
        change.work(folders)
        passphrase = passphrase if change.passphrase is None else change.passphrase
    except AttuneError as error:
        problem = error
    try:
        services = make(passphrase)
    except AttuneError as error:
        trouble = examine(error, folders)
        return Opening(passphrase=passphrase, trouble=trouble, problem=problem)
    return Opening(passphrase=passphrase, services=services, problem=problem)


def _name(folders: Folders, name: str | None) -> None:
    """Keep whose profile is opened."""
    settings = SettingsStore(folders.settings)
    try:
        settings.change(profile=name).result()
    finally:
        settings.close()
