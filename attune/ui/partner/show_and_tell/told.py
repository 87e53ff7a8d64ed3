"""After a turn: how it felt, and, once whoever showed opens it, the corners of the moment and its edges."""

from __future__ import annotations

from PySide6.QtCore import Signal

from attune.app.partner.cards import Way
from attune.app.partner.couple import Moment
from attune.app.partner.show_and_tell import Told
from attune.app.partner.suggesting import suggestions_for
from attune.resources import Words
from attune.ui.partner.moment_view import MomentView
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.show_and_tell.say import seen_key
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, text
from attune.ui.widgets.choices import Switch


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
        card.body.addWidget(self.measured)
        self.measured.setVisible(moment.expressed is not None)
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
        words, told = parts.words, Told.from_json(moment.told)
        self.view = MomentView(
            parts, pair, moment, measured=told.measured, note=_asked(words, pair, moment, told)
        )
        self.body.setSpacing(20)
        self.body.addWidget(text(felt_seen(parts, pair, moment), "heading"))
        self.body.addWidget(self.view)
        for said in suggestions_for(moment, most=1, own=False):
            quote = said.say.format(name=pair.one.name)
            line = words("partner_show.told.say", noticer=pair.other.name, said=quote)
            self.body.addWidget(text(line))
        self.body.addWidget(text(words("partner_show.told.ask"), "quiet"))
        self.body.addStretch(1)
        self.next = PrimaryButton(words("partner_show.told.next", name=pair.other.name))
        self.stop = Button(words("partner_show.enough"))
        self.veto = QuietButton(words("partner_show.told.veto"))
        self.ways(self.next, self.stop, self.veto)
        self.next.clicked.connect(self.on)
        self.stop.clicked.connect(self.enough)
        self.veto.clicked.connect(self.vetoed)


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


def _asked(words: Words, pair: Pair, moment: Moment, told: Told) -> str:
    """What the card had asked for; nothing where it was left open."""
    intended, way = moment.intended, told.card.split(".")[0]
    if intended is None or way == Way.FREE:
        return ""
    noun = words(f"emotions.{intended.top}.noun")
    return words(f"partner_show.corner.card_{way}", shower=pair.one.name, emotion=noun)
