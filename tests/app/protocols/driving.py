"""Drives sessions of every protocol as a page does, without one; and makes clip sets out of nothing."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from attune.affect.reading import Reading, Source, certain
from attune.app.feedback import Speaker
from attune.app.history import History, open_history
from attune.app.measured import Measured
from attune.app.measuring import Measurer
from attune.app.practice import Answer, Practice, PracticeSession, Trial
from attune.app.protocols.reference import scored_reference
from attune.app.protocols.trial import Brief, Follow
from attune.app.services import load_vocabulary
from attune.clips.clip_set import Channel, Clip, ClipSet, load_clip_set
from attune.resources import Words, asset
from tests import made_up
from tests.made_up import a_set

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
VOCABULARY = load_vocabulary()
Answering = Callable[[Trial], Answer]


class NeverMeasuring:
    """Stands in for the measuring process, which never comes to an end."""

    def measure(self, _path: Path, **_rest: object) -> Future[Measured]:
        return Future()


@contextmanager
def a_history(folder: Path) -> Iterator[History]:
    opened = open_history(folder / "history.sqlite3", VOCABULARY)
    try:
        yield opened
    finally:
        opened.close()


def a_practice(history: History, now: Callable[[], datetime] = lambda: NOW) -> Practice:
    return Practice(
        vocabulary=VOCABULARY,
        speaker=Speaker(Words()),
        history=history,
        measurer=cast("Measurer", NeverMeasuring()),
        now=now,
    )


def starter() -> ClipSet:
    return load_clip_set(asset("clips", "starter"))


def meant(trial: Trial) -> str:
    return scored_reference(trial.clip).top


def say(trial: Trial | None, label: str, **more: object) -> Answer:
    """An answer with this label, shown for as long as was asked where it is brief."""
    shown_ms = trial.show.asked_ms if trial is not None and isinstance(trial.show, Brief) else None
    rest = {"intensity": 0.5, "confidence": 0.7, "response_ms": 900.0, "shown_ms": shown_ms, **more}
    return Answer(label=label, **rest)  # type: ignore[arg-type]


def knowing(trial: Trial) -> Answer:
    """Somebody who always agrees."""
    return say(trial, meant(trial) if meant(trial) in trial.choices else trial.choices[-1])


def guessing(seed: int) -> Answering:
    """Somebody who says anything."""
    chance = random.Random(seed)
    return lambda trial: say(trial, chance.choice(trial.choices))


def drive(session: PracticeSession, answering: Answering, *, most: int = 10_000) -> list[Trial]:
    """Answer until it is over, or ``most`` trials; which trials there were."""
    trials = []
    while (trial := session.current) is not None and len(trials) < most:
        trials.append(trial)
        if isinstance(trial.ask, Follow):
            trace(session)
        else:
            session.advance(session.answer(answering(trial)).result(10))
    return trials


def trace(session: PracticeSession, value: Callable[[float], float] = lambda _s: 0.0, *, s: int = 22) -> None:
    """Follow the current reel: a sample 30 times a second, handed over every second."""
    trial = session.current
    assert trial is not None
    assert isinstance(trial.ask, Follow)
    session.begin_trace().result(10)
    for second in range(s):
        times = [second + tick / 30 for tick in range(30)]
        session.add_samples([(t, *(value(t) for _ in trial.ask.axes)) for t in times]).result(10)
    session.advance(session.end_trace().result(10))


def a_clip(
    emotion: str,
    person: str,
    number: int = 0,
    *,
    intensity: float | None = 1.0,
    channel: Channel = Channel.PICTURE,
    references: tuple[Reading, ...] = (),
) -> Clip:
    meant = references or (certain(Source.INTENDED, emotion, intensity=intensity),)
    name = f"{person}_{emotion}_{number}.webm"
    return made_up.a_clip(name, *meant, person=person, channel=channel, onset_s=0.4, apex_s=0.9, offset_s=2.0)


def many(people: int, each: int, channel: Channel = Channel.PICTURE) -> ClipSet:
    """Every emotion by so many people, ``each`` clips of it, from faint to full."""
    return a_set(
        *(
            a_clip(
                emotion,
                f"P{person}",
                number,
                intensity=0.0 if emotion == "neutral" else (number + 1) / each,
                channel=channel,
            )
            for person in range(people)
            for emotion in VOCABULARY.names
            for number in range(each)
        )
    )
