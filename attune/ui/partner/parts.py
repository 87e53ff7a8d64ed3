"""What the parts of Partner are given: the collaborators, and the two who sit here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Couple, Person
from attune.app.services import Services
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.within import Go, Open

if TYPE_CHECKING:
    from attune.ui.video.camera_watch import Watch


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Who sits here; ``one`` has the first turn of showing or speaking."""

    one: Person
    other: Person

    def swapped(self) -> Pair:
        """The other one's turn."""
        return Pair(one=self.other, other=self.one)

    def after(self, turns: int) -> Pair:
        """Whose turn it is after so many of them."""
        return self.swapped() if turns % 2 else self

    def of(self, person_id: int) -> Person:
        """The one of the two with this id. Raises KeyError for anybody else."""
        for person in (self.one, self.other):
            if person.id == person_id:
                return person
        raise KeyError(person_id)

    def beside(self, person_id: int) -> Person:
        """The one who sits beside the person with this id."""
        return self.other if self.of(person_id) is self.one else self.one

    @property
    def both(self) -> tuple[Person, Person]:
        """The two of them."""
        return self.one, self.other

    @property
    def asked(self) -> bool:
        """Whether each has said what they agree to."""
        return all(person.agreed is not None for person in self.both)

    @property
    def camera(self) -> bool:
        """Whether the camera may be on: both are before it."""
        return all(person.agreed is not None and person.agreed.camera for person in self.both)

    @property
    def recording(self) -> bool:
        """Whether a recording may be kept: both are in it."""
        return self.camera and all(
            person.agreed is not None and person.agreed.recording for person in self.both
        )

    def readable(self, person_id: int) -> bool:
        """Whether this person's face may be measured."""
        agreed = self.of(person_id).agreed
        return self.camera and agreed is not None and agreed.reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What every part works with.

    ``back`` deletes the page that was opened last and shows what was there before; ``changed``: people or
    what is kept of them are not what they were, read them again; ``say``: a sentence above the page;
    ``page``: the parent of dialogs.
    """

    services: Services
    bridge: Bridge
    theme: Theme
    watch: Watch
    open: Open
    back: Go
    changed: Go
    say: Callable[[str], None]
    page: QWidget

    @property
    def words(self) -> Words:
        """The words."""
        return self.services.words

    @property
    def couple(self) -> Couple:
        """What is kept of two people."""
        return self.services.couple


def day_words(at: str, words: Words) -> str:
    """The day of a time in ISO 8601, on the calendar on the wall."""
    local = datetime.fromisoformat(at).astimezone()
    return QLocale(words.language).toString(QDate(local.year, local.month, local.day), "d MMMM yyyy")


def length_words(words: Words, seconds: float) -> str:
    """How long something takes, in minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    return words("partner.person.length", minutes=minutes, seconds=rest)
