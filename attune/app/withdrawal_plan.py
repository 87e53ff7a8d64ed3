"""What goes when somebody withdraws: found out before anything is touched, and kept as a list on the disk."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from attune.app.folders import Folders
from attune.app.library import Clip, ClipSet
from attune.clips.writing import replace_text


class Kind(StrEnum):
    """What a line of the list is about."""

    FILM = "film"
    BESIDE = "beside"  # a table or a measurement that lies beside a clip in its set
    LABELS = "labels"
    CONSENT = "consent"
    TRACK = "track"
    THUMBNAIL = "thumbnail"
    SET = "set"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that goes: ``where`` it is, a file or the name of a set, and how many of it there are."""

    kind: Kind
    where: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSet:
    """What goes from one set: ``clips`` by their names in its table, ``files`` below its folder.

    ``people``: whose agreement goes with their last clip; ``whole``: no clip is left, so the set goes too.
    """

    folder: str
    name: str
    clips: tuple[str, ...]
    files: tuple[str, ...]
    people: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """One person's withdrawal. ``gone``: the list; ``unread``: sets that could not be looked into.

    ``done``: all is gone but what ``waiting`` says. ``cleared``: profiles whose answers no longer lead to
    the clips; ``waiting``: those in which they still may, as they could not be opened.
    """

    id: str
    begun: str
    person: str
    hashes: tuple[str, ...]
    sets: tuple[FromSet, ...]
    gone: tuple[Piece, ...]
    unread: tuple[str, ...] = ()
    done: bool = False
    cleared: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do at all."""
        return self.done and not self.waiting

    def keep(self, folder: Path) -> None:
        """Write the list in one step. Raises OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        replace_text(folder / f"{self.id}.json", json.dumps(asdict(self), ensure_ascii=False, indent=1))

    @classmethod
    def read(cls, path: Path) -> Self:
        """The list in a file. Raises OSError, ValueError, KeyError or TypeError."""
        told: Mapping[str, Any] = json.loads(path.read_bytes())
        sets = tuple(FromSet(**_frozen(each)) for each in told["sets"])
        gone = tuple(Piece(Kind(each["kind"]), each["where"], each["count"]) for each in told["gone"])
        return cls(**_frozen(told) | {"sets": sets, "gone": gone})


def plan(
    person: str,
    wanted: Mapping[Path, str],
    sets: Collection[ClipSet],
    *,
    folders: Folders,
    unread: Collection[str] = (),
) -> Withdrawal:
    """Everything that has to do with a person's clips.

    ``wanted``: in which set's folder they go by which name. The same recordings go from every other set too.
    """
    hashes = {
        clip.content_hash for each in sets for clip in each.clips if wanted.get(each.folder) == clip.person
    }
    from_sets = tuple(
        found for each in sets if (found := _from_set(each, hashes, wanted.get(each.folder))) is not None
    )
    return Withdrawal(
        id=uuid4().hex,
        begun=datetime.now(UTC).isoformat(timespec="seconds"),
        person=person,
        hashes=tuple(sorted(hashes)),
        sets=from_sets,
        gone=(*_pieces(from_sets), *_made_of(hashes, folders)),
        unread=tuple(unread),
    )


def caches_of(hashes: Collection[str], folders: Folders) -> Iterator[tuple[Kind, Path]]:
    """Everything Attune made out of clips with these hashes, as it is now."""
    for content_hash in hashes:
        for kind, folder in ((Kind.TRACK, folders.tracks), (Kind.THUMBNAIL, folders.thumbnails)):
            yield from ((kind, path) for path in sorted(folder.glob(f"{content_hash}*")))


def _from_set(clip_set: ClipSet, hashes: Collection[str], person: str | None) -> FromSet | None:
    going = tuple(clip for clip in clip_set.clips if clip.content_hash in hashes)
    agreed = {each.person for each in clip_set.consent}
    left = [clip for clip in clip_set.clips if clip.content_hash not in hashes]
    named = {clip.person for clip in going} | ({person} if person is not None else set())
    people = (named & agreed) - {clip.person for clip in left}
    if not going and not people:
        return None
    return FromSet(
        folder=clip_set.folder.name,
        name=clip_set.name,
        clips=tuple(clip.name for clip in going),
        files=tuple(_files_of(clip_set, going, left)),
        people=tuple(sorted(people)),
        whole=not left,
    )


def _files_of(clip_set: ClipSet, going: Collection[Clip], left: Collection[Clip]) -> Iterator[str]:
    """The files that only these clips need, as names below the set's folder."""
    root = clip_set.folder.resolve()
    needed = {path for clip in left for path in (clip.file, clip.truth, clip.trace)}
    found = dict.fromkeys(path for clip in going for path in (clip.file, clip.truth, clip.trace))
    for path in found:
        if path is not None and path not in needed:
            yield path.relative_to(root).as_posix()
    for clip in going:
        tracks = clip_set.folder / "tracks"
        for path in sorted(tracks.rglob(f"*{clip.content_hash}*") if tracks.is_dir() else ()):
            yield path.relative_to(clip_set.folder).as_posix()


def _pieces(sets: Collection[FromSet]) -> Iterator[Piece]:
    for each in sets:
        for file in each.files:
            kind = Kind.FILM if file in each.clips else Kind.BESIDE
            yield Piece(kind, f"{each.name}: {file}")
        if each.clips:
            yield Piece(Kind.LABELS, each.name, len(each.clips))
        if each.people:
            yield Piece(Kind.CONSENT, each.name, len(each.people))
        if each.whole:
            yield Piece(Kind.SET, each.name)


def _made_of(hashes: Collection[str], folders: Folders) -> Iterator[Piece]:
    for kind, path in caches_of(hashes, folders):
        yield Piece(kind, path.name)


def _frozen(told: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON read, its lists as tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
