"""The set somebody practises with: one of their own shelf, or Attune's."""

from __future__ import annotations

from datetime import date

from attune.app.consent import for_practice
from attune.app.library import ClipSet, Library
from attune.resources import asset


def practised(library: Library, name: str | None, today: date) -> ClipSet:
    """The set in the folder of this name on the shelf, with those clips only that may be practised with.

    Attune's own set for None, and where there is no such folder any more. Raises ClipSetError. It blocks.
    """
    own = {folder.name: folder for folder in library.shelf.sets()} if name else {}
    return for_practice(library.read(own.get(name or "", asset("clips", "starter"))), today)
