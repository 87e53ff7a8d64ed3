"""Clips with the same content: twice in what is brought, or in the library already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from attune.app.importing_parts import Pace
from attune.clips.clip_set import ClipSet
from attune.clips.drafts import Draft, Finding, Found, Gathered
from attune.clips.folder import content_hash


def known_contents(sets: Iterable[ClipSet]) -> dict[str, str]:
    """Hash of every clip of the library → how to call it."""
    return {
        clip.content_hash: f"{clip_set.name}: {clip.name}" for clip_set in sets for clip in clip_set.clips
    }


def without_twins(drafts: Sequence[Draft], sets: Sequence[ClipSet], pace: Pace) -> tuple[Gathered, int]:
    """The clips that are new, each content once, what was found of the others, and the new ones' bytes.

    Only files of a size that another one has are read: others cannot be the same.
    """
    found: list[Found] = []
    sized: list[tuple[Draft, int]] = []
    for draft in drafts:
        if size := _size(draft.source):
            sized.append((draft, size))
        else:
            found.append(
                Found(name=draft.name, finding=Finding.UNREADABLE if size is None else Finding.EMPTY)
            )
    counted = Counter(size for _, size in sized)
    counted.update({_size(clip.file) or 0 for clip_set in sets for clip in clip_set.clips})
    seen = known_contents(sets)
    kept: list[tuple[Draft, int]] = []
    for done, (draft, size) in enumerate(sized, start=1):
        digest = _digest(draft.source) if counted[size] > 1 else None
        if digest is not None and digest in seen:
            found.append(Found(name=draft.name, finding=Finding.SAME_AS, detail=seen[digest]))
        else:
            kept.append((draft, size))
            if digest is not None:
                seen[digest] = draft.name
        pace(done, len(sized))
    return Gathered(tuple(draft for draft, _ in kept), tuple(found)), sum(size for _, size in kept)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _digest(path: Path) -> str | None:
    """None for a file that cannot be read: copying tells of it."""
    try:
        return content_hash(path)
    except OSError:
        return None
