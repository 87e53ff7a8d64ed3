"""Check-up: a fixed test without feedback, in parallel forms, so that before and after can be compared."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, Self

from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.material import Material
from attune.app.protocols.past import Past
from attune.app.protocols.protocol import Protocol, Setup, shuffled
from attune.app.protocols.trial import Name, Trial, When, Whole
from attune.clips.clip_set import Clip
from attune.errors import PracticeError
from attune.storage.records import SessionRecord

LONGEST, SHORTEST = 48, 8  # trials: ten minutes, and what says anything at all
MOST_FORMS = 6
AFTER = (timedelta(weeks=1), timedelta(weeks=4), timedelta(weeks=12))
EARLY = timedelta(days=2)  # a check-up so long before its day counts for it


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckUp(Setup):
    """``form`` of ``forms``; filled in at the start: the one longest not used."""

    mode: ClassVar[str] = "checkup"
    form: int = -1
    forms: int = 0

    @property
    def feedback(self) -> When:
        """Never: it would make the next form easier."""
        return When.NEVER

    def settled(self, material: Material, past: Past, chance: random.Random) -> Self:
        """Choose the form, on these clips and this channel."""
        del chance
        forms = len(make_forms(material))
        used = [
            int(session.setup.get("form", -1))
            for session in past.checkups
            if (session.clip_set, session.clip_set_version, session.channel)
            == (material.clip_set.name, material.clip_set.version, self.channel or "")
        ]
        latest = {form: place for place, form in reversed(list(enumerate(used)))}
        longest_ago = max(range(forms), key=lambda form: (latest.get(form, len(used)), -form))
        return replace(self, form=longest_ago, forms=forms)

    def begin(self, material: Material, seed: int, past: Past) -> Checking:
        """Take the form's clips in an order of chance."""
        del past
        return Checking(self, material, seed)


class Checking(Protocol):
    """The clips of one form, each once, whole, never again."""

    def __init__(self, setup: CheckUp, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        forms = make_forms(material)
        self._clips = shuffled(self.chance, forms[setup.form % len(forms)])
        self.planned = len(self._clips)

    @property
    def upcoming(self) -> Sequence[Clip]:
        """All that are left."""
        return self._clips[self._position :]

    def next(self, position: int) -> Trial | None:
        """The next clip of the form."""
        if position >= len(self._clips):
            return None
        clip = self._clips[position]
        return Trial(
            position=position,
            clip=clip,
            channel=self.material.shown_as(clip),
            show=Whole(replay=False),
            ask=Name(choices=self.material.vocabulary.names),
            difficulty=difficulty(self.material.reference(clip)),
        )


def make_forms(material: Material) -> tuple[tuple[Clip, ...], ...]:
    """Parallel forms out of a set: each emotion equally often, people and difficulty as even as can be.

    The same clips give the same forms, whatever their order. Each emotion's clips, from the easiest to the
    most difficult, make as many groups as a form has room for, and each form takes one out of each group.
    Raises PracticeError for a set too small for a test.
    """
    fewest = min(len(material.of(emotion)) for emotion in material.emotions)
    count = max(min(fewest, 2), min(fewest // 2, MOST_FORMS))
    each = max(1, min(fewest // count, LONGEST // len(material.emotions)))
    if each * len(material.emotions) < SHORTEST or len(material.emotions) < 2:
        raise PracticeError("practice.too_small", clip_set=material.clip_set.name, least=SHORTEST)
    forms = tuple(Form(material) for _ in range(count))
    people = sorted({clip.person for clip in material.clips})
    for turn, emotion in enumerate(material.emotions):
        turned = {person: (place + turn) % len(people) for place, person in enumerate(people)}
        clips = sorted(
            material.of(emotion),
            key=lambda c: (difficulty(material.reference(c)), turned[c.person], c.name),
        )
        for group in range(each):
            deal(clips[group * len(clips) // each : (group + 1) * len(clips) // each], forms)
    return tuple(tuple(form.clips) for form in forms)


class Form:
    """A form in the making: its clips, who was seen in it how often, and how difficult it is so far."""

    def __init__(self, material: Material) -> None:
        self.clips: list[Clip] = []
        self.people: Counter[str] = Counter()
        self.difficulty = 0.0
        self._material = material

    def add(self, clip: Clip) -> None:
        """Take a clip."""
        self.clips.append(clip)
        self.people[clip.person] += 1
        self.difficulty += self.weight(clip)

    def weight(self, clip: Clip) -> float:
        """How difficult a clip is."""
        return difficulty(self._material.reference(clip))


def deal(clips: Sequence[Clip], forms: Sequence[Form]) -> None:
    """Give each form one of the clips: the easiest form first, of whom it has least, the most difficult."""
    left = list(clips)
    for form in sorted(forms, key=lambda form: form.difficulty):
        chosen = min(left, key=lambda clip: (form.people[clip.person], -form.weight(clip)))
        left.remove(chosen)
        form.add(chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """When the next check-up of a channel is due: ``after`` the first one. ``due`` is an aware UTC time."""

    channel: str
    due: datetime
    after: timedelta


def reminders(checkups: Sequence[SessionRecord]) -> tuple[Reminder, ...]:
    """For each channel with a finished check-up, the first day among 1, 4 and 12 weeks not yet kept.

    Source of the days: what is gained should still be there after a week, a month, a quarter.
    """
    by_channel: dict[str, list[datetime]] = {}
    for session in checkups:
        if session.ended_at is not None:
            by_channel.setdefault(session.channel, []).append(datetime.fromisoformat(session.started_at))
    found = []
    for channel, times in sorted(by_channel.items()):
        first, last = min(times), max(times)
        after = next((after for after in AFTER if last < first + after - EARLY), None)
        if after is not None:
            found.append(Reminder(channel=channel, due=first + after, after=after))
    return tuple(found)
