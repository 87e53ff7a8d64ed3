"""``attune clips``: changing a set, packing it, taking it off the library."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from attune.app.editing import open_edited, save
from attune.app.edits import TakenOut, Who, change_of
from attune.app.packing import ENDING, pack_set
from attune.cli.clips import opened_library
from attune.cli.formats import ReportFormat, write_line
from attune.cli.terminal import FINE, ProgressBar, make_sure
from attune.resources import Words


def edit_clips(
    name: str,
    clips: Sequence[str],
    values: Sequence[str],
    form: ReportFormat,
    *,
    by: str,
    words: Words,
    sure: bool,
) -> int:
    """Set columns of some clips or, without values, take them out: all of it or nothing."""
    with opened_library() as library:
        edited = open_edited(library.find(name))
    who = Who.read(by)
    for value in values:
        column, text = parted(value, "COLUMN=VALUE", words)
        edited = edited.changed(change_of(column, text, who, edited.vocabulary), clips)
    if not values:
        edited = edited.changed(TakenOut(), clips)
        question = words("clips.edit.sure", count=len(clips), name=edited.saved.name)
        make_sure(question, words("clips.say_yes"), sure=sure)
    save(edited)
    told = words("clips.edit.done", name=edited.saved.name, count=len(clips))
    return _done(told, form, id=edited.saved.folder.name, clips=list(clips))


def pack(name: str, target: Path | None, form: ReportFormat, words: Words) -> int:
    """Write a set as one file."""
    with opened_library() as library:
        folder = library.find(name)
        target = target or Path(f"{folder.name}{ENDING}")
        with ProgressBar(target.name) as progress:
            pack_set(
                folder,
                target.absolute(),
                library=library,
                progress=lambda advance: progress(advance.done, advance.total),
                stopped=lambda: False,
            )
    told = words("clips.pack.done", path=target)
    return _done(told, form, id=folder.name, path=str(target), bytes=target.stat().st_size)


def remove(name: str, form: ReportFormat, words: Words, *, sure: bool) -> int:
    """Delete a set of the library; one that cannot be read any more, too."""
    with opened_library() as library:
        folder = library.find(name)
        known = {each.folder: each for each in library.sets().result()}
        if folder not in library.shelf.sets():
            raise typer.BadParameter(words("clips.remove.not_ours", name=name))
        shelved = known[folder]
        question = words("clips.remove.sure", name=shelved.name, clips=shelved.clips)
        make_sure(question, words("clips.say_yes"), sure=sure)
        library.remove(folder).result()
    return _done(words("clips.remove.done", name=shelved.name), form, id=folder.name)


def _done(told: str, form: ReportFormat, **plain: object) -> int:
    """Say what was done, as a sentence or as an object."""
    write_line(json.dumps(plain) if form is ReportFormat.JSON else told)
    return FINE


def parted(value: str, form: str, words: Words) -> tuple[str, str]:
    """The two sides of ``one=other``."""
    one, sign, other = value.partition("=")
    if not sign or not one.strip():
        raise typer.BadParameter(words("clips.pair", value=value, form=form))
    return one.strip(), other.strip()
