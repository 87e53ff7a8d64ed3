"""Read the moment: see or hear a clip, name it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from attune.affect.reading import NONE
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.material import Material, choose_clips
from attune.app.protocols.past import Past
from attune.app.protocols.protocol import Protocol, Setup
from attune.app.protocols.trial import Name, Trial, When, Whole
from attune.clips.clip_set import Clip
from attune.errors import PracticeError

FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTheMoment(Setup):
    """``trials`` clips, emotions as even as can be.

    ``choices``: how many names are offered, 0 = all; or ``names``: exactly these, and clips of these only.
    ``none``: "none of these" is offered, and now and then it is so. ``blends``: two may be said.
    ``typed``: a word is typed instead. ``replay``: the clip may be seen again. ``hear``: when what the
    references say is heard.
    """

    mode: ClassVar[str] = "read_the_moment"
    trials: int = 10
    choices: int = 0
    names: tuple[str, ...] = ()
    none: bool = False
    blends: bool = False
    typed: bool = False
    replay: bool = True
    hear: When = When.EACH

    def __post_init__(self) -> None:
        """Raise ValueError for numbers that make no question."""
        Setup.__post_init__(self)
        object.__setattr__(self, "hear", When(self.hear))
        if self.trials < 1 or (self.choices and self.choices < FEWEST) or len(self.names) == 1:
            raise ValueError("trials, choices: a session has a trial, a trial two choices")

    @property
    def feedback(self) -> When:
        """As the person chose."""
        return self.hear

    def begin(self, material: Material, seed: int, past: Past) -> Reading:
        """Draw the clips. Raises PracticeError where none shows what the names say."""
        del past
        return Reading(self, material, seed)


class Reading(Protocol):
    """All clips are drawn at the start."""

    def __init__(self, setup: ReadTheMoment, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._setup = setup
        fitting = [clip for clip in material.clips if not setup.names or self._means(clip) in setup.names]
        if not fitting:
            raise PracticeError("practice.no_clips", clip_set=material.clip_set.name)
        self._clips = choose_clips(fitting, setup.trials, self.chance)
        self.planned = len(self._clips)

    @property
    def upcoming(self) -> Sequence[Clip]:
        """All that are left."""
        return self._clips[self._position :]

    def next(self, position: int) -> Trial | None:
        """The clip drawn for this position, with names for it."""
        if position >= len(self._clips):
            return None
        clip, setup = self._clips[position], self._setup
        names = setup.names or self.material.vocabulary.names
        offered = offer(self._means(clip), names, setup.choices, self.chance, none=setup.none)
        return Trial(
            position=position,
            clip=clip,
            channel=self.material.shown_as(clip),
            show=Whole(replay=setup.replay),
            ask=Name(choices=offered, blends=setup.blends, typed=setup.typed),
            difficulty=difficulty(self.material.reference(clip)),
        )

    def _means(self, clip: Clip) -> str:
        return self.material.reference(clip).top


def offer(
    meant: str, names: Sequence[str], count: int, chance: random.Random, *, none: bool = False
) -> tuple[str, ...]:
    """``count`` of the names, 0 = all, in their order, ``meant`` among them.

    With ``none``, NONE comes last, and as often as any name would be it stands for ``meant``.
    """
    some = 0 < count < len(names)
    others = [name for name in names if name != meant]
    absent = none and chance.random() < 1 / ((count if some else len(names)) + 1)
    if some:
        others = chance.sample(others, min(len(others), count if absent else count - 1))
    kept = {*others} if absent else {*others, meant}
    return tuple(name for name in names if name in kept) + ((NONE,) if none else ())
