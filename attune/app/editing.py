"""A clip set being edited: what is changed, step after step, each to be undone, until it is saved.

Everything is a value, so that the window can hold one, show it and throw it away. Saving replaces the table
in one step; a table that somebody else wrote meanwhile is told of, never overwritten by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.app.edits import Change
from attune.clips.clip_set import Clip, ClipSet, load_clip_set, vocabulary_named
from attune.clips.table import TABLE
from attune.clips.writing import replace_text, table_text
from attune.errors import EditError
from attune.storage.lock import take_lock

MOST_STEPS = 200  # that can be undone; a step of ten thousand clips takes 80 kB
LOCK = ".clips"  # beside the table; the lock itself is named .clips.lock


@dataclass(frozen=True, slots=True)
class Step:
    """One change made to some clips: ``clips`` are all of the set's, before it or, once undone, after it."""

    change: Change
    names: tuple[str, ...]
    clips: tuple[Clip, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """``saved``: the set as it is on the disk, ``clips`` as they would be saved now.

    ``table``: sha256 of the table that was read or saved; ``done`` can be undone, the last first, ``undone``
    can be done again, the last first.
    """

    saved: ClipSet
    clips: tuple[Clip, ...]
    vocabulary: Vocabulary
    table: str
    done: tuple[Step, ...] = field(default=())
    undone: tuple[Step, ...] = field(default=())

    @property
    def unsaved(self) -> bool:
        """Whether something is not on the disk yet."""
        return self.clips is not self.saved.clips

    @property
    def clip_set(self) -> ClipSet:
        """The set as it would be saved now."""
        return replace(self.saved, clips=self.clips)

    def clip(self, name: str) -> Clip:
        """One of the clips. Raises EditError editing.unknown_clip."""
        for clip in self.clips:
            if clip.name == name:
                return clip
        raise EditError("editing.unknown_clip", clip=name)

    def changed(self, change: Change, names: Collection[str], *, going_on: bool = False) -> Edited:
        """The set with the clips of these names changed, as one step; the same where that changes nothing.

        ``going_on``: it belongs to the step before, as when a key is held, and is undone with it. Raises
        EditError where the change is not possible for one of them, and for a name that is not there.
        """
        wanted = set(names)
        if unknown := wanted - {clip.name for clip in self.clips}:
            raise EditError("editing.unknown_clip", clip=min(unknown))
        made = [change.apply(clip) if clip.name in wanted else clip for clip in self.clips]
        clips = tuple(clip for clip in made if clip is not None)
        if not clips:
            raise EditError("editing.last_clip")
        if clips == self.clips:
            return self
        step = Step(change, tuple(names), self.clips)
        if going_on and self.done and self.done[-1].names == step.names:
            step, done = replace(self.done[-1], change=change), self.done[:-1]
        else:
            done = self.done[-MOST_STEPS + 1 :]
        return replace(self, clips=clips, done=(*done, step), undone=())

    def undo(self) -> Edited:
        """Before the last step; the same where there is none."""
        if not self.done:
            return self
        *done, step = self.done
        again = replace(step, clips=self.clips)
        return replace(self, clips=step.clips, done=tuple(done), undone=(*self.undone, again))

    def redo(self) -> Edited:
        """After the step that was undone last; the same where there is none."""
        if not self.undone:
            return self
        *undone, step = self.undone
        back = replace(step, clips=self.clips)
        return replace(self, clips=step.clips, done=(*self.done, back), undone=tuple(undone))


def open_edited(folder: Path) -> Edited:
    """Read a set to edit it. Raises ClipSetError."""
    table = _digest(folder / TABLE)
    clip_set = load_clip_set(folder)
    vocabulary = vocabulary_named(clip_set.vocabulary)
    return Edited(saved=clip_set, clips=clip_set.clips, vocabulary=vocabulary, table=table)


def save(edited: Edited, *, over: bool = False) -> Edited:
    """Write what was changed, in one step; then delete the media that the table does not name any more.

    ``over``: also over what somebody else wrote meanwhile. What a deleted file would be needed for cannot be
    undone any more. Raises EditError editing.changed_meanwhile, being_saved or not_saved: all is as before.
    """
    folder = edited.saved.folder
    text = table_text(edited.clips, edited.vocabulary.names, folder=folder)
    try:
        with _alone(folder):
            if not over and _digest(folder / TABLE) != edited.table:
                raise EditError("editing.changed_meanwhile", folder=folder)
            replace_text(folder / TABLE, text)
            table = _digest(folder / TABLE)
            gone = {clip.file for clip in edited.saved.clips} - {clip.file for clip in edited.clips}
            for file in gone:
                with suppress(OSError):  # one that somebody has open takes room, and nothing else
                    file.unlink(missing_ok=True)
    except OSError as error:
        raise EditError("editing.not_saved", folder=folder, reason=error.strerror) from error
    return on_top(edited, replace(edited, saved=edited.clip_set, table=table))


def on_top(now: Edited, saved: Edited) -> Edited:
    """What was edited on while an earlier state of it was being saved."""
    done, undone = _still_possible(now.done), _still_possible(now.undone)
    return replace(now, saved=saved.saved, table=saved.table, done=done, undone=undone)


def _still_possible(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps after the last one that needs a file which is gone."""
    there: dict[Path, bool] = {}
    for place in reversed(range(len(steps))):
        for clip in steps[place].clips:
            if clip.file not in there:
                there[clip.file] = clip.file.is_file()
            if not there[clip.file]:
                return steps[place + 1 :]
    return steps


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other Attune saves this set meanwhile. Raises EditError editing.being_saved, OSError."""
    lock = take_lock(folder / LOCK)
    if lock is None:
        raise EditError("editing.being_saved", folder=folder)
    try:
        yield
    finally:
        lock.release(clean=True)


def _digest(table: Path) -> str:
    """sha256 of the table; of nothing where there is none."""
    return hashlib.sha256(table.read_bytes() if table.is_file() else b"").hexdigest()
