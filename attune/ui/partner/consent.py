"""What each of the two agrees to: asked of one at a time, in plain words, each thing by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Agreed, Person
from attune.resources import Words
from attune.ui.partner.handing import HandOver
from attune.ui.partner.parts import Pair, Parts
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, column, row, text
from attune.ui.widgets.choices import Segments, Switch

USES = ("camera", "recording", "practice", "reading")
NEEDS = {"recording": "camera", "practice": "recording", "reading": "camera"}
DAYS = {"until_deleted": None, "year": 365, "month": 30, "week": 7}


def ask_each(parts: Parts, pair: Pair) -> None:
    """Ask whoever was not asked yet, one after the other; each has the screen to themselves."""
    person = next((each for each in pair.both if each.agreed is None), None)
    if person is None:
        rest_each(parts, pair)
        return
    beside = pair.beside(person.id)

    def here() -> None:
        parts.back()
        page = ConsentPage(parts.words, parts.theme, person, beside.name)
        page.agreed.connect(partial(answered, page))
        page.refused.connect(parts.back)
        parts.open(page, parts.words("partner.consent.title", name=person.name))

    def answered(page: ConsentPage, agreed: Agreed) -> None:
        keep_agreed(parts, page, person.id, agreed, kept)

    def kept(changed: Person) -> None:
        parts.back()
        both = [changed if each.id == changed.id else each for each in pair.both]
        ask_each(parts, Pair(one=both[0], other=both[1]))

    page = HandOver(parts, person.name, here, why=parts.words("partner.consent.hand_over"))
    parts.open(page, parts.words("partner.before.title"))


def keep_agreed(
    parts: Parts, page: ConsentPage, person: int, agreed: Agreed, then: Callable[[Person], None]
) -> None:
    """Keep what somebody agreed to and go on, unless the form was left; it asks nothing meanwhile."""
    page.setEnabled(False)

    def kept(person: Person) -> None:
        if shiboken6.isValid(page):
            then(person)
        else:
            parts.changed()

    def failed(error: BaseException) -> None:
        if shiboken6.isValid(page):
            page.setEnabled(True)
        parts.bridge.failed.emit(error)

    parts.bridge.deliver(parts.couple.agree(person, agreed), kept, failed)


def rest_each(parts: Parts, pair: Pair) -> None:
    """Keep the face at rest of each who wants theirs measured, one after the other; it can be put off."""
    waiting = [each for each in pair.both if pair.readable(each.id) and each.neutral is None]
    if not waiting:
        parts.changed()
        return
    from attune.ui.partner.neutral import NeutralPage  # noqa: PLC0415 - for whoever wants it

    def show(place: int) -> None:
        person = waiting[place]
        page = NeutralPage(parts, person, everybody=all(pair.readable(each.id) for each in pair.both))
        page.ended.connect(lambda: ended(place + 1))
        parts.open(page, parts.words("partner.neutral.title", name=person.name), leave=page.leave)

    def ended(place: int) -> None:
        parts.back()
        if place < len(waiting):
            show(place)
        else:
            parts.changed()

    show(0)


class ConsentPage(ScrollPage):
    """``agreed(Agreed)`` with what was ticked, nothing at all perhaps; ``refused``: not now.

    Everything is off until it is ticked; where somebody was asked before, as they said then.
    """

    agreed = Signal(object)
    refused = Signal()

    def __init__(self, words: Words, theme: Theme, person: Person, other: str) -> None:
        """``other``: who sits beside, "" where that does not matter."""
        super().__init__(theme)
        self._words = words
        self._before = person.agreed
        before = person.agreed or Agreed()
        self.uses = {use: Switch(words(f"partner.consent.{use}.ask"), theme) for use in USES}
        for switch in self.uses.values():
            font = switch.font()
            font.setWeight(QFont.Weight.DemiBold)
            switch.setFont(font)
        self._needed = {use: text("", "small") for use in NEEDS}
        self._gone = {use: text("", "strong") for use in USES}
        self.keep = Segments(
            {key: words(f"partner.consent.keep.{key}") for key in DAYS}, words("partner.consent.keep.name")
        )
        self._days = before.keep_days
        self.keep.choose(next((key for key, days in DAYS.items() if days == self._days), "until_deleted"))
        self.keep.chosen.connect(self._keep_for)
        self.yes, self.no = PrimaryButton(""), Button(words("partner.consent.not_now"))
        self.yes.clicked.connect(self._give)
        self.no.clicked.connect(self.refused)
        self._arrange(person.name, other)
        for use, switch in self.uses.items():
            switch.setChecked(getattr(before, use))
            switch.toggled.connect(self._follow)
        self._follow()
        self.setFocusProxy(self.uses["camera"])

    def _arrange(self, name: str, other: str) -> None:
        words = self._words
        said = column(spacing=8)
        if other:
            said.addWidget(text(words("partner.consent.lead", name=name, other=other), "large"))
        for key in ("free", "back"):
            said.addWidget(text(words(f"partner.consent.{key}")))
        self.body.addLayout(said)
        for use in USES:
            self.body.addWidget(self._use(use))
        answers = row(spacing=12)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        answers.addStretch(1)
        self.body.addLayout(answers)
        self.body.addStretch(1)

    def _use(self, use: str) -> Card:
        words = self._words
        card = Card()
        card.body.setSpacing(8)
        card.body.addWidget(self.uses[use])
        self.uses[use].setAccessibleDescription(self._about(use))
        if use in NEEDS:
            card.body.addWidget(self._needed[use])
        for line in words.table(f"partner.consent.{use}")["about"]:
            card.body.addWidget(text(line, "quiet"))
        card.body.addWidget(self._gone[use])
        if use == "recording":
            card.body.addWidget(self._kept_for())
        return card

    def _about(self, use: str) -> str:
        """All that is said of it, for a screen reader that is at the switch."""
        return " ".join(self._words.table(f"partner.consent.{use}")["about"])

    def _kept_for(self) -> QWidget:
        self._keeping = QWidget()
        inside = column(spacing=6)
        inside.addWidget(text(self.keep.accessibleName(), "strong"))
        inside.addWidget(self.keep)
        self._keeping.setLayout(inside)
        return self._keeping

    def _keep_for(self, key: str) -> None:
        self._days = DAYS[key]

    def _follow(self) -> None:
        """What needs something else is off without it; what goes when something is taken back is said."""
        words = self._words
        for use, needed in NEEDS.items():
            possible = self.uses[needed].isChecked()
            if not possible:
                self.uses[use].setChecked(False)
            self.uses[use].setEnabled(possible)
            reason = "" if possible else words(f"partner.consent.needs.{needed}")
            self.uses[use].setAccessibleDescription(f"{reason} {self._about(use)}".strip())
            self._needed[use].setText(reason)
            self._needed[use].setVisible(not possible)
        for use, label in self._gone.items():
            taken_back = self._before is not None and getattr(self._before, use)
            gone = words.table(f"partner.consent.{use}").get("gone", "")
            label.setText(gone)
            label.setVisible(bool(gone) and taken_back and not self.uses[use].isChecked())
        self._keeping.setVisible(self.uses["recording"].isChecked())
        any_on = any(switch.isChecked() for switch in self.uses.values())
        self.yes.setText(words(f"partner.consent.{'yes' if any_on else 'none'}"))

    def _give(self) -> None:
        on = {use: switch.isChecked() for use, switch in self.uses.items()}
        self.agreed.emit(Agreed(**on, keep_days=self._days if on["recording"] else None))
