"""What somebody was given to practise, above what they may choose for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.consent import for_practice
from attune.app.library import ClipSet
from attune.app.programmes import Assigned, Programme
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.protocol import Setup
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.services import Services
from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.practice.way import display_hz
from attune.ui.widgets import Button, Card, QuietButton, announce, column, row, text
from attune.ui.widgets.asking import ask_which
from attune.ui.widgets.page import emptied


class AssignedList(QWidget):
    """One card for each programme; not there while there is none. ``begun(ClipSet, Setup)``."""

    begun = Signal(object, object)

    def __init__(self, services: Services, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._bridge = services, bridge
        self.cards: list[AssignedCard] = []
        self.take_in = QuietButton(services.words("programme.assigned.take_in"))
        self.take_in.clicked.connect(self._ask_which)
        self._list = column(spacing=12)
        self.setLayout(self._list)
        self.hide()

    def look(self) -> None:
        """Show what there is now."""
        self._bridge.deliver(self._services.programmes.assigned(), self._show)

    def allow(self, *, allowed: bool) -> None:
        """Let them begin, or not now."""
        for card in self.cards:
            card.begin.setEnabled(allowed and card.assigned.folder is not None)

    def _show(self, assigned: tuple[Assigned, ...]) -> None:
        emptied(self._list)
        self.cards = [AssignedCard(each, self._services.words) for each in assigned]
        for card in self.cards:
            card.begin.clicked.connect(partial(self._begin, card.assigned))
            card.put_away.clicked.connect(partial(self._put_away, card.assigned))
            self._list.addWidget(card)
        self.setVisible(bool(self.cards))

    def _begin(self, assigned: Assigned, _checked: bool = False) -> None:
        assert assigned.folder is not None
        self.allow(allowed=False)
        loading = self._services.library.load(assigned.folder)
        setup = self._here(assigned.programme.setup)
        self._bridge.deliver(loading, lambda clip_set: self._loaded(clip_set, setup), self._not_loaded)

    def _loaded(self, clip_set: ClipSet, setup: Setup) -> None:
        self.begun.emit(for_practice(clip_set, date.today()), setup)  # noqa: DTZ011 - the wall's calendar

    def _not_loaded(self, error: BaseException) -> None:
        self._bridge.failed.emit(error)
        self.look()

    def _here(self, setup: Setup) -> Setup:
        """As this display shows it."""
        if isinstance(setup, (BriefMoments, FindTheThreshold)):
            return replace(setup, hz=display_hz(self))
        return setup

    def _put_away(self, assigned: Assigned, _checked: bool = False) -> None:
        gone = self._services.programmes.put_away(assigned)
        self._bridge.deliver(gone, lambda _gone: self.look())

    def _ask_which(self) -> None:
        words = self._services.words
        ask_which(self.take_in, words("programme.assigned.take_in"), words("programme.page.files"), self.open)

    def open(self, source: Path) -> None:
        """Take in a programme's file."""
        self._bridge.deliver(self._services.programmes.take_in(source), self._taken_in)

    def _taken_in(self, programme: Programme) -> None:
        announce(self, self._services.words("programme.assigned.taken_in", name=programme.name))
        self.look()


class AssignedCard(Card):
    """One programme: what it is, how far it has come."""

    def __init__(self, assigned: Assigned, words: Words) -> None:
        super().__init__(margin=20)
        self.assigned = assigned
        programme = assigned.programme
        self.begin = Button(words("programme.assigned.begin"))
        self.begin.setAccessibleName(words("programme.assigned.begin_named", name=programme.name))
        self.begin.setEnabled(assigned.folder is not None)
        self.put_away = QuietButton(words("programme.assigned.put_away"))
        self.put_away.setAccessibleName(words("programme.assigned.put_away_named", name=programme.name))
        self.progress = text(
            words(
                "programme.assigned.progress",
                way=words(f"practice.start.modes.{programme.setup.mode}.title"),
                set=programme.clip_set,
                done=min(assigned.done, programme.days),
                days=programme.days,
            ),
            "small",
        )
        act = row(spacing=8)
        act.addWidget(self.begin)
        act.addWidget(self.put_away)
        act.addStretch(1)
        self.body.setSpacing(8)
        given = words("programme.assigned.given_by", who=programme.made_by) if programme.made_by else ""
        self.body.addWidget(text(given or words("programme.assigned.given"), "small"))
        self.body.addWidget(text(programme.name, "strong"))
        for line in (programme.note, _standing(assigned, words)):
            if line:
                self.body.addWidget(text(line))
        self.body.addWidget(self.progress)
        self.body.addSpacing(4)
        self.body.addLayout(act)


def _standing(assigned: Assigned, words: Words) -> str:
    if assigned.folder is None:
        return words("programme.assigned.no_set", set=assigned.programme.clip_set)
    if assigned.over:
        return words("programme.assigned.over")
    return words("programme.assigned.today") if assigned.today else ""
