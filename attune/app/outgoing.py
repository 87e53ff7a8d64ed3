"""What is written outside of Attune's own folders, in the open: nothing half written of it stays there.

While something is on its way, a note in ``outgoing/``, beside what it is taken from, says in which hidden
folder it is being written. Whoever writes holds a lock on the note, which the system takes back however the
program ends: a note without one names what nobody is writing any more, and only that is taken away.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from attune.files import UNFINISHED, replacing, unfinished_in, write_through
from attune.storage.lock import Lock, take_lock

OUTGOING, ENDING = "outgoing", ".lock"
OLD_S = 24 * 3600.0  # nobody takes so long to write a note
MISSED_S = 90 * OLD_S  # a disk that is not there for so long is not waited for
_OURS = re.compile(re.escape(UNFINISHED) + "[0-9a-f]{16}")


@contextmanager
def going_out(target: Path, keeper: Path) -> Iterator[Path]:
    """Lend a name as :func:`replacing` does, for what is taken out of ``keeper``, a folder. Raises OSError.

    Has taken away, too, what was being taken out of it when the program was stopped.
    """
    take_back(keeper)
    place = unfinished_in(target.absolute().parent)
    with _noted(place, keeper / OUTGOING), replacing(target, place) as fresh:
        yield fresh


def take_back(*keepers: Path) -> Thread:
    """Begin to take away what was being taken out of folders when the program was stopped.

    On a thread that nothing waits for, the program's end neither: a disk in a network may never say that it
    is not there. What lies on a disk that is not there, or cannot be deleted just now, is left for the next
    time.
    """
    thread = Thread(target=_take_all_back, args=keepers, name="taking back", daemon=True)
    thread.start()
    return thread


@contextmanager
def _noted(place: Path, notes: Path) -> Iterator[None]:
    """Without a note where none can be written: a full disk keeps nobody from taking out what is theirs."""
    noted = None
    if place.parent.is_dir():  # or nothing will be written there
        with suppress(OSError):
            noted = _note(place, notes)
    try:
        yield
    finally:
        if noted is not None:
            _let_go(*noted, gone=place.parent.is_dir() and not place.exists())


def _note(place: Path, notes: Path) -> tuple[Path, Lock]:
    notes.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = notes / os.urandom(8).hex()
    note = name.with_name(name.name + ENDING)
    lock = take_lock(name)
    assert lock is not None  # nobody else knows of it
    try:
        note.write_bytes(os.fsencode(place))
        write_through(note)
    except BaseException:
        _let_go(note, lock, gone=True)
        raise
    return note, lock


def _take_all_back(*keepers: Path) -> None:
    for keeper in keepers:
        for note in (keeper / OUTGOING).glob(f"*{ENDING}"):
            with suppress(OSError):
                _take_back(note)


def _take_back(note: Path) -> None:
    said = note.read_bytes()
    age_s = time.time() - note.stat().st_mtime
    if not said:  # somebody is about to write it, or was stopped just then, with nothing begun
        if age_s > OLD_S:
            note.unlink()
        return
    lock = take_lock(note.with_suffix(""))
    if lock is None:
        return
    gone = False
    try:
        place = Path(os.fsdecode(said))
        if _OURS.fullmatch(place.name) and place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        gone = place.parent.is_dir() or age_s > MISSED_S
    finally:
        _let_go(note, lock, gone=gone)


def _let_go(note: Path, lock: Lock, *, gone: bool) -> None:
    """Of a note, which goes where there is nothing left to take away, or once it is old."""
    lock.release(clean=gone)
    if gone:
        with suppress(OSError):  # another window may be reading it: Windows keeps it then, empty
            note.unlink(missing_ok=True)
