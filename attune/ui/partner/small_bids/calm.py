"""A quiet page between two steps: a sentence in the middle, and two ways on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import Button, PrimaryButton, column, row, text


class CalmPage(QWidget):
    """``yes`` is the one clear action, ``no`` the other; ``key``: words with title and explanation."""

    def __init__(self, parts: Parts, pair: Pair, key: str, *, yes: str, no: str) -> None:
        super().__init__()
        words = parts.words
        self.yes, self.no = PrimaryButton(words(f"{key}.{yes}")), Button(words(f"{key}.{no}"))
        title = text(words(f"{key}.title"), "display")
        names = {"name": pair.one.name, "other": pair.other.name}
        explained = text(words(f"{key}.explanation", **names), "large")
        for label in (title, explained):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setMaximumWidth(parts.theme.sizes.column)
        act = row(spacing=12)
        act.addStretch(1)
        act.addWidget(self.yes)
        act.addWidget(self.no)
        act.addStretch(1)
        inside = column(spacing=20, margin=32)
        inside.addStretch(2)
        for label in (title, explained):
            line = row(spacing=0)
            line.addStretch(1)
            line.addWidget(label, 1000)
            line.addStretch(1)
            inside.addLayout(line)
        inside.addSpacing(12)
        inside.addLayout(act)
        inside.addStretch(3)
        self.setLayout(inside)
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(explained.text())
        self.setFocusProxy(self.yes)


class WaitingPage(CalmPage):
    """Nothing private: the two go on with whatever they do, until a bid was made (``yes``)."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__(parts, pair, "partner_bids.waiting", yes="happened", no="not_today")


class ShowPage(CalmPage):
    """Whoever made the bid says whether both marks are looked at together."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__(parts, pair, "partner_bids.show", yes="yes", no="no")
