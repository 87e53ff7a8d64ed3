"""A dialog with a few fields to fill in: a name, a passphrase."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from attune.app.keeping import check_passphrase
from attune.errors import AttuneError
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, PrimaryButton, announce, column, row, text
from attune.ui.widgets.choices import Switch

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One line to fill in; ``name`` is its place in the form's words. ``secret`` ones show dots."""

    name: str
    secret: bool = False
    value: str = ""


class Form(QDialog):
    """``agreed`` gets what was filled in, once ``check`` has nothing to say about it any more."""

    def __init__(
        self,
        words: Words,
        key: str,
        fields: Sequence[Field],
        *,
        agreed: Callable[[Values], object],
        check: Callable[[Values], str | None],
        parent: QWidget,
        theme: Theme,
        **gaps: object,
    ) -> None:
        """``key`` names a table of words: title, explanation (filled with ``gaps``), yes, no, every field."""
        super().__init__(parent)
        self.setModal(True)
        self._agreed, self._check = agreed, check
        title, explanation = words(f"{key}.title"), words(f"{key}.explanation", **gaps)
        self.setWindowTitle(title)
        self.setAccessibleDescription(explanation)
        self.fields = {field.name: _line(field, words(f"{key}.{field.name}")) for field in fields}
        self.problem = text("", "strong")
        self.problem.hide()
        self.yes = PrimaryButton(words(f"{key}.yes"))
        self.no = Button(words(f"{key}.no"))
        self.yes.setDefault(True)
        self.yes.clicked.connect(self._try)
        self.no.clicked.connect(self.reject)
        inside = column(margin=28)
        inside.addWidget(text(title, "heading"))
        inside.addWidget(text(explanation))
        for line in self.fields.values():
            inside.addLayout(_named(line))
        if any(field.secret for field in fields):
            inside.addWidget(shown_switch(words, theme, tuple(self.fields.values())))
        inside.addWidget(self.problem)
        inside.addSpacing(8)
        inside.addLayout(self._answers())
        self.setLayout(inside)
        self.setFixedWidth(theme.sizes.column * 2 // 3)
        self.resize(self.width(), inside.totalHeightForWidth(self.width()))  # else a long text is cut
        self.finished.connect(self.deleteLater)
        next(iter(self.fields.values())).setFocus()
        self.open()

    def _answers(self) -> QHBoxLayout:
        answers = row(spacing=12)
        answers.addStretch(1)
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        return answers

    def _try(self) -> None:
        values = {name: line.text() for name, line in self.fields.items()}
        problem = self._check(values)
        if problem is None:
            self.accept()
            self._agreed(values)
            return
        self.problem.setText(problem)
        self.problem.show()
        announce(self, problem)


def shown_switch(words: Words, theme: Theme, lines: Sequence[QLineEdit]) -> Switch:
    """Shows what is typed into secret lines while it is on."""
    secret = [line for line in lines if line.echoMode() is QLineEdit.EchoMode.Password]
    switch = Switch(words("profiles.form.show"), theme)

    def show(on: bool) -> None:
        for line in secret:
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    switch.toggled.connect(show)
    return switch


def new_passphrase_problem(words: Words, values: Values) -> str | None:
    """What is amiss with ``new``, typed ``again``."""
    if values["new"] != values["again"]:
        return words("profiles.form.not_the_same")
    try:
        check_passphrase(values["new"])
    except AttuneError as error:
        return words.error(error)
    return None


def _line(field: Field, name: str) -> QLineEdit:
    line = QLineEdit(field.value)
    line.setAccessibleName(name)
    if field.secret:
        line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def _named(line: QLineEdit) -> QVBoxLayout:
    label = text(line.accessibleName(), "strong")
    label.setBuddy(line)
    inside = column(spacing=6)
    inside.addWidget(label)
    inside.addWidget(line)
    return inside
