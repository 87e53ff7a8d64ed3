"""After a turn: how it felt, and, once whoever showed opens it, the corners of the moment and its edges."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from attune.app.partner.cards import Way
from attune.app.partner.couple import Moment
from attune.app.partner.edges import EdgeSpeaker
from attune.app.partner.show_and_tell import Told
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.show_and_tell_corners import MARKS, Corner, Corners, EdgeLine, corner
from attune.ui.partner.show_and_tell_say import seen_key
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, column, text
from attune.ui.widgets.choices import Switch

MOST_UNITS = 3
BESIDE = 64  # heights of the body type, from which corners and edges stand side by side


class CoveredStep(Step):
    """How it felt, and whether the rest is opened. ``left``, ``vetoed``.

    ``revealed``: True with what was measured; ``unread``: the face was to be measured and could not be.
    """

    revealed = Signal(bool)
    left = Signal()
    vetoed = Signal()

    def __init__(
        self, parts: Parts, turn: str, pair: Pair, moment: Moment, *, unread: bool, measured: bool
    ) -> None:
        super().__init__(parts.theme, turn)
        words, names = parts.words, {"shower": pair.one.name, "noticer": pair.other.name}
        self.body.setSpacing(20)
        self.body.addStretch(1)
        self.body.addWidget(text(felt_seen(parts, pair, moment), "title"))
        card = Card(margin=24)
        key = "covered" if moment.perceived is not None else "passed"
        card.body.addWidget(text(words(f"partner_show.told.{key}", **names), "heading"))
        card.body.addWidget(text(words("partner_show.told.covered_note", **names), "quiet"))
        self.measured = Switch(words("partner_show.told.measured"), parts.theme)
        self.measured.setChecked(measured)
        self.measured.setVisible(moment.expressed is not None)
        card.body.addWidget(self.measured)
        if unread:
            card.body.addWidget(text(words("partner_show.told.unread"), "quiet"))
        self.body.addWidget(card)
        self.body.addStretch(2)
        self.show_it = PrimaryButton(words("partner_show.told.reveal"))
        self.leave = Button(words("partner_show.told.cover"))
        self.veto = QuietButton(words("partner_show.told.veto"))
        self.ways(self.show_it, self.leave, self.veto)
        self.show_it.clicked.connect(self._reveal)
        self.leave.clicked.connect(self.left)
        self.veto.clicked.connect(self.vetoed)

    def _reveal(self) -> None:
        self.revealed.emit(self.measured.isChecked())


class ToldStep(Step):
    """The corners and edges, in sight of both. ``on``: the next turn; ``enough``; ``vetoed``."""

    on = Signal()
    enough = Signal()
    vetoed = Signal()

    def __init__(self, parts: Parts, turn: str, pair: Pair, moment: Moment) -> None:
        super().__init__(parts.theme, turn, wide=True)
        self._parts, self._pair, self._moment = parts, pair, moment
        words, names = parts.words, {"shower": pair.one.name, "noticer": pair.other.name}
        told = Told.from_json(moment.told)
        self._speaker = EdgeSpeaker(words, parts.services.vocabulary, **names)
        edges = self._speaker.edges(moment, measured=told.measured)
        self.corners = Corners(parts.theme, self._cards(told), edges)
        self.body.setSpacing(20)
        self.body.addWidget(text(felt_seen(parts, pair, moment), "heading"))
        left = column(spacing=14)
        left.addWidget(self.corners)
        if asked := self._asked(told):
            left.addWidget(text(asked, "small"))
        left.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(24)
        self._sides.addLayout(left, 1)
        if edges:
            card = Card(margin=24)
            card.body.setSpacing(20)
            for said in edges:
                card.body.addWidget(EdgeLine(words, parts.theme, said, **names))
            card.body.addStretch(1)
            self._sides.addWidget(card, 1)
        self.body.addLayout(self._sides)
        self.body.addWidget(text(words("partner_show.told.ask"), "quiet"))
        self.body.addStretch(1)
        self.next = PrimaryButton(words("partner_show.told.next", name=pair.other.name))
        self.stop = Button(words("partner_show.enough"))
        self.veto = QuietButton(words("partner_show.told.veto"))
        self.ways(self.next, self.stop, self.veto)
        self.next.clicked.connect(self.on)
        self.stop.clicked.connect(self.enough)
        self.veto.clicked.connect(self.vetoed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said stands beside the corners where there is room for both."""
        super().resizeEvent(event)
        wide = self.width() >= self._parts.theme.sizes.body * BESIDE
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.LeftToRight if wide else ways.TopToBottom)

    def _cards(self, told: Told) -> dict[str, Corner]:
        parts, moment, names = self._parts, self._moment, {"shower": self._pair.one.name}
        words = parts.words
        said = {"perceived": moment.perceived, "felt": moment.felt}
        cards = {
            name: corner(
                words,
                parts.theme,
                self._speaker,
                name=name,
                who=words(f"partner_show.corner.{name}", noticer=self._pair.other.name, **names),
                said=reading,
            )
            for name, reading in said.items()
            if reading is not None
        }
        if told.measured and moment.expressed is not None:
            who, what = words("partner_show.corner.expressed"), self._speaker.corner(moment.expressed)
            cards["expressed"] = Corner(parts.theme, MARKS["expressed"], who, what, self._moved())
        return cards

    def _moved(self) -> list[str]:
        """What moved in the face, the strongest first."""
        words = self._parts.words
        moved = []
        for code, side, _amount in self._moment.units[:MOST_UNITS]:
            unit = words(f"emotions.units.{code}")
            moved.append(unit if side == "both" else words(f"feedback.one_side.{side}", unit=unit))
        return moved

    def _asked(self, told: Told) -> str:
        """What the card had asked for; nothing where it was left open."""
        intended, way = self._moment.intended, told.card.split(".")[0]
        if intended is None or way == Way.FREE:
            return ""
        noun = self._parts.words(f"emotions.{intended.top}.noun")
        return self._parts.words(f"partner_show.corner.card_{way}", shower=self._pair.one.name, emotion=noun)


class BetweenStep(Step):
    """A turn that came to its end without anything to look at. ``on``, ``enough``."""

    on = Signal()
    enough = Signal()

    def __init__(self, parts: Parts, said: str, name: str) -> None:
        super().__init__(parts.theme)
        words = parts.words
        self.body.addStretch(1)
        self.body.addWidget(text(said, "title"))
        self.body.addStretch(2)
        self.next = PrimaryButton(words("partner_show.told.next", name=name))
        self.stop = Button(words("partner_show.enough"))
        self.foot.addWidget(self.next)
        self.foot.addWidget(self.stop)
        self.foot.addStretch()
        self.setFocusProxy(self.next)
        self.setAccessibleName(said)
        self.next.clicked.connect(self.on)
        self.stop.clicked.connect(self.enough)


def felt_seen(parts: Parts, pair: Pair, moment: Moment) -> str:
    """How it felt to be looked at, where that was said; thanks otherwise."""
    words, seen = parts.words, Told.from_json(moment.told).seen
    if seen is None:
        return words("partner_show.told.thanks")
    return words(f"partner_show.told.seen.{seen_key(seen)}", shower=pair.one.name, noticer=pair.other.name)
