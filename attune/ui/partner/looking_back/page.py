"""How it has been: how it felt first, what to say next, every moment, and only then what was noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent

from attune.affect.reading import NONE
from attune.app.futures import after, then
from attune.app.partner.couple import Moment
from attune.ui.partner.looking_back.moments import MomentsCard
from attune.ui.partner.looking_back.say import SayCard
from attune.ui.partner.looking_back.taken import ask_to_veto
from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import Card, ScrollPage, column, text
from attune.ui.widgets.choices import Segments
from attune.ui.widgets.page import emptied

if TYPE_CHECKING:  # loads numpy
    from concurrent.futures import Future

    from attune.app.partner.looking_back import LookingBack
    from attune.ui.partner.looking_back.noticing import NoticingCard


def open_looking_back(parts: Parts, pair: Pair) -> None:
    """Begin with the moments of the first of the two."""
    parts.open(LookingBackPage(parts, pair), parts.words("partner_back.title"))


class LookingBackPage(ScrollPage):
    """``pair.one`` is who showed or spoke. One way round at a time: nobody stands beside the other."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__(parts.theme, wide=True)
        self.parts, self.pair = parts, pair
        words = parts.words
        ways = {str(person.id): words("partner_back.way.of", name=person.name) for person in pair.both}
        self.ways = Segments(ways, words("partner_back.way.choose"))
        self.ways.choose(str(pair.one.id))
        self.ways.chosen.connect(self._choose)
        self.moments: MomentsCard | None = None
        self.say: SayCard | None = None
        self.noticing: NoticingCard | None = None
        self._cards = column(spacing=24)
        self.body.addWidget(self.ways, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(self._cards)
        self.body.addStretch(1)
        self.setFocusProxy(self.ways.button(str(pair.one.id)))

    def showEvent(self, event: QShowEvent) -> None:
        """Something may have been opened or taken back meanwhile."""
        super().showEvent(event)
        if not event.spontaneous():
            self.look()

    def look(self) -> None:
        """Show what there is now."""
        parts, pair = self.parts, self.pair
        ids = tuple(person.id for person in pair.both)

        def count(moments: tuple[Moment, ...]) -> Future[LookingBack]:
            from attune.app.partner.looking_back import look_back  # noqa: PLC0415 - with its numbers

            known = parts.services.vocabulary
            return parts.services.background.submit(
                look_back,
                moments,
                shower=pair.one.id,
                noticer=pair.other.id,
                vocabulary=known.only((*known.names, NONE)),
            )

        found = after(parts.couple.moments(people=ids), count)
        parts.bridge.deliver(then(found, lambda back: (pair, back)), self._show)

    def _choose(self, shower: str) -> None:
        if int(shower) != self.pair.one.id:
            self.pair = self.pair.swapped()
            self.look()

    def _show(self, found: tuple[Pair, LookingBack]) -> None:
        pair, back = found
        if pair is not self.pair:
            return
        at = self.verticalScrollBar().value()
        emptied(self._cards)
        self.moments = self.say = self.noticing = None
        if not back.moments:
            self._cards.addWidget(self._nothing())
            return
        from attune.ui.partner.looking_back.heard import HeardCard  # noqa: PLC0415 - charts
        from attune.ui.partner.looking_back.noticing import EdgesCard, NoticingCard  # noqa: PLC0415

        self._cards.addWidget(HeardCard(self.parts, pair, back))
        self.say = SayCard(self.parts, pair, back.moments)
        self._cards.addWidget(self.say)
        if not self.say.is_needed:
            self.say.hide()
        self.moments = MomentsCard(self.parts, pair, back.moments)
        self.moments.unwanted.connect(self._ask_to_veto)
        self._cards.addWidget(self.moments)
        self._cards.addWidget(EdgesCard(self.parts, pair, back))
        self.noticing = NoticingCard(self.parts, pair, back)
        self._cards.addWidget(self.noticing)
        self.verticalScrollBar().setValue(at)

    def _ask_to_veto(self, moment: Moment) -> None:
        ask_to_veto(self.parts, self, moment, self._vetoed)

    def _vetoed(self, _done: None) -> None:
        self.parts.say(self.parts.words("partner_back.veto.done"))
        self.look()

    def _nothing(self) -> Card:
        card = Card(margin=28)
        card.body.addWidget(
            text(self.parts.words("partner_back.way.none", noticer=self.pair.other.name), "large")
        )
        return card
