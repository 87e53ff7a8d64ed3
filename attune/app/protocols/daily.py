"""Daily practice: ten minutes made by the program, of what is due, and one new thing."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations, islice
from typing import ClassVar, Self

from attune.affect.reading import Source, certain
from attune.app.protocols.cards import Band, Key, reviewed
from attune.app.protocols.contrast import COMMON, OFTEN
from attune.app.protocols.difficulty import difficulty, difficulty_for, intensity_for, of_intensity
from attune.app.protocols.material import Material
from attune.app.protocols.past import LATE_PEOPLE, Past
from attune.app.protocols.protocol import Heard, Protocol, Setup, shuffled
from attune.app.protocols.trial import Held, Name, Trial, Whole
from attune.clips.clip_set import Clip
from attune.errors import PracticeError
from attune.storage.records import AnswerRecord, CardRecord

TRIAL_S = 15.0  # a clip, an answer and a look at what is said back
REVIEW = 4  # trials that one review of a card is made of
AT_LEAST = 4  # cards, so that a session does not go on about the same two emotions
EXPECTED = 0.8  # share of agreement that trials are chosen for
LOOKED_AT = 64  # clips weighed for a trial; those beyond are further from the wanted difficulty
FULL_ENOUGH = 0.98  # of a clip's own strength: played whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily(Setup):
    """``minutes`` of practice; the rest is filled in at the start.

    ``cards``: (one, other, channel, band) of each card: those due, longest first, new ones, and where there
    is room some that are not due yet;
    ``new``: how many of them are new; ``ability``: what the person is taken to be able to;
    ``seen``: people seen last, the latest first.
    """

    mode: ClassVar[str] = "daily"
    minutes: float = 10.0
    cards: tuple[tuple[str, ...], ...] = ()
    new: int = 0
    ability: float = 0.0
    seen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for no time at all."""
        Setup.__post_init__(self)
        if not 0 < self.minutes <= 120:
            raise ValueError("minutes: wanted above 0, at most 120")

    @property
    def trials(self) -> int:
        """How many trials fill the time, in whole reviews."""
        return max(1, round(60 * self.minutes / TRIAL_S / REVIEW)) * REVIEW

    def settled(self, material: Material, past: Past, chance: random.Random) -> Self:
        """Choose the cards."""
        channel = material.main_channel
        room = self.trials // REVIEW
        kept = [card for card in past.cards if usable(Key.of(card), material)]
        due = [Key.of(card) for card in kept if datetime.fromisoformat(card.due) <= past.now]
        able = past.ability().theta
        band = band_for(able, len(material.vocabulary))
        early = [Key.of(card) for card in kept if Key.of(card) not in due]
        early.sort(key=lambda key: key.band != band)
        wanted = max(1, AT_LEAST - len(kept)) if room > min(len(due), AT_LEAST) else 0
        new = list(islice(new_keys(material, past, channel, band, chance), wanted))
        chosen = [*due[: room - len(new)], *new]
        chosen += early[: max(0, min(AT_LEAST, room) - len(chosen))]
        if not chosen:
            raise PracticeError("practice.no_pair", clip_set=material.clip_set.name)
        return replace(
            self,
            cards=tuple((key.one, key.other, str(key.channel), str(key.band)) for key in chosen),
            new=len(new),
            ability=able,
            seen=past.people,
        )

    def begin(self, material: Material, seed: int, past: Past) -> Days:
        """Mix the cards."""
        return Days(self, material, seed, past)


class Days(Protocol):
    """Each card is gone through in a review of four trials, the cards mixed, each trial on somebody else."""

    def __init__(self, setup: Daily, material: Material, seed: int, past: Past) -> None:
        super().__init__(material, seed)
        self._setup = setup
        keys = [
            Key(one=one, other=other, channel=channel, band=Band(band))
            for one, other, channel, band in setup.cards
        ]
        self._order = mixed(keys, setup.trials, self.chance)
        self.planned = len(self._order)
        self._kept = {Key.of(card): card for card in past.cards}
        self._agreed: Counter[Key] = Counter()
        self._answers: Counter[Key] = Counter()
        self._left = Counter(self._order)
        self._seen = list(setup.seen)
        self._said: dict[Key, str] = {}

    def next(self, position: int) -> Trial | None:
        """The next card's pair, shown so that four in five answers are expected to agree."""
        if position >= len(self._order):
            return None
        key = self._order[position]
        names = self.material.vocabulary.names
        emotion = self._emotion(key)
        wanted = difficulty_for(EXPECTED, self._setup.ability, 1 / len(names))
        clip = self._clip(emotion, key.band, wanted)
        show, expected = self._show(clip, key.band, wanted)
        return Trial(
            position=position,
            clip=clip,
            channel=self.material.shown_as(clip),
            show=show,
            ask=Name(choices=names),
            difficulty=expected,
        )

    def learn(self, trial: Trial, heard: Heard) -> None:
        """Count the answer towards its card's review."""
        key = self._order[trial.position]
        self._left[key] -= 1
        self._said[key] = self.material.reference(trial.clip).top
        self._seen = [trial.clip.person, *self._seen][:LATE_PEOPLE]
        if isinstance(heard, AnswerRecord) and heard.scored:
            self._answers[key] += 1
            self._agreed[key] += heard.agreement.same

    def card(self, trial: Trial, answer: AnswerRecord) -> CardRecord | None:
        """The card after its review, with the last answer of it."""
        key = self._order[trial.position]
        if self._left[key] > 1:
            return None
        return reviewed(
            key,
            self._kept.get(key),
            agreed=self._agreed[key] + answer.agreement.same,
            asked=self._answers[key] + 1,
            when=datetime.fromisoformat(answer.answered_at),
        )

    def _emotion(self, key: Key) -> str:
        """The two of a pair, mostly in turns: always in turns would give the answer away."""
        said = self._said.get(key)
        if said is None or self.chance.random() < 0.25:
            return self.chance.choice((key.one, key.other))
        return key.other if said == key.one else key.one

    def _clip(self, emotion: str, band: Band, wanted: float) -> Clip:
        """Of the clips near the wanted difficulty, one of whom this person saw longest ago."""
        low, high = band.intensities
        within = max(of_intensity(high), min(of_intensity(low), wanted))
        weighed = list(islice(self.material.near(emotion, within), LOOKED_AT))
        near = [clip for clip in weighed if self._fits(clip, band)] or weighed
        ago = {person: place for place, person in reversed(list(enumerate(self._seen)))}
        longest = max(ago.get(clip.person, LATE_PEOPLE) for clip in near)
        return self.chance.choice([clip for clip in near if ago.get(clip.person, LATE_PEOPLE) == longest])

    def _fits(self, clip: Clip, band: Band) -> bool:
        low, high = band.intensities
        stated = self.material.reference(clip).intensity
        if stated is None:
            return True
        return low <= stated and (stated <= high or clip.truth is not None)

    def _show(self, clip: Clip, band: Band, wanted: float) -> tuple[Whole | Held, float]:
        """As far as the clip's own course is known, as much of it as is wanted, within the band."""
        reference = self.material.reference(clip)
        course, stated = self.material.course(clip), reference.intensity
        low, high = band.intensities
        aim = max(low, min(high, intensity_for(wanted, reference)))
        if course is None or not stated or max(course.intensity) <= 0 or aim >= stated * FULL_ENOUGH:
            return Whole(), difficulty(reference)
        until_s, reached = course.reaches(aim / stated)
        return (
            Held(until_s=until_s, intensity=reached * stated),
            difficulty(reference, intensity=reached * stated),
        )


def usable(key: Key, material: Material) -> bool:
    """Whether the clips have what a card asks for."""
    return key.channel == material.main_channel and {key.one, key.other} <= set(material.emotions)


def band_for(able: float, choices: int) -> Band:
    """The band in which trials are expected to go as wanted; the strongest where that is too difficult."""
    wanted = difficulty_for(EXPECTED, able, 1 / choices)
    shown = intensity_for(wanted, certain(Source.INTENDED, "any", intensity=1.0))
    return next(band for band in Band if shown >= band.intensities[0] or band is Band.FAINT)


def new_keys(
    material: Material, past: Past, channel: str, band: Band, chance: random.Random
) -> Iterator[Key]:
    """Cards that are not there yet, in the band that suits, the most useful first.

    What this person confuses; what people confuse; any other two; then the same in the other bands.
    """
    known = {Key.of(card) for card in past.cards}
    said = [pair for pair, times in past.mix_ups().most_common() if times >= OFTEN]
    others = shuffled(chance, tuple(combinations(material.emotions, 2)))
    wanted = (
        Key.pair(pair, channel, each)
        for each in (band, *(other for other in Band if other is not band))
        for pair in (*said, *COMMON, *others)
    )
    for key in dict.fromkeys(wanted):
        if key not in known and usable(key, material):
            yield key


def mixed(keys: Sequence[Key], trials: int, chance: random.Random) -> list[Key]:
    """Rounds over the cards, each round in an order of chance, until the trials are used up.

    As many rounds as fit, and at least a whole review of as many cards as there is room for.
    """
    keys = keys[: max(1, trials // REVIEW)]
    rounds = trials // len(keys)
    return [key for _ in range(rounds) for key in shuffled(chance, keys)]
