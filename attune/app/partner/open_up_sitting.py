"""Two people open up to each other: whose turn it is, how deep they are, which prompt comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from attune.affect.reading import Reading
from attune.app.partner.couple import Kind, Moment, Note
from attune.app.partner.open_up import Told, felt, lag_of
from attune.app.partner.prompts import Deck, Depth, Prompt, Wish, next_depth, prompts

OWN = "own:"  # what the key of a prompt of one's own begins with; its note's id follows
NOTE = "prompt"  # the kind of note in which it is kept; the note's key names the depth


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What was measured of the speaker; none of it without their yes."""

    reading: Reading | None = None
    units: tuple[tuple[str, str, float], ...] = ()


class Sitting:
    """One evening of Open up. Begins a step lighter than where the two were last. One thread."""

    def __init__(
        self,
        people: tuple[int, int],
        *,
        moments: Sequence[Moment],
        notes: Sequence[Note],
        random: Random,
        language: str = "en",
    ) -> None:
        """``people``: who speaks first, who listens first; ``moments``: theirs of this kind, oldest first."""
        self.speaker, self.listener = people
        self._told = [(moment.noticer, Told.from_json(moment.told)) for moment in moments]
        own = [prompt for note in notes if (prompt := own_prompt(note)) is not None]
        self._deck = Deck(
            (*prompts(language), *own), told={told.prompt for _, told in self._told}, random=random
        )
        last = self._told[-1][1].depth if self._told else Depth.LIGHTNESS
        self.depth = Depth(max(last - 1, Depth.LIGHTNESS))
        self._spoke_here: set[int] = set()
        self.prompt = self._deck.draw(self.depth)

    @property
    def both_spoke_here(self) -> bool:
        """Whether each has spoken at this depth by now."""
        return {self.speaker, self.listener} <= self._spoke_here

    @property
    def lag_s(self) -> float:
        """How late the one who listens now follows, in s."""
        return lag_of(told for listener, told in self._told if listener == self.listener)

    def swap(self) -> None:
        """The other one speaks."""
        self.speaker, self.listener = self.listener, self.speaker

    def pass_prompt(self) -> None:
        """Another one, without a reason."""
        self.prompt = self._deck.draw(self.depth)

    def take(self, prompt: Prompt) -> None:
        """Speak about one of their own."""
        self._deck.add(prompt)
        self._deck.shown(prompt)
        self.prompt = prompt

    def lighter(self, depth: Depth) -> None:
        """Go to a lighter depth, which either may at any time. Raises ValueError for a deeper one."""
        if depth > self.depth:
            raise ValueError(f"{depth!r} is deeper than {self.depth!r}: both are asked about that")
        self._go_to(depth)

    def asked(self, wishes: Sequence[Wish]) -> Depth:
        """Go where both wish to go; the depth they are at then."""
        self._go_to(next_depth(self.depth, wishes))
        return self.depth

    def ended(self, told: Told) -> None:
        """A turn is over: the other one speaks next."""
        self._told.append((self.listener, told))
        self._spoke_here.add(self.speaker)
        self.swap()
        self.pass_prompt()

    def broken_off(self) -> None:
        """A turn was stopped and nothing of it is kept: another prompt, the same one may speak."""
        self.pass_prompt()

    def _go_to(self, depth: Depth) -> None:
        if depth != self.depth:
            self.depth = depth
            self._spoke_here.clear()
            self.pass_prompt()


def own_prompt(note: Note) -> Prompt | None:
    """The prompt a note holds; None for one whose depth is not known here."""
    depth = next((depth for depth in Depth if depth.key == note.key), None)
    return None if depth is None else Prompt(key=f"{OWN}{note.id}", depth=depth, text=note.text)


def moment_of(
    told: Told,
    *,
    happened_at: str,
    speaker: int,
    listener: int,
    name: str,
    perceived: Reading | None = None,
    face: Face | None = None,
    recording: int | None = None,
    moment_id: int | None = None,
) -> Moment:
    """The turn as a moment; ``name`` is the speaker's. ``moment_id``: of the one it takes the place of."""
    face = face or Face()
    return Moment(
        id=moment_id,
        kind=Kind.OPEN_UP,
        happened_at=happened_at,
        shower=speaker,
        noticer=listener,
        felt=felt(told.marks, name),
        perceived=perceived,
        expressed=face.reading,
        units=face.units,
        told=told.to_json(),
        recording=recording,
    )
