"""Above the pictures: which set it is, how much of it shows, what may not be done with it, what can."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from attune.app.library import ClipSet
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, announce, column, row, text
from attune.ui.widgets.menu_button import MenuButton


class Heading(QWidget):
    """The set's name and numbers, and the buttons for all of it."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self._people = 0
        self._licence = ""
        self._title = text("", "heading")
        self._numbers = text("", "small")
        self._limits = text("", "small")
        self.practise_button = Button(words("library.heading.practise"))
        self.more = MenuButton(words("library.heading.more"), theme)
        said = column(spacing=2)
        said.addWidget(self._title)
        said.addWidget(self._numbers)
        said.addWidget(self._limits)
        inside = row(spacing=8)
        inside.addLayout(said, 1)
        buttons = row(spacing=8)
        buttons.addWidget(self.practise_button)
        buttons.addWidget(self.more)
        self._actions = QWidget()
        self._actions.setLayout(buttons)
        inside.addWidget(self._actions)
        self.setLayout(inside)

    @property
    def said(self) -> str:
        """Numbers of what shows."""
        return self._numbers.text()

    def set_titled(self, titled: bool) -> None:
        """Whether the name stands here, or in a menu above."""
        self._title.setVisible(titled)

    def set_acting(self, acting: bool) -> None:
        """Whether there is room for the buttons."""
        self._actions.setVisible(acting)

    def show_sets(self, clip_sets: Sequence[ClipSet], limits: Sequence[str]) -> None:
        """Name a set, or say that these are several."""
        one = clip_sets[0] if len(clip_sets) == 1 else None
        self._title.setText(one.name if one else self._words("library.sets.all"))
        self._licence = one.licence if one else ""
        named = {(each.folder, clip.person) for each in clip_sets for clip in each.clips if clip.person}
        self._people = len(named)
        self._limits.setText(" ".join(self._words(f"library.limits.{limit}") for limit in limits))
        self._limits.setVisible(bool(limits) and one is not None)
        self.practise_button.setVisible(one is not None)

    def show_name(self, name: str) -> None:
        """Name a set of which nothing else is known."""
        self._title.setText(name)
        self._numbers.setText("")
        self._limits.hide()
        self.practise_button.hide()

    def show_count(self, shown: int, total: int) -> None:
        """Say how many of the clips show."""
        words = self._words
        key = "one" if total == 1 else "all" if shown == total else "some"
        parts = [words(f"library.heading.{key}", shown=shown, total=total)]
        if self._people:
            parts.append(
                words(f"library.heading.{'person' if self._people == 1 else 'people'}", people=self._people)
            )
        if self._licence:
            parts.append(self._licence)
        said = " · ".join(parts)
        if said != self._numbers.text():
            self._numbers.setText(said)
            announce(self, parts[0])
