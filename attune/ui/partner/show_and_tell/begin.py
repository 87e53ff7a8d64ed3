"""Before the first turn: who shows first, how it is seen, and how the card gets to whoever shows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.app.partner.couple import Person
from attune.app.partner.show_and_tell import MOMENT_S, Giving, Watching, is_read, why_not
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.step import Options, Step
from attune.ui.widgets import Button, Card, PrimaryButton, row, text
from attune.ui.widgets.choices import Segments


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What was chosen; ``pair.one`` shows first."""

    pair: Pair
    watching: Watching
    giving: Giving


class BeginStep(Step):
    """``begun(Plan)``; ``list_wanted(Person)`` for the list of somebody's code words.

    ``before``: what was chosen until now, None the first time.
    """

    begun = Signal(object)
    list_wanted = Signal(object)

    def __init__(self, parts: Parts, pair: Pair, before: Plan | None = None) -> None:
        super().__init__(parts.theme, wide=True)
        self._parts, self._pair = parts, pair
        words = parts.words
        names = {str(person.id): person.name for person in pair.both}
        self.first = Segments(names, words("partner_show.begin.who"))
        self._other_first = before is not None and before.pair.one.id != pair.one.id
        self.first.choose(str(pair.other.id if self._other_first else pair.one.id))
        self.watching = self._options("watching", Watching, self._why_not())
        self.giving = self._options("giving", Giving, {})
        usual = Watching.LIVE if self.watching.buttons[Watching.LIVE].isEnabled() else Watching.ROOM
        self.watching.choose(before.watching if before else usual)
        self.giving.choose(before.giving if before else Giving.HAND_OVER)
        self.lists = {person.id: Button(self._list_words(person)) for person in pair.both}
        self.go = PrimaryButton(words("partner_show.begin.go"))
        self.measured = text("", "quiet")
        self._arrange()
        for person in pair.both:
            self.lists[person.id].clicked.connect(lambda _=False, who=person: self.list_wanted.emit(who))
        self.first.chosen.connect(self._choose_first)
        self.watching.chosen.connect(self._say)
        self.giving.chosen.connect(self._say)
        self.go.clicked.connect(lambda: self.begun.emit(self.plan))
        self._say()

    @property
    def plan(self) -> Plan:
        """What is chosen now."""
        return Plan(
            pair=self._pair.swapped() if self._other_first else self._pair,
            watching=Watching(self.watching.choice),
            giving=Giving(self.giving.choice),
        )

    def _why_not(self) -> dict[str, str]:
        words, reasons = self._parts.words, {way: why_not(way, self._pair.both) for way in Watching}
        return {way: words(f"partner_show.why_not.{why}") for way, why in reasons.items() if why}

    def _options(self, about: str, keys: type[Watching | Giving], reasons: dict[str, str]) -> Options:
        words = self._parts.words
        said = {
            str(key): (
                words(f"partner_show.{about}.{key}.title", seconds=MOMENT_S),
                words(f"partner_show.{about}.{key}.note"),
            )
            for key in keys
        }
        return Options(self._parts.theme, words(f"partner_show.begin.{about}"), said, reasons)

    def _list_words(self, person: Person) -> str:
        return self._parts.words("partner_show.begin.list_of", name=person.name)

    def _arrange(self) -> None:
        words = self._parts.words
        self.body.setSpacing(20)
        self.body.addWidget(text(words("partner_show.begin.intro"), "large"))
        who = row(spacing=16)
        who.addWidget(text(self.first.accessibleName(), "strong", wrap=False))
        who.addWidget(self.first, 1)
        self.body.addLayout(who)
        self._cards = QGridLayout()
        self._cards.setSpacing(16)
        for place, options in enumerate((self.watching, self.giving)):
            card = Card(margin=20)
            card.body.addWidget(text(options.accessibleName(), "heading"))
            card.body.addWidget(options)
            if options is self.giving:
                card.body.addWidget(self._two_lists())
            card.body.addStretch(1)
            self._cards.addWidget(card, 0, place)
            self._cards.setColumnStretch(place, 1)
        self.body.addLayout(self._cards)
        self.body.addWidget(self.measured)
        self.body.addStretch(1)
        self.foot.addWidget(self.go)
        self.foot.addStretch()
        self.setFocusProxy(self.go)

    def _two_lists(self) -> QWidget:
        self._lists = QWidget()
        inside = row(spacing=8)
        for button in self.lists.values():
            inside.addWidget(button)
        inside.addStretch(1)
        self._lists.setLayout(inside)
        return self._lists

    def _say(self) -> None:
        """Show what belongs to what is chosen now."""
        self._lists.setVisible(self.giving.choice == Giving.WORD)
        read = [person for person in self._pair.both if is_read(person)]
        words = self._parts.words
        if not read or self.watching.choice == Watching.ROOM:
            self.measured.setText(words("partner_show.measured.none"))
        elif len(read) == 2:
            self.measured.setText(words("partner_show.measured.both"))
        else:
            self.measured.setText(words("partner_show.measured.one", name=read[0].name))

    def _choose_first(self, person: str) -> None:
        self._other_first = person == str(self._pair.other.id)
