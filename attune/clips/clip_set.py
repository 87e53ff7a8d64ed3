"""Clip sets as the rest of Attune sees them, and how one is read from its folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from attune.affect.reading import Reading


class Channel(StrEnum):
    """What of a clip reaches the person practising."""

    PICTURE_AND_SOUND = "picture+sound"
    PICTURE = "picture"
    SOUND = "sound"


class PeopleKind(StrEnum):
    """Whether the people in a set were drawn by a program or filmed."""

    RENDERED = "rendered"
    FILMED = "filmed"


class Purpose(StrEnum):
    """What a person filmed has agreed to, each given on its own."""

    PLAYBACK = "playback"
    SUPERVISION = "supervision"
    TRAINING = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's agreement to one recording's use; ``delete_by`` None = no day was agreed."""

    person: str
    given_on: date
    purposes: tuple[Purpose, ...]
    may_view: str = ""
    stored_at: str = ""
    delete_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip and everything said about it.

    ``file`` is absolute, ``name`` relative to the set's folder with forward slashes; ``content_hash`` is the
    sha256 of the media in lower-case hex. Times in seconds from the start, onset <= apex <= offset.
    ``truth`` names a file with what was rendered, frame by frame.
    """

    file: Path
    name: str
    content_hash: str
    person: str
    channel: Channel
    onset_s: float | None
    apex_s: float | None
    offset_s: float | None
    references: tuple[Reading, ...]
    truth: Path | None
    note: str


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


def load_clip_set(folder: Path) -> ClipSet:
    """Read ``set.toml`` and ``clips.csv``. Raises ClipSetError clipset.* saying where and what to do."""
    raise NotImplementedError
