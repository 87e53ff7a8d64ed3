"""What can be done with a set, or with the clips chosen in it: in the menu, and by a key.

Each opens a page inside the Library (``parts.open``) or a dialog of its own, and is imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from attune.app.library import Clip, ClipSet
from attune.ui.library.parts import Parts

Act = Callable[[Parts, ClipSet, tuple[Clip, ...]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do, by its name in the words ``library.actions``.

    ``clips``: it is about the clips chosen, and cannot be done with none; else about the whole set.
    ``starter``: it can be done with the set that Attune carries, which nothing may change.
    """

    name: str
    act: Act
    keys: str = ""
    clips: bool = False
    starter: bool = False


ACTIONS: tuple[Action, ...] = ()
