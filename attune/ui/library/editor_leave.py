"""Questions of the editor: what becomes of what is not saved, and of what somebody else wrote meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, PrimaryButton, column, text


class Choice(QDialog):
    """A question with several answers; Esc gives none of them and leaves everything as it is."""

    def __init__(
        self,
        words: Words,
        key: str,
        answers: Mapping[str, Callable[[], object]],
        *,
        parent: QWidget,
        theme: Theme,
    ) -> None:
        """``key`` names a table of words: title, explanation, stay and ``answers``, the first primary."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title, explanation = words(f"{key}.title"), words(f"{key}.explanation")
        self.setWindowTitle(title)
        self.setAccessibleDescription(explanation)
        self.buttons: dict[str, Button] = {}
        below = column(spacing=10)
        for name, act in answers.items():
            kind = PrimaryButton if not self.buttons else Button
            self.buttons[name] = kind(words(f"{key}.{name}"))
            self.buttons[name].clicked.connect(self.accept)
            self.buttons[name].clicked.connect(act)
            below.addWidget(self.buttons[name])
        self.stay = Button(words(f"{key}.stay"))
        self.stay.clicked.connect(self.reject)
        below.addWidget(self.stay)
        inside = column(margin=28)
        inside.addWidget(text(title, "heading"))
        inside.addWidget(text(explanation))
        inside.addSpacing(8)
        inside.addLayout(below)
        self.setLayout(inside)
        self.setFixedWidth(theme.sizes.column * 2 // 3)
        next(iter(self.buttons.values())).setFocus()
        self.open()
