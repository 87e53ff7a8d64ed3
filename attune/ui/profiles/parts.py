"""What the cards of the page are given, and the words they share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QDate, QLocale

from attune.app.keeping import Change
from attune.app.services import Services
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopening:
    """The profile is closed for a change and one is opened after it.

    ``said``: words key of what to say when it went well, on this page; "" = as at any start.
    """

    change: Change
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What every card works with."""

    services: Services
    bridge: Bridge
    theme: Theme

    @property
    def words(self) -> Words:
        """The words."""
        return self.services.words

    def reopen(self, change: Change, said: str = "") -> None:
        """Close the profile, make the change, open again; the page goes away meanwhile."""
        self.bridge.reopening_wanted.emit(Reopening(change=change, said=said))


def day_words(day: date, words: Words) -> str:
    """A day in full."""
    return QLocale(words.language).toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")


def size_words(size: int, words: Words) -> str:
    """A file's size."""
    return QLocale(words.language).formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
