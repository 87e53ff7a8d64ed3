"""Before practising: what was made for today, what was left, what else there is, and with which clips."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.app.history import SessionSummary
from attune.app.library import Channel, ClipSet, PeopleKind
from attune.app.partner.own_clips import OwnClips
from attune.app.practice import Reminder, Unfinished
from attune.app.practised import practised
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.protocol import Setup
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.assigned import AssignedList
from attune.ui.practice.header import OPEN_ENDED
from attune.ui.practice.options import OPTIONS
from attune.ui.practice.set_menu import SetMenu
from attune.ui.practice.way import Way
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, QuietButton, ScrollPage, column, row, text

MAIN, CHECK_UP = "daily", "checkup"
GAP = 16
MOST_COLUMNS = 3
NARROWEST = 18  # a card, in heights of the body type
DAYS_PER_WEEK = 7


class StartPage(ScrollPage):
    """Daily practice first; ``ready`` when the person can begin, ``begun(ClipSet, Setup)`` when they do.

    ``going_on(Unfinished, ClipSet)`` when they go on with a session that was left.
    """

    ready = Signal()
    begun = Signal(object, object)
    going_on = Signal(object, object)

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent, wide=True)
        self._words = services.words
        self._services = services
        self._bridge = bridge
        self._set: ClipSet | None = None
        self._left: Unfinished | None = None
        self._due: Reminder | None = None
        self._loading = 0  # sets on their way
        self._suggested: tuple[str, tuple[str, ...]] | None = None
        self._placed: tuple[object, ...] = ()
        self.ways = {MAIN: Way(services, theme, OPTIONS[MAIN], main=True)}
        self.begin_button = self.ways[MAIN].begin_button
        self._make_parts()
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Ask for the set and the history again."""
        self.allow()
        if self._set is None:
            self._about.setText(self._words("practice.start.loading"))
        self._load()
        self._bridge.deliver(self._services.history.sessions(), self._show_sessions)
        self.assigned.look()

    def _load(self) -> None:
        """Have the set that is practised with, as it is on the disk now."""
        self._loading += 1
        name = self._services.settings.current.practise_with
        today = date.today()  # noqa: DTZ011 - agreements end by the calendar on the wall
        own = OwnClips(couple=self._services.couple, words=self._words)
        loading = self._services.background.submit(practised, self._services.library, name, today, own)
        self._bridge.deliver(loading, self._show_set, self._no_set)

    def suggest(self, mode: str, emotions: tuple[str, ...]) -> None:
        """Lead to a way, as soon as it is there, with these emotions chosen where it is about some."""
        self._suggested = mode, emotions
        QTimer.singleShot(0, self, self._lead)

    def to_top(self) -> None:
        """Show the beginning, where one goes on with what was left."""
        self.verticalScrollBar().setValue(0)

    def allow(self) -> None:
        """Let the person begin (again): a start did not come about."""
        self._allow(allowed=self._set is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many cards side by side as fit."""
        super().resizeEvent(event)
        self._place()

    def _make_parts(self) -> None:
        words = self._words
        self._left_said = text("", "body")
        self.go_on_button = Button(words("practice.start.unfinished.go_on"))
        self._let_be_button = QuietButton(words("practice.start.unfinished.let_be"))
        self._left_card = _line(self._left_said, self.go_on_button, self._let_be_button)
        self._due_said = text("", "body")
        self.due_button = Button(words("practice.start.reminder.begin"))
        self._due_card = _line(self._due_said, self.due_button)
        self.assigned = AssignedList(self._services, self._bridge)
        self.sets = SetMenu(self._services, self._bridge, self._theme)
        self._about = text("", "small")
        self._measuring = text("", "small")

    def _arrange(self) -> None:
        self._cards = QGridLayout()
        self._cards.setSpacing(GAP)
        clips = column(spacing=6)
        clips.addWidget(self._about)
        clips.addWidget(self._measuring)
        self.body.setSpacing(20)
        head = row(spacing=16)
        head.addWidget(text(self._words("practice.start.title"), "title"), 1)
        head.addWidget(self.sets, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(head)
        self.body.addWidget(self._left_card)
        self.body.addWidget(self._due_card)
        self.body.addWidget(self.assigned)
        self.body.addWidget(self.ways[MAIN])
        self.body.addSpacing(8)
        self.body.addWidget(text(self._words("practice.start.choose"), "strong"))
        self.body.addLayout(self._cards)
        self.body.addLayout(clips)
        self.body.addWidget(self.assigned.take_in, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self._place()

    def _connect(self) -> None:
        self.ways[MAIN].begun.connect(self._begin)
        self.assigned.begun.connect(self.begun)
        self.sets.changed.connect(self._load)
        self.go_on_button.clicked.connect(self._go_on)
        self._let_be_button.clicked.connect(self._let_be)
        self.due_button.clicked.connect(self._check_up)
        self._theme.changed.connect(self._place)

    def _place(self) -> None:
        """Cards in rows; one that is unfolded has a row of its own."""
        ways = [self.ways[mode] for mode in OPTIONS if mode != MAIN and mode in self.ways]
        width = self.viewport().width() - 64  # the page's own margins
        columns = (width + GAP) // (NARROWEST * self._theme.sizes.body + GAP)
        columns = max(1, min(MOST_COLUMNS, columns))
        wanted = (columns, *(way.unfolded for way in ways))
        if wanted == self._placed:
            return
        self._placed = wanted
        at, side = 0, 0
        for way in ways:
            if side and (way.unfolded or side == columns):
                at, side = at + 1, 0
            wide = columns if way.unfolded else 1
            self._cards.addWidget(way, at, side, 1, wide)
            side += wide
        for place in range(MOST_COLUMNS):
            self._cards.setColumnStretch(place, 1 if place < columns else 0)

    def _folded(self, way: Way) -> None:
        self._place()
        if way.unfolded:  # once it has its place
            QTimer.singleShot(0, self, lambda: self._bring(way))

    def _bring(self, way: Way) -> None:
        """All of it into sight, its beginning where that is too much."""
        self.ensureWidgetVisible(way, 0, GAP)
        top = way.mapTo(self.sheet, QPoint()).y() - GAP
        self.verticalScrollBar().setValue(min(self.verticalScrollBar().value(), top))

    def _show_set(self, clip_set: ClipSet) -> None:
        self._set = clip_set
        self._loading -= 1
        words = self._words
        people = "rendered" if clip_set.people is PeopleKind.RENDERED else "filmed"
        said = (
            words("practice.start.about", name=clip_set.name, count=len(clip_set.clips)),
            clip_set.description,
            words(f"practice.start.people.{people}"),
            words("practice.start.licence", licence=clip_set.licence),
        )
        self._about.setText(" ".join(said))
        measured = self._services.settings.current.measure_faces
        key = "never" if not clip_set.measurable else "on" if measured else "off"
        self._measuring.setText(words(f"practice.start.measuring.{key}"))
        self._offer(clip_set)
        self._bridge.deliver(
            self._services.practice.unfinished(),
            lambda unfinished: self._show_unfinished(clip_set, unfinished),
        )
        if self.isVisible():
            self.begin_button.setFocus()
        QTimer.singleShot(0, self, lambda: self._show_others(clip_set))
        self.ready.emit()

    def _show_others(self, clip_set: ClipSet) -> None:
        """The other cards: only once there is something to begin with, which must not wait for them."""
        for mode, options in OPTIONS.items():
            if mode not in self.ways:
                way = self.ways[mode] = Way(self._services, self._theme, options)
                way.begun.connect(self._begin)
                way.folded.connect(lambda way=way: self._folded(way))
        self._place()
        self._offer(clip_set)
        self._bridge.deliver(self._services.practice.reminders(), self._show_reminders)
        self.sets.look()
        self._lead()

    def _lead(self) -> None:
        # A set that is on its way takes the keyboard with it: it is led once all are there.
        if self._suggested is None or self._loading or self._suggested[0] not in self.ways:
            return
        (mode, emotions), self._suggested = self._suggested, None
        way = self.ways[mode]
        if emotions:
            way.choose(emotions)
        way.begin_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._bring(way))

    def _offer(self, clip_set: ClipSet) -> None:
        channels = channels_of(clip_set)
        for way in self.ways.values():
            way.offer(channels)
            way.update_takes()
        self.allow()

    def _no_set(self, error: BaseException) -> None:
        self._loading -= 1
        if self._services.settings.current.practise_with is not None:  # Attune's own is always there
            self._bridge.failed.emit(error)
            self.sets.choose(None)
            return
        self._about.setText(self._words("practice.start.no_set"))
        self._bridge.failed.emit(error)

    def _show_sessions(self, sessions: list[SessionSummary]) -> None:
        count = len(sessions)
        key = "none" if count == 0 else "one" if count == 1 else "many"
        self.ways[MAIN].note(self._words(f"practice.start.sessions.{key}", count=count))

    def _show_unfinished(self, clip_set: ClipSet, unfinished: tuple[Unfinished, ...]) -> None:
        """The latest whose clips are here."""
        self._left = next((left for left in unfinished if left.clip_set == clip_set.name), None)
        self._left_card.setVisible(self._left is not None)
        if self._left is not None:
            key = "at_most" if self._left.setup.mode in OPEN_ENDED else "said"
            self._left_said.setText(
                self._words(
                    f"practice.start.unfinished.{key}",
                    name=self._words(f"practice.start.modes.{self._left.setup.mode}.title"),
                    day=self._day(self._left.started_at),
                    answered=self._left.answered,
                    planned=self._left.planned,
                )
            )

    def _show_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        """The first that is due; else the day of the next, on the check-up's card."""
        now = datetime.now(UTC)
        first = min(reminders, key=lambda reminder: reminder.due, default=None)
        self._due = first if first is not None and first.due <= now else None
        self._due_card.setVisible(self._due is not None)
        note = ""
        if self._due is not None:
            weeks = self._due.after.days // DAYS_PER_WEEK
            key = "week" if weeks == 1 else "weeks"
            self._due_said.setText(self._words(f"practice.start.reminder.{key}", weeks=weeks))
        elif first is not None:
            note = self._words(f"practice.start.modes.{CHECK_UP}.next", day=self._day(first.due))
        self.ways[CHECK_UP].note(note)

    def _day(self, when: datetime) -> str:
        local = when.astimezone()
        return QLocale(self._words.language).toString(QDate(local.year, local.month, local.day), "d MMMM")

    def _allow(self, *, allowed: bool) -> None:
        for way in self.ways.values():
            way.allow(allowed=allowed)
        self.assigned.allow(allowed=allowed)
        for button in (self.go_on_button, self._let_be_button, self.due_button):
            button.setEnabled(allowed)

    def _begin(self, setup: Setup) -> None:
        if self._set is not None:
            self._allow(allowed=False)
            self.begun.emit(self._set, setup)

    def _check_up(self) -> None:
        """The one that is due, on its own channel."""
        if self._due is not None:
            self._begin(CheckUp(channel=Channel(self._due.channel) if self._due.channel else None))

    def _go_on(self) -> None:
        if self._set is not None and self._left is not None:
            self._allow(allowed=False)
            self.going_on.emit(self._left, self._set)

    def _let_be(self) -> None:
        if self._left is not None:
            let = self._services.practice.let_be(self._left)
            self._bridge.deliver(let, lambda _done: self.refresh())


def channels_of(clip_set: ClipSet) -> tuple[Channel, ...]:
    """What can be chosen of the clips; nothing where they are pictures, or sounds, alone."""
    found = {clip.channel for clip in clip_set.clips}
    if Channel.PICTURE_AND_SOUND in found:
        return tuple(Channel)
    return tuple(channel for channel in Channel if channel in found) if len(found) > 1 else ()


def _line(said: QWidget, *buttons: QWidget) -> Card:
    """A card of one line, not there until there is something to say."""
    card = Card(role="well", margin=16)
    inside = row(spacing=8)
    inside.addWidget(said, 1)
    for button in buttons:
        inside.addWidget(button)
    card.body.addLayout(inside)
    card.hide()
    return card
