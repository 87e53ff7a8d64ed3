"""The set somebody practises with: one of their own shelf, recordings of their own person, or Attune's."""

from __future__ import annotations

from datetime import date

from attune.app.consent import for_practice
from attune.app.library import ClipSet, Library
from attune.app.partner.own_clips import OwnClips, is_own
from attune.resources import asset


def practised(library: Library, name: str | None, today: date, own: OwnClips) -> ClipSet:
    """The set the settings call so, with those clips only that may be practised with.

    Attune's own set for None, and where there is no such set any more. Raises ClipSetError, StorageError.
    It blocks.
    """
    if is_own(name) and (found := own.find(name or "").result()) is not None:
        return found
    shelf = {folder.name: folder for folder in library.shelf.sets()} if name else {}
    return for_practice(library.read(shelf.get(name or "", asset("clips", "starter"))), today)
