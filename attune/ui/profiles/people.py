"""The card of everybody's profiles: open, make, rename and delete them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict

from PySide6.QtWidgets import QFrame, QWidget

from attune.app import contents, keeping
from attune.app.contents import Amount
from attune.app.keeping import Profile, check_name
from attune.errors import ProfileError
from attune.resources import Words
from attune.ui.profiles.form import Field, Form, Values, new_passphrase_problem
from attune.ui.profiles.parts import Parts
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, QuietButton, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.dialogs import Question
from attune.ui.widgets.page import emptied


class PeopleCard(Card):
    """One row a profile, the open one marked; ``rows`` by name."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self._words = parts.words
        self._profiles: tuple[Profile, ...] = ()
        self.rows: dict[str, Row] = {}
        self._list = column(spacing=4)
        self.new = Button(self._words("profiles.people.create"))
        self.new.clicked.connect(self._ask_for_new)
        self.body.addWidget(text(self._words("profiles.people.title"), "heading"))
        self.body.addWidget(text(self._words("profiles.people.note"), "quiet"))
        self.body.addLayout(self._list)
        actions = row()
        actions.addWidget(self.new)
        actions.addStretch(1)
        self.body.addLayout(actions)

    def look(self) -> None:
        """Show the profiles there are now."""

        def read() -> list[tuple[Profile, bool]]:
            every = self._parts.services.profiles.all()
            return [(profile, profile.has_passphrase) for profile in every]

        self._parts.bridge.deliver(self._parts.services.background.submit(read), self._fill)

    def _fill(self, found: Sequence[tuple[Profile, bool]]) -> None:
        emptied(self._list)
        self.rows.clear()
        self._profiles = tuple(profile for profile, _locked in found)
        for profile, locked in found:
            line = Row(profile, self._words, is_open=self._is_open(profile), locked=locked)
            if self._is_open(profile):
                allow(line.rename, line.delete, unless=only_read(self._parts.services))
            line.open.clicked.connect(lambda _=False, name=profile.name: self._open(name))
            line.rename.clicked.connect(lambda _=False, which=profile: self._ask_for_name(which))
            line.delete.clicked.connect(lambda _=False, which=profile: self._ask_to_delete(which))
            if self.rows:
                rule = QFrame()
                rule.setProperty("role", "rule")
                self._list.addWidget(rule)
            self._list.addWidget(line)
            self.rows[profile.name] = line

    def _is_open(self, profile: Profile) -> bool:
        return profile.folder == self._parts.services.profile.folder

    def _open(self, name: str) -> None:
        self._parts.reopen(keeping.use(name))

    def _ask_for_new(self) -> None:
        ask_for_new(self._words, self._profiles, agreed=self._create, parent=self, theme=self._parts.theme)

    def _create(self, values: Values) -> None:
        self._parts.reopen(keeping.create(values["name"], values["new"]), "profiles.said.created")

    def _ask_for_name(self, profile: Profile) -> None:
        others = [other for other in self._profiles if other != profile]

        def agreed(values: Values) -> None:
            self._rename(profile, values["name"])

        Form(
            self._words,
            "profiles.rename",
            [Field("name", value=profile.name)],
            agreed=agreed,
            check=lambda values: name_problem(self._words, values["name"], others),
            parent=self,
            theme=self._parts.theme,
            name=profile.name,
        )

    def _rename(self, profile: Profile, name: str) -> None:
        if self._is_open(profile):
            self._parts.reopen(keeping.rename(profile, name), "profiles.said.renamed")
            return
        services = self._parts.services
        renamed = services.background.submit(services.profiles.rename, profile, name)
        self._parts.bridge.deliver(renamed, lambda _profile: self.look())

    def _ask_to_delete(self, profile: Profile) -> None:
        if not self._is_open(profile):
            self._confirm_deleting(profile, "profiles.delete_closed")
            return

        def counted(amount: Amount) -> None:
            self._confirm_deleting(
                profile,
                "profiles.delete_open",
                **asdict(amount),
            )

        self._parts.bridge.deliver(contents.amount(self._parts.services.history), counted)

    def _confirm_deleting(self, profile: Profile, key: str, **gaps: object) -> None:
        Question(
            self._words,
            key,
            agreed=lambda: self._delete(profile),
            parent=self,
            theme=self._parts.theme,
            name=profile.name,
            **gaps,
        )

    def _delete(self, profile: Profile) -> None:
        if self._is_open(profile):
            self._parts.reopen(keeping.delete(profile), "profiles.said.deleted")
            return
        services = self._parts.services
        gone = services.background.submit(services.profiles.delete, profile)
        self._parts.bridge.deliver(gone, lambda _gone: self.look())


class Row(QWidget):
    """One profile and what can be done with it."""

    def __init__(self, profile: Profile, words: Words, *, is_open: bool, locked: bool) -> None:
        super().__init__()
        self.open = Button(words("profiles.people.open"))
        self.rename = QuietButton(words("profiles.people.rename"))
        self.delete = QuietButton(words("profiles.people.delete"))
        self.state = text(_state(words, is_open=is_open, locked=locked), "small")
        if is_open:
            self.open.hide()
        for button in (self.open, self.rename, self.delete):
            button.setAccessibleName(f"{button.text()}: {profile.name}")
        said = column(spacing=2)
        said.addWidget(text(profile.name, "strong"))
        said.addWidget(self.state)

        inside = row(spacing=4)
        inside.setContentsMargins(0, 8, 0, 8)
        inside.addLayout(said, 1)
        for button in (self.open, self.rename, self.delete):
            inside.addWidget(button)
        self.setLayout(inside)


def ask_for_new(
    words: Words,
    profiles: Sequence[Profile],
    *,
    agreed: Callable[[Values], object],
    parent: QWidget,
    theme: Theme,
) -> None:
    """Ask for the name of a profile that is to be made, and for its passphrase: ``name``, ``new``."""

    def check(values: Values) -> str | None:
        return name_problem(words, values["name"], profiles) or new_passphrase_problem(words, values)

    Form(
        words,
        "profiles.create",
        [Field("name"), Field("new", secret=True), Field("again", secret=True)],
        agreed=agreed,
        check=check,
        parent=parent,
        theme=theme,
    )


def name_problem(words: Words, name: str, others: Sequence[Profile]) -> str | None:
    """What is amiss with a name for a profile beside the ``others``."""
    try:
        check_name(name, others)
    except ProfileError as error:
        return words.error(error)
    return None


def _state(words: Words, *, is_open: bool, locked: bool) -> str:
    return words(f"profiles.people.{'open' if is_open else 'closed'}{'_locked' if locked else ''}_state")
