"""What holds for the set: its name, who is in it, under which licence, what they agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from attune.app.consent import Consent, Purpose
from attune.app.importing import Details, Survey, suggested
from attune.app.library import PeopleKind
from attune.ui.library.parts import Parts
from attune.ui.widgets import Card, column, text
from attune.ui.widgets.choices import Segments, Switch


class DetailsCard(Card):
    """``changed`` with every letter. A set that says all this already keeps what it says."""

    changed = Signal()

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self._people = PeopleKind.FILMED
        self.name = self._field("name")
        self.licence = self._field("licence")
        self.attribution = self._field("attribution")
        self.people = Segments(
            {
                kind: words(f"library.bring.people.{kind}")
                for kind in (PeopleKind.FILMED, PeopleKind.RENDERED)
            },
            words("library.bring.people.name"),
        )
        self.uses = {
            purpose: Switch(words(f"protection.purposes.{purpose}"), parts.theme) for purpose in Purpose
        }
        self.body.addWidget(text(words("library.bring.about"), "heading"))
        self.body.addWidget(_labelled(self.name))
        self.body.addWidget(self._beside("people", self.people))
        self.body.addWidget(_labelled(self.licence))
        self.body.addWidget(_labelled(self.attribution))
        self._consent = self._consents()
        self.body.addWidget(self._consent)
        self.people.chosen.connect(self._choose_people)
        for field in (self.name, self.licence, self.attribution):
            field.textEdited.connect(self.changed)
        for switch in self.uses.values():
            switch.toggled.connect(self.changed)

    def show_survey(self, survey: Survey) -> None:
        """Fill in what is known."""
        known = suggested(survey)
        self.name.setText(known.name)
        self.licence.setText(known.licence)
        self.attribution.setText(known.attribution)
        self._published = bool(survey.licence)
        self._kept = known.consent
        for switch in self.uses.values():
            switch.setChecked(False)
        self._choose_people(known.people)

    def details(self, survey: Survey, labels: Mapping[str, str]) -> Details:
        """What was filled in."""
        known = suggested(survey)
        return replace(
            known,
            name=self.name.text().strip() or known.name,
            licence=self.licence.text().strip(),
            attribution=self.attribution.text().strip(),
            people=self._people,
            consent=(*known.consent, *self._agreed(survey)),
            labels=dict(labels),
        )

    def _agreed(self, survey: Survey) -> tuple[Consent, ...]:
        uses = tuple(purpose for purpose, switch in self.uses.items() if switch.isChecked())
        if not uses or self._people is not PeopleKind.FILMED:
            return ()
        today = datetime.now(UTC).astimezone().date()
        agreed = {consent.person for consent in suggested(survey).consent}
        return tuple(
            Consent(person=person, given_on=today, purposes=uses)
            for person in survey.people
            if person not in agreed
        )

    def _choose_people(self, kind: str) -> None:
        self._people = PeopleKind(kind)
        self.people.choose(self._people)
        asked = self._people is PeopleKind.FILMED and not self._published and not self._kept
        self._consent.setVisible(asked)
        self.changed.emit()

    def _consents(self) -> QWidget:
        """What those who were filmed agreed to, for all at once; one by one it can be changed later."""
        words = self._parts.words
        inside = column(spacing=10)
        inside.addWidget(text(words("library.bring.consent"), "strong"))
        inside.addWidget(text(words("library.bring.consent_note"), "quiet"))
        for switch in self.uses.values():
            inside.addWidget(switch)
        box = QWidget()
        box.setLayout(inside)
        return box

    def _field(self, key: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(self._parts.words(f"library.bring.fields.{key}"))
        field.setPlaceholderText(self._parts.words(f"library.bring.hints.{key}"))
        return field

    def _beside(self, key: str, part: QWidget) -> QWidget:
        box = QWidget()
        inside = column(spacing=6)
        inside.addWidget(text(self._parts.words(f"library.bring.{key}.name"), "strong"))
        inside.addWidget(part)
        box.setLayout(inside)
        return box


def _labelled(field: QLineEdit) -> QWidget:
    box = QWidget()
    inside = column(spacing=6)
    label = text(field.accessibleName(), "strong")
    label.setBuddy(field)
    inside.addWidget(label)
    inside.addWidget(field)
    box.setLayout(inside)
    return box
