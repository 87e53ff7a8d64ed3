"""What the parts of the Library are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from attune.app.library import ClipSet
from attune.app.services import Services
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.within import Go, Open


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What every part works with.

    ``back`` deletes the page that was opened last and shows what was there before; ``changed``: sets on the
    disk are not what they were, read them again; ``say``: a sentence above the page;
    ``measure``: have all clips of a set measured meanwhile;
    ``page``: the parent of dialogs.
    """

    services: Services
    bridge: Bridge
    theme: Theme
    open: Open
    back: Go
    changed: Go
    say: Callable[[str], None]
    measure: Callable[[ClipSet], None]
    page: QWidget

    @property
    def words(self) -> Words:
        """The words."""
        return self.services.words
