"""The doors of the Partner page: each a large button that leads to a round, or to what is known."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from PySide6.QtWidgets import QLabel, QWidget

from attune.resources import Words
from attune.ui.partner.parts import Pair, Parts
from attune.ui.theme import Theme
from attune.ui.widgets import column, text
from attune.ui.widgets.allowed import allow
from attune.ui.widgets.buttons import RowButton
from attune.ui.widgets.columns import Columns
from attune.ui.widgets.icons import picture

MOST_COLUMNS = 3
NARROWEST = 17  # a door, in heights of the body type
POINTS = {"turns": "round-small-bids", "camera": "camera", "kept": "lock"}
ICON = 1.7  # side of an icon, in heights of the heading type


class Leads(NamedTuple):
    """A door by its key in the words; ``writes``: it is of no use where nothing can be kept."""

    key: str
    writes: bool = True


LEADS = (
    Leads("show_and_tell"),
    Leads("open_up"),
    Leads("small_bids"),
    Leads("mirror"),
    Leads("my_person", writes=False),
    Leads("looking_back", writes=False),
)


def go_through(key: str, parts: Parts, pair: Pair) -> None:
    """Open what is behind a door: its room is imported now."""
    getattr(import_module(f"attune.ui.partner.{key}"), f"open_{key}")(parts, pair)


class Door(RowButton):
    """A picture, a name, a sentence."""

    role = "door"

    def __init__(self, words: Words, theme: Theme, key: str) -> None:
        self._theme, self._key = theme, key
        self._icon = QLabel()
        title, about = words(f"partner.doors.{key}.title"), words(f"partner.doors.{key}.about")
        takes = words(f"partner.doors.{key}.takes")
        inside = column(spacing=8, margin=20)
        inside.addWidget(self._icon)
        inside.addWidget(text(title, "heading"))
        inside.addWidget(text(about))
        inside.addStretch(1)
        if takes:
            inside.addWidget(text(takes, "small"))
        super().__init__(inside)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        side = round(self._theme.sizes.heading * ICON)
        name = f"round-{self._key.replace('_', '-')}"
        self._icon.setPixmap(picture(name, self._theme.tokens.accent, side, scale=self.devicePixelRatioF()))


class Doors(Columns):
    """The six of them, as many side by side as fit."""

    def __init__(self, words: Words, theme: Theme, go: Callable[[str], None]) -> None:
        self.by_key = {lead.key: Door(words, theme, lead.key) for lead in LEADS}
        super().__init__(theme, tuple(self.by_key.values()), most=MOST_COLUMNS, narrowest=NARROWEST)
        for key, door in self.by_key.items():
            door.clicked.connect(lambda _=False, key=key: go(key))

    def allow(self, *, asked: bool, unless: str) -> None:
        """Open them once both were asked; ``unless``: why nothing can be kept, "" where it can."""
        for lead in LEADS:
            door = self.by_key[lead.key]
            if lead.writes and unless:
                allow(door, unless=unless)
            else:
                door.setEnabled(asked)


class Point(QWidget):
    """A small picture, a heading and a sentence: what one may know before beginning."""

    def __init__(self, words: Words, theme: Theme, key: str) -> None:
        super().__init__()
        self._theme, self._key = theme, key
        self._icon = QLabel()
        inside = column(spacing=6)
        inside.setContentsMargins(4, 8, 4, 0)
        inside.addWidget(self._icon)
        inside.addWidget(text(words(f"partner.welcome.{key}.title"), "strong"))
        inside.addWidget(text(words(f"partner.welcome.{key}.about"), "quiet"))
        inside.addStretch(1)
        self.setLayout(inside)
        theme.changed.connect(self._paint)
        self._paint()

    def _paint(self) -> None:
        side = round(self._theme.sizes.heading * ICON * 0.8)
        name = POINTS[self._key]
        self._icon.setPixmap(picture(name, self._theme.tokens.accent, side, scale=self.devicePixelRatioF()))
