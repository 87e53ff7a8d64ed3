"""One clip of a set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from attune.affect.reading import Reading
from attune.clips.folder import content_hash
from attune.errors import ClipSetError


class Channel(StrEnum):
    """What of a clip reaches the person practising."""

    PICTURE_AND_SOUND = "picture+sound"
    PICTURE = "picture"
    SOUND = "sound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip and everything said about it.

    ``file`` is absolute, ``name`` relative to the set's folder with forward slashes; ``content_hash`` is the
    sha256 of the media in lower-case hex. Times in seconds from the start, onset <= apex <= offset.
    ``truth`` names a file with what was rendered, frame by frame; ``trace`` one with what the person shown
    says they felt, moment by moment. ``own``: the maker's own columns, ``x_…`` → text.
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
    trace: Path | None = None
    own: Mapping[str, str] = field(default_factory=dict)

    def verify(self) -> None:
        """Read the media and compare its hash. Raises ClipSetError clipset.altered, OSError."""
        if content_hash(self.file) != self.content_hash:
            raise ClipSetError("clipset.altered", file=self.name)
