"""One moment as both may see it: its corners, and beside or below them its edges in words."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from attune.app.partner.couple import Moment
from attune.app.partner.edges import EdgeSpeaker
from attune.ui.partner.corners import MARKS, Corner, Corners, EdgeLine, corner
from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import Card, column, text

MOST_UNITS = 3
BESIDE = 56  # heights of the body type, from which corners and edges stand side by side


class MomentView(QWidget):
    """``pair.one`` is who showed; ``measured``: with what was measured; ``note``: below the corners."""

    def __init__(self, parts: Parts, pair: Pair, moment: Moment, *, measured: bool, note: str = "") -> None:
        super().__init__()
        self._parts, self._pair, self._moment = parts, pair, moment
        self._names = {"shower": pair.one.name, "noticer": pair.other.name}
        self._speaker = EdgeSpeaker(parts.words, parts.services.vocabulary, **self._names)
        edges = self._speaker.edges(moment, measured=measured)
        self.corners = Corners(parts.theme, self._cards(measured=measured), edges)
        left = column(spacing=14)
        left.addWidget(self.corners)
        if note:
            left.addWidget(text(note, "small"))
        left.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(24)
        self._sides.addLayout(left, 1)
        if edges:
            card = Card(margin=24)
            card.body.setSpacing(20)
            for said in edges:
                card.body.addWidget(EdgeLine(parts.words, parts.theme, said, **self._names))
            card.body.addStretch(1)
            self._sides.addWidget(card, 1)
        self.setLayout(self._sides)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said stands beside the corners where there is room for both."""
        super().resizeEvent(event)
        wide = self.width() >= self._parts.theme.sizes.body * BESIDE
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _cards(self, *, measured: bool) -> dict[str, Corner]:
        words, theme, moment = self._parts.words, self._parts.theme, self._moment
        cards = {
            name: corner(
                words,
                theme,
                self._speaker,
                name=name,
                who=words(f"partner_show.corner.{name}", **self._names),
                said=reading,
            )
            for name, reading in (("perceived", moment.perceived), ("felt", moment.felt))
            if reading is not None
        }
        if measured and moment.expressed is not None:
            who, what = words("partner_show.corner.expressed"), self._speaker.corner(moment.expressed)
            cards["expressed"] = Corner(theme, MARKS["expressed"], who, what, self._moved())
        return cards

    def _moved(self) -> list[str]:
        """What moved in the face, the strongest first."""
        words = self._parts.words
        moved = []
        for code, side, _amount in self._moment.units[:MOST_UNITS]:
            unit = words(f"emotions.units.{code}")
            sided = side in ("left", "right")
            moved.append(words(f"feedback.one_side.{side}", unit=unit) if sided else unit)
        return moved
