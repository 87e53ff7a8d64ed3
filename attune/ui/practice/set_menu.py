"""Whose clips are practised with, where there is more than one set."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.library import Shelved
from attune.app.partner.own_clips import OwnClips, OwnSet
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.widgets import row, text
from attune.ui.widgets.picker import Picker


class SetMenu(QWidget):
    """Not there while there is one set only; ``changed`` when another is chosen, which the settings keep."""

    changed = Signal()

    def __init__(self, services: Services, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._services, self._bridge = services, bridge
        words = self._words = services.words
        self._folders: list[str | None] = [None]
        self.menu = Picker((), words("practice.start.with_set"), theme)
        self.menu.activated.connect(lambda place: self.choose(self._folders[place]))
        inside = row(spacing=10)
        inside.addWidget(text(words("practice.start.with_set"), "quiet", wrap=False))
        inside.addWidget(self.menu)
        self.setLayout(inside)
        self.hide()

    def look(self) -> None:
        """Offer the sets there are now."""
        deliver, own = self._bridge.deliver, OwnClips(couple=self._services.couple, words=self._words)

        def with_own(found: tuple[OwnSet, ...]) -> None:
            deliver(self._services.library.sets(), lambda sets: self._offer(sets, found))

        deliver(own.sets(), with_own)

    def choose(self, folder: str | None) -> None:
        """Practise with the set in this folder from now on; None: with Attune's own."""
        if folder != self._services.settings.current.practise_with:
            self._bridge.deliver(self._services.settings.change(practise_with=folder), lambda _kept: None)
            self.changed.emit()

    def _offer(self, sets: tuple[Shelved, ...], people: tuple[OwnSet, ...]) -> None:
        """Attune's own set, what is on the shelf, recordings of one's own person."""
        starter, *own = (one for one in sets if one.problem is None and not one.locked)
        offered = {shelved.folder.name: shelved.name for shelved in own}
        offered |= {
            each.clip_set.folder.name: self._words("partner_person.clips.of", name=each.person.name)
            for each in people
        }
        self._folders = [None, *offered]
        self.menu.offer([starter.name, *offered.values()])
        chosen = self._services.settings.current.practise_with
        self.menu.setCurrentIndex(self._folders.index(chosen) if chosen in self._folders else 0)
        self.setVisible(bool(offered))
