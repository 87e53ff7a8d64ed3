"""Show and tell: one shows or recalls a feeling, the other says what they noticed, then the first tells.

Nothing of a turn is kept before the one who showed has told; passing keeps nothing. How it agrees is out of
sight until they reveal it, and either of the two may have it deleted at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING, Any

from attune.affect.reading import Reading, Source, certain
from attune.app.futures import then
from attune.app.partner.cards import FREELY, Card, Deck, load_cards
from attune.storage.partner_records import Agreed, Kind, Moment, Person
from attune.storage.records import utc_text

if TYPE_CHECKING:  # loads numpy
    from attune.app.partner.couple import Couple
    from attune.app.partner.seeing import Seen

MOMENT_S = 5  # how long a recorded moment lasts


class Watching(StrEnum):
    """How the other one sees it."""

    ROOM = "room"  # looking at each other, without any camera
    LIVE = "live"  # in the camera's picture, as it happens
    MOMENT = "moment"  # as a recorded moment that can be seen again


class Giving(StrEnum):
    """How the card comes to the one who shows, and to nobody else."""

    HAND_OVER = "hand_over"  # the screen is handed over
    NUMBER = "number"  # and the card opens with a number only they know
    WORD = "word"  # a code word stands on the screen; they have their list


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a moment of this round keeps beside its corners, as ``Moment.told``.

    ``card``: its name; ``seen``: how seen the one who showed felt, in [0, 1], None = not said;
    ``measured``: whether they want what was measured shown, too; ``own``: how the other one felt just then.
    """

    card: str
    watching: Watching
    seen: float | None = None
    measured: bool = False
    own: Reading | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data; what was passed is left out."""
        said: dict[str, Any] = {"seen": self.seen, "own": self.own.to_json() if self.own else None}
        return {
            "card": self.card,
            "watching": str(self.watching),
            "measured": self.measured,
            **{key: value for key, value in said.items() if value is not None},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Told:
        """Read what :meth:`to_json` wrote. Raises KeyError or ValueError on other data."""
        return cls(
            card=str(data["card"]),
            watching=Watching(data["watching"]),
            seen=float(data["seen"]) if "seen" in data else None,
            measured=bool(data["measured"]),
            own=Reading.from_json(data["own"]) if "own" in data else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn as far as it has come.

    ``told``: the one who showed has said what it was; ``kept`` is the moment once it stands in the history.
    """

    shower: Person
    noticer: Person
    card: Card | None = None
    watching: Watching = Watching.ROOM
    recording: int | None = None
    expressed: Reading | None = None
    units: tuple[tuple[str, str, float], ...] = ()
    perceived: Reading | None = None
    own: Reading | None = None
    told: bool = False
    kept: Moment | None = None


def why_not(watching: Watching, people: Iterable[Person]) -> str:
    """What is missing for it to be seen so: "camera" or "recording", which all have to agree to; or ""."""
    agreed = [person.agreed or Agreed() for person in people]
    if watching is not Watching.ROOM and not all(each.camera for each in agreed):
        return "camera"
    if watching is Watching.MOMENT and not all(each.recording for each in agreed):
        return "recording"
    return ""


def is_read(shower: Person) -> bool:
    """Whether the face of the one who shows is measured where a camera sees it."""
    return shower.agreed is not None and shower.agreed.reading


class ShowAndTell:
    """One sitting: turn after turn, each shows in their turn. Use it from one thread; see :meth:`begin`."""

    def __init__(
        self,
        couple: Couple,
        shower: Person,
        noticer: Person,
        decks: Mapping[int, Deck],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._couple = couple
        self._decks = decks
        self._now = now
        self.turn = Turn(shower=shower, noticer=noticer)

    @classmethod
    def begin(cls, couple: Couple, shower: Person, noticer: Person, chance: Random) -> Future[ShowAndTell]:
        """Begin with what each was given before. Fails with StorageError."""

        def dealt(moments: tuple[Moment, ...]) -> ShowAndTell:
            cards = load_cards()
            decks = {
                person.id: Deck(
                    cards,
                    chance,
                    (str(each.told.get("card")) for each in moments if each.shower == person.id),
                )
                for person in (shower, noticer)
            }
            return cls(couple, shower, noticer, decks)

        return then(couple.moments(kind=Kind.SHOW_AND_TELL), dealt)

    def draw(self) -> Card:
        """A card for the one who shows, in place of the one they had."""
        card = self._decks[self.turn.shower.id].draw()
        self.turn = replace(self.turn, card=card)
        return card

    def choose_freely(self) -> None:
        """The one who shows needs no card."""
        card = self._decks[self.turn.shower.id].take(FREELY)
        self.turn = replace(self.turn, card=card)

    def watched(self, watching: Watching, seen: Seen | None = None, recording: int | None = None) -> None:
        """It was shown; ``seen``: what was measured, ``recording``: the film it is on."""
        measured = seen if is_read(self.turn.shower) else None
        self.turn = replace(
            self.turn,
            watching=watching,
            recording=recording,
            expressed=None if measured is None else measured.reading,
            units=()
            if measured is None
            else tuple((each.code, str(each.side), float(each.amount)) for each in measured.units),
        )

    def noticed(self, perceived: Reading | None) -> None:
        """What the other one noticed; None: they passed."""
        self.turn = replace(self.turn, perceived=perceived)

    def felt_self(self, own: Reading) -> None:
        """How the other one felt themselves while they watched."""
        self.turn = replace(self.turn, own=own)

    def tell(self, felt: Reading, seen: float | None) -> Future[Moment]:
        """Keep the moment with what the one who showed says it was, and how ``seen`` they felt.

        Hand the moment back by :meth:`kept` when it is there.
        """
        turn = self.turn
        if turn.card is None:
            raise ValueError("card: none was drawn")
        told = Told(card=turn.card.name, watching=turn.watching, seen=seen, own=turn.own)
        moment = Moment(
            kind=Kind.SHOW_AND_TELL,
            happened_at=utc_text(self._now()),
            shower=turn.shower.id,
            noticer=turn.noticer.id,
            felt=replace(felt, source=Source.SELF_REPORT),
            expressed=turn.expressed,
            intended=certain(Source.INTENDED, turn.card.emotion) if turn.card.emotion else None,
            perceived=turn.perceived,
            units=turn.units,
            told=told.to_json(),
            recording=turn.recording,
        )
        self.turn = replace(turn, told=True)
        return self._couple.keep(moment)

    def kept(self, moment: Moment) -> None:
        """The moment of this turn stands in the history as it is here."""
        self.turn = replace(self.turn, kept=moment)

    def untold(self) -> None:
        """What was told could not be kept: it can be told again, or dropped."""
        self.turn = replace(self.turn, told=self.turn.kept is not None)

    def reveal(self, *, measured: bool) -> Future[Moment]:
        """Let both see how it agrees; ``measured``: with what was measured. Then :meth:`kept` again."""
        kept = self._moment
        told = replace(Told.from_json(kept.told), measured=measured)
        return self._couple.keep(replace(kept, told=told.to_json(), revealed=True))

    def veto(self) -> Future[None]:
        """Delete the moment, its film and all that leads to it."""
        return self._couple.veto(self._moment.id or 0)

    def drop(self) -> Future[None] | None:
        """End the turn without keeping anything of it; what is told already stays.

        None where there is nothing to delete.
        """
        turn = self.turn
        self.turn = Turn(shower=turn.shower, noticer=turn.noticer)
        if turn.recording is None or turn.told:
            return None
        return self._couple.discard_recording(turn.recording)

    def swap(self) -> None:
        """The other one shows now; :meth:`drop` before where nothing was told."""
        self.turn = Turn(shower=self.turn.noticer, noticer=self.turn.shower)

    @property
    def _moment(self) -> Moment:
        if self.turn.kept is None:
            raise ValueError("kept: nothing was told yet")
        return self.turn.kept
