"""What is stored of one person, to be looked at and deleted one by one: moments, recordings, notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from attune.app.futures import after, then
from attune.app.partner.couple import Moment, Note, Person, Recording
from attune.resources import Words
from attune.ui.partner.parts import Parts, day_words, length_words
from attune.ui.video.replay import SlowReplay
from attune.ui.widgets import Button, Card, QuietButton, ScrollPage, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.page import emptied

AT_ONCE = 30  # lines of each kind shown before there is a button for more


class _Found(NamedTuple):
    """What is kept of a person; ``people``: everybody."""

    people: Sequence[Person]
    moments: Sequence[Moment]
    recordings: Sequence[Recording]
    notes: Sequence[Note]


class StoredPage(ScrollPage):
    """The newest first; each line can be deleted by itself. Of a moment only their own part is told."""

    def __init__(self, parts: Parts, person: Person) -> None:
        super().__init__(parts.theme)
        self._parts, self._person = parts, person
        self._names: Mapping[int, str] = {}
        self._shown = {"moments": AT_ONCE, "recordings": AT_ONCE, "notes": AT_ONCE}
        self.lines: dict[str, list[Line]] = {}
        self._lists = {key: column(spacing=0) for key in self._shown}
        self._cards: dict[str, Card] = {}
        for key, inside in self._lists.items():
            card = self._cards[key] = Card()
            card.body.addWidget(text(parts.words(f"partner.stored.{key}.title"), "heading"))
            card.body.addWidget(text(parts.words(f"partner.stored.{key}.note"), "quiet"))
            card.body.addLayout(inside)
            card.hide()
            self.body.addWidget(card)
        self.nothing = text(parts.words("partner.person.nothing"), "large")
        self.nothing.hide()
        self.body.addWidget(self.nothing)
        self.body.addStretch(1)
        self.look()

    def look(self) -> None:
        """Show what is stored now."""
        couple, mine = self._parts.couple, self._person.id
        people, moments = couple.people(), couple.moments(people=(mine,))
        recordings, notes = couple.recordings(mine), couple.notes()

        def together(people: Sequence[Person]) -> Future[_Found]:
            return after(
                moments,
                lambda moments: after(
                    recordings,
                    lambda recordings: then(notes, lambda notes: _Found(people, moments, recordings, notes)),
                ),
            )

        self._parts.bridge.deliver(after(people, together), self._show)

    def _show(self, found: _Found) -> None:
        self._names = {person.id: person.name for person in found.people}
        mine = self._person.id
        self._fill("moments", [self._moment(each) for each in reversed(found.moments)])
        self._fill("recordings", [self._recording(each) for each in reversed(found.recordings)])
        about = [note for note in reversed(found.notes) if mine in (note.person, note.by)]
        self._fill("notes", [self._note(each) for each in about])
        self.nothing.setVisible(not any(self.lines.values()))

    def _fill(self, key: str, lines: list[Line]) -> None:
        self.lines[key] = lines
        self._cards[key].setVisible(bool(lines))
        inside = self._lists[key]
        emptied(inside)
        for place, line in enumerate(lines[: self._shown[key]]):
            if place:
                rule = QFrame()
                rule.setProperty("role", "rule")
                inside.addWidget(rule)
            inside.addWidget(line)
        for line in lines[self._shown[key] :]:
            line.deleteLater()
        if len(lines) > self._shown[key]:
            more = Button(self._parts.words("partner.stored.more", count=len(lines) - self._shown[key]))
            more.clicked.connect(partial(self._more, key))
            inside.addWidget(more)

    def _more(self, key: str, _checked: object = None) -> None:
        self._shown[key] += AT_ONCE
        self.look()

    def _moment(self, moment: Moment) -> Line:
        words = self._parts.words
        other = moment.noticer if moment.shower == self._person.id else moment.shower
        title = words(
            "partner.stored.with",
            what=words(f"partner.doors.{moment.kind}.title"),
            name=self._names.get(other, ""),
            day=day_words(moment.happened_at, words),
        )
        return self._line(
            "moments", title, own_part(words, moment, self._person.id), partial(self._veto, moment)
        )

    def _recording(self, recording: Recording) -> Line:
        words = self._parts.words
        length = words("partner.stored.broken_off")
        if recording.seconds is not None:
            length = length_words(words, recording.seconds)
        until = ""
        if recording.delete_by is not None:
            until = words("partner.stored.until", day=day_words(recording.delete_by, words))
        line = self._line(
            "recordings",
            words("partner.stored.of", day=day_words(recording.begun_at, words), length=length),
            until,
            lambda: self._parts.couple.delete_recording(recording.id),
        )
        watch = Button(words("partner.stored.play"))
        watch.setAccessibleName(f"{watch.text()}: {line.title}")
        watch.clicked.connect(lambda: self._play(recording, line.title))
        line.buttons.insertWidget(0, watch)
        return line

    def _note(self, note: Note) -> Line:
        words = self._parts.words
        about = "about_you" if note.person == self._person.id else "by_you"
        said = words(
            f"partner.stored.{about}",
            name=self._names.get(note.person, ""),
            day=day_words(note.at, words),
        )
        return self._line("notes", note.text, said, lambda: self._parts.couple.forget_note(note.id))

    def _line(self, key: str, title: str, said: str, delete: Callable[[], Future[None]]) -> Line:
        line = Line(self._parts.words, title, said)

        def agreed() -> None:
            self._parts.bridge.deliver(delete(), lambda _done: self._gone())

        line.delete.clicked.connect(lambda: self._ask(key, agreed))
        allow(line.delete, unless=only_read(self._parts.services))
        return line

    def _veto(self, moment: Moment) -> Future[None]:
        assert moment.id is not None
        return self._parts.couple.veto(moment.id)

    def _ask(self, key: str, agreed: Callable[[], None]) -> None:
        Question(
            self._parts.words,
            f"partner.stored.{key}.delete",
            agreed=agreed,
            parent=self,
            theme=self._parts.theme,
        )

    def _gone(self) -> None:
        self.look()
        self._parts.changed()

    def _play(self, recording: Recording, title: str) -> None:
        self._parts.open(FilmPage(self._parts, recording), title)


class Line(QWidget):
    """One thing that is stored, and what can be done with it; the name says which to a screen reader."""

    def __init__(self, words: Words, title: str, said: str) -> None:
        super().__init__()
        self.title, self.said = title, said
        self.delete = QuietButton(words("partner.stored.delete"))
        self.delete.setAccessibleName(f"{self.delete.text()}: {title}")
        self.buttons = row(spacing=4)
        self.buttons.addWidget(self.delete)
        about: QVBoxLayout = column(spacing=2)
        about.addWidget(text(title))
        if said:
            about.addWidget(text(said, "small"))
        inside = row(spacing=12)
        inside.setContentsMargins(0, 8, 0, 8)
        inside.addLayout(about, 1)
        inside.addLayout(self.buttons)
        self.setLayout(inside)


class FilmPage(QWidget):
    """A recording, played from its encrypted bytes; the keys of looking again."""

    def __init__(self, parts: Parts, recording: Recording) -> None:
        super().__init__()
        self.replay = SlowReplay(parts.words, parts.theme)
        self.problem = text("", "strong")
        self.problem.hide()
        self.replay.failed.connect(lambda _why: self._fail(parts.words("partner.stored.unplayable")))
        inside = column(spacing=12)
        inside.setContentsMargins(32, 8, 32, 24)
        inside.addWidget(self.problem)
        inside.addWidget(self.replay, 1)
        self.setLayout(inside)
        self.replay.open(recording.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The film's own keys."""
        if not self.replay.take_key(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of the file: it may be deleted next."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.replay.close_clip()

    def _fail(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()


def own_part(words: Words, moment: Moment, person: int) -> str:
    """What somebody themselves said in a moment; "" where nothing.

    What they felt is not told while it is covered: the other one may be looking.
    """
    reading = moment.felt if moment.shower == person else moment.perceived
    if reading is None:
        return ""
    if moment.shower == person and not moment.revealed:
        return words("partner.stored.covered")
    key = "felt" if moment.shower == person else "noticed"
    return words(f"partner.stored.{key}", emotion=words(f"emotions.{reading.top}.title"))
