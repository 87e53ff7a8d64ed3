"""Bringing somebody's clips into the library: first what there is, then, once agreed to, a copy of it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from attune.app.consent import limits_of
from attune.app.disk import check_room
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
from attune.app.importing_reading import Read, read_source
from attune.app.importing_twins import known_contents, without_twins
from attune.app.library import Library
from attune.app.protocols.free_word import FreeWords
from attune.clips.checking import checked
from attune.clips.clip_set import CORE, ClipSet, load_clip_set, vocabulary_named
from attune.clips.drafts import Draft, Finding, Found
from attune.clips.folder import FolderFiles
from attune.clips.handful import Given, Handful
from attune.clips.manifest import MANIFEST
from attune.clips.package import unpack
from attune.clips.rows import clips_of
from attune.clips.shelf import copy_files, copy_media
from attune.clips.table import VOTES, Row
from attune.clips.writing import manifest_text, replace_text, write_set
from attune.errors import ClipSetError
from attune.resources import Words

__all__ = [
    "Advance",
    "Brought",
    "Details",
    "Draft",
    "Finding",
    "Found",
    "Given",
    "Handful",
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
    source: Given, how: How, *, library: Library, words: Words, progress: Progress, stopped: Stopped
) -> Survey:
    """Find out what there is to import, without copying anything. Call it on a thread of your own.

    Raises ClipSetError, PackageError, and CancelledError once stopped.
    """
    reading = Pace(Step.READING, progress, stopped)
    reading(0, None)
    read = read_source(source, how, reading)
    compare = Pace(Step.COMPARING, progress, stopped)
    if read.clip_set is not None:
        return _of_set(source, read, read.clip_set, library)
    vocabulary = vocabulary_named(CORE)
    new, size = without_twins(read.gathered.drafts, library.contents(), compare)
    clean = checked(new.drafts, vocabulary, asking=True, progress=reading)
    unlabelled = [
        Found(name=draft.name, finding=Finding.NO_LABEL) for draft in clean.drafts if not _labelled(draft)
    ]
    naming = read.naming
    return Survey(
        source=source,
        how=read.how,
        drafts=clean.drafts,
        found=(*read.gathered.found, *new.found, *clean.found, *unlabelled),
        unknown_labels=unknown_labels(clean.drafts, vocabulary.names, FreeWords(words, vocabulary)),
        title=naming.title if naming else "",
        licence=naming.licence if naming else "",
        attribution=naming.attribution if naming else "",
        forbids=naming.forbids if naming else (),
        size=size,
    )


def _of_set(source: Given, read: Read, clip_set: ClipSet, library: Library) -> Survey:
    """A set comes as it is, also with clips that are in the library already."""
    known = known_contents(library.contents())
    twins = [
        Found(name=clip.name, finding=Finding.SAME_AS, detail=known[clip.content_hash])
        for clip in clip_set.clips
        if clip.content_hash in known
    ]
    return Survey(
        source=source,
        how=read.how,
        drafts=read.gathered.drafts,
        found=tuple(twins),
        problems=read.problems,
        title=clip_set.name,
        licence=clip_set.licence,
        attribution=clip_set.attribution,
        forbids=limits_of(clip_set.licence),
        clip_set=clip_set,
        size=read.size,
    )


def bring_in(
    survey: Survey, details: Details, *, library: Library, progress: Progress, stopped: Stopped
) -> Brought:
    """Copy what was surveyed onto the shelf, where it appears whole or not at all. On a thread of your own.

    Raises LibraryError, ClipSetError, PackageError, and CancelledError once stopped.
    """
    if survey.problems:
        raise survey.problems[0]
    shelf = library.shelf
    copying = Pace(Step.COPYING, progress, stopped)
    with library.coming() as coming:
        check_room(shelf.folder, survey.size)
        if survey.clip_set is None:
            made, found = _made(survey, details, coming, library, copying)
        else:
            _copy(survey.how, survey.clip_set, coming, copying)
            made, found = _verified(coming, Pace(Step.CHECKING, progress, stopped)), ()
            if details != suggested(survey):
                manifest = replace(details.manifest(), version=made.version, vocabulary=made.vocabulary)
                replace_text(coming / MANIFEST, manifest_text(manifest))
        placed = shelf.place(coming, details.name)
    return Brought(folder=placed, clips=len(made.clips), found=found)


def _made(
    survey: Survey, details: Details, coming: Path, library: Library, pace: Pace
) -> tuple[ClipSet, tuple[Found, ...]]:
    """A new set of the clips that were found."""
    vocabulary = vocabulary_named(CORE)
    named = [relabelled(draft, details.labels) for draft in survey.drafts]
    clean = checked(named, vocabulary, asking=False)
    copied = copy_media(clean.drafts, coming, there=known_contents(library.contents()), progress=pace)
    rows = (row for draft in copied.drafts for row in draft.rows)
    clips = clips_of(
        (Row(number, row) for number, row in enumerate(rows, start=2)), FolderFiles(coming), vocabulary
    )
    if not clips:
        raise ClipSetError("clipset.nothing_new", folder=survey.source)
    manifest = details.manifest()
    made = ClipSet(
        folder=coming, clips=clips, **{each.name: getattr(manifest, each.name) for each in fields(manifest)}
    )
    write_set(made, vocabulary.names)
    return made, (*clean.found, *copied.found)


def _copy(how: How, clip_set: ClipSet, coming: Path, pace: Pace) -> None:
    """A set as it is, without what else lies beside it."""
    if how.kind is Kind.PACKAGE:
        unpack(clip_set.folder, coming, progress=pace, wanted=frozenset(clip_set.files))
    else:
        copy_files(clip_set.folder, clip_set.files, coming, progress=pace)


def _verified(folder: Path, pace: Pace) -> ClipSet:
    """The set in a folder, each clip being the one it was made with. Raises ClipSetError clipset.altered."""
    clip_set = load_clip_set(folder)
    for done, clip in enumerate(clip_set.clips, start=1):
        clip.verify()
        pace(done, len(clip_set.clips))
    return clip_set


def _labelled(draft: Draft) -> bool:
    return any(
        text and (column == "emotion" or column.startswith(VOTES))
        for row in draft.rows
        for column, text in row.items()
    )
