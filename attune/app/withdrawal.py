"""Somebody withdraws: every clip of theirs goes, with all that was made of it, and a list proves it.

The list is written before anything is touched. From then on it is carried to its end however the program
ends: each step may be done twice, and the next start goes on with what is left.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.app.disk import writing_below
from attune.app.folders import Folders
from attune.app.history import History, open_history
from attune.app.library import ClipSet, Library, is_locked, is_starter
from attune.app.profiles import Profile, Profiles
from attune.app.withdrawal_plan import FromSet, Kind, Piece, Withdrawal, caches_of, plan
from attune.clips.folder import inside, read_text, relative_name
from attune.clips.manifest import MANIFEST, read_manifest
from attune.clips.table import MOST_BYTES, TABLE
from attune.clips.writing import manifest_text, replace_text
from attune.errors import LibraryError, StorageError
from attune.files import remove_unfinished

__all__ = ["Kind", "Piece", "Withdrawal", "Withdrawals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawals:
    """All withdrawals on this computer. Futures fail with LibraryError; what is left then is done later."""

    folders: Folders
    library: Library
    profiles: Profiles
    profile: Profile
    history: History
    vocabulary: Vocabulary
    background: Executor

    def look(self, person: str, wanted: Mapping[Path, str]) -> Future[Withdrawal]:
        """What would go; nothing is touched. ``wanted``: in which set's folder they go by which name."""
        return self.background.submit(self._plan, person, wanted)

    def withdraw(self, person: str, wanted: Mapping[Path, str]) -> Future[Withdrawal]:
        """Delete everything that :meth:`look` tells of, and give the list of it."""
        return self.background.submit(lambda: self._carry_out(self._plan(person, wanted)))

    def sets_with(self, person: str) -> Future[tuple[ClipSet, ...]]:
        """The sets on the shelf in which somebody goes by this name."""
        return self.background.submit(
            lambda: tuple(each for each in self._sets() if any(clip.person == person for clip in each.clips))
        )

    def lists(self) -> Future[tuple[Withdrawal, ...]]:
        """The lists nobody has put away yet, the earliest first."""
        return self.background.submit(self._lists)

    def put_away(self, withdrawal: Withdrawal) -> Future[None]:
        """Delete a list, once nothing is left to do; what was made of the clips meanwhile goes with it."""
        return self.background.submit(self._put_away, withdrawal)

    def go_on(self) -> Future[None]:
        """Do what is left to do, where something is."""
        return self.background.submit(self.finish)

    def save(self, target: Path, said: str) -> Future[None]:
        """Write a list, in words, into a file of the person's choice."""

        def write() -> None:
            with writing_below(target.parent):
                replace_text(target, said)

        return self.background.submit(write)

    def finish(self) -> None:
        """What :meth:`go_on` promises, on the thread of who asks. Raises LibraryError."""
        with writing_below(self._folder):
            remove_unfinished(self._folder)
        for withdrawal in self._lists():
            if not withdrawal.finished:
                self._carry_out(withdrawal)

    def _plan(self, person: str, wanted: Mapping[Path, str]) -> Withdrawal:
        sets = self._sets()
        read = {each.folder for each in sets}
        unread = [folder.name for folder in self.library.shelf.sets() if folder not in read]
        return plan(person, wanted, sets, folders=self.folders, unread=unread)

    def _sets(self) -> list[ClipSet]:
        """The sets that can be looked into and written; Attune's own is nobody's."""
        return [each for each in self.library.contents() if not (is_starter(each) or is_locked(each))]

    def _carry_out(self, withdrawal: Withdrawal) -> Withdrawal:
        with writing_below(self._folder):
            withdrawal.keep(self._folder)
            if not withdrawal.done:
                for each in withdrawal.sets:
                    self._take_from(each)
                self._sweep(withdrawal.hashes)
            return self._clear_profiles(withdrawal)

    def _take_from(self, each: FromSet) -> None:
        folder = next((path for path in self.library.shelf.sets() if path.name == each.folder), None)
        if folder is None:  # it went as a whole, before the program was ended
            return
        if each.whole:
            self.library.shelf.remove(folder)
            return
        remove_unfinished(folder)  # what a stopped edit left would name the person still
        _drop_rows(folder, each.clips)
        _drop_consent(folder, each.people)
        for name in each.files:
            if (path := inside(folder, name)) is not None:
                path.unlink(missing_ok=True)

    def _sweep(self, hashes: Collection[str]) -> None:
        for _, path in caches_of(hashes, self.folders):
            path.unlink(missing_ok=True)

    def _clear_profiles(self, withdrawal: Withdrawal) -> Withdrawal:
        """The open history, and those that open without a passphrase; the others wait until they do."""
        waiting = []
        for profile in self.profiles.all():
            if profile.name in withdrawal.cleared:
                continue
            try:
                withdrawal = self._clear(profile, withdrawal)
            except StorageError:
                waiting.append(profile.name)  # the list says so
        withdrawal = replace(withdrawal, done=True, waiting=tuple(waiting))
        withdrawal.keep(self._folder)
        return withdrawal

    def _clear(self, profile: Profile, withdrawal: Withdrawal) -> Withdrawal:
        opened = profile == self.profile
        history = self.history if opened else open_history(profile.file, self.vocabulary)
        try:
            count = history.count_links(withdrawal.hashes).result()
            withdrawal = _counted(withdrawal, profile.name, count)
            withdrawal.keep(self._folder)
            history.unlink(withdrawal.hashes).result()
        finally:
            if not opened:
                history.close()
        return replace(withdrawal, cleared=(*withdrawal.cleared, profile.name))

    def _lists(self) -> tuple[Withdrawal, ...]:
        found = []
        for path in sorted(self._folder.glob("*.json")):
            try:
                found.append(Withdrawal.read(path))
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise LibraryError("library.list_unreadable", path=str(path)) from error
        return tuple(sorted(found, key=lambda each: each.begun))

    def _put_away(self, withdrawal: Withdrawal) -> None:
        assert withdrawal.finished
        with writing_below(self._folder):
            self._sweep(withdrawal.hashes)  # a measurement under way when they went may have ended since
            (self._folder / f"{withdrawal.id}.json").unlink(missing_ok=True)

    @property
    def _folder(self) -> Path:
        return self.folders.library / "withdrawals"


def _counted(withdrawal: Withdrawal, profile: str, count: int) -> Withdrawal:
    """With how many answers of a profile led to the clips, unless that was counted before it was ended."""
    known = any(piece.kind is Kind.ANSWERS and piece.where == profile for piece in withdrawal.gone)
    if known or not count:
        return withdrawal
    return replace(withdrawal, gone=(*withdrawal.gone, Piece(Kind.ANSWERS, profile, count)))


def _drop_rows(folder: Path, clips: Collection[str]) -> None:
    """Write the set's table without these clips, all else in it as it was."""
    rows = list(csv.reader(io.StringIO(read_text(folder, TABLE, MOST_BYTES), newline=""), strict=True))
    header = next(row for row in rows if any(cell.strip() for cell in row))
    place = [cell.strip().lower() for cell in header].index("file")
    kept = [
        row for row in rows if len(row) <= place or (relative_name(row[place].strip()) or "") not in clips
    ]
    if len(kept) < len(rows):
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(kept)
        replace_text(folder / TABLE, written.getvalue())


def _drop_consent(folder: Path, people: Collection[str]) -> None:
    manifest = read_manifest(folder)
    left = tuple(each for each in manifest.consent if each.person not in people)
    if left != manifest.consent:
        replace_text(folder / MANIFEST, manifest_text(replace(manifest, consent=left)))
