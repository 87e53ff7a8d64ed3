"""One of the two on the Partner page: a disc with their letter, their name, what they agreed to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Agreed, Person
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, row, text

DISC = 2.2  # across, in heights of the heading type


def agreed_words(words: Words, agreed: Agreed | None) -> str:
    """What somebody agreed to, in a sentence."""
    if agreed is None:
        return words("partner.agreed.not_asked")
    uses = [key for key in ("camera", "recording", "reading", "practice") if getattr(agreed, key)]
    if not uses:
        return words("partner.agreed.none")
    return words("partner.agreed.to", uses=", ".join(words(f"partner.agreed.{use}") for use in uses))


class Disc(QWidget):
    """A round place with the first letter of a name."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.name = name
        theme.changed.connect(self._fit)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc and its letter."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawEllipse(self.rect())
        painter.setPen(self._theme.colour("accent"))
        painter.setFont(self._theme.font(self._theme.sizes.heading, weight=QFont.Weight.DemiBold))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.name[:1].upper())
        painter.end()

    def _fit(self) -> None:
        side = round(self._theme.sizes.heading * DISC)
        self.setFixedSize(side, side)
        self.update()


class PersonTile(Card):
    """Who it is and what they agreed to; ``button`` leads to their own page."""

    def __init__(self, words: Words, theme: Theme, person: Person) -> None:
        super().__init__(margin=20)
        self.said = text(agreed_words(words, person.agreed), "quiet")
        self.button = Button(words("partner.home.page_of"))
        self.button.setAccessibleName(words("partner.home.page_of_named", name=person.name))
        head = row(spacing=12)
        head.addWidget(Disc(theme, person.name))
        head.addWidget(text(person.name, "heading"), 1)
        self.body.setSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(self.said)
        if person.agreed is not None and person.agreed.reading and person.neutral is None:
            self.body.addWidget(text(words("partner.agreed.no_rest"), "small"))
        self.body.addStretch(1)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
