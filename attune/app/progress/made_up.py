"""A history of somebody made up who gets better: for tests, pictures and ``attune bench``.

What is true of them is written here, so that what is computed can be held against it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import exp

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Vocabulary
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.scoring.agreement import agree, spread
from attune.storage.records import AnswerRecord, SessionRecord, utc_text
from attune.storage.store import Store

CHECK_UP = 32  # answers in one
PATTERNS = 3000  # different answers; a long history repeats them, which nothing that is measured notices
# Who is taken for whom when it is not read: fear shown is called surprise, hardly ever the other way round.
TAKEN_FOR = {"fear": "surprise", "disgust": "anger", "contempt": "neutral"}
PEOPLE = ("Ana", "Ben", "Chi", "Dayo", "Esi", "Finn", "Gus", "Hana", "Ines")
HARDER = {"fear": 0.7, "contempt": 1.2, "disgust": 0.4, "happiness": -1.2}


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUp:
    """``answers`` in sessions of ``a_session``, every day or two up to ``until``, an aware time.

    ``begins`` and ``ends``: ability; ``surer``: how much surer than in agreement. Every ``check_every``-th
    session is a check-up, with 0 none. ``new_from``: share of the way from which a set brings new people.
    """

    answers: int = 600
    a_session: int = 12
    until: datetime = field(default_factory=lambda: datetime.now(UTC))
    begins: float = -0.6
    ends: float = 0.9
    surer: float = 0.08
    check_every: int = 8
    new_from: float = 0.6
    seed: int = 7

    def fill(self, store: Store, vocabulary: Vocabulary) -> None:
        """Put it into a history, on the history's thread."""
        chance = random.Random(self.seed)  # noqa: S311 - made-up answers
        sessions = list(self._sessions(chance))
        many = self.answers > PATTERNS
        patterns = (
            [self._answer(vocabulary, chance, place / PATTERNS) for place in range(PATTERNS)] if many else []
        )
        with store.together():
            for place, (record, size) in enumerate(sessions):
                way = place / max(1, len(sessions) - 1)
                session_id = store.begin_session(record)
                when = datetime.fromisoformat(record.started_at)
                for position in range(size):
                    when += timedelta(seconds=chance.uniform(6, 15))
                    if many:
                        answer = patterns[min(PATTERNS - 1, int(way * PATTERNS) + chance.randrange(-40, 1))]
                    else:
                        answer = self._answer(vocabulary, chance, way)
                    store.add_answer(
                        replace(answer, session_id=session_id, position=position, answered_at=utc_text(when))
                    )

    def _sessions(self, chance: random.Random) -> Iterator[tuple[SessionRecord, int]]:
        sizes = self._sizes()
        count = len(sizes)
        gaps = [chance.choice((0.4, 1, 1, 1, 2, 3)) for _session in range(count)]
        when = self.until - timedelta(days=sum(gaps))
        for place, (gap, size) in enumerate(zip(gaps, sizes, strict=True)):
            when += timedelta(days=gap)
            start = when + timedelta(minutes=chance.randrange(-150, 1))
            checks = self._checks(place)
            record = SessionRecord(
                started_at=utc_text(start),
                ended_at=utc_text(start + timedelta(minutes=4)),
                mode=CheckUp.mode if checks else ReadTheMoment.mode,
                clip_set="Evening set"
                if place > count * self.new_from and place % 3 == 0 and not checks
                else "Starter set",
                clip_set_version="1.0",
                vocabulary="core",
                scored_against=Source.INTENDED,
                seed=place,
                planned=size,
            )
            yield record, size

    def _checks(self, place: int) -> bool:
        """Whether a session is a check-up."""
        return bool(self.check_every) and place % self.check_every == 0

    def _sizes(self) -> list[int]:
        """How many answers each session has."""
        found: list[int] = []
        left = self.answers
        while left > 0:
            size = CHECK_UP if self._checks(len(found)) else self.a_session
            found.append(min(left, size))
            left -= size
        return found

    def _answer(self, vocabulary: Vocabulary, chance: random.Random, way: float) -> AnswerRecord:
        names = vocabulary.names
        shown = chance.choice(names)
        faint = chance.choice((0.4, 0.6, 0.8, 1.0))
        reference = certain(Source.INTENDED, shown, intensity=0.0 if shown == "neutral" else faint)
        expected = difficulty(reference)
        theta = self.begins + (self.ends - self.begins) * way
        likely = 1 / (1 + exp(expected + HARDER.get(shown, 0.0) - theta))
        said, sure = self._said(shown, likely, names, chance)
        perceived = Reading(
            source=Source.USER,
            labels=spread(said, sure, names),
            intensity=chance.randrange(30, 95, 5) / 100,
            confidence=sure,
        )
        people = PEOPLE if way > self.new_from else PEOPLE[:6]
        return AnswerRecord(
            session_id=0,
            position=0,
            answered_at=utc_text(self.until),
            clip_name=f"{shown}-{faint:g}.webm",
            clip_hash="0" * 64,
            person=chance.choice(people),
            channel="sound" if chance.random() < 0.15 and way > self.new_from else "picture",
            perceived=perceived,
            references=(reference,),
            agreement=agree(perceived, reference, vocabulary),
            response_ms=round(chance.lognormvariate(7.4 - 0.4 * way + 0.3 * (1 - likely), 0.45), 1),
            replays=0,
            choices=names,
            difficulty=expected,
        )

    def _said(
        self, shown: str, likely: float, names: tuple[str, ...], chance: random.Random
    ) -> tuple[str, float]:
        """The answer, and how sure of it."""
        said, agreeing = shown, likely + (1 - likely) / len(names)
        if chance.random() > agreeing:
            other = TAKEN_FOR.get(shown)
            said = other if other and chance.random() < 0.6 else chance.choice(names)
        sure = agreeing + self.surer + chance.uniform(-0.25, 0.25)
        return said, round(min(1.0, max(1 / len(names), sure)), 2)
