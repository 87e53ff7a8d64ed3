"""My person: what one knows of the other, as they told it, and how to keep it fresh."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from attune.app.futures import then
from attune.app.partner.couple import Moment, Note, Person
from attune.app.partner.love_map import load_questions, love_map, written_by
from attune.app.partner.own_clips import OwnClips, OwnSet
from attune.app.partner.signs import signs_of
from attune.ui.partner.my_person.clips import ClipsCard
from attune.ui.partner.my_person.confirm import begin_confirming
from attune.ui.partner.my_person.question import QuestionCard
from attune.ui.partner.my_person.signs import SignsCard
from attune.ui.partner.my_person.told import ToldCard, WaitingCard
from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import ScrollPage, column, text
from attune.ui.widgets.choices import Segments
from attune.ui.widgets.dialogs import Question
from attune.ui.within import Go


def open_my_person(parts: Parts, pair: Pair) -> None:
    """Begin with what the first of the two knows of the other."""
    page = MyPersonPage(parts, pair)
    parts.open(page, parts.words("partner_person.title"), leave=page.leave)


class MyPersonPage(ScrollPage):
    """``about`` is whom it is about, ``reader`` the other one. Read anew each time it is shown."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__(parts.theme)
        self._parts, self._pair = parts, pair
        self.about: Person = pair.other
        names = {
            str(person.id): parts.words("partner_person.who.about", name=person.name) for person in pair.both
        }
        self.who = Segments(names, parts.words("partner_person.who.choose"))
        self.who.choose(str(self.about.id))
        self.who.chosen.connect(self._choose)
        self._intro = text("", "large")
        self.question = QuestionCard(parts)
        self.waiting = WaitingCard(parts)
        self.told = ToldCard(parts)
        self.signs = SignsCard(parts)
        self.clips = ClipsCard(parts)
        self.question.written.connect(self.look)
        self.told.forgotten.connect(self.look)
        self.waiting.begun.connect(self._confirm)
        head = column(spacing=12)
        head.addWidget(self.who, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self._intro)
        self.body.addLayout(head)
        for card in (self.waiting, self.question, self.told, self.signs, self.clips):
            self.body.addWidget(card)
        self.body.addStretch(1)
        self.setFocusProxy(self.question)
        self._show_who()

    @property
    def reader(self) -> Person:
        """Who asks, and reads what the other one told."""
        return self._pair.beside(self.about.id)

    def showEvent(self, event: QShowEvent) -> None:
        """Something may have been confirmed, agreed to or taken back meanwhile."""
        super().showEvent(event)
        if not event.spontaneous():
            self.look()

    def leave(self, go: Go) -> None:
        """At once, or after asking where something is half written."""
        if not self.question.is_half_written:
            go()
            return
        Question(self._parts.words, "partner_person.leave", agreed=go, parent=self, theme=self._parts.theme)

    def look(self) -> None:
        """Show what is known now."""
        deliver, couple, about = self._parts.bridge.deliver, self._parts.couple, self.about.id
        deliver(couple.people(), self._know)
        deliver(then(couple.notes(about), lambda notes: (about, notes)), self._show_notes)
        both = tuple(person.id for person in self._pair.both)
        deliver(then(couple.moments(people=both), lambda moments: (about, moments)), self._show_signs)
        own = OwnClips(couple=couple, words=self._parts.words)
        deliver(then(own.sets(), lambda sets: (about, sets)), self._show_clips)

    def _choose(self, person: str) -> None:
        self.about = self._pair.of(int(person))
        self._show_who()
        self.look()

    def _know(self, people: tuple[Person, ...]) -> None:
        """What they agreed to may have changed; who has gone meanwhile is on no page."""
        by_id = {person.id: person for person in people}
        if all(person.id in by_id for person in self._pair.both):
            self._pair = Pair(one=by_id[self._pair.one.id], other=by_id[self._pair.other.id])
            self.about = by_id[self.about.id]

    def _show_who(self) -> None:
        gaps = {"reader": self.reader.name, "name": self.about.name}
        self._intro.setText(self._parts.words("partner_person.who.intro", **gaps))
        for card in (self.question, self.waiting, self.told, self.signs, self.clips):
            card.turn_to(self.about, self.reader)

    # What was asked for of one comes with their id: by then it may be the other one's turn.

    def _show_notes(self, found: tuple[int, tuple[Note, ...]]) -> None:
        about, notes = found
        if about == self.about.id:
            known = love_map(notes, about, load_questions(), datetime.now(UTC))
            self.question.show_questions(known.ask)
            self.waiting.show_waiting(written_by(known.waiting, self.reader.id))
            self.told.show_told(known.told)

    def _show_signs(self, found: tuple[int, tuple[Moment, ...]]) -> None:
        about, moments = found
        if about == self.about.id:
            agreed = self.about.agreed
            self.signs.show_signs(signs_of(moments, about) if agreed is not None and agreed.reading else None)

    def _show_clips(self, found: tuple[int, tuple[OwnSet, ...]]) -> None:
        about, sets = found
        if about == self.about.id:
            theirs = next((each.clip_set for each in sets if each.person.id == about), None)
            self.clips.show_clips(self.about, theirs)

    def _confirm(self) -> None:
        begin_confirming(self._parts, self.about, self.reader)
