"""People drawn for a trial instead of shown in a clip: exactly as much of an expression as is wanted."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from attune.app.protocols.protocol import Setup
from attune.app.protocols.trial import Drawn
from attune.clips.clip_set import Clip

AT_ONCE = 4  # people in a session: each is built the first time they are seen, which takes a second or two
SEEDS = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnSetup(Setup):
    """``drawn``: the people, by name, drawn in place of their clips; nobody without a graphics card."""

    drawn: tuple[str, ...] = ()

    def with_drawn(self, people: Sequence[str], chance: random.Random) -> Self:
        """The same with some of these people drawn."""
        some = chance.sample(sorted(people), min(AT_ONCE, len(people)))
        return replace(self, drawn=tuple(sorted(some)))

    def clips_drawn(self, clips: Sequence[Clip]) -> list[Clip]:
        """Those whose person is drawn."""
        return [clip for clip in clips if clip.person in self.drawn]

    def draw(self, clip: Clip, emotion: str, intensity: float, chance: random.Random) -> Drawn | None:
        """What is drawn in a clip's place; None where its person is not drawn.

        Takes something of ``chance`` only then: sessions of clips stay as they were.
        """
        if clip.person not in self.drawn:
            return None
        return Drawn(
            person=clip.person, expression=emotion, intensity=intensity, seed=chance.randrange(SEEDS)
        )
