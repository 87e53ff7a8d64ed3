"""Simulated people who practise: of fixed ability, or learning and forgetting pair by pair."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from math import exp

from attune.affect.vocabulary import Vocabulary
from attune.app.protocols.answering import record_of
from attune.app.protocols.daily import Daily
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.material import Material, choose_clips
from attune.app.protocols.past import RECENT, Past
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import Answer, Name, Trial, Whole
from attune.clips.clip_set import ClipSet
from attune.storage.records import AnswerRecord, CardRecord, PastAnswer, utc_text
from tests.app.protocols.driving import NOW, VOCABULARY

DAYS = 30
HARDEST = 3.0  # what a pair can cost somebody, on the scale of abilities
LEARNT = 0.03  # of what a pair costs, by one answer that was as difficult as is best
KEPT_DAYS = 6.0  # how long half of what was learnt in a day lasts; twice as long after each day it comes back


def agreement_expected(theta: float, difficulty: float, guess: float) -> float:
    """The share in which somebody of ability ``theta`` agrees."""
    return guess + (1 - guess) / (1 + exp(difficulty - theta))


@dataclass
class Pair:
    """What telling two emotions apart costs this person: ``cost`` now, ``rest`` without practice."""

    rest: float
    cost: float
    keeps_days: float = KEPT_DAYS
    last_day: int = 0

    def forget(self, day: int) -> None:
        """Some of what was learnt is lost since the last day."""
        if day > self.last_day:
            left = 0.5 ** ((day - self.last_day) / self.keeps_days)
            self.cost = self.rest + (self.cost - self.rest) * left

    def learn(self, day: int, expected: float) -> None:
        """Most where about four in five are got: too easy or too difficult teaches little."""
        self.forget(day)
        if day > self.last_day:
            self.keeps_days *= 1.5
            self.last_day = day
        self.cost *= 1 - LEARNT * exp(-(((expected - 0.8) / 0.2) ** 2))


@dataclass
class Learner:
    """Somebody of ``ability``, to whom some pairs cost more; every answer is heard back."""

    ability: float
    seed: int
    learns: bool = True
    vocabulary: Vocabulary = VOCABULARY
    pairs: dict[tuple[str, str], Pair] = field(default_factory=dict)
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        for pair in combinations(sorted(self.vocabulary.names), 2):
            cost = self.chance.uniform(0, HARDEST) if self.learns and self.chance.random() < 0.25 else 0.0
            self.pairs[pair] = Pair(rest=cost, cost=cost)

    def worst(self, emotion: str) -> tuple[str, str]:
        """The pair that makes this emotion hardest to this person now."""
        return max((pair for pair in self.pairs if emotion in pair), key=lambda pair: self.pairs[pair].cost)

    def expected(self, trial: Trial) -> float:
        """How likely they are to agree."""
        assert trial.difficulty is not None
        cost = self.pairs[self.worst(scored_reference(trial.clip).top)].cost
        return agreement_expected(self.ability - cost, trial.difficulty, 1 / len(trial.choices))

    def answer(self, trial: Trial, day: int) -> Answer:
        """Say something, hear what it was, learn."""
        emotion = scored_reference(trial.clip).top
        pair = self.worst(emotion)
        expected = self.expected(trial)
        if self.chance.random() < expected:
            label = emotion
        else:
            other = pair[0] if pair[1] == emotion else pair[1]
            others = [name for name in trial.choices if name != emotion]
            mixes_up = self.pairs[pair].cost > 0 and self.chance.random() < 0.7
            label = other if mixes_up else self.chance.choice(others)
        if self.learns:
            self.pairs[pair].learn(day, expected)
        return Answer(label=label, intensity=None, confidence=None, response_ms=None)

    def on_a_test(self, day: int) -> float:
        """Share expected on full and half expressions of all emotions, with nothing learnt by it."""
        shares = []
        for emotion in self.vocabulary.names:
            costs = []
            for pair, state in self.pairs.items():
                if emotion in pair:
                    left = 0.5 ** (max(0, day - state.last_day) / state.keeps_days)
                    costs.append(state.rest + (state.cost - state.rest) * left)
            left = self.ability - max(costs)
            shares += [agreement_expected(left, level, 1 / len(self.vocabulary)) for level in (-1.0, 0.5)]
        return sum(shares) / len(shares)


class Life:
    """Day after day with one learner, what is kept held in memory instead of on the disk."""

    def __init__(self, learner: Learner, clips: ClipSet) -> None:
        self.learner = learner
        self.material = Material(clips, VOCABULARY, None)
        self.answers: list[PastAnswer] = []
        self.cards: dict[tuple[str, str, str, str], CardRecord] = {}

    def past(self, when: datetime) -> Past:
        kept = sorted(self.cards.values(), key=lambda card: card.due)
        return Past(now=when, answers=tuple(self.answers[: -RECENT - 1 : -1]), cards=tuple(kept))

    def practise(self, day: int, minutes: float = 10.0) -> int:
        """Ten minutes as the program makes them; how many trials those were."""
        when = NOW + timedelta(days=day)
        past = self.past(when)
        seed = 1000 * self.learner.seed + day
        setup = Daily(minutes=minutes).settled(self.material, past, random.Random(seed))
        protocol = setup.begin(self.material, seed, past)
        while (trial := protocol.current) is not None:
            record = self._record(trial, day, when)
            card = protocol.card(trial, record)
            if card is not None:
                self.cards[card.one, card.other, card.channel, card.band] = card
            protocol.hear(record)
        return protocol.planned

    def practise_at_random(self, day: int, trials: int) -> None:
        """As many clips as they come."""
        chance = random.Random(1000 * self.learner.seed + day)
        for position in range(trials):
            (clip,) = choose_clips([chance.choice(self.material.clips)], 1, chance)
            reference = self.material.reference(clip)
            trial = Trial(
                position=position,
                clip=clip,
                channel=clip.channel,
                show=Whole(),
                ask=Name(choices=VOCABULARY.names),
                difficulty=difficulty(reference),
            )
            self._record(trial, day, NOW + timedelta(days=day))

    def _record(self, trial: Trial, day: int, when: datetime) -> AnswerRecord:
        record = record_of(
            trial,
            self.learner.answer(trial, day),
            session_id=day,
            when=utc_text(when),
            references=trial.clip.references,
            vocabulary=VOCABULARY,
        )
        self.answers.append(
            PastAnswer(
                when=record.answered_at,
                clip_hash=record.clip_hash,
                person=record.person,
                reference=record.reference,
                chosen=record.chosen,
                same=record.agreement.same,
                difficulty=record.difficulty,
                guess=1 / len(record.choices),
            )
        )
        return record
