"""Open up: one speaks, the other listens; first how that felt, then, where it is wanted, how closely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from random import SystemRandom

from attune.affect.reading import Reading, Source
from attune.app.futures import after, then
from attune.app.partner.couple import Kind, Moment, Note, Person
from attune.app.partner.open_up import Mark, Ratings, Told
from attune.app.partner.open_up_sitting import NOTE, Sitting, own_prompt
from attune.app.partner.prompts import Depth, Wish
from attune.ui.partner.handing import HandOver
from attune.ui.partner.open_up.choose import ChoosePage, Chosen
from attune.ui.partner.open_up.deeper import DeeperPage
from attune.ui.partner.open_up.enough import EnoughPage
from attune.ui.partner.open_up.felt import FeltPage
from attune.ui.partner.open_up.marks import MarksPage
from attune.ui.partner.open_up.rating import RatingPage
from attune.ui.partner.open_up.turn import Turn, Worked
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.round import Round
from attune.ui.partner.saying import SayStep, own_step
from attune.ui.widgets.dialogs import Question
from attune.ui.within import Go


def open_open_up(parts: Parts, pair: Pair) -> None:
    """Begin the round in the place of what shows: at once, or a second press would begin another."""
    page = OpenUpPage(parts, pair)
    parts.open(page, parts.words("partner_open.title"), leave=page.ask_to_leave)


class OpenUpPage(Round):
    """Turn after turn, from the prompt to what the speaker uncovers.

    Nothing shows until it is known what the two spoke about before.
    """

    def __init__(self, parts: Parts, pair: Pair) -> None:
        super().__init__()
        self._parts, self._words, self._pair = parts, parts.words, pair
        self._sitting: Sitting | None = None
        self.chosen = Chosen()
        self.turn: Turn | None = None
        couple, people = parts.couple, [person.id for person in pair.both]
        moments, notes = couple.moments(kind=Kind.OPEN_UP, people=people), couple.notes(kind=NOTE)
        before = after(moments, lambda found: then(notes, lambda own: (found, own)))
        parts.bridge.deliver(before, self._begin, self._not_begun)

    def ask_to_leave(self, go: Go) -> None:
        """A turn that is under way is worth a question; what is left of it goes."""

        def leave() -> None:
            self._drop()
            go()

        if self.turn is None or not self.turn.to_lose:
            leave()
            return
        Question(
            self._words,
            "partner_open.leave",
            agreed=leave,
            parent=self._parts.page,
            theme=self._parts.theme,
        )

    def _begin(self, before: tuple[Sequence[Moment], Sequence[Note]]) -> None:
        moments, notes = before
        people = self._pair.one.id, self._pair.other.id
        self._sitting = Sitting(
            people,
            moments=moments,
            notes=[note for note in notes if note.person in people],
            random=SystemRandom(),
            language=self._words.language,
        )
        self._choose()

    def _not_begun(self, error: BaseException) -> None:
        self._parts.back()
        self._parts.bridge.failed.emit(error)

    # Choosing

    def _choose(self, said: str = "") -> None:
        self.turn = None
        page = ChoosePage(self._parts, self._pair, self.sitting, self.chosen, said=said)
        page.begun.connect(self._speak)
        page.deeper.connect(self._ask_deeper)
        page.own.connect(self._keep_own)
        self._show(page)

    def _keep_own(self, text: str) -> None:
        speaker = self._speaker.id
        kept = self._parts.couple.note(speaker, kind=NOTE, text=text, key=self.sitting.depth.key, by=speaker)
        self._parts.bridge.deliver(kept, self._own_kept)

    def _own_kept(self, note: Note) -> None:
        prompt = own_prompt(note)
        assert prompt is not None
        self.sitting.take(prompt)
        if isinstance(self.showing, ChoosePage):
            self.showing.look()

    def _ask_deeper(self) -> None:
        """Each of the two alone, who speaks first."""
        wishes: list[Wish] = []
        people = [self._speaker, self._listener]

        def ask() -> None:
            page = DeeperPage(self._parts, people[len(wishes)].name, self.sitting.depth)
            page.wished.connect(answered)
            self._show(page)

        def answered(wish: Wish) -> None:
            wishes.append(wish)
            if len(wishes) < len(people):
                self._show(HandOver(self._parts, people[len(wishes)].name, ask))
            else:
                self._asked(wishes)

        self._show(HandOver(self._parts, people[0].name, ask))

    def _asked(self, wishes: Sequence[Wish]) -> None:
        before = self.sitting.depth
        now = self.sitting.asked(wishes)
        key = "deeper" if now > before else "lighter" if now < before else "stays"
        depth = self._words(f"partner_open.depth.{now.key}")
        self._choose(self._words(f"partner_open.deeper.then.{key}", depth=depth))

    # Speaking

    def _speak(self) -> None:
        turn = self.turn = Turn(self._parts, self._pair, self.sitting, self.chosen)
        page = turn.speaking
        page.back.connect(self._not_yet)
        page.finished.connect(lambda _speech: self._hand_to_mark())
        page.enough.connect(lambda speech: self._enough(something=speech is not None))
        self._show(page)

    def _not_yet(self) -> None:
        """Back to the prompt, which is still there."""
        self._drop()
        self._choose()

    def _enough(self, *, something: bool) -> None:
        names = self._names
        page = EnoughPage(self._parts, **names, something=something)
        page.left.connect(partial(self._leave_turn, lighter=False))
        page.lighter.connect(partial(self._leave_turn, lighter=True))
        page.kept.connect(self._hand_to_mark)
        self._show(page)

    def _leave_turn(self, *, lighter: bool) -> None:
        self._drop()
        if lighter and self.sitting.depth > Depth.LIGHTNESS:
            self.sitting.lighter(Depth(self.sitting.depth - 1))
        else:
            self.sitting.broken_off()
        self._choose(self._words("partner_open.enough.left"))

    # What the speaker says of it

    def _hand_to_mark(self) -> None:
        why = self._words("partner_open.marks.hand", **self._names)
        self._show(HandOver(self._parts, self._speaker.name, self._mark, why=why))

    def _mark(self) -> None:
        turn = self._turn
        page = MarksPage(
            self._parts,
            speaker=self._speaker.name,
            prompt=self.sitting.prompt.text,
            speech=turn.spoken,
            way=self.chosen.way,
        )
        page.marked.connect(self._marked)
        turn.play_on(page)
        self._show(page)

    def _marked(self, marks: tuple[Mark, ...]) -> None:
        self._turn.marked(marks)
        page = RatingPage(self._parts, "ratings", **self._names)
        page.rated.connect(self._rated)
        self._show(page)

    def _rated(self, ratings: Ratings) -> None:
        """Kept now, so that what the speaker said is not lost should the listener be interrupted."""
        self._turn.said.ratings = ratings
        self._keep(self._hand_to_guess)

    # What the listener says of it

    def _hand_to_guess(self, _moment: Moment) -> None:
        why = self._words("partner_open.guesses.hand", **self._names)
        self._show(HandOver(self._parts, self._listener.name, self._ask_noticed, why=why))

    def _ask_noticed(self) -> None:
        step = SayStep(
            self._parts,
            self._words("partner_open.noticed.turn", **self._names),
            self._words("partner_open.noticed.note", **self._names),
        )
        step.feeling.ask(
            self._words("partner_open.noticed.question", **self._names),
            source=Source.USER,
            by=self._listener.name,
            action=self._words("partner_open.noticed.action"),
        )
        step.given.connect(self._noticed)
        step.passed.connect(lambda: self._noticed(None))
        self._show(step)

    def _noticed(self, perceived: Reading | None) -> None:
        self._turn.said.perceived = perceived
        if perceived is None:
            self._ask_guesses()
            return
        turn = self._words("partner_open.noticed.turn", **self._names)
        step = own_step(self._parts, turn, Pair(one=self._speaker, other=self._listener))
        step.given.connect(self._felt_self)
        step.passed.connect(self._ask_guesses)
        self._show(step)

    def _felt_self(self, own: Reading) -> None:
        self._turn.said.own = own
        self._ask_guesses()

    def _ask_guesses(self) -> None:
        page = RatingPage(self._parts, "guesses", **self._names)
        page.rated.connect(self._guessed)
        self._show(page)

    def _guessed(self, guesses: Ratings) -> None:
        self._turn.said.guesses = guesses
        self._keep(self._told)

    # What is shown of it

    def _told(self, moment: Moment) -> None:
        names = self._names
        self.sitting.ended(Told.from_json(moment.told))
        page = FeltPage(self._parts, moment, **names)
        page.next_turn.connect(self._choose)
        page.over.connect(self._parts.back)
        page.revealed.connect(partial(self._reveal, page, moment))
        page.vetoed.connect(partial(self._veto, moment))
        self._show(page)

    def _reveal(self, page: FeltPage, moment: Moment) -> None:
        assert moment.id is not None
        revealed = self._parts.couple.reveal(moment.id)
        self._parts.bridge.deliver(revealed, partial(self._revealed, page))

    def _revealed(self, page: FeltPage, _none: None) -> None:
        if self.showing is page:
            page.show_more()

    def _veto(self, moment: Moment) -> None:
        assert moment.id is not None
        self._hold()
        self._parts.bridge.deliver(self._parts.couple.veto(moment.id), self._vetoed, self._failed)

    def _vetoed(self, _none: None) -> None:
        self._choose(self._words("partner_open.veto.done"))

    # Between

    @property
    def sitting(self) -> Sitting:
        """Whose turn it is and what about; not before something shows."""
        assert self._sitting is not None
        return self._sitting

    @property
    def _turn(self) -> Turn:
        assert self.turn is not None
        return self.turn

    @property
    def _speaker(self) -> Person:
        return self._pair.of(self.sitting.speaker)

    @property
    def _listener(self) -> Person:
        return self._pair.of(self.sitting.listener)

    @property
    def _names(self) -> dict[str, str]:
        return {"speaker": self._speaker.name, "listener": self._listener.name}

    def _keep(self, then: Callable[[Moment], object]) -> None:
        """Keep what is known by now, whoever leaves meanwhile; where that fails it can be tried once more."""
        turn = self._turn
        turn.keeping = True
        self._hold()

        def build(worked: Worked) -> None:
            kept = self._parts.couple.keep(turn.moment(worked))
            self._parts.bridge.deliver(kept, partial(self._kept, turn, then), self._failed)

        self._parts.bridge.deliver(turn.work(), build, self._failed)

    def _kept(self, turn: Turn, then: Callable[[Moment], object], moment: Moment) -> None:
        turn.kept = moment
        if turn is self.turn:
            then(moment)

    def _failed(self, error: BaseException) -> None:
        if self.turn is not None:
            self.turn.keeping = self.turn.kept is not None
        self._let_go()
        self._parts.bridge.failed.emit(error)

    def _drop(self) -> None:
        """Camera off, and nothing is left of a turn that was not kept."""
        if self.turn is not None:
            self.turn.drop()
            self.turn = None
