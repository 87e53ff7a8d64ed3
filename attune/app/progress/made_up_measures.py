"""The made-up person looks for thresholds and follows reels: what is measured in ways of its own."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import exp, log, sin

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Vocabulary
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.threshold import FRAMES, LEVELS, By, FindTheThreshold, finished, make_quest
from attune.app.protocols.tracing import compare
from attune.scoring.agreement import agree, spread
from attune.storage.records import AnswerRecord, SessionRecord, TraceRecord, utc_text
from attune.storage.store import Store

CAUGHT_FROM = {"happiness": 0.22, "fear": 0.55, "sadness": 0.4, "contempt": 0.7}  # of intensity
SEEN_FROM_MS = {"happiness": 45.0, "surprise": 80.0, "fear": 140.0}
REEL_S, LAG_S, HZ = 60, 2.0, 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeUpMeasures:
    """``rounds`` of both kinds of thresholds and of ``reels``, a week apart, the last at ``until``."""

    until: datetime
    rounds: int = 3
    reels: int = 3
    seed: int = 11

    def fill(self, store: Store, vocabulary: Vocabulary) -> None:
        """Put it into a history, on the history's thread."""
        chance = random.Random(self.seed)  # noqa: S311 - made-up answers
        for each in range(self.rounds):
            when = self.until - timedelta(weeks=self.rounds - 1 - each)
            worse = 1 + 0.12 * (self.rounds - 1 - each)
            with store.together():
                for by, levels in ((By.INTENSITY, CAUGHT_FROM), (By.DURATION, SEEN_FROM_MS)):
                    truth = {emotion: level * worse for emotion, level in levels.items()}
                    _look_for(store, vocabulary, chance, by=by, truth=truth, when=when)
                self._follow(store, chance, when)

    def _follow(self, store: Store, chance: random.Random, when: datetime) -> None:
        session_id = store.begin_session(_session(FollowAlong(axes=("valence", "arousal")), when, self.reels))
        for position in range(self.reels):
            trace_id = store.traces.begin(
                TraceRecord(
                    session_id=session_id,
                    position=position,
                    started_at=utc_text(when + timedelta(minutes=position)),
                    clip_name=f"reel-{position}.webm",
                    clip_hash="0" * 64,
                    person=("Ana", "Ben", "Chi")[position % 3],
                    channel="picture",
                    axes=("valence", "arousal"),
                )
            )
            samples = _traced(chance, position)
            store.traces.add(trace_id, 0, samples)
            reference = {
                "source": "intended",
                "time_s": [each / 4 for each in range(4 * REEL_S)],
                "valence": [_felt(each / 4, position) for each in range(4 * REEL_S)],
                "arousal": [_felt(each / 4 + 9, position) for each in range(4 * REEL_S)],
            }
            result = compare(reference, ("valence", "arousal"), samples, LAG_S)
            store.traces.end(trace_id, utc_text(when + timedelta(minutes=position + 1)), reference, result)


def _look_for(
    store: Store,
    vocabulary: Vocabulary,
    chance: random.Random,
    *,
    by: By,
    truth: dict[str, float],
    when: datetime,
) -> None:
    levels = LEVELS if by is By.INTENSITY else tuple(1000 * frames / HZ for frames in FRAMES)
    names = tuple(name for name in vocabulary.names if name != "neutral")
    setup = FindTheThreshold(by=by, emotions=tuple(truth), levels=(levels,) * len(truth), most=24)
    session_id = store.begin_session(_session(setup, when, 24 * len(truth)))
    position = 0
    for emotion, threshold in truth.items():
        quest = make_quest(levels, len(names))
        while not finished(setup, quest):
            level = quest.next()
            caught = 0.96 * (1 - exp(-exp(3.0 * (log(level) - log(threshold)))))
            said = emotion if chance.random() < caught + 0.02 else chance.choice(names)
            shown = (
                {"kind": "held", "until_s": 1.0, "intensity": level}
                if by is By.INTENSITY
                else {"kind": "brief", "frames": round(level * HZ / 1000), "hz": HZ, "shown_ms": level}
            )
            answer = _answer(
                vocabulary,
                session_id,
                position,
                emotion=emotion,
                said=said,
                names=names,
                shown=shown,
                when=when + timedelta(seconds=4 * position),
            )
            store.add_answer(answer)
            quest.update(level, answer.agreement.same)
            position += 1


def _answer(
    vocabulary: Vocabulary,
    session_id: int,
    position: int,
    *,
    emotion: str,
    said: str,
    names: tuple[str, ...],
    shown: dict[str, object],
    when: datetime,
) -> AnswerRecord:
    reference = certain(Source.INTENDED, emotion, intensity=1.0)
    perceived = Reading(source=Source.USER, labels=spread(said, 1.0, names))
    return AnswerRecord(
        session_id=session_id,
        position=position,
        answered_at=utc_text(when),
        clip_name=f"{emotion}.webm",
        clip_hash="0" * 64,
        person="Ana",
        channel="picture",
        perceived=perceived,
        references=(reference,),
        agreement=agree(perceived, reference, vocabulary.only(names)),
        response_ms=900.0,
        replays=0,
        choices=names,
        shown=shown,
    )


def _session(setup: Setup, when: datetime, planned: int) -> SessionRecord:
    return SessionRecord(
        started_at=utc_text(when),
        ended_at=utc_text(when + timedelta(minutes=6)),
        mode=setup.mode,
        clip_set="Starter set",
        clip_set_version="1.0",
        vocabulary="core",
        scored_against=Source.INTENDED,
        seed=1,
        planned=planned,
        setup=setup.to_json(),
    )


def _felt(time_s: float, reel: int) -> float:
    """What the person on the reel feels, in [-1, 1]."""
    return 0.7 * sin(time_s / (1.1 + 0.2 * reel)) * sin(time_s / 5.0 + reel)


def _traced(chance: random.Random, reel: int) -> tuple[tuple[float, ...], ...]:
    """Later, a little too high, not quite as far, now and then elsewhere, and with a hand that shakes."""
    phase = chance.uniform(0, 6)

    def mine(time_s: float) -> float:
        own_way = 0.22 * sin(1.3 * time_s + phase) + chance.gauss(0, 0.3)
        return max(-1.0, min(1.0, 0.8 * _felt(time_s - LAG_S, reel) + 0.14 + own_way))

    return tuple((each / 10, mine(each / 10), mine(each / 10 + 9)) for each in range(10 * REEL_S))
