"""Contrast: two emotions this person confuses, one at a time and side by side, until they are told apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from attune.affect.vocabulary import Core
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.drawing import DrawnSetup
from attune.app.protocols.material import Material, fresh
from attune.app.protocols.past import Past
from attune.app.protocols.protocol import Heard, Protocol, shuffled
from attune.app.protocols.trial import Beside, Drawn, Name, Trial, Which, Whole
from attune.clips.clip_set import Clip
from attune.errors import PracticeError
from attune.scoring.confusion import Confusion
from attune.scoring.unscorable import Unscorable
from attune.storage.records import AnswerRecord

# Confused by many people ("The science Attune stands on", section 3), in the order to try them.
COMMON = (
    (Core.FEAR, Core.SURPRISE),
    (Core.ANGER, Core.DISGUST),
    (Core.CONTEMPT, Core.HAPPINESS),
    (Core.NEUTRAL, Core.SADNESS),
    (Core.ANGER, Core.SADNESS),
    (Core.CONTEMPT, Core.DISGUST),
)
OFTEN = 3  # times confused, before it is taken for more than a slip
ALONE, SIDE_BY_SIDE = 6, 2  # trials of each kind in turn
STRENGTHS = (0.5, 0.75, 1.0)  # of drawn expressions; both of a pair have the same
WINDOW, FEWEST = 20, 12  # trials alone that d' is of, at most and at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast(DrawnSetup):
    """``pair``: two emotions; without one, the two said for one another most. Until d' passes ``bar``.

    ``most`` trials at most.
    """

    mode: ClassVar[str] = "contrast"
    pair: tuple[str, ...] = ()
    bar: float = 1.5
    most: int = 64

    def __post_init__(self) -> None:
        """Raise ValueError for anything but two different emotions."""
        DrawnSetup.__post_init__(self)
        if self.most < 1 or (self.pair and (len(self.pair) != 2 or self.pair[0] == self.pair[1])):
            raise ValueError("pair, most: two different emotions and a trial wanted")

    def settled(self, material: Material, past: Past, chance: random.Random) -> Self:
        """Name the pair."""
        del chance
        there = set(material.emotions)
        said = [pair for pair, times in past.mix_ups().most_common() if times >= OFTEN]
        wanted = [self.pair] if self.pair else [*said, *COMMON]
        for pair in wanted:
            if set(pair) <= there:
                return replace(self, pair=tuple(map(str, pair)))
        raise PracticeError("practice.no_pair", clip_set=material.clip_set.name)

    def begin(self, material: Material, seed: int, past: Past) -> Contrasting:
        """Begin with one at a time."""
        del past
        return Contrasting(self, material, seed)


class Contrasting(Protocol):
    """Six clips alone, two pairs side by side, and again."""

    def __init__(self, setup: Contrast, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._setup = setup
        self.planned = setup.most
        self._answers: list[AnswerRecord] = []
        self._bag: list[str] = []
        self._last: tuple[str, ...] = ()

    def next(self, position: int) -> Trial | None:
        """One of the pair, alone or beside the other."""
        if position >= self._setup.most or passed(self._setup, self._answers):
            return None
        self._bag = self._bag or shuffled(self.chance, self._setup.pair * 2)
        emotion = self._bag.pop()
        clips = self.material.of(emotion)
        clip = fresh(self._setup.clips_drawn(clips) or clips, self.chance, people=self._last)
        drawn = self._drawn(clip, emotion)
        alone = position % (ALONE + SIDE_BY_SIDE) < ALONE
        return Trial(
            position=position,
            clip=clip,
            channel=self.material.shown_as(clip),
            show=Whole() if alone else self._beside(clip, self._other(emotion)),
            ask=Name(choices=self._setup.pair)
            if alone
            else Which(emotion=emotion, instead=self._other(emotion)),
            difficulty=difficulty(
                self.material.reference(clip),
                intensity=None if drawn is None or emotion == Core.NEUTRAL else drawn.intensity,
            ),
            drawn=drawn,
        )

    def learn(self, trial: Trial, heard: Heard) -> None:
        """Count towards the bar."""
        self._last = (trial.clip.person,)
        if isinstance(heard, AnswerRecord):
            self._answers.append(heard)

    def _drawn(self, clip: Clip, emotion: str) -> Drawn | None:
        if clip.person not in self._setup.drawn:
            return None
        return self._setup.draw(clip, emotion, self.chance.choice(STRENGTHS), self.chance)

    def _other(self, emotion: str) -> str:
        one, other = self._setup.pair
        return other if emotion == one else one

    def _beside(self, clip: Clip, other: str) -> Beside:
        """The same person where they show both: then nothing differs but the expression."""
        clips = self.material.of(other)
        same = [each for each in clips if each.person == clip.person]
        return Beside(other=self.chance.choice(same or list(clips)), on_left=self.chance.random() < 0.5)


def alone(answers: Sequence[AnswerRecord]) -> list[AnswerRecord]:
    """The scored answers to one clip at a time; side by side is easier, and measured on another scale."""
    return [answer for answer in answers if answer.scored and answer.shown.get("kind") != "beside"]


def sensitivity(setup: Contrast, answers: Sequence[AnswerRecord]) -> float | None:
    """How well the two are told apart, as d' over the latest answers; None while they are too few."""
    latest = alone(answers)[-WINDOW:]
    if len(latest) < FEWEST:
        return None
    counted = Confusion.of(((answer.reference, answer.chosen) for answer in latest), setup.pair)
    found = counted.sensitivity(setup.pair[0])
    return None if isinstance(found, Unscorable) else found.d_prime


def passed(setup: Contrast, answers: Sequence[AnswerRecord]) -> bool:
    """Whether the two are told apart well enough."""
    found = sensitivity(setup, answers)
    return found is not None and found >= setup.bar
