"""Before practising: what will happen, with which clips, and what is measured where."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.app.history import SessionSummary
from attune.app.library import ClipSet, PeopleKind
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.widgets import Card, PrimaryButton, ScrollPage, row, text


class StartPage(ScrollPage):
    """Offers the starter set; ``ready`` when the person can begin, ``begun(ClipSet)`` when they do."""

    ready = Signal()
    begun = Signal(object)

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._words = services.words
        self._services = services
        self._bridge = bridge
        self._set: ClipSet | None = None
        self._make_parts()
        self.begin_button.clicked.connect(self._begin)

    def refresh(self) -> None:
        """Ask for the set and the history again."""
        self.begin_button.setEnabled(self._set is not None)
        if self._set is None:
            self._name.setText(self._words("practice.start.loading"))
            self._bridge.deliver(self._services.library.starter(), self._show_set, self._no_set)
        else:
            self._show_set(self._set)
        self._bridge.deliver(self._services.history.sessions(), self._show_sessions)

    def allow(self) -> None:
        """Let the person begin (again): a start did not come about."""
        self.begin_button.setEnabled(self._set is not None)

    def _make_parts(self) -> None:
        words = self._words
        self._name = text("", "heading")
        self._about = text("")
        self._licence = text("", "small")
        self._made = text("", "small")
        self._measuring = text("", "quiet")
        self._sessions = text("", "quiet")
        self.begin_button = PrimaryButton(words("practice.start.begin"))
        self.begin_button.setEnabled(False)
        self._card = Card()
        for part in (self._name, self._about, self._made, self._licence):
            self._card.body.addWidget(part)
        act = row()
        act.addWidget(self.begin_button)
        act.addWidget(self._sessions, 1)
        self.body.addWidget(text(words("practice.start.title"), "title"))
        self._plan = text("", "large")
        self.body.addWidget(self._plan)
        self.body.addWidget(self._card)
        self.body.addWidget(self._measuring)
        self.body.addLayout(act)
        self.body.addStretch(1)

    def _show_set(self, clip_set: ClipSet) -> None:
        self._set = clip_set
        words = self._words
        current = self._services.settings.current
        count = min(current.trials, len(clip_set.clips))
        self._plan.setText(words("practice.start.plan", count=count))
        self._name.setText(clip_set.name)
        self._about.setText(clip_set.description)
        people = "rendered" if clip_set.people is PeopleKind.RENDERED else "filmed"
        clips = words("practice.start.clips", count=len(clip_set.clips))
        self._made.setText(f"{clips} {words(f'practice.start.people.{people}')}")
        self._licence.setText(words("practice.start.licence", licence=clip_set.licence))
        self._measuring.setText(words(f"practice.start.measuring.{'on' if current.measure_faces else 'off'}"))
        self.begin_button.setEnabled(True)
        if self.isVisible():
            self.begin_button.setFocus()
        self.ready.emit()

    def _no_set(self, error: BaseException) -> None:
        self._name.setText(self._words("practice.start.no_set"))
        self._bridge.failed.emit(error)

    def _show_sessions(self, sessions: list[SessionSummary]) -> None:
        count = len(sessions)
        key = "none" if count == 0 else "one" if count == 1 else "many"
        self._sessions.setText(self._words(f"practice.start.sessions.{key}", count=count))

    def _begin(self) -> None:
        if self._set is not None:
            self.begin_button.setEnabled(False)
            self.begun.emit(self._set)
