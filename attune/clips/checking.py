"""Everything that is not right with a set or with what somebody brought: all of it, not only the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.clips.clip import Clip
from attune.clips.clip_set import load_clip_set
from attune.clips.drafts import Draft, Finding, Found, Gathered, Progress, unheard
from attune.clips.folder import Files, FolderFiles
from attune.clips.package import opened_package
from attune.clips.packaged import PackageFiles
from attune.clips.rows import SCALES, TIMES, clips_of
from attune.clips.table import SHOWN_LETTERS, Row
from attune.errors import ClipSetError, PackageError

_WITH = {  # what goes with a column, so that it makes no sense alone
    "emotion": ("emotion", *SCALES),
    "reference": ("reference", "rater"),
    **dict.fromkeys(TIMES, TIMES),
}


def problems_of(source: Path, progress: Progress) -> tuple[ClipSetError | PackageError, ...]:
    """What is not right with a set's folder or package, media altered since it was made too.

    ``progress`` hears clips read and clips in all, and may raise to stop.
    """
    found: list[ClipSetError | PackageError] = []
    try:
        if source.is_file():
            with opened_package(source) as package:
                files = PackageFiles(source, package)
                found += _altered(files.clip_set(found.append).clips, files, progress)
        else:
            found += _altered(load_clip_set(source, found.append).clips, FolderFiles(source), progress)
    except (ClipSetError, PackageError) as error:
        found.append(error)
    return tuple(found)


def _altered(clips: Sequence[Clip], files: Files, progress: Progress) -> list[ClipSetError | PackageError]:
    found: list[ClipSetError | PackageError] = []
    for done, clip in enumerate(clips, start=1):
        try:
            if files.content_hash(clip.file) != clip.content_hash:
                found.append(ClipSetError("clipset.altered", file=clip.name))
        except PackageError as error:
            found.append(error)
        except OSError as error:
            found.append(ClipSetError("clipset.clip_unreadable", file=clip.name, problem=error.strerror))
        progress(done, len(clips))
    return found


def checked(
    drafts: Sequence[Draft], vocabulary: Vocabulary, *, asking: bool, progress: Progress = unheard
) -> Gathered:
    """The drafts without the cells that cannot be understood, each of them told of.

    ``asking``: words that are no emotions of the vocabulary stay, since a person will say what they mean.
    ``progress`` may raise to stop.
    """
    passed = {"clipset.emotion_unknown"} if asking else set()
    made: list[Draft] = []
    found: list[Found] = []
    for done, draft in enumerate(drafts):
        progress(done, len(drafts))
        clean = draft
        while errors := [error for error in _errors(clean, vocabulary) if error.key not in passed]:
            place, column = int(str(errors[0].fields["row"])), str(errors[0].fields["column"])
            row, clean = clean.rows[place], _without(clean, place, column)
            cells = (each for each in row if row[each] and each not in clean.rows[place])
            dropped = ", ".join(f"{each}: {row[each][:SHOWN_LETTERS]}" for each in cells)
            line = clean.lines[place] if clean.lines else None
            found.append(Found(name=draft.name, finding=Finding.CELL, detail=dropped, row=line))
        made.append(clean)
    return Gathered(tuple(made), tuple(found))


def _without(draft: Draft, place: int, column: str) -> Draft:
    """The draft without a cell and those that need it, or, where that changes nothing, without the row."""
    row = draft.rows[place]
    left = {each: text for each, text in row.items() if each not in _WITH.get(column, (column,))}
    rows = (*draft.rows[:place], left if len(left) < len(row) else {}, *draft.rows[place + 1 :])
    return replace(draft, rows=rows)


def _errors(draft: Draft, vocabulary: Vocabulary) -> list[ClipSetError]:
    errors: list[ClipSetError] = []
    rows = (Row(place, {**row, "file": draft.name}) for place, row in enumerate(draft.rows))
    clips_of(rows, _Alone(draft), vocabulary, errors.append)
    return errors


class _Alone:
    """The one file of a draft, which was seen when it was listed; nothing beside it comes along."""

    def __init__(self, draft: Draft) -> None:
        self.folder = draft.source.parent
        self._source = draft.source

    def known(self, name: str) -> str:  # noqa: ARG002 - there is only one
        return str(self._source)

    def place(self, name: str) -> Path:
        return self.folder / name

    def holds(self, path: Path) -> bool:
        return path == self._source

    def content_hash(self, path: Path) -> str:  # noqa: ARG002 - worked out while it is copied
        return ""
