"""Bringing somebody's clips into the library: first what there is, then, once agreed to, a copy of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path

from attune.app.disk import check_room, writing_below
from attune.app.importing_labels import relabelled, unknown_labels
from attune.app.importing_parts import (
    Advance,
    Brought,
    Details,
    How,
    Kind,
    Missing,
    Pace,
    Progress,
    Step,
    Stopped,
    Survey,
    UnknownLabel,
    missing,
    suggested,
)
from attune.app.importing_reading import read_source
from attune.app.importing_twins import known_contents, without_twins
from attune.app.library import Library
from attune.app.protocols.free_word import FreeWords
from attune.clips.clip_set import CORE, vocabulary_named
from attune.clips.drafts import Draft, Finding, Found
from attune.clips.folder import FolderFiles
from attune.clips.manifest import MANIFEST, Manifest
from attune.clips.rows import clips_of
from attune.clips.shelf import copy_media
from attune.clips.table import TABLE, VOTES, Row
from attune.clips.writing import manifest_text, table_text
from attune.errors import ClipSetError
from attune.resources import Words

__all__ = [
    "Advance",
    "Brought",
    "Details",
    "Draft",
    "Finding",
    "Found",
    "How",
    "Kind",
    "Missing",
    "Progress",
    "Step",
    "Stopped",
    "Survey",
    "UnknownLabel",
    "bring_in",
    "missing",
    "suggested",
    "survey",
]


def survey(
    source: Path, how: How, *, library: Library, words: Words, progress: Progress, stopped: Stopped
) -> Survey:
    """Find out what there is to import, without copying anything. Call it on a thread of your own.

    Raises ClipSetError, PackageError, and CancelledError once stopped.
    """
    Pace(Step.READING, progress, stopped)(0, None)
    read = read_source(source, how)
    vocabulary = vocabulary_named(CORE)
    new, size = without_twins(
        read.gathered.drafts, library.contents(), Pace(Step.COMPARING, progress, stopped)
    )
    unlabelled = [
        Found(name=draft.name, finding=Finding.NO_LABEL) for draft in new.drafts if not _labelled(draft)
    ]
    naming, clip_set = read.naming, read.clip_set
    told = naming or clip_set
    return Survey(
        source=source,
        how=read.how,
        drafts=new.drafts,
        found=(*read.gathered.found, *new.found, *unlabelled),
        unknown_labels=unknown_labels(new.drafts, vocabulary.names, FreeWords(words, vocabulary)),
        title=naming.title if naming else clip_set.name if clip_set else "",
        licence=told.licence if told else "",
        attribution=told.attribution if told else "",
        forbids=naming.forbids if naming else (),
        clip_set=clip_set,
        size=size,
    )


def bring_in(
    survey: Survey, details: Details, *, library: Library, progress: Progress, stopped: Stopped
) -> Brought:
    """Copy what was surveyed onto the shelf, where it appears whole or not at all. On a thread of your own.

    Raises LibraryError, ClipSetError, and CancelledError once stopped.
    """
    shelf = library.shelf
    drafts = tuple(relabelled(draft, details.labels) for draft in survey.drafts)
    with writing_below(shelf.folder), shelf.coming() as coming:
        check_room(shelf.folder, survey.size)
        pace = Pace(Step.COPYING, progress, stopped)
        copied = copy_media(
            drafts, coming, there=known_contents(library.contents()), progress=pace, stopped=stopped
        )
        if copied is None:
            raise CancelledError
        vocabulary = vocabulary_named(CORE)
        clips = clips_of(_rows(copied.drafts), FolderFiles(coming), vocabulary)
        if not clips:
            raise ClipSetError("clipset.nothing_new", folder=survey.source)
        (coming / MANIFEST).write_text(manifest_text(_manifest(details)), encoding="utf-8")
        (coming / TABLE).write_text(table_text(clips, vocabulary.names, folder=coming), encoding="utf-8")
        placed = shelf.place(coming, details.name)
    return Brought(folder=placed, clips=len(clips), found=copied.found)


def _labelled(draft: Draft) -> bool:
    return any(
        text and (column == "emotion" or column.startswith(VOTES))
        for row in draft.rows
        for column, text in row.items()
    )


def _rows(drafts: Iterable[Draft]) -> Iterator[Row]:
    return (Row(number, row) for number, row in enumerate((row for draft in drafts for row in draft.rows), 2))


def _manifest(details: Details) -> Manifest:
    return Manifest(
        name=details.name,
        description=details.description,
        language=details.language,
        licence=details.licence,
        attribution=details.attribution,
        made_by=details.made_by,
        people=details.people,
        consent=details.consent,
    )
