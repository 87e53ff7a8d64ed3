"""The corners of a moment as cards, joined by lines that say how they lie to each other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.affect.moment import Edge
from attune.affect.reading import Reading
from attune.affect.vocabulary import Core
from attune.app.partner.edges import EdgeSaid, EdgeSpeaker, Lie, named
from attune.resources import Words
from attune.ui.practice.marks import Mark, Shape, paint_mark
from attune.ui.practice.scales import STRENGTH, SURENESS, Step
from attune.ui.theme import Theme
from attune.ui.widgets import Card, column, row, text

MARK = 15.0  # half a mark on a line, with the air around it
GAP = 60  # between cards, for a line with its mark
SHAPES = {Lie.SAME: Shape.AGREE, Lie.PARTLY: Shape.AGREE, Lie.DIFFERS: Shape.DIFFER, Lie.OPEN: Shape.DIFFER}
CORNERS = {
    Edge.ATTUNEMENT: ("perceived", "felt"),
    Edge.READING_THE_FACE: ("perceived", "expressed"),
    Edge.LEGIBILITY: ("expressed", "felt"),
}
MARKS = {"perceived": Shape.PERSON, "felt": Shape.REFERENCE, "expressed": Shape.MEASURED}


class Corner(Card):
    """What one corner names; ``more``: how strongly, how sure, what moved."""

    def __init__(self, theme: Theme, shape: Shape, who: str, what: str, more: Sequence[str]) -> None:
        super().__init__(margin=16)
        self.setAccessibleName(f"{who} {what}")
        self.body.setSpacing(4)
        head = row(spacing=8)
        head.addWidget(Mark(theme, shape, 12), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(text(who, "quiet"), 1)
        self.body.addLayout(head)
        self.body.addWidget(text(what, "heading"))
        for line in more:
            self.body.addWidget(text(line, "small"))
        self.body.addStretch(1)


class Corners(QWidget):
    """One card, two beside each other, or three in a triangle, and the edges between them."""

    def __init__(self, theme: Theme, cards: dict[str, Corner], edges: Sequence[EdgeSaid]) -> None:
        super().__init__()
        self._theme, self.cards, self._edges = theme, cards, edges
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(GAP)
        # In a triangle the upper card stands in the middle: over the two columns between the outer ones.
        below = len(cards) == 3
        places = {"perceived": (0, 1 if below else 0), "felt": (int(below), 0), "expressed": (1, 2)}
        if len(cards) < 3:
            places = {name: (0, place * 2) for place, name in enumerate(cards)}
        for name, card in cards.items():
            grid.addWidget(card, *places[name], 1, 2)
        for column_ in range(2 if len(cards) == 1 else 4):
            grid.setColumnStretch(column_, 1)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines, each with its mark in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for said in self._edges:
            one, other = (QRectF(self.cards[name].geometry()) for name in CORNERS[said.edge])
            line = QLineF(*between(one, other))
            painter.setPen(QPen(self._theme.colour("outline"), 1.5))
            reach = min(0.5, (MARK + 5) / max(line.length(), 1.0))
            painter.drawLine(line.p1(), line.pointAt(0.5 - reach))
            painter.drawLine(line.pointAt(0.5 + reach), line.p2())
            painter.save()
            painter.translate(line.center())
            painter.scale(MARK * 0.8, MARK * 0.8)
            paint_mark(painter, self._theme, SHAPES[said.lie])
            painter.restore()
        painter.end()


def between(one: QRectF, other: QRectF) -> tuple[QPointF, QPointF]:
    """Ends of a line in the gap between two cards, side by side or one above the other."""
    if one.bottom() < other.top() or other.bottom() < one.top():
        upper, lower = sorted((one, other), key=lambda card: card.top())
        lean = (lower.center().x() - upper.center().x()) / 2
        return QPointF(upper.center().x() + lean, upper.bottom()), QPointF(lower.center().x(), lower.top())
    left, right = sorted((one, other), key=lambda card: card.left())
    middle = (max(left.top(), right.top()) + min(left.bottom(), right.bottom())) / 2
    return QPointF(left.right(), middle), QPointF(right.left(), middle)


def corner(words: Words, theme: Theme, speaker: EdgeSpeaker, *, name: str, who: str, said: Reading) -> Corner:
    """The card of somebody's word; ``name``: of the corner."""
    more = []
    if said.intensity is not None and said.top != Core.NEUTRAL:
        more.append(_on_scale(words, "strength", STRENGTH, said.intensity))
    if said.confidence is not None and name == "perceived":
        least = len(named(said)) / len(said.labels)  # where its scale began
        more.append(_on_scale(words, "sureness", SURENESS, said.confidence, least))
    return Corner(theme, MARKS[name], who, speaker.corner(said), more)


def _on_scale(words: Words, key: str, steps: Sequence[Step], share: float, least: float = 0.0) -> str:
    way = max(0.0, (share - least) / (1 - least)) if least < 1 else share
    step = next(step.key for step in reversed(steps) if way >= step.share)
    return words("practice.scale", words=words(f"practice.{key}.words.{step}"), percent=round(share * 100))


class EdgeLine(QWidget):
    """One edge in words: its mark, its name, what it lays beside what, and what is to be said of it."""

    def __init__(self, words: Words, theme: Theme, said: EdgeSaid, *, shower: str, noticer: str) -> None:
        super().__init__()
        name = words(f"partner_show.edge_names.{said.edge}")
        about = words(f"partner_show.edge_about.{said.edge}", shower=shower, noticer=noticer)
        lines = column(spacing=4)
        lines.addWidget(text(words("partner_show.edge_head", name=name, about=about), "small"))
        for place, sentence in enumerate(said.sentences):
            lines.addWidget(text(sentence, "body" if place else "strong"))
        if said.nearness is not None and said.lie is not Lie.SAME:
            percent = round(said.nearness * 100)
            lines.addWidget(text(words("partner_show.nearness.said", percent=percent), "small"))
        inside = row(spacing=14)
        inside.addWidget(Mark(theme, SHAPES[said.lie], 20), 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(lines, 1)
        self.setLayout(inside)
        self.setAccessibleName(f"{name}: {' '.join(said.sentences)}")
