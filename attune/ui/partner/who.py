"""Who sits here: names for two who are new, and choosing two of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from attune.app.partner.couple import Moment, Person
from attune.resources import Words
from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, announce, row, text
from attune.ui.widgets.buttons import Chip
from attune.ui.widgets.flow import Flow

AT_ONCE = timedelta(seconds=5)  # between two who were named together
LONGEST_NAME = 20  # letters; more would leave a button no room


def couples(people: Sequence[Person], moments: Sequence[Moment]) -> tuple[Pair, ...]:
    """Those who did rounds together, the latest first; before them two who just came and have none yet.

    The last two who came belong together where there are no others, or where both were named at once.
    """
    by_id = {person.id: person for person in people}
    found: dict[frozenset[int], Pair] = {}
    for moment in sorted(moments, key=lambda each: each.happened_at, reverse=True):
        if moment.shower in by_id and moment.noticer in by_id:
            first, second = sorted((moment.shower, moment.noticer))
            found.setdefault(frozenset((first, second)), Pair(one=by_id[first], other=by_id[second]))
    if len(people) < 2:
        return ()
    one, other = sorted(people, key=lambda person: (person.made_at, person.id))[-2:]
    latest = max((moment.happened_at for moment in moments), default="")
    new = frozenset((one.id, other.id)) not in found and other.made_at > latest
    if new and (len(people) == 2 or _at_once(one, other)):
        return Pair(one=one, other=other), *found.values()
    return tuple(found.values())


def _at_once(one: Person, other: Person) -> bool:
    apart = datetime.fromisoformat(other.made_at) - datetime.fromisoformat(one.made_at)
    return apart <= AT_ONCE


def name_problem(words: Words, names: Sequence[str], taken: Sequence[str]) -> str:
    """Why these cannot be the names of people, in a sentence; "" where they can."""
    if not all(names):
        return words("partner.names.missing")
    if any(len(name) > LONGEST_NAME for name in names):
        return words("partner.names.long", most=LONGEST_NAME)
    seen = {name.casefold() for name in taken}
    for name in names:
        if name.casefold() in seen:
            return words("partner.names.twice", name=name)
        seen.add(name.casefold())
    return ""


class Names(Card):
    """Asks for the names of people who are new; ``named(tuple of names)`` once they can be used.

    ``count``: for one, where somebody is there already, or for two; ``main``: it is what the page is for.
    """

    named = Signal(object)

    def __init__(
        self, words: Words, count: int, taken: Callable[[], Sequence[str]], *, main: bool = True
    ) -> None:
        super().__init__(margin=28 if main else 24)
        self._words, self._taken = words, taken
        keys = ("one", "other") if count > 1 else ("new",)
        self.fields = tuple(_field(words(f"partner.names.{key}")) for key in keys)
        self.problem = text("", "strong")
        self.problem.hide()
        self.go_on = (PrimaryButton if main else Button)(words("partner.names.go_on"))
        self.go_on.clicked.connect(self._try)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for place, field in enumerate(self.fields):
            label = text(field.accessibleName(), "strong")
            label.setBuddy(field)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
            field.returnPressed.connect(self._next)
        act = row()
        act.addWidget(self.go_on)
        act.addStretch(1)
        self.body.addWidget(text(words(f"partner.names.{'title' if main else 'others'}"), "heading"))
        self.body.addWidget(text(words("partner.names.note"), "quiet"))
        self.body.addLayout(grid)
        self.body.addWidget(self.problem)
        self.body.addLayout(act)
        self.setFocusProxy(self.fields[0])

    def _next(self) -> None:
        """Enter leads to what is still empty, then goes on."""
        empty = next((field for field in self.fields if not field.text().strip()), None)
        if empty is None or empty.hasFocus():
            self._try()
        else:
            empty.setFocus(Qt.FocusReason.TabFocusReason)

    def _try(self) -> None:
        names = tuple(" ".join(field.text().split()) for field in self.fields)
        problem = name_problem(self._words, names, self._taken())
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        if problem:
            announce(self, problem)
        else:
            self.named.emit(names)


class WhoPage(ScrollPage):
    """Chooses who sits here: a couple again, or two of the people, or somebody new. ``chosen(Pair)``."""

    chosen = Signal(object)

    def __init__(self, parts: Parts, people: Sequence[Person], known: Sequence[Pair]) -> None:
        super().__init__(parts.theme)
        self._parts, self._people = parts, tuple(people)
        words = parts.words
        self._picked: list[Person] = []
        self.couples: dict[tuple[int, int], Button] = {}
        self.people: dict[int, Chip] = {}
        if known:
            self.body.addWidget(self._couples(known))
        self.body.addWidget(self._everybody())
        self.names = Names(words, 2, lambda: [person.name for person in self._people], main=False)
        self.names.named.connect(self._add)
        self.body.addWidget(self.names)
        self.body.addStretch(1)
        first = next(iter(self.couples.values()), None) or next(iter(self.people.values()))
        self.setFocusProxy(first)

    def _couples(self, known: Sequence[Pair]) -> Card:
        words = self._parts.words
        card = Card()
        card.body.addWidget(text(words("partner.who.couples"), "heading"))
        around = QWidget()
        flow = Flow(around)
        for pair in known:
            said = words("partner.home.two", one=pair.one.name, other=pair.other.name)
            button = Button(said)
            button.clicked.connect(lambda _=False, pair=pair: self.chosen.emit(pair))
            self.couples[pair.one.id, pair.other.id] = button
            flow.addWidget(button)
        card.body.addWidget(around)
        return card

    def _everybody(self) -> Card:
        words = self._parts.words
        card = Card()
        card.body.addWidget(text(words("partner.who.people"), "heading"))
        card.body.addWidget(text(words("partner.who.note"), "quiet"))
        around = QWidget()
        flow = Flow(around)
        for person in self._people:
            chip = Chip(person.name)
            chip.setCheckable(True)
            chip.clicked.connect(lambda _=False, person=person: self._pick(person))
            self.people[person.id] = chip
            flow.addWidget(chip)
        self.together = Button(words("partner.who.together"))
        self.together.setEnabled(False)
        self.together.clicked.connect(
            lambda: self.chosen.emit(Pair(one=self._picked[0], other=self._picked[1]))
        )
        act = row()
        act.addWidget(self.together)
        act.addStretch(1)
        card.body.addWidget(around)
        card.body.addLayout(act)
        return card

    def _pick(self, person: Person) -> None:
        """Two at most: a third takes the place of the second."""
        if person in self._picked:
            self._picked.remove(person)
        else:
            self._picked = [*self._picked[:1], person]
        for each, chip in self.people.items():
            chip.setChecked(any(picked.id == each for picked in self._picked))
        self.together.setEnabled(len(self._picked) == 2)

    def _add(self, names: tuple[str, ...]) -> None:
        add_people(
            self._parts, self.names, names, lambda new: self.chosen.emit(Pair(one=new[0], other=new[1]))
        )


def add_people(
    parts: Parts, form: QWidget, names: Sequence[str], then: Callable[[tuple[Person, ...]], None]
) -> None:
    """Add these people, one after the other, and go on with them, unless ``form`` was left meanwhile."""
    form.setEnabled(False)
    added: list[Person] = []

    def failed(error: BaseException) -> None:
        if shiboken6.isValid(form):
            form.setEnabled(True)
        parts.bridge.failed.emit(error)

    def one_added(person: Person) -> None:
        added.append(person)
        if len(added) < len(names):
            add_next()
        elif shiboken6.isValid(form):
            then(tuple(added))
        else:
            parts.changed()

    def add_next() -> None:
        parts.bridge.deliver(parts.couple.add_person(names[len(added)]), one_added, failed)

    add_next()


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setMaxLength(LONGEST_NAME)
    return field
