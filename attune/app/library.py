"""The clip sets a person can practise on."""

from __future__ import annotations

from concurrent.futures import Executor, Future

from attune.clips.clip_set import Channel, Clip, ClipSet, PeopleKind, load_clip_set
from attune.resources import asset

# The window knows clip sets by these types.
__all__ = ["Channel", "Clip", "ClipSet", "Library", "PeopleKind", "is_starter"]


class Library:
    """Loads clip sets away from the caller's thread, each once."""

    def __init__(self, background: Executor) -> None:
        self._background = background
        self._starter: Future[ClipSet] | None = None

    def starter(self) -> Future[ClipSet]:
        """The set Attune carries. The future fails with ClipSetError when its files were damaged."""
        if self._starter is None:
            self._starter = self._background.submit(load_clip_set, asset("clips", "starter"), own=True)
        return self._starter


def is_starter(clip_set: ClipSet) -> bool:
    """Whether it is the set Attune carries, whose people can be drawn too."""
    return clip_set.folder == asset("clips", "starter")
