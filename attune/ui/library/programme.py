"""Making a programme for a client: a way to practise with one set, and on how many days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from attune.app.consent import limits_of
from attune.app.library import Clip, ClipSet
from attune.app.programmes import Programme, fingerprint
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.ui.library.parts import Parts
from attune.ui.library.protection import today
from attune.ui.practice.options import OPTIONS, Options
from attune.ui.practice.start import channels_of
from attune.ui.widgets import Card, PrimaryButton, ScrollPage, announce, column, row, text
from attune.ui.widgets.asking import ask_where_to
from attune.ui.widgets.choices import Segments
from attune.ui.widgets.picker import Picker

DAYS = (1, 3, 5, 7, 14, 28)
TRIALS = (5, 10, 20, 30)


def open_programme(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Show the page on which a programme with this set is made."""
    page = ProgrammePage(parts, clip_set)
    parts.open(page, parts.words("programme.page.title", name=clip_set.name))


class ProgrammePage(ScrollPage):
    """Name, way to practise with its options, days; saved as a file."""

    def __init__(self, parts: Parts, clip_set: ClipSet) -> None:
        super().__init__(parts.theme)
        self._parts, self._set = parts, clip_set
        self._modes = tuple(OPTIONS)
        words = parts.words
        self.name = _line(
            words("programme.page.name"), words("programme.page.usual_name", name=clip_set.name)
        )
        self.note = _line(words("programme.page.note"), "")
        self.made_by = _line(words("programme.page.made_by"), clip_set.made_by)
        titles = [words(f"practice.start.modes.{mode}.title") for mode in self._modes]
        self.way = Picker(titles, words("programme.page.way"), parts.theme)
        self.trials = _numbers(TRIALS, words("programme.page.trials"), 10)
        self.days = _numbers(DAYS, words("programme.page.days"), 5)
        self.save = PrimaryButton(words("programme.page.save"))
        self.problem = text("", "strong")
        self.problem.hide()
        self.options: Options | None = None
        self._arrange()
        self.way.currentIndexChanged.connect(self._offer)
        self.save.clicked.connect(self._ask_where)
        self._offer(0)
        self.setFocusProxy(self.name)

    def programme(self) -> Programme:
        """What was chosen."""
        return Programme(
            name=self.name.text().strip(),
            clip_set=self._set.name,
            fingerprint=fingerprint(self._set),
            setup=self._setup(),
            days=self.days.value,
            given_on=today(),
            made_by=self.made_by.text().strip(),
            note=self.note.text().strip(),
        )

    def _setup(self) -> Setup:
        assert self.options is not None
        setup = self.options.setup()
        return replace(setup, trials=self.trials.value) if isinstance(setup, ReadTheMoment) else setup

    def _offer(self, place: int) -> None:
        """The options of the way chosen."""
        if self.options is not None:
            self.options.setParent(None)
            self.options.deleteLater()
        options = OPTIONS[self._modes[place]]
        self.options = options(self._parts.services, self._parts.theme, channels=channels_of(self._set))
        self._place.addWidget(self.options)
        self._clips.setVisible(options.mode == ReadTheMoment.mode)

    def _arrange(self) -> None:
        words = self._parts.words
        self._place = column()
        self._clips = _named(self.trials)
        intro = column(spacing=10)
        intro.addWidget(text(words("programme.page.intro")))
        intro.addWidget(text(words("programme.page.clips"), "quiet"))
        limits = limits_of(self._set.licence)
        if limits:
            said = [words("programme.page.limits"), *(words(f"protection.limits.{each}") for each in limits)]
            intro.addWidget(text(" ".join(said), "strong"))
        about, what = Card(), Card()
        for line in (self.name, self.note, self.made_by):
            line.setMaxLength(400)
            about.body.addWidget(_named(line))
        what.body.addWidget(_named(self.way))
        what.body.addLayout(self._place)
        what.body.addWidget(self._clips)
        what.body.addWidget(_named(self.days))
        answers = row()
        answers.addWidget(self.save)
        answers.addStretch(1)
        self.body.addLayout(intro)
        for part in (about, what, self.problem):
            self.body.addWidget(part)
        self.body.addLayout(answers)
        self.body.addStretch(1)

    def _ask_where(self) -> None:
        words = self._parts.words
        self.problem.setVisible(not self.name.text().strip())
        if not self.problem.isHidden():
            self.problem.setText(words("programme.page.no_name"))
            announce(self, self.problem.text())
            return
        name = self.name.text().strip().replace("/", "-")
        ask_where_to(self, words("programme.page.save"), words("programme.page.files"), name, self._give)

    def _give(self, target: Path) -> None:
        given = self._parts.services.programmes.give(self.programme(), target)
        self._parts.bridge.deliver(given, lambda _given: self._given(target))

    def _given(self, target: Path) -> None:
        self._parts.back()
        self._parts.say(self._parts.words("programme.page.saved", path=target))


class _Numbers(QWidget):
    """One of a few numbers."""

    def __init__(self, numbers: tuple[int, ...], name: str, first: int) -> None:
        super().__init__()
        self.value = first
        self.setAccessibleName(name)
        self.choices = Segments({str(number): str(number) for number in numbers}, name)
        self.choices.choose(str(first))
        self.choices.chosen.connect(self._choose)
        inside = column()
        inside.addWidget(self.choices)
        self.setLayout(inside)

    def _choose(self, number: str) -> None:
        self.value = int(number)


def _numbers(numbers: tuple[int, ...], name: str, first: int) -> _Numbers:
    return _Numbers(numbers, name, first)


def _line(name: str, value: str) -> QLineEdit:
    line = QLineEdit(value)
    line.setAccessibleName(name)
    return line


def _named(what: QWidget) -> QWidget:
    """Something with its name above it."""
    label = text(what.accessibleName(), "strong")
    label.setBuddy(what)
    inside: QVBoxLayout = column(spacing=6)
    inside.addWidget(label)
    inside.addWidget(what)
    named = QWidget()
    named.setLayout(inside)
    return named
