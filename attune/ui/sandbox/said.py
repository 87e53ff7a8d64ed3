"""What people often call the face that shows, and which of its movements speak for that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from attune.affect.vocabulary import Core
from attune.app.faces import Called
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Card, announce, text

LINES = 1.32  # height of a line, in heights of its type


class SaidCard(Card):
    """As high whatever it says, so that the picture above stays as large."""

    def __init__(self, words: Words, theme: Theme, parent: QLabel | None = None) -> None:
        super().__init__(parent, role="well", margin=16)
        self._words = words
        self._theme = theme
        self._called = text("", "large")
        self._because = text("", "small")
        for label in (self._called, self._because):
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.body.setSpacing(6)
        self.body.addWidget(self._called)
        self.body.addWidget(self._because, 1)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def said(self) -> str:
        """The name, as it is said."""
        return self._called.text()

    @property
    def because(self) -> str:
        """What speaks for it, as it is said."""
        return self._because.text()

    def show_called(self, called: Called) -> None:
        """Say it; to screen readers too, where the name is another one than before."""
        before, said = self.said, sentence(called, self._words)
        self._called.setText(said)
        parts = [self._words(f"sandbox.units.{code}") for code in dict.fromkeys(called.because)]
        listed = " · ".join(parts) or self._words("sandbox.said.nothing_speaks")
        why = self._words("sandbox.said.because", units=listed) if parts else listed
        self._because.setText(why if called.name is not None else "")
        if said != before and self.isVisible():
            announce(self, said)

    def _fit(self) -> None:
        sizes = self._theme.sizes
        self.setFixedHeight(round(LINES * 2 * (sizes.large + sizes.small)) + 2 * 16 + 6)


def sentence(called: Called, words: Words) -> str:
    """What people often call it, in one or two sentences."""
    near = [words(f"emotions.{emotion}.noun") for emotion in called.close]
    listed = words("sandbox.said.near_two", one=near[0], other=near[1]) if len(near) > 1 else "".join(near)
    if called.name is Core.NEUTRAL:
        return words("sandbox.said.rest")
    if called.name is None:
        return words(f"sandbox.said.{'unnamed_near' if near else 'unnamed'}", near=listed)
    said = words("sandbox.said.called", name=words(f"emotions.{called.name}.noun"))
    return f"{said} {words('sandbox.said.close', near=listed)}" if near else said
