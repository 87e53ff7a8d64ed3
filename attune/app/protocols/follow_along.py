"""Follow along: a dial, or a pad, moved while the clip plays, beside the reference moment by moment."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import ClassVar, Self

from attune.affect.vocabulary import Core
from attune.app.protocols.material import Material, is_picture
from attune.app.protocols.past import Past
from attune.app.protocols.protocol import Protocol, Setup, shuffled
from attune.app.protocols.tracing import usual_lag
from attune.app.protocols.trial import Follow, Part, Reel, Trial
from attune.clips.clip_set import Clip
from attune.clips.trace import read_trace
from attune.errors import PracticeError

AXES = ("valence", "arousal")
RATE_HZ = 30.0  # samples of the dial
LONG_ENOUGH_S = 20.0  # of a reel: what is left after settling and lag says something


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowAlong(Setup):
    """``trials`` clips, or reels of short ones, followed on ``axes``.

    ``lag_s``, filled in at the start: how late this person follows, as far as earlier traces tell.
    """

    mode: ClassVar[str] = "follow_along"
    trials: int = 3
    axes: tuple[str, ...] = ("valence",)
    lag_s: float = 0.0

    def __post_init__(self) -> None:
        """Raise ValueError for axes there are not."""
        Setup.__post_init__(self)
        if self.trials < 1 or not self.axes or not set(self.axes) <= set(AXES) or self.lag_s < 0:
            raise ValueError(f"trials, axes, lag_s: one of {', '.join(AXES)}, or both, wanted")

    def settled(self, material: Material, past: Past, chance: random.Random) -> Self:
        """Look up the person's own lag."""
        del material, chance
        return replace(self, lag_s=usual_lag(past.traces))

    def begin(self, material: Material, seed: int, past: Past) -> Following:
        """Put reels together. Raises PracticeError where there is nothing to follow."""
        del past
        return Following(self, material, seed)


class Following(Protocol):
    """Reels by chance, each once, people in turns."""

    def __init__(self, setup: FollowAlong, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._setup = setup
        chosen = islice(reels(material, self.chance), setup.trials)
        # What is wrong with a reference is told before anybody follows it.
        self._reels = tuple(
            replace(reel, reference=reference_trace(material, reel, setup.axes)) for reel in chosen
        )
        if not self._reels:
            raise PracticeError("practice.nothing_moves", clip_set=material.clip_set.name)
        self.planned = len(self._reels)

    @property
    def upcoming(self) -> Sequence[Clip]:
        """The clips of all reels that are left."""
        return [part.clip for reel in self._reels[self._position :] for part in reel.parts]

    def next(self, position: int) -> Trial | None:
        """The next reel."""
        if position >= len(self._reels):
            return None
        reel = self._reels[position]
        clip = reel.parts[0].clip
        return Trial(
            position=position,
            clip=clip,
            channel=self.material.shown_as(clip),
            show=reel,
            ask=Follow(axes=self._setup.axes),
        )


def reels(material: Material, chance: random.Random) -> Iterator[Reel]:
    """What can be followed, people in turns; made one by one, as reading what was drawn takes its time."""
    by_person: dict[str, list[Clip]] = {}
    for clip in (clip for emotion in material.emotions for clip in material.of(emotion)):
        if not is_picture(clip):
            by_person.setdefault(clip.person or clip.name, []).append(clip)
    makers = [_of_one(material, shuffled(chance, clips)) for clips in by_person.values()]
    turns = shuffled(chance, makers)
    while turns:
        for maker in list(turns):
            reel = next(maker, None)
            if reel is None:
                turns.remove(maker)
            else:
                yield reel


def _of_one(material: Material, clips: Sequence[Clip]) -> Iterator[Reel]:
    """One person's clips, short drawn ones joined until they are long enough."""
    parts: list[Part] = []
    length = 0.0
    complete = False
    for clip in clips:
        course = material.course(clip)
        if course is None or clip.trace is not None or course.duration_s >= LONG_ENOUGH_S:
            yield Reel(parts=(Part(clip=clip, starts_s=0.0),))
            continue
        parts.append(Part(clip=clip, starts_s=length))
        length += course.duration_s
        if length >= LONG_ENOUGH_S:
            yield Reel(parts=tuple(parts))
            parts, length, complete = [], 0.0, True
    if parts and not complete:  # too short altogether, and still the best there is
        yield Reel(parts=tuple(parts))


def reference_trace(material: Material, reel: Reel, axes: Sequence[str]) -> Mapping[str, object] | None:
    """What is known of a reel moment by moment before it is measured: the person's report, or the drawing.

    Plain JSON as :func:`attune.app.protocols.tracing.compare` takes it. Raises ClipSetError for a bad file.
    """
    first = reel.parts[0].clip
    if len(reel.parts) == 1 and first.trace is not None:
        reported = read_trace(first.trace)
        told = {axis: list(reported.axes[axis]) for axis in axes if axis in reported.axes}
        if told:
            return {"source": "self_report", "time_s": list(reported.time_s), **told}
    return drawn_trace(material, reel, axes)


def drawn_trace(material: Material, reel: Reel, axes: Sequence[str]) -> Mapping[str, object] | None:
    """What was drawn, moment by moment: from neutral to the emotion's place as the expression grows.

    Plain JSON as :func:`attune.app.protocols.tracing.compare` takes it; None where a part was not drawn.
    """
    neutral = material.vocabulary[Core.NEUTRAL]
    time_s: list[float] = []
    values: dict[str, list[float]] = {axis: [] for axis in axes}
    for part in reel.parts:
        course = material.course(part.clip)
        if course is None:
            return None
        reference = material.reference(part.clip)
        term, stated = material.vocabulary[reference.top], reference.intensity
        time_s += [part.starts_s + time for time in course.time_s]
        for axis in axes:
            rest, there = getattr(neutral, axis), getattr(term, axis)
            far = (there - rest) * (1.0 if stated is None else stated)
            values[axis] += [rest + far * amount for amount in course.intensity]
    return {"source": "intended", "time_s": time_s, **values}
