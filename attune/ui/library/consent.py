"""The consent form: in plain words, each use apart, for one person."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from attune.app.consent import Consent, Purpose
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, ScrollPage, announce, column, row, text
from attune.ui.widgets.choices import Switch


class ConsentForm(ScrollPage):
    """``agreed`` carries the Consent once everything needed is filled in; ``refused``: not now.

    ``person``: who is asked, "" where that is to be written too; ``before``: what they agreed to until now.
    """

    agreed = Signal(object)
    refused = Signal()

    def __init__(
        self, words: Words, theme: Theme, person: str, before: Consent | None = None, *, today: date
    ) -> None:
        super().__init__(theme)
        self._words, self._today = words, today
        a_year = today.replace(year=today.year + 1, day=min(today.day, 28))
        until = a_year if before is None else before.delete_by
        self.person = _line(words("protection.consent.person"), person)
        self.may_view = _line(words("protection.consent.may_view"), before.may_view if before else "")
        where = before.stored_at if before else words("protection.consent.this_computer")
        self.stored_at = _line(words("protection.consent.stored_at"), where)
        self.delete_by = _line(words("protection.consent.delete_by"), until.isoformat() if until else "")
        self.uses = {purpose: Switch(words(f"protection.purposes.{purpose}"), theme) for purpose in Purpose}
        for purpose, switch in self.uses.items():
            switch.setChecked(before is not None and purpose in before.purposes)
        self.problem = text("", "strong")
        self.problem.hide()
        self.yes = PrimaryButton(words("protection.consent.yes"))
        self.no = Button(words("protection.consent.no"))
        self.yes.clicked.connect(self._try)
        self.no.clicked.connect(self.refused)
        self._arrange(named=bool(person))
        self.setFocusProxy(self.uses[Purpose.PLAYBACK] if person else self.person)

    def _arrange(self, *, named: bool) -> None:
        words = self._words
        said = column(spacing=10)
        for key in ("intro", "anonymous", "back"):
            said.addWidget(text(words(f"protection.consent.{key}")))
        uses = Card()
        uses.body.setSpacing(18)
        uses.body.addWidget(text(words("protection.consent.uses"), "heading"))
        for purpose, switch in self.uses.items():
            uses.body.addLayout(_pair(switch, text(words(f"protection.purposes.{purpose}_note"), "quiet")))
        details = Card()
        details.body.addWidget(text(words("protection.consent.details"), "heading"))
        lines = [self.may_view, self.stored_at, self.delete_by]
        for line in lines if named else [self.person, *lines]:
            label = text(line.accessibleName(), "strong")
            label.setBuddy(line)
            details.body.addLayout(_pair(label, line))
        answers = row(spacing=12)
        answers.addWidget(self.yes)
        answers.addWidget(self.no)
        answers.addStretch(1)
        self.body.addLayout(said)
        self.body.addWidget(uses)
        self.body.addWidget(details)
        self.body.addWidget(self.problem)
        self.body.addLayout(answers)
        self.body.addStretch(1)

    def _try(self) -> None:
        problem = self._problem()
        if problem:
            self.problem.setText(problem)
            self.problem.show()
            announce(self, problem)
            return
        until = self.delete_by.text().strip()
        self.agreed.emit(
            Consent(
                person=self.person.text().strip(),
                given_on=self._today,
                purposes=tuple(purpose for purpose, switch in self.uses.items() if switch.isChecked()),
                may_view=self.may_view.text().strip(),
                stored_at=self.stored_at.text().strip(),
                delete_by=date.fromisoformat(until) if until else None,
            )
        )

    def _problem(self) -> str:
        """What is still needed, in a sentence; "" where nothing is."""
        words, until = self._words, self.delete_by.text().strip()
        if not self.person.text().strip():
            return words("protection.consent.no_person")
        if not any(switch.isChecked() for switch in self.uses.values()):
            return words("protection.consent.no_use")
        if not until:
            return ""
        try:
            day = date.fromisoformat(until)
        except ValueError:
            example = self._today.replace(year=self._today.year + 1, month=12, day=31)
            return words("protection.consent.no_day", text=until, example=example.isoformat())
        return words("protection.consent.past_day", text=until) if day < self._today else ""


def day_words(day: date, words: Words) -> str:
    """A day with its year."""
    return QLocale(words.language).toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")


def _line(name: str, value: str) -> QLineEdit:
    line = QLineEdit(value)
    line.setAccessibleName(name)
    return line


def _pair(above: QWidget, below: QWidget) -> QVBoxLayout:
    pair = column(spacing=4)
    pair.addWidget(above)
    pair.addWidget(below)
    return pair
