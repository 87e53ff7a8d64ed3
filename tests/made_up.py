"""Clips and sets of them out of nothing; what a test cares about it says."""

from pathlib import Path
from typing import Any

from attune.affect.reading import Reading, Source, certain
from attune.clips.clip_set import Channel, Clip, ClipSet, PeopleKind


def a_clip(name: str, *references: Reading | str, folder: Path = Path("/nowhere"), **said: Any) -> Clip:
    """A clip of that name; a reference that is only a word is what was meant to be shown, fully."""
    usual: dict[str, Any] = {
        "file": folder / name,
        "content_hash": name,
        "person": "Ana",
        "channel": Channel.PICTURE,
        "onset_s": 0.2,
        "apex_s": 0.4,
        "offset_s": 0.6,
        "truth": None,
        "note": "",
    }
    meant = tuple(
        certain(Source.INTENDED, reference, intensity=1.0) if isinstance(reference, str) else reference
        for reference in references
    )
    return Clip(name=name, references=meant, **(usual | said))


def a_set(*clips: Clip, **said: Any) -> ClipSet:
    usual: dict[str, Any] = {
        "folder": Path("/nowhere"),
        "name": "Made up",
        "version": "1",
        "description": "",
        "language": "en",
        "vocabulary": "core",
        "licence": "",
        "attribution": "",
        "made_by": "",
        "people": PeopleKind.FILMED,
    }
    return ClipSet(clips=clips, **(usual | said))
