"""Clip sets as the rest of Attune sees them, and how one is read from its folder."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.clips.clip import Channel, Clip
from attune.clips.folder import Files, FolderFiles, read_text
from attune.clips.manifest import MANIFEST, Consent, Manifest, PeopleKind, read_manifest
from attune.clips.rows import clips_of
from attune.clips.table import MOST_BYTES, TABLE, Tell, refuse, rows_of_table
from attune.errors import ClipSetError
from attune.resources import asset

__all__ = ["Channel", "Clip", "ClipSet", "Consent", "PeopleKind", "load_clip_set"]

CORE = "core"  # the vocabulary of sets that name none
_VOCABULARY_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSet:
    """A folder of clips with what its maker wrote in ``set.toml``.

    ``measurable``: whether faces in it may be measured while practising.
    """

    folder: Path
    name: str
    version: str
    description: str
    language: str
    vocabulary: str
    licence: str
    attribution: str
    made_by: str
    people: PeopleKind
    clips: tuple[Clip, ...]
    consent: tuple[Consent, ...] = ()
    measurable: bool = True

    @property
    def files(self) -> tuple[str, ...]:
        """Names of all files of the set, its own two first; what else lies in its folder is no part."""
        root = Path(os.path.realpath(self.folder))
        beside = [path for clip in self.clips for path in (clip.truth, clip.trace) if path is not None]
        names = (clip.name for clip in self.clips)
        listed = (MANIFEST, TABLE, *names, *(path.relative_to(root).as_posix() for path in beside))
        return tuple(dict.fromkeys(listed))


def load_clip_set(folder: Path, tell: Tell = refuse) -> ClipSet:
    """Read ``set.toml`` and ``clips.csv``; hashes that the table does not state are computed from the media.

    Raises ClipSetError clipset.*, saying in which file, row and column, and nothing else; where ``tell``
    hears of what can be passed over, only about what cannot.
    """
    if not folder.is_dir():
        raise ClipSetError("clipset.folder_missing", folder=folder)
    manifest = read_manifest(folder, tell)
    return clip_set_of(manifest, read_text(folder, TABLE, MOST_BYTES), FolderFiles(folder), tell)


def clip_set_of(manifest: Manifest, table: str, files: Files, tell: Tell = refuse) -> ClipSet:
    """The set that its two files make with the media beside them. Raises ClipSetError as above."""
    vocabulary = vocabulary_named(manifest.vocabulary)
    clips = clips_of(rows_of_table(table, vocabulary.names, tell), files, vocabulary, tell)
    if not clips:
        tell(ClipSetError("clipset.no_clips", folder=files.folder, file=TABLE))
    said = {each.name: getattr(manifest, each.name) for each in fields(manifest)}
    return ClipSet(folder=files.folder, clips=clips, **said)


def vocabulary_named(name: str) -> Vocabulary:
    """A vocabulary Attune carries. Raises clipset.unknown_vocabulary."""
    path = asset("vocabulary", f"{name}.toml")
    if not _VOCABULARY_NAME.fullmatch(name) or not path.is_file():
        known = ", ".join(sorted(found.stem for found in asset("vocabulary").glob("*.toml")))
        raise ClipSetError("clipset.unknown_vocabulary", file=MANIFEST, value=name[:60], known=known)
    return Vocabulary.from_mapping(tomllib.loads(path.read_text(encoding="utf-8")))
