"""Show and tell: turn after turn, one step after the other, nothing private left behind a step."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial
from random import SystemRandom

from PySide6.QtWidgets import QWidget

from attune.affect.reading import Reading
from attune.app.partner.couple import Moment, Person
from attune.app.partner.show_and_tell import Giving, ShowAndTell, Watching
from attune.ui.partner.handing import HandOver
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.round import Round
from attune.ui.partner.saying import SayStep, own_step
from attune.ui.partner.show_and_tell.begin import BeginStep, Plan
from attune.ui.partner.show_and_tell.card import CardStep, ListStep, NumberStep, WordStep, sheet_of
from attune.ui.partner.show_and_tell.say import SeenStep, notice_step, tell_step
from attune.ui.partner.show_and_tell.told import BetweenStep, CoveredStep, ToldStep
from attune.ui.partner.show_and_tell.watch import CameraStep, RoomStep, Watched
from attune.ui.within import Go


def open_show_and_tell(parts: Parts, pair: Pair) -> None:
    """Begin the round in the place of what shows."""
    page = ShowAndTellPage(parts, pair)
    parts.open(page, parts.words("partner_show.title"), leave=page.leave)


class ShowAndTellPage(Round):
    """A sitting from the first card on; each step is a page."""

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__()
        self._parts = parts
        self._pair = pair
        self._plan: Plan | None = None
        self._sitting: ShowAndTell | None = None
        self._watched = Watched(watching=Watching.ROOM)
        self._numbers: dict[int, str] = {}
        self._measured: dict[int, bool] = {}  # whether each wanted what was measured shown the last time
        self._ask_how()

    def leave(self, go: Go) -> None:
        """Camera off, film closed; a turn that is not told yet leaves nothing."""
        if isinstance(self.showing, CameraStep | SayStep):
            self.showing.end()
        self._drop()
        go()

    # Before the first turn

    def _ask_how(self) -> None:
        step = BeginStep(self._parts, self._pair, self._plan)
        step.begun.connect(self._begin)
        step.list_wanted.connect(lambda person: self._look_up(step.plan, person))
        self._show(step)

    def _look_up(self, plan: Plan, person: Person) -> None:
        self._plan = plan
        self._hand_list(person, self._ask_how)

    def _begin(self, plan: Plan) -> None:
        self._plan, self._pair = plan, plan.pair
        begun = ShowAndTell.begin(self._parts.couple, plan.pair.one, plan.pair.other, SystemRandom())
        self._parts.bridge.deliver(begun, self._begun)

    def _begun(self, sitting: ShowAndTell) -> None:
        self._sitting = sitting
        self._deal()

    def _hand_list(self, person: Person, back: Go) -> None:
        def show() -> None:
            step = ListStep(self._parts, person, self._pair.beside(person.id))
            step.done.connect(back)
            self._show(step)

        self._show(HandOver(self._parts, person.name, show))

    # The card

    def _deal(self) -> None:
        """A card for whoever shows, given as was chosen."""
        self._at.draw()
        self._give()

    def _give(self) -> None:
        giving = self._chosen.giving
        if giving is Giving.WORD:
            self._give_word()
        else:
            then = self._ask_number if giving is Giving.NUMBER else self._give_card
            self._show(HandOver(self._parts, self._pair.one.name, then))

    def _give_card(self, *, open_: bool = False) -> None:
        card = self._at.turn.card
        assert card is not None
        ask = self._ask_number if self._chosen.giving is Giving.NUMBER else None
        step = CardStep(self._parts, self._turn, self._pair.one.name, card, open_=open_, ask=ask)
        step.ready.connect(self._watch)
        step.another.connect(self._another)
        step.freely.connect(self._freely)
        step.passed.connect(self._pass)
        self._show(step)

    def _another(self) -> None:
        """The one before has been looked at, so this one lies open, too."""
        self._at.draw()
        self._give_card(open_=True)

    def _freely(self) -> None:
        self._at.choose_freely()
        self._give_card(open_=True)

    def _ask_number(self) -> None:
        person = self._pair.one
        step = NumberStep(self._parts, self._turn, person.name, self._numbers.get(person.id))
        step.opened.connect(self._number_told)
        step.forgotten.connect(self._forget_number)
        step.passed.connect(self._pass)
        self._show(step)

    def _number_told(self, number: str) -> None:
        self._numbers[self._pair.one.id] = number
        self._give_card(open_=True)

    def _forget_number(self) -> None:
        """Whoever it is: the card that lay under the old number is not shown to them."""
        del self._numbers[self._pair.one.id]
        self._at.draw()
        self._ask_number()

    def _give_word(self) -> None:
        card, person = self._at.turn.card, self._pair.one
        assert card is not None
        word = next(word for word, each in sheet_of(person).items() if each.kind == card.kind)
        step = WordStep(self._parts, self._turn, word, shower=person.name, noticer=self._pair.other.name)
        step.ready.connect(self._watch)
        step.another.connect(self._deal)
        step.passed.connect(self._pass)
        step.list_wanted.connect(lambda: self._hand_list(person, self._give_word))
        self._show(step)

    # Showing and saying

    def _watch(self) -> None:
        if self._chosen.watching is Watching.ROOM:
            self._watch_without()
            return
        step = CameraStep(self._parts, self._pair, self._chosen.watching)
        step.done.connect(self._was_watched)
        step.passed.connect(self._pass)
        step.without.connect(self._watch_without)
        self._show(step)

    def _watch_without(self) -> None:
        step = RoomStep(self._parts, self._turn, self._pair)
        step.done.connect(self._was_watched)
        step.passed.connect(self._pass)
        self._show(step)

    def _was_watched(self, watched: Watched) -> None:
        self._watched = watched
        film = watched.recording
        self._at.watched(watched.watching, watched.seen, None if film is None else film.id)
        step = notice_step(self._parts, self._turn, self._pair, film=None if film is None else film.path)
        step.given.connect(self._noticed)
        step.passed.connect(lambda: self._noticed(None))
        self._show(step)

    def _noticed(self, perceived: Reading | None) -> None:
        self._at.noticed(perceived)
        if perceived is None:
            self._ask_what()
            return
        step = own_step(self._parts, self._turn, self._pair)
        step.given.connect(self._felt_self)
        step.passed.connect(self._ask_what)
        self._show(step)

    def _felt_self(self, own: Reading) -> None:
        self._at.felt_self(own)
        self._ask_what()

    def _ask_what(self) -> None:
        step = tell_step(self._parts, self._turn, self._pair)
        step.given.connect(self._ask_seen)
        step.passed.connect(self._pass)
        self._show(step)

    def _ask_seen(self, felt: Reading) -> None:
        step = SeenStep(self._parts, self._turn, self._pair.other.name)
        step.answered.connect(partial(self._told, felt))
        self._show(step)

    def _told(self, felt: Reading, seen: float | None) -> None:
        self._wait_for(self._at.tell(felt, seen), self._cover)

    # What is shown of it

    def _cover(self) -> None:
        moment = self._at.turn.kept
        assert moment is not None
        step = CoveredStep(
            self._parts,
            self._turn,
            self._pair,
            moment,
            unread=self._watched.read and moment.expressed is None,
            measured=self._measured.get(self._pair.one.id, False),
        )
        step.revealed.connect(self._reveal)
        step.left.connect(self._on)
        step.vetoed.connect(self._veto)
        self._show(step)

    def _reveal(self, measured: bool) -> None:
        self._measured[self._pair.one.id] = measured
        self._wait_for(self._at.reveal(measured=measured), self._tell)

    def _tell(self) -> None:
        moment = self._at.turn.kept
        assert moment is not None
        step = ToldStep(self._parts, self._turn, self._pair, moment)
        step.on.connect(self._on)
        step.enough.connect(self._enough)
        step.vetoed.connect(self._veto)
        self._show(step)

    def _veto(self) -> None:
        self._hold()
        self._parts.bridge.deliver(self._at.veto(), self._vetoed, self._failed)

    def _vetoed(self, _none: None) -> None:
        self._between("vetoed")

    # From turn to turn

    def _pass(self) -> None:
        self._drop()
        self._between("kept_to_self")

    def _between(self, key: str) -> None:
        step = BetweenStep(self._parts, self._parts.words(f"partner_show.told.{key}"), self._pair.other.name)
        step.on.connect(self._on)
        step.enough.connect(self._enough)
        self._show(step)

    def _on(self) -> None:
        self._at.swap()
        self._pair = self._pair.swapped()
        self._deal()

    def _enough(self) -> None:
        self._parts.back()

    def _drop(self) -> None:
        gone = None if self._sitting is None else self._sitting.drop()
        if gone is not None:
            self._parts.bridge.deliver(gone, lambda _none: None)

    def _wait_for(self, kept: Future[Moment], then: Go) -> None:
        """Nothing is pressed twice meanwhile; where it could not be kept, once more."""
        self._hold()
        self._parts.bridge.deliver(kept, partial(self._kept, then), self._failed)

    def _kept(self, then: Go, moment: Moment) -> None:
        self._at.kept(moment)
        then()

    def _failed(self, error: BaseException) -> None:
        self._at.untold()
        self._let_go()
        self._parts.bridge.failed.emit(error)

    @property
    def _at(self) -> ShowAndTell:
        assert self._sitting is not None
        return self._sitting

    @property
    def _chosen(self) -> Plan:
        assert self._plan is not None
        return self._plan

    @property
    def _turn(self) -> str:
        return self._parts.words(
            "partner_show.turn", shower=self._pair.one.name, noticer=self._pair.other.name
        )

    def _show(self, page: QWidget) -> None:
        if isinstance(self.showing, SayStep):
            self.showing.end()
        super()._show(page)
