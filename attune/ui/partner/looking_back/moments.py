"""Every moment there was: to be looked at once it is opened, and to be taken back at any time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from attune.app.partner.couple import Kind, Moment
from attune.app.partner.edges import EdgeSpeaker
from attune.resources import Words
from attune.ui.partner.looking_back.moment import open_moment
from attune.ui.partner.looking_back.taken import head_words, mirrored_words
from attune.ui.partner.parts import Pair, Parts, day_words
from attune.ui.widgets import Button, Card, QuietButton, column, row, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.page import emptied

FIRST, MORE = 6, 20  # moments shown at first, and with each press for more


class MomentsCard(Card):
    """The newest first; ``unwanted(Moment)``: one of the two would have it taken back."""

    unwanted = Signal(object)

    def __init__(self, parts: Parts, pair: Pair, moments: Sequence[Moment]) -> None:
        super().__init__(margin=28)
        self._parts, self._pair, self._moments = parts, pair, tuple(moments)
        self._names = {"shower": pair.one.name, "noticer": pair.other.name}
        self._reason = only_read(parts.services)
        words = parts.words
        self.look_buttons: dict[int, Button] = {}
        self.veto_buttons: dict[int, QuietButton] = {}
        self._entries = column(spacing=10)
        self.more = QuietButton(words("partner_back.moments.more", count=len(moments)))
        self.more.clicked.connect(self._show_more)
        self.body.setSpacing(14)
        self.body.addWidget(text(words("partner_back.moments.title"), "heading"))
        self.body.addWidget(text(words("partner_back.moments.about"), "quiet"))
        self.body.addLayout(self._entries)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._show(self._moments[:FIRST])

    def _show_more(self) -> None:
        self._show(self._moments[: len(self.look_buttons) + MORE])

    def _show(self, moments: Sequence[Moment]) -> None:
        emptied(self._entries)
        self.look_buttons.clear()
        self.veto_buttons.clear()
        for place, moment in enumerate(moments):
            if place:
                rule = QFrame()
                rule.setProperty("role", "rule")
                self._entries.addWidget(rule)
            self._entries.addWidget(self._entry(moment))
        self.more.setVisible(len(moments) < len(self._moments))

    def _entry(self, moment: Moment) -> QWidget:
        words = self._parts.words
        said = column(spacing=2)
        said.addWidget(text(head_words(words, moment), "small"))
        said.addWidget(text(self._said(moment)))
        line = row(spacing=8)
        line.addLayout(said, 1)
        line.addWidget(self._look(moment), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._veto(moment), 0, Qt.AlignmentFlag.AlignVCenter)
        around = QWidget()
        around.setLayout(line)
        return around

    def _look(self, moment: Moment) -> Button:
        words = self._parts.words
        key = "look" if moment.revealed else "decide"
        action = words(f"partner_back.moments.{key}", **self._names)
        button = self.look_buttons[moment.id or 0] = Button(action)
        button.setAccessibleName(named(words, action, moment))
        if not moment.revealed:
            allow(button, unless=self._reason)
        button.clicked.connect(lambda: open_moment(self._parts, self._pair, moment))
        return button

    def _veto(self, moment: Moment) -> QuietButton:
        words = self._parts.words
        action = words("partner_back.moments.take_back")
        button = self.veto_buttons[moment.id or 0] = QuietButton(action)
        button.setAccessibleName(named(words, action, moment))
        allow(button, unless=self._reason)
        button.clicked.connect(lambda: self.unwanted.emit(moment))
        return button

    def _said(self, moment: Moment) -> str:
        """What it was in a line; nothing of what is covered."""
        words = self._parts.words
        if not moment.revealed:
            return words("partner_back.moments.covered", **self._names)
        speaker = EdgeSpeaker(words, self._parts.services.vocabulary, **self._names)
        if moment.felt is not None and moment.perceived is not None:
            seen, felt = speaker.corner(moment.perceived), speaker.corner(moment.felt)
            return words("partner_back.moments.shown", seen=seen, felt=felt, **self._names)
        if moment.felt is not None:
            felt = speaker.corner(moment.felt)
            return words("partner_back.moments.felt_only", felt=felt, **self._names)
        if moment.kind is Kind.MIRROR:
            return mirrored_words(words, moment, self._names)
        key = "bid" if moment.kind is Kind.SMALL_BIDS else "spoken"
        return words(f"partner_back.moments.{key}", **self._names)


def named(words: Words, action: str, moment: Moment) -> str:
    """What a button does, and to which moment."""
    kind, day = words(f"partner_back.kinds.{moment.kind}"), day_words(moment.happened_at, words)
    return words("partner_back.moments.named", action=action, kind=kind, day=day)
