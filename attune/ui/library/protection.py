"""A set's people: what each agreed to, and what the licence of the set says."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QWidget

from attune.app import consent
from attune.app.consent import Consent, Standing, State, limits_of, standings
from attune.app.library import Clip, ClipSet
from attune.resources import Words
from attune.ui.library.consent import ConsentForm, day_words
from attune.ui.library.parts import Parts
from attune.ui.library.withdrawal import WithdrawalPage
from attune.ui.widgets import Card, QuietButton, ScrollPage, column, row, text
from attune.ui.widgets.page import emptied

SHOWN = 40  # people at once; the others are found by searching


def open_protection(parts: Parts, clip_set: ClipSet, _clips: tuple[Clip, ...]) -> None:
    """Show the people of a set."""
    page = ProtectionPage(parts, clip_set)
    parts.open(page, parts.words("protection.page.title", name=clip_set.name))


class ProtectionPage(ScrollPage):
    """Who is in a set, what they agreed to, what the licence refuses."""

    def __init__(self, parts: Parts, clip_set: ClipSet) -> None:
        super().__init__(parts.theme)
        self._parts = parts
        self._folder = clip_set.folder
        self.people = PeopleCard(parts.words)
        self.people.asked.connect(self._ask)
        self.people.withdrawn.connect(self._withdraw)
        self.licence = LicenceCard(parts.words, clip_set)
        self.body.addWidget(self.people)
        self.body.addWidget(self.licence)
        self.body.addStretch(1)
        self.people.fill(standings(clip_set, today()))
        self.setFocusProxy(self.people.search)

    def _ask(self, standing: Standing) -> None:
        """The consent form of one person."""
        parts = self._parts
        form = ConsentForm(parts.words, parts.theme, standing.person, standing.consent, today=today())
        form.agreed.connect(self._keep)
        form.refused.connect(parts.back)
        parts.open(form, parts.words("protection.consent.title", person=standing.person))

    def _keep(self, agreed: Consent) -> None:
        kept = self._parts.services.background.submit(consent.keep, self._folder, agreed)
        self._parts.bridge.deliver(kept, lambda _kept: self._kept(agreed))

    def _kept(self, agreed: Consent) -> None:
        self._parts.back()
        self._parts.say(self._parts.words("protection.consent.kept", person=agreed.person))
        self._look()

    def _look(self) -> None:
        """Show the people as they are on the disk now; with nobody left there is no page."""
        self._parts.changed()
        loading = self._parts.services.library.load(self._folder)
        self._parts.bridge.deliver(loading, self._fill, lambda _error: self._parts.back())

    def _fill(self, clip_set: ClipSet) -> None:
        self.people.fill(standings(clip_set, today()))

    def _withdraw(self, standing: Standing) -> None:
        page = WithdrawalPage(self._parts, standing.person, self._folder)
        page.done.connect(self._look)
        title = self._parts.words("protection.withdraw.title", person=standing.person)
        self._parts.open(page, title)


class LicenceCard(Card):
    """What the licence says, and what it refuses before all."""

    def __init__(self, words: Words, clip_set: ClipSet) -> None:
        super().__init__()
        limits = limits_of(clip_set.licence)
        self.body.addWidget(text(words("protection.licence.title"), "heading"))
        for limit in limits:
            self.body.addWidget(text(words(f"protection.limits.{limit}"), "strong"))
        if not clip_set.licence:
            self.body.addWidget(text(words("protection.licence.none")))
            return
        if not limits:
            self.body.addWidget(text(words("protection.licence.free")))
        self.body.addWidget(text(words("protection.licence.said", licence=clip_set.licence), "quiet"))
        if clip_set.attribution:
            said = words("protection.licence.attribution", attribution=clip_set.attribution)
            self.body.addWidget(text(said, "quiet"))


class PeopleCard(Card):
    """One line for each person; ``search`` shows only those called so.

    ``asked`` and ``withdrawn`` carry the Standing of who is to be asked for consent, or withdraws.
    """

    asked = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._people: tuple[Standing, ...] = ()
        self.lines: list[PersonLine] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(words("protection.people.search"))
        self.search.setAccessibleName(words("protection.people.search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._show())
        self.state = text("", "quiet")
        self._list = column(spacing=14)
        self.body.addWidget(text(words("protection.people.title"), "heading"))
        self.body.addWidget(text(words("protection.people.note"), "quiet"))
        self.body.addWidget(self.search)
        self.body.addLayout(self._list)
        self.body.addWidget(self.state)

    def fill(self, people: tuple[Standing, ...]) -> None:
        """Show these people."""
        self._people = people
        self.search.setVisible(len(people) > 5)
        self._show()

    def _show(self) -> None:
        wanted = self.search.text().casefold().strip()
        found = [each for each in self._people if wanted in each.person.casefold()]
        emptied(self._list)
        self.lines = [PersonLine(each, self._words) for each in found[:SHOWN]]
        for line, each in zip(self.lines, found, strict=False):
            line.consent.clicked.connect(partial(self._tell, self.asked, each))
            line.withdraw.clicked.connect(partial(self._tell, self.withdrawn, each))
            self._list.addWidget(line)
        self._say(len(found))

    def _tell(self, signal: SignalInstance, standing: Standing, _checked: bool = False) -> None:
        signal.emit(standing)

    def _say(self, found: int) -> None:
        words, said = self._words, ""
        if not self._people:
            said = words("protection.people.none")
        elif not found:
            said = words("protection.people.not_found")
        elif found > SHOWN:
            said = words("protection.people.more", count=found - SHOWN)
        self.state.setText(said)
        self.state.setVisible(bool(said))


class PersonLine(QWidget):
    """One person: how many clips, what was agreed, and what can be done."""

    def __init__(self, standing: Standing, words: Words) -> None:
        super().__init__()
        self.standing = standing
        person = standing.person or words("protection.people.unnamed")
        self.consent = QuietButton(words("protection.people.consent"))
        self.withdraw = QuietButton(words("protection.people.withdraw"))
        self.consent.setAccessibleName(words("protection.people.consent_of", person=person))
        self.withdraw.setAccessibleName(words("protection.people.withdraw_of", person=person))
        self.consent.setEnabled(bool(standing.person) and standing.state is not State.NOT_NEEDED)
        self.withdraw.setEnabled(bool(standing.person))
        count = standing.clips
        clips = (
            words("protection.people.one_clip")
            if count == 1
            else words("protection.people.clips", count=count)
        )
        name = row(spacing=10)
        name.addWidget(text(person, "strong", wrap=False))
        name.addWidget(text(clips, "small", wrap=False))
        name.addStretch(1)
        said = column(spacing=2)
        said.addLayout(name)
        urgent = standing.state in (State.ENDED, State.ENDS_SOON, State.MISSING)
        self.said = text(state_words(standing, words), "body" if urgent else "quiet")
        said.addWidget(self.said)
        inside = row(spacing=4)
        inside.addLayout(said, 1)
        inside.addWidget(self.consent, 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.withdraw, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(inside)


def state_words(standing: Standing, words: Words) -> str:
    """How it stands with one person's agreement, in sentences."""
    agreed = standing.consent
    until = day_words(agreed.delete_by, words) if agreed and agreed.delete_by else ""
    given_on = day_words(agreed.given_on, words) if agreed else ""
    said = [words(f"protection.state.{standing.state}", given_on=given_on, until=until)]
    if agreed is not None:
        uses = ", ".join(words(f"protection.purposes.for_{purpose}") for purpose in agreed.purposes)
        said.append(
            words("protection.purposes.for", uses=uses) if uses else words("protection.purposes.for_none")
        )
        if until and standing.state is State.GIVEN:
            said.append(words("protection.state.until", until=until))
    return " ".join(said)


def today() -> date:
    """The day as people here count it."""
    return date.today()  # noqa: DTZ011 - consent is given and ends by the calendar on the wall
