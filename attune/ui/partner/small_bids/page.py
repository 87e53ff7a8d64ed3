"""Small bids: one reaches out a little, the other answers, both mark it by themselves, and then together."""

from __future__ import annotations

import random
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from PySide6.QtWidgets import QBoxLayout

from attune.app.futures import after
from attune.app.partner.couple import Kind, Moment, Note
from attune.app.partner.small_bids import Bid, Mark, past_of
from attune.ui.partner.handing import HandOver
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.round import Round
from attune.ui.partner.small_bids.calm import ShowPage, WaitingPage
from attune.ui.partner.small_bids.card import CardPage
from attune.ui.partner.small_bids.mark import MarkPage
from attune.ui.partner.small_bids.past import PastCard, WordsCard
from attune.ui.partner.small_bids.together import TogetherPage
from attune.ui.widgets import Card, PrimaryButton, ScrollPage, row, text
from attune.ui.widgets.choices import Segments
from attune.ui.widgets.dialogs import Question
from attune.ui.within import Go

NOTE = "bid"  # the kind of note that keeps words which helped


def open_small_bids(parts: Parts, pair: Pair) -> None:
    """Begin the round in the place of what shows."""
    page = SmallBids(parts, pair)
    parts.open(page, parts.words("partner_bids.page.title"), leave=page.ask_to_leave)


class SmallBids(Round):
    """Bid after bid, from its card to both marks."""

    def __init__(self, parts: Parts, pair: Pair, *, chance: random.Random | None = None) -> None:
        super().__init__()
        self._parts, self._words = parts, parts.words
        self._pair = pair  # `one` makes the bid
        self._chance = chance or random.SystemRandom()
        self._seen: set[str] = set()
        self._bid = Bid()
        self._kept: Moment | None = None
        self._words_kept: Note | None = None
        self._begin()

    def ask_to_leave(self, go: Go) -> None:
        """A mark that was made, or begun, and not kept is worth a question."""
        marks = [self._bid.shower, self._bid.noticer]
        if isinstance(self.showing, MarkPage):
            marks.append(self.showing.mark)
        if self._kept is None and not all(mark.passed for mark in marks):
            words, theme = self._words, self._parts.theme
            Question(words, "partner_bids.leave", agreed=go, parent=self._parts.page, theme=theme)
        else:
            go()

    # One bid, from its card to both marks

    def _begin(self) -> None:
        self._next_bid(self._pair)
        page = BeginPage(self._parts, self._pair)
        page.begun.clicked.connect(lambda: self._make(page.pair))
        self._show(page)

    def _make(self, pair: Pair) -> None:
        self._next_bid(pair)
        self._show(HandOver(self._parts, pair.one.name, self._show_card))

    def _next_bid(self, pair: Pair) -> None:
        self._pair, self._bid, self._kept, self._words_kept = pair, Bid(), None, None

    def _show_card(self) -> None:
        one, other = self._pair.one.name, self._pair.other.name
        page = CardPage(
            self._words, self._parts.theme, self._seen, name=one, other=other, chance=self._chance
        )
        page.ready.connect(self._wait_for_it)
        self._show(page)

    def _wait_for_it(self, card: str, own: str) -> None:
        self._bid = Bid(card=card, own=own)
        page = WaitingPage(self._parts, self._pair)
        page.yes.clicked.connect(self._ask_noticer)
        page.no.clicked.connect(self._begin)
        self._show(page)

    def _ask_noticer(self) -> None:
        self._show(HandOver(self._parts, self._pair.other.name, partial(self._mark, "noticer")))

    def _mark(self, who: str) -> None:
        one, other = self._pair.one.name, self._pair.other.name
        if who == "noticer":
            page = MarkPage(self._words, self._parts.theme, "noticer", name=other, other=one)
            page.done.connect(self._noticer_marked)
        else:
            page = MarkPage(self._words, self._parts.theme, "shower", name=one, other=other)
            page.done.connect(self._shower_marked)
        self._show(page)

    def _noticer_marked(self, mark: Mark, noticed: bool) -> None:
        self._bid = replace(self._bid, noticer=mark, noticed=noticed)
        self._show(HandOver(self._parts, self._pair.one.name, partial(self._mark, "shower")))

    def _shower_marked(self, mark: Mark, _noticed: bool) -> None:
        self._bid = replace(self._bid, shower=mark)
        if mark.passed and self._bid.noticer.passed:
            self._together(shown=True)
            return
        page = ShowPage(self._parts, self._pair)
        page.yes.clicked.connect(lambda: self._keep(shown=True))
        page.no.clicked.connect(lambda: self._keep(shown=False))
        self._show(page)

    def _keep(self, *, shown: bool) -> None:
        moment = Moment(
            kind=Kind.SMALL_BIDS,
            happened_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            shower=self._pair.one.id,
            noticer=self._pair.other.id,
            told=self._bid.to_json(),
            revealed=shown,
        )

        def kept(moment: Moment) -> None:
            self._kept = moment
            self._together(shown=shown)

        self._carry_out(self._parts.bridge, lambda: self._parts.couple.keep(moment), kept)

    # Together

    def _together(self, *, shown: bool) -> None:
        one, other = self._pair.one.name, self._pair.other.name
        page = TogetherPage(
            self._words,
            self._parts.theme,
            self._bid,
            name=one,
            other=other,
            shown=shown,
            kept=self._kept is not None,
            to_say=self._to_say() if shown else "",
        )
        page.keep.connect(self._keep_words)
        page.again.connect(lambda other_way: self._make(self._pair.after(int(other_way))))
        page.enough.connect(self._begin)
        page.delete.connect(self._ask_to_delete)
        self._show(page)

    def _to_say(self) -> str:
        """One thing that may be said next, by whoever answered."""
        if self._kept is None or self._bid.shower.turn is None:
            return ""
        from attune.app.partner.suggesting import suggestions_for  # noqa: PLC0415 - loads numpy

        found = suggestions_for(self._kept, most=1)
        return found[0].say.format(name=self._pair.one.name) if found else ""

    def _keep_words(self) -> None:
        one, bid = self._pair.one.id, self._bid
        note = self._parts.couple.note(one, kind=NOTE, text=bid.shower.words, key=bid.card, by=one)
        self._parts.bridge.deliver(note, self._know_words)

    def _know_words(self, note: Note) -> None:
        if isinstance(self.showing, TogetherPage):
            self._words_kept = note
            self.showing.show_words_kept()

    def _ask_to_delete(self) -> None:
        words, theme = self._words, self._parts.theme
        Question(words, "partner_bids.question", agreed=self._delete, parent=self._parts.page, theme=theme)

    def _delete(self) -> None:
        couple, moment, words = self._parts.couple, self._kept, self._words_kept
        assert moment is not None

        def delete() -> Future[None]:
            gone = couple.veto(moment.id or 0)
            return gone if words is None else after(gone, lambda _done: couple.forget_note(words.id))

        def deleted(_nothing: None) -> None:
            self._parts.say(self._words("partner_bids.together.deleted"))
            self._begin()

        self._carry_out(self._parts.bridge, delete, deleted)


class BeginPage(ScrollPage):
    """What small bids are, who makes the next one, and how it has been."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__(parts.theme)
        words = parts.words
        self._parts = parts
        self.pair = pair
        self.begun = PrimaryButton(words("partner_bids.begin.go"))
        names = {"one": pair.one.name, "other": pair.other.name}
        self.who = Segments(names, words("partner_bids.begin.who"))
        self.who.choose("one")
        self.who.chosen.connect(lambda key: self._choose(pair if key == "one" else pair.swapped()))
        self.past = PastCard(words, parts.theme)
        self.words = {person.id: WordsCard(words, name=person.name) for person in pair.both}
        head = Card()
        head.body.addWidget(text(words("partner_bids.begin.title"), "title"))
        head.body.addWidget(text(words("partner_bids.begin.intro")))
        head.body.addWidget(text(words("partner_bids.begin.who"), "strong"))
        act = row(spacing=16)
        act.addWidget(self.who)
        act.addStretch(1)
        act.addWidget(self.begun)
        head.body.addLayout(act)
        head.body.addWidget(text(words("partner_bids.begin.quiet"), "small"))
        self.body.addWidget(head)
        self.body.addWidget(self.past)
        side = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        side.setSpacing(16)
        for card in self.words.values():
            side.addWidget(card, 1)
            card.forget.connect(self._forget)
        self.body.addLayout(side)
        self.body.addStretch(1)
        self.setFocusProxy(self.begun)
        self._look()

    def _choose(self, pair: Pair) -> None:
        self.pair = pair

    def _look(self) -> None:
        couple, deliver = self._parts.couple, self._parts.bridge.deliver
        ids = [person.id for person in self.pair.both]
        deliver(couple.moments(kind=Kind.SMALL_BIDS, people=ids), self._show_past)
        deliver(couple.notes(kind=NOTE), self._show_notes)

    def _show_past(self, moments: tuple[Moment, ...]) -> None:
        self.past.show_past(past_of(moments))

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        for person, card in self.words.items():
            of_person = [note for note in notes if note.person == person]
            card.show_notes(of_person)
            card.setVisible(bool(of_person))

    def _forget(self, note: int) -> None:
        self._parts.bridge.deliver(self._parts.couple.forget_note(note), lambda _done: self._look())
