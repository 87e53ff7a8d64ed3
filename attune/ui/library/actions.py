"""What can be done with a set, or with the clips chosen in it: in the menu, and by a key.

Each opens a page inside the Library (``parts.open``) or a dialog of its own, and is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from attune.app.editing import open_edited, save
from attune.app.edits import TakenOut
from attune.app.library import Clip, ClipSet, is_starter
from attune.ui.library.parts import Parts
from attune.ui.widgets.dialogs import Question

Act = Callable[[Parts, ClipSet, tuple[Clip, ...]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do, by its name in the words ``library.actions``.

    ``clips``: it is about the clips chosen, and cannot be done with none; else about the whole set.
    ``starter``: it can be done with the set that Attune carries, which nothing may change. ``locked``: only
    with a set that a passphrase locks, which has to be open; False: only with others; None: with both.
    """

    name: str
    act: Act
    keys: str = ""
    clips: bool = False
    starter: bool = False
    locked: bool | None = False


def practise_with(parts: Parts, clip_set: ClipSet) -> None:
    """Lead to Practise, where this set is the one chosen from now on."""
    parts.bridge.deliver(
        parts.services.settings.change(practise_with=None if is_starter(clip_set) else clip_set.folder.name),
        lambda _kept: None,
    )
    parts.bridge.page_wanted.emit("practise")


def ask_to_remove(parts: Parts, folder: Path, name: str) -> None:
    """Take a whole set off this computer, once the person has agreed."""

    def remove() -> None:
        removing = parts.services.library.remove(folder)
        parts.bridge.deliver(removing, lambda _removed: parts.changed(), failed)

    def failed(error: BaseException) -> None:
        parts.bridge.failed.emit(error)
        parts.changed()

    Question(
        parts.words, "library.remove_set", agreed=remove, parent=parts.page, theme=parts.theme, name=name
    )


def _remove_set(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    ask_to_remove(parts, clip_set.folder, clip_set.name)


def _programme(parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.programme import open_programme  # noqa: PLC0415 - on first use

    open_programme(parts, clip_set, clips)


def _edit(parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.editor import open_editor  # noqa: PLC0415 - on first use

    open_editor(parts, clip_set, clips)


def _take_out(parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    """Take clips out of a set and off the disk, once the person has agreed."""

    def work() -> None:
        edited = open_edited(clip_set.folder)
        save(edited.changed(TakenOut(), [clip.name for clip in clips]))

    def agreed() -> None:
        parts.bridge.deliver(parts.services.background.submit(work), lambda _done: parts.changed())

    key = "one" if len(clips) == 1 else "many"
    Question(
        parts.words,
        f"library.take_out.{key}",
        agreed=agreed,
        parent=parts.page,
        theme=parts.theme,
        count=len(clips),
        name=clips[0].name,
        set=clip_set.name,
    )


def _measure(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    parts.measure(clip_set)


def _pack(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.pack import ask_where  # noqa: PLC0415 - on first use

    ask_where(parts, clip_set)


def _protection(parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.protection import open_protection  # noqa: PLC0415 - on first use

    open_protection(parts, clip_set, clips)


def _table(what: str, parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.table import ACTS  # noqa: PLC0415 - on first use

    ACTS[what](parts, clip_set, clips)


def _record(parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.record import open_recorder  # noqa: PLC0415 - on first use

    open_recorder(parts, clip_set, clips)


def _locking(what: str, parts: Parts, clip_set: ClipSet, clips: tuple[Clip, ...]) -> None:
    from attune.ui.library.lock import ACTS  # noqa: PLC0415 - on first use

    ACTS[what](parts, clip_set, clips)


ACTIONS: tuple[Action, ...] = (
    Action(name="edit", act=_edit, keys="F2 Ctrl+E"),
    Action(name="take_out", act=_take_out, keys="Del", clips=True),
    Action(name="record", act=_record, starter=True, locked=None),
    Action(name="programme", act=_programme, starter=True, locked=None),
    Action(name="table", act=partial(_table, "one"), starter=True, locked=None),
    Action(name="tables", act=partial(_table, "all"), starter=True, locked=None),
    Action(name="protection", act=_protection),
    Action(name="lock", act=partial(_locking, "lock")),
    Action(name="lock_close", act=partial(_locking, "close"), locked=True),
    Action(name="lock_change", act=partial(_locking, "change"), locked=True),
    Action(name="lock_remove", act=partial(_locking, "take_away"), locked=True),
    Action(name="measure", act=_measure, starter=True),
    Action(name="pack", act=_pack, starter=True),
    Action(name="remove_set", act=_remove_set, locked=None),
)
