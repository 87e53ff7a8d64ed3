"""The clips a protocol chooses from, so arranged that choosing does not take longer the more there are."""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core, Vocabulary
from attune.app.protocols.course import Course, read_course
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.reference import scored_reference
from attune.clips.clip_set import Channel, Clip, ClipSet
from attune.clips.rows import PICTURES
from attune.errors import PracticeError

BRIEF_S = 0.5  # an expression over in less is for those who practise brief moments


def playable(clip: Clip, channel: Channel | None) -> bool:
    """Whether a clip has what is to be seen and heard."""
    return channel in (None, clip.channel) or clip.channel is Channel.PICTURE_AND_SOUND


def is_particular(clip: Clip, reference: Reading) -> bool:
    """Whether a clip shows two emotions at once, or one only briefly: no example of a single emotion."""
    passing = (
        clip.onset_s is not None and clip.offset_s is not None and clip.offset_s - clip.onset_s <= BRIEF_S
    )
    mixed = reference.source is not Source.CROWD and reference.labels[reference.top] <= 0.5
    return passing or mixed


def is_picture(clip: Clip) -> bool:
    """Whether nothing in it moves."""
    return clip.file.suffix.lower() in PICTURES


class Material:
    """The clips of a set that can be shown on a channel and scored. Raises PracticeError without any."""

    def __init__(self, clip_set: ClipSet, vocabulary: Vocabulary, channel: Channel | None) -> None:
        self.clip_set = clip_set
        self.vocabulary = vocabulary
        self.channel = channel
        self._references: dict[str, Reading] = {}
        by_emotion: dict[str, list[Clip]] = {}
        particular: list[tuple[str, Clip]] = []
        for clip in clip_set.clips:
            if not playable(clip, channel):
                continue
            try:
                reference = scored_reference(clip)
            except ValueError:  # nobody said anything of it that an answer could be compared with
                continue
            self._references[clip.name] = reference
            if is_particular(clip, reference):
                particular.append((reference.top, clip))
            else:
                by_emotion.setdefault(reference.top, []).append(clip)
        self._particular = tuple(clip for _, clip in particular) if by_emotion else ()
        if not by_emotion:  # then these are what there is
            for emotion, clip in particular:
                by_emotion.setdefault(emotion, []).append(clip)
        if not by_emotion:
            raise PracticeError("practice.no_clips", clip_set=clip_set.name)
        names = [name for name in vocabulary.names if name in by_emotion]
        self._by_emotion = {name: tuple(by_emotion[name]) for name in names}
        self._courses: dict[str, Course | None] = {}

    @property
    def emotions(self) -> tuple[str, ...]:
        """The emotions there are clips of, in the vocabulary's order."""
        return tuple(self._by_emotion)

    @property
    def stirred(self) -> tuple[str, ...]:
        """The same without neutral."""
        return tuple(name for name in self._by_emotion if name != Core.NEUTRAL)

    @cached_property
    def clips(self) -> tuple[Clip, ...]:
        """All of them, also those that show two emotions, or one briefly."""
        return (*(clip for clips in self._by_emotion.values() for clip in clips), *self._particular)

    def of(self, emotion: str) -> tuple[Clip, ...]:
        """The clips of one emotion that are plain examples of it."""
        return self._by_emotion.get(emotion, ())

    def reference(self, clip: Clip) -> Reading:
        """What an answer to the clip is scored against."""
        return self._references[clip.name]

    def shown_as(self, clip: Clip) -> Channel:
        """What of the clip is seen or heard here."""
        return clip.channel if self.channel is None else self.channel

    @cached_property
    def main_channel(self) -> Channel:
        """What most of the clips are shown as."""
        counted = Counter(self.shown_as(clip) for clip in self.clips)
        return counted.most_common(1)[0][0]

    @cached_property
    def neutral_of(self) -> dict[str, Clip]:
        """A neutral clip of each person who has one; of people without a name nobody knows who is who."""
        return {clip.person: clip for clip in reversed(self.of(Core.NEUTRAL)) if clip.person}

    def course(self, clip: Clip) -> Course | None:
        """How the expression grows frame by frame, where that is known exactly."""
        if clip.name not in self._courses:
            self._courses[clip.name] = None if clip.truth is None else read_course(clip.truth)
        return self._courses[clip.name]

    def near(self, emotion: str, wanted: float) -> Iterator[Clip]:
        """The clips of an emotion, those expected to be nearest the wanted difficulty first."""
        levels, ranked = self._ranked[emotion]
        right = bisect_left(levels, wanted)
        left = right - 1
        while left >= 0 or right < len(ranked):
            ahead = right >= len(ranked) or (left >= 0 and wanted - levels[left] <= levels[right] - wanted)
            yield ranked[left if ahead else right]
            left, right = (left - 1, right) if ahead else (left, right + 1)

    @cached_property
    def _ranked(self) -> dict[str, tuple[list[float], list[Clip]]]:
        found = {}
        for emotion, clips in self._by_emotion.items():
            ranked = sorted(clips, key=lambda clip: difficulty(self.reference(clip)))
            found[emotion] = ([difficulty(self.reference(clip)) for clip in ranked], ranked)
        return found


def choose_clips(clips: Sequence[Clip], count: int, chance: random.Random) -> list[Clip]:
    """Draw up to ``count`` different clips, emotions as even as they can be, people mixed.

    Deals one clip of each emotion in turn (a random turn each round); of an emotion's clips it takes one
    whose person was shown least so far, and avoids the person just shown.
    """
    piles: dict[str, list[Clip]] = {}
    for clip in chance.sample(list(clips), len(clips)):
        piles.setdefault(scored_reference(clip).top, []).append(clip)
    drawn: list[Clip] = []
    shown: dict[str, int] = {}
    while len(drawn) < count and piles:
        for emotion in chance.sample(sorted(piles), len(piles)):
            last = drawn[-1].person if drawn else None
            clip = min(piles[emotion], key=lambda c: (c.person == last, shown.get(c.person, 0)))
            piles[emotion].remove(clip)
            if not piles[emotion]:
                del piles[emotion]
            drawn.append(clip)
            shown[clip.person] = shown.get(clip.person, 0) + 1
            if len(drawn) == count:
                break
    return drawn


def fresh(clips: Sequence[Clip], chance: random.Random, *, people: Collection[str]) -> Clip:
    """A clip by chance, of somebody who is not among ``people`` where there is one."""
    others = [clip for clip in clips if clip.person not in people]
    return chance.choice(others or list(clips))
