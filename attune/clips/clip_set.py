"""Clip sets as the rest of Attune sees them, and how one is read from its folder."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from attune.affect.vocabulary import Vocabulary
from attune.clips.clip import Channel, Clip
from attune.clips.manifest import MANIFEST, Consent, PeopleKind, read_manifest
from attune.clips.rows import clips_of
from attune.clips.table import TABLE, read_rows
from attune.errors import ClipSetError
from attune.resources import asset

__all__ = ["Channel", "Clip", "ClipSet", "Consent", "PeopleKind", "load_clip_set"]

CORE = "core"  # the vocabulary of sets that name none
_VOCABULARY_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSet:
    """A folder of clips with what its maker wrote in ``set.toml``."""

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


def load_clip_set(folder: Path, *, own: bool = False) -> ClipSet:
    """Read ``set.toml`` and ``clips.csv``; hashes that the table does not state are computed from the media.

    ``own``: a set that Attune carries, whose ``set.toml`` was checked when it was packed.

    Raises ClipSetError clipset.*, saying in which file, row and column, and nothing else.
    """
    if not folder.is_dir():
        raise ClipSetError("clipset.folder_missing", folder=folder)
    manifest = read_manifest(folder, own=own)
    vocabulary = vocabulary_named(manifest.vocabulary)
    clips = clips_of(read_rows(folder, vocabulary.names), folder, vocabulary)
    if not clips:
        raise ClipSetError("clipset.no_clips", folder=folder, file=TABLE)
    return ClipSet(
        folder=folder, clips=clips, **{each.name: getattr(manifest, each.name) for each in fields(manifest)}
    )


def vocabulary_named(name: str) -> Vocabulary:
    """A vocabulary Attune carries. Raises clipset.unknown_vocabulary."""
    path = asset("vocabulary", f"{name}.toml")
    if not _VOCABULARY_NAME.fullmatch(name) or not path.is_file():
        known = ", ".join(sorted(found.stem for found in asset("vocabulary").glob("*.toml")))
        raise ClipSetError("clipset.unknown_vocabulary", file=MANIFEST, value=name[:60], known=known)
    return Vocabulary.from_mapping(tomllib.loads(path.read_text(encoding="utf-8")))
