"""The card of the open profile's passphrase."""

from __future__ import annotations

from attune.app import keeping
from attune.ui.profiles.form import Field, Form, Values, new_passphrase_problem
from attune.ui.profiles.parts import Parts
from attune.ui.widgets import Button, Card, row, text
from attune.ui.widgets.allowed import allow, only_read

OLD = Field("old", secret=True)
NEW = (Field("new", secret=True), Field("again", secret=True))


class PassphraseCard(Card):
    """Sets one, or changes or takes away the one there is."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self.state = text("")
        self.set = Button(words("profiles.passphrase.set"))
        self.change = Button(words("profiles.passphrase.change"))
        self.remove = Button(words("profiles.passphrase.remove"))
        self.set.clicked.connect(lambda: self._ask("profiles.set_passphrase", *NEW))
        self.change.clicked.connect(lambda: self._ask("profiles.change_passphrase", OLD, *NEW))
        self.remove.clicked.connect(lambda: self._ask("profiles.remove_passphrase", OLD))
        actions = row(spacing=8)
        for button in (self.set, self.change, self.remove):
            button.hide()
            actions.addWidget(button)
        actions.addStretch(1)
        self.body.addWidget(text(words("profiles.passphrase.title"), "heading"))
        self.body.addWidget(self.state)
        self.body.addWidget(text(words("profiles.passphrase.note"), "quiet"))
        self.body.addLayout(actions)

    def look(self) -> None:
        """Show whether there is one."""
        profile = self._parts.services.profile
        locked = self._parts.services.background.submit(lambda: profile.has_passphrase)
        self._parts.bridge.deliver(locked, self._fill)

    def _fill(self, locked: bool) -> None:
        name = self._parts.services.profile.name
        key = "profiles.passphrase.locked" if locked else "profiles.passphrase.open"
        self.state.setText(self._parts.words(key, name=name))
        allow(self.set, self.change, self.remove, unless=only_read(self._parts.services))
        self.set.setVisible(not locked)
        self.change.setVisible(locked)
        self.remove.setVisible(locked)

    def _ask(self, key: str, *fields: Field) -> None:
        def check(values: Values) -> str | None:
            if "new" not in values:
                return None
            if not values["new"]:
                return self._parts.words("profiles.form.no_passphrase")
            return new_passphrase_problem(self._parts.words, values)

        Form(
            self._parts.words,
            key,
            fields,
            agreed=lambda values: self._change(values, f"{key}.done"),
            check=check,
            parent=self,
            theme=self._parts.theme,
            name=self._parts.services.profile.name,
        )

    def _change(self, values: Values, said: str) -> None:
        change = keeping.change_passphrase(
            self._parts.services.profile, values.get("old", ""), values.get("new", "")
        )
        self._parts.reopen(change, said)
