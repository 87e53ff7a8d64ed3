"""The start of Partner: the two who sit here, what each agreed to, and the doors to their rounds."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from attune.app.partner.couple import Moment, Person
from attune.ui.partner.doors import Doors, Point, go_through
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.tile import PersonTile
from attune.ui.partner.who import Names, WhoPage, add_people, couples
from attune.ui.widgets import Card, PrimaryButton, QuietButton, ScrollPage, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.columns import Columns
from attune.ui.widgets.page import emptied


class Home(ScrollPage):
    """Names first, then each one's consent, then the rounds. ``pair``: who sits here, None before names."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.theme, wide=True)
        self._parts = parts
        self.pair: Pair | None = None
        self.people: tuple[Person, ...] = ()
        self.known: tuple[Pair, ...] = ()  # couples, the latest first
        self.names: Names | None = None
        self.begin_button: PrimaryButton | None = None
        self.who_button: QuietButton | None = None
        self.doors: Doors | None = None
        self.tiles: dict[int, PersonTile] = {}
        self._shown: tuple[object, ...] = ()
        self._inside = column(spacing=24)
        self.body.addLayout(self._inside)
        self.body.addStretch(1)

    def look(self) -> None:
        """Show the people and what is kept of them as it is now."""
        couple, deliver = self._parts.couple, self._parts.bridge.deliver
        moments: Future[tuple[Moment, ...]] = couple.moments()

        def with_people(people: tuple[Person, ...]) -> None:
            deliver(moments, partial(self._show, people))

        deliver(couple.people(), with_people)

    def choose(self, pair: Pair) -> None:
        """These two sit here now."""
        self.pair = pair
        self._parts.changed()

    def _show(self, people: tuple[Person, ...], moments: tuple[Moment, ...]) -> None:
        self.people, self.known = people, couples(people, moments)
        by_id = {person.id: person for person in people}
        if self.pair is not None and all(person.id in by_id for person in self.pair.both):
            self.pair = Pair(one=by_id[self.pair.one.id], other=by_id[self.pair.other.id])
        else:
            self.pair = self.known[0] if self.known else None
        if (self.pair, self.people, self.known) == self._shown:
            return
        self._shown = self.pair, self.people, self.known
        focus = self._focused()
        emptied(self._inside)
        self.names = self.begin_button = self.who_button = self.doors = None
        self.tiles.clear()
        if self.pair is None:
            self._welcome(self.people)
        else:
            self._together(self.pair)
        if focus is not None:
            self._focus(focus)

    def _focused(self) -> str | None:
        """Name of the button here that has the keyboard, "" of anything else here."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return None
        return focus.accessibleName() if isinstance(focus, QAbstractButton) else ""

    def _focus(self, name: str) -> None:
        """Give the keyboard to the button of that name, or to what comes first."""
        buttons = self.findChildren(QAbstractButton)
        (next((each for each in buttons if name and each.accessibleName() == name), None) or self).setFocus()

    def _welcome(self, people: Sequence[Person]) -> None:
        words = self._parts.words
        head = column(spacing=8)
        head.addWidget(text(words("partner.welcome.title"), "title"))
        head.addWidget(text(words("partner.welcome.intro"), "large"))
        count = 1 if len(people) == 1 else 2
        self.names = Names(words, count, lambda: [person.name for person in people])
        self.names.named.connect(partial(self._named, people))
        allow(self.names, unless=only_read(self._parts.services))
        self._inside.addLayout(head)
        self._inside.addWidget(self.names)
        if len(people) > 1:
            self._inside.addWidget(self._who(), 0, Qt.AlignmentFlag.AlignLeft)
        theme = self._parts.theme
        points = [Point(words, theme, key) for key in ("turns", "camera", "kept")]
        self._inside.addWidget(Columns(theme, points, most=3, narrowest=13, gap=32))
        self.setFocusProxy(self.names)

    def _named(self, people: Sequence[Person], names: tuple[str, ...]) -> None:
        assert self.names is not None
        there = tuple(people) if len(names) == 1 else ()

        def added(new: tuple[Person, ...]) -> None:
            one, other = (*there, *new)
            self.choose(Pair(one=one, other=other))

        add_people(self._parts, self.names, names, added)

    def _together(self, pair: Pair) -> None:
        words, parts = self._parts.words, self._parts
        head = row()
        said = words("partner.home.two", one=pair.one.name, other=pair.other.name)
        head.addWidget(text(said, "title"), 1)
        head.addWidget(self._who(), 0, Qt.AlignmentFlag.AlignVCenter)
        self._inside.addLayout(head)
        self._inside.addWidget(self._people(pair))
        reason = only_read(parts.services)
        if not pair.asked:
            self._inside.addWidget(self._before(pair, reason))
        self.doors = Doors(words, parts.theme, lambda key: go_through(key, parts, pair))
        self.doors.allow(asked=pair.asked, unless=reason)
        self._inside.addWidget(self.doors)
        self.setFocusProxy(self.begin_button or next(iter(self.doors.by_key.values())))

    def _who(self) -> QuietButton:
        self.who_button = QuietButton(self._parts.words("partner.home.somebody_else"))
        self.who_button.clicked.connect(self._ask_who)
        return self.who_button

    def _people(self, pair: Pair) -> Columns:
        for person in pair.both:
            tile = PersonTile(self._parts.words, self._parts.theme, person)
            tile.button.clicked.connect(lambda _=False, person=person: self._open_person(person))
            self.tiles[person.id] = tile
        return Columns(self._parts.theme, tuple(self.tiles.values()), most=2, narrowest=16)

    def _before(self, pair: Pair, reason: str) -> Card:
        """What comes before the first round, with the one clear action."""
        words = self._parts.words
        first = next(person for person in pair.both if person.agreed is None)
        self.begin_button = PrimaryButton(words("partner.before.begin", name=first.name))
        self.begin_button.clicked.connect(lambda: self._ask(pair))
        allow(self.begin_button, unless=reason)
        card = Card(margin=28)
        card.body.addWidget(text(words("partner.before.title"), "heading"))
        card.body.addWidget(text(words("partner.before.about")))
        act = row()
        act.addWidget(self.begin_button)
        act.addStretch(1)
        card.body.addLayout(act)
        return card

    def _ask_who(self) -> None:
        page = WhoPage(self._parts, self.people, self.known)
        page.chosen.connect(self._chosen)
        self._parts.open(page, self._parts.words("partner.who.title"))

    def _chosen(self, pair: Pair) -> None:
        self.pair = pair
        self._parts.back()

    def _ask(self, pair: Pair) -> None:
        from attune.ui.partner.consent import ask_each  # noqa: PLC0415 - before the first round only

        ask_each(self._parts, pair)

    def _open_person(self, person: Person) -> None:
        from attune.ui.partner.person import PersonPage  # noqa: PLC0415 - when somebody looks at it

        page = PersonPage(self._parts, person.id)
        self._parts.open(page, self._parts.words("partner.person.title"))
