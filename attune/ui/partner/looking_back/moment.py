"""One moment: its corners and edges; covered ones are for the one who showed alone, who decides."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Kind, Moment, Recording
from attune.app.partner.open_up import Told as Opened
from attune.app.partner.small_bids import UNNOTICED, Bid
from attune.ui.partner.handing import HandOver
from attune.ui.partner.looking_back.taken import ask_to_veto, head_words, mirrored_words
from attune.ui.partner.moment_view import MomentView
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.step import Step
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, text
from attune.ui.widgets.allowed import allow, only_read
from attune.ui.widgets.choices import Switch


def open_moment(parts: Parts, pair: Pair, moment: Moment) -> None:
    """Show it; where it is covered, the screen is handed to the one who showed first."""
    title = head_words(parts.words, moment)
    if moment.revealed:
        parts.open(MomentPage(parts, pair, moment), title)
        return

    def begin() -> None:
        parts.back()
        parts.open(MomentPage(parts, pair, moment), title)

    key = "why_bid" if moment.kind is Kind.SMALL_BIDS else "why"
    why = parts.words(f"partner_back.decide.{key}", shower=pair.one.name, noticer=pair.other.name)
    parts.open(HandOver(parts, pair.one.name, begin, why=why), title)


class MomentPage(Step):
    """Goes back once something was decided."""

    def __init__(self, parts: Parts, pair: Pair, moment: Moment) -> None:
        super().__init__(parts.theme, wide=True)
        self._parts, self._pair, self._moment = parts, pair, moment
        words, reason = parts.words, only_read(parts.services)
        self.body.setSpacing(20)
        if moment.felt is not None or moment.perceived is not None:
            measured = not moment.revealed or moment.told.get("measured", True)
            self.body.addWidget(MomentView(parts, pair, moment, measured=measured))
        self._show_kind()
        self.film = Button(words("partner_back.moment.film"))
        self.film.setVisible(False)
        self.body.addWidget(self.film, 0, Qt.AlignmentFlag.AlignLeft)
        if moment.recording is not None:
            parts.bridge.deliver(parts.couple.recordings(pair.one.id), self._know_films)
        self.veto = QuietButton(words("partner_back.moments.take_back"))
        self.veto.clicked.connect(lambda: ask_to_veto(parts, self, moment, self._vetoed))
        self.reveal: PrimaryButton | None = None
        self.measured: Switch | None = None
        if moment.revealed:
            self.leave = Button(words("partner.page.back"))
            self.ways(self.leave, self.veto)
        else:
            self.leave = Button(words("partner_back.decide.leave"))
            reveal = self._ask_to_reveal()
            allow(reveal, unless=reason)
            self.ways(reveal, self.leave, self.veto)
        self.leave.clicked.connect(parts.back)
        allow(self.veto, unless=reason)
        self.body.addStretch(1)

    def _ask_to_reveal(self) -> PrimaryButton:
        words, card = self._parts.words, Card(role="well")
        card.body.addWidget(text(words("partner_back.decide.title"), "heading"))
        # Of a turn of Open up all is opened at once, as in the round itself.
        if self._moment.expressed is not None and "measured" in self._moment.told:
            self.measured = Switch(words("partner_back.decide.measured"), self._parts.theme)
            card.body.addWidget(self.measured)
        self.body.addWidget(card)
        self.reveal = PrimaryButton(words("partner_back.decide.reveal"))
        self.reveal.clicked.connect(self._reveal)
        return self.reveal

    def _know_films(self, recordings: tuple[Recording, ...]) -> None:
        found = next((each for each in recordings if each.id == self._moment.recording), None)
        if found is not None:
            self.film.clicked.connect(lambda: self._see(found))
            self.film.show()

    def _see(self, recording: Recording) -> None:
        from attune.ui.partner.stored import FilmPage  # noqa: PLC0415 - when it is wanted

        self._parts.open(FilmPage(self._parts, recording), head_words(self._parts.words, self._moment))

    def _show_kind(self) -> None:
        """What a round of this kind has besides."""
        parts, moment = self._parts, self._moment
        if moment.kind is Kind.OPEN_UP:
            from attune.ui.partner.open_up.score import ScoreCards  # noqa: PLC0415 - comes with its whole room

            names = {"speaker": self._pair.one.name, "listener": self._pair.other.name}
            self.body.addWidget(ScoreCards(parts, moment, Opened.from_json(moment.told), **names))
        elif moment.kind is Kind.SMALL_BIDS:
            self.body.addWidget(self._marks(Bid.from_json(moment.told)))
        elif moment.kind is Kind.MIRROR:
            self.body.addWidget(self._mirrored(moment))

    def _mirrored(self, moment: Moment) -> QWidget:
        from attune.app.partner.mirror import Mirrored  # noqa: PLC0415 - numpy

        words, card = self._parts.words, Card()
        one, other = self._pair.one.name, self._pair.other.name
        card.body.addWidget(text(mirrored_words(words, moment, {"shower": one, "noticer": other})))
        near = Mirrored.from_json(moment.told).near
        if near is not None:
            title = words(f"partner_mirror.nearness.{near}.title")
            card.body.addWidget(text(words("partner_mirror.after.said", other=one, near=title)))
        return card

    def _marks(self, bid: Bid) -> QWidget:
        """Both marks once they are looked at together; until then a mark is no one's but its maker's."""
        words, card = self._parts.words, Card()
        marks = [("shower", bid.shower, self._pair.one.name)]
        if self._moment.revealed:
            marks.append(("noticer", bid.noticer, self._pair.other.name))
        for who, mark, name in marks:
            key = mark.turn if who == "shower" or bid.noticed else UNNOTICED
            said = "together.passed" if mark.turn is None else f"turns.{who}.{key}"
            turn = words(f"partner_bids.{said}")
            card.body.addWidget(text(words("partner_back.moment.bid", name=name, turn=turn)))
        return card

    def _reveal(self) -> None:
        parts, moment = self._parts, self._moment
        self._allow(allowed=False)
        told = dict(moment.told)
        if "measured" in told:
            told["measured"] = self.measured is not None and self.measured.isChecked()
        kept = parts.couple.keep(replace(moment, told=told, revealed=True))
        parts.bridge.deliver(kept, self._revealed, self._not_revealed)

    def _allow(self, *, allowed: bool) -> None:
        if self.reveal is not None:
            self.reveal.setEnabled(allowed)

    def _revealed(self, _kept: Moment) -> None:
        self._parts.say(self._parts.words("partner_back.decide.done"))
        self._parts.back()

    def _not_revealed(self, error: BaseException) -> None:
        self._allow(allowed=True)
        self._parts.bridge.failed.emit(error)

    def _vetoed(self, _done: None) -> None:
        self._parts.say(self._parts.words("partner_back.veto.done"))
        self._parts.back()
