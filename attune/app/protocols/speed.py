"""How long choosing the next trial takes with a large library and a long past; ``attune bench`` calls it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from attune.affect.reading import Source, certain
from attune.affect.vocabulary import Vocabulary
from attune.app.history import open_history
from attune.app.library import ClipSet, PeopleKind
from attune.app.protocols.answering import record_of
from attune.app.protocols.daily import Daily
from attune.app.protocols.difficulty import difficulty
from attune.app.protocols.material import Material
from attune.app.protocols.past import look_back
from attune.app.protocols.trial import Answer, Name, Trial, Whole
from attune.clips.clip_set import Channel, Clip
from attune.storage.records import AnswerRecord, SessionRecord, utc_text
from attune.storage.store import Store

SESSIONS = 8  # of daily practice, all their trials timed
A_DAY = 40  # answers in each past session
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTrial:
    """Milliseconds of choosing a trial, as ``median``, 95th percentile ``p95`` and ``worst``.

    ``start``: of all that comes before the first trial, looking back and ranking the clips included.
    """

    median: float
    p95: float
    worst: float
    start: float


def time_next_trial(
    folder: Path, vocabulary: Vocabulary, *, clips: int = 10_000, answers: int = 100_000
) -> NextTrial:
    """Time daily practice on made-up clips after made-up answers, in a history of its own in ``folder``.

    Filling the history takes some seconds. Raises StorageError where it cannot be written.
    """
    chance = random.Random(1)  # noqa: S311 - made-up answers
    made = _clips(clips, vocabulary, chance)
    chosen: list[float] = []
    started: list[float] = []
    with closing(open_history(folder / "speed.sqlite3", vocabulary)) as history:
        history.ask(lambda store: _fill(store, made, vocabulary, answers, chance)).result()
        for seed in range(SESSIONS):
            begun = time.perf_counter()
            material = Material(made, vocabulary, None)
            past = history.ask(lambda store: look_back(store, "picture", BEGUN)).result()
            setup = Daily().settled(material, past, random.Random(seed))  # noqa: S311 - as above
            protocol = setup.begin(material, seed, past)
            assert protocol.current is not None
            started.append(time.perf_counter() - begun)
            while (trial := protocol.current) is not None:
                record = _answered(trial, vocabulary, chance)
                begun = time.perf_counter()
                protocol.hear(record)
                if protocol.current is not None:
                    chosen.append(time.perf_counter() - begun)
    chosen.sort()
    return NextTrial(
        median=1000 * chosen[len(chosen) // 2],
        p95=1000 * chosen[len(chosen) * 19 // 20],
        worst=1000 * chosen[-1],
        start=1000 * sorted(started)[len(started) // 2],
    )


def _clips(count: int, vocabulary: Vocabulary, chance: random.Random) -> ClipSet:
    def clip(number: int) -> Clip:
        emotion = vocabulary.names[number % len(vocabulary)]
        intensity = 0.0 if emotion == "neutral" else round(chance.uniform(0.1, 1.0), 2)
        return Clip(
            file=Path(f"{number}.webm"),
            name=f"{number}.webm",
            content_hash=f"{number:064x}",
            person=f"P{number % 97}",
            channel=Channel.PICTURE,
            onset_s=0.4,
            apex_s=0.9,
            offset_s=2.0,
            references=(certain(Source.INTENDED, emotion, intensity=intensity),),
            truth=None,
            note="",
        )

    return ClipSet(
        folder=Path(),
        name="Made up",
        version="1",
        description="",
        language="en",
        vocabulary=vocabulary.name,
        licence="",
        attribution="",
        made_by="",
        people=PeopleKind.RENDERED,
        clips=tuple(clip(number) for number in range(count)),
    )


def _fill(store: Store, clips: ClipSet, vocabulary: Vocabulary, answers: int, chance: random.Random) -> None:
    patterns = [
        _answered(
            Trial(
                position=0,
                clip=clip,
                channel=clip.channel,
                show=Whole(),
                ask=Name(choices=vocabulary.names),
                difficulty=difficulty(clip.references[0]),
            ),
            vocabulary,
            chance,
        )
        for clip in chance.sample(clips.clips, min(1000, len(clips.clips)))
    ]
    with store.together():
        for session_id, size in _sessions(store, clips, answers):
            for position in range(size):
                pattern = patterns[chance.randrange(len(patterns))]
                store.add_answer(replace(pattern, session_id=session_id, position=position))


def _sessions(store: Store, clips: ClipSet, answers: int) -> Iterator[tuple[int, int]]:
    for day in range(-(-answers // A_DAY)):
        when = utc_text(BEGUN - timedelta(days=3000 - day))
        record = SessionRecord(
            started_at=when,
            ended_at=when,
            mode=Daily.mode,
            clip_set=clips.name,
            clip_set_version=clips.version,
            vocabulary=clips.vocabulary,
            scored_against=Source.INTENDED,
            seed=day,
            planned=A_DAY,
        )
        yield store.begin_session(record), min(A_DAY, answers - day * A_DAY)


def _answered(trial: Trial, vocabulary: Vocabulary, chance: random.Random) -> AnswerRecord:
    meant = trial.clip.references[0].top
    label = meant if chance.random() < 0.7 else chance.choice(vocabulary.names)
    return record_of(
        trial,
        Answer(label=label, intensity=0.5, confidence=0.7, response_ms=1000.0),
        session_id=1,
        when=utc_text(BEGUN),
        references=trial.clip.references,
        vocabulary=vocabulary,
    )
