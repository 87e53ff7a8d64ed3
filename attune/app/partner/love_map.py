"""What one knows of the other: questions about them, what was told and when, and what has grown old.

Everything is a note of kind "fact" about somebody. It counts as told once they wrote it, or said that it is
so: then they are its writer. What the other one wrote waits for that.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from attune.resources import asset
from attune.storage.partner_records import Note

FACT = "fact"
LONGEST = 600  # letters of one answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Asked of one about the other; ``text`` has a gap for their ``name``. ``key``: "now.on_the_mind".

    ``fresh``: how long an answer holds, as such things go.
    """

    key: str
    topic: str
    text: str
    fresh: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing that is known of somebody, or that the other one thinks; ``question`` None for own words."""

    note: Note
    question: Question | None
    confirmed: bool
    old: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to be asked now; ``before``: what was told to it once, which is old by now."""

    question: Question
    before: Note | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoveMap:
    """What is known of one person: ``told`` by them, the newest first; ``waiting`` for their word; ``ask``.

    ``ask``: every question that may be asked now, in a good order.
    """

    told: tuple[Told, ...]
    waiting: tuple[Told, ...]
    ask: tuple[Asked, ...]


@cache
def load_questions(language: str = "en") -> tuple[Question, ...]:
    """All that Attune carries, topic by topic."""
    topics = tomllib.loads(asset("partner", language, "questions.toml").read_text(encoding="utf-8"))
    return tuple(
        Question(key=f"{topic}.{key}", topic=topic, text=text, fresh=timedelta(days=texts["fresh_days"]))
        for topic, texts in topics.items()
        for key, text in texts.items()
        if key != "fresh_days"
    )


def love_map(notes: Iterable[Note], person: int, questions: Sequence[Question], now: datetime) -> LoveMap:
    """What these notes make of it for one person."""
    known = {question.key: question for question in questions}
    facts = [_told(note, known.get(note.key), now) for note in notes if _about(note, person)]
    facts.sort(key=lambda each: (each.note.at, each.note.id), reverse=True)
    told = tuple(each for each in facts if each.confirmed)
    waiting = tuple(each for each in facts if not each.confirmed)
    return LoveMap(told=told, waiting=waiting, ask=tuple(_to_ask(questions, facts, person, now)))


def written_by(waiting: Iterable[Told], reader: int) -> tuple[Told, ...]:
    """What one of two wrote: what a third person wrote is not read out to them."""
    return tuple(each for each in waiting if each.note.by == reader)


def _about(note: Note, person: int) -> bool:
    return note.kind == FACT and note.person == person


def _told(note: Note, question: Question | None, now: datetime) -> Told:
    age = now - datetime.fromisoformat(note.at)
    return Told(
        note=note,
        question=question,
        confirmed=note.by == note.person,
        old=question is not None and age > question.fresh,
    )


def _to_ask(questions: Sequence[Question], facts: Sequence[Told], person: int, now: datetime) -> list[Asked]:
    """What is old first, the oldest of it foremost; then what was never asked, the topics taking turns.

    Within a topic the day decides, so that who passes a question today meets others tomorrow.
    """
    latest = {each.note.key: each for each in reversed(facts)}
    old = sorted((each for each in latest.values() if each.old), key=lambda each: each.note.at)
    chance = random.Random(f"{person} {now:%Y-%m-%d}")  # noqa: S311 - an order, nothing secret
    topics: dict[str, list[Question]] = {}
    for question in questions:
        if question.key not in latest:
            topics.setdefault(question.topic, []).append(question)
    for among in topics.values():
        chance.shuffle(among)
    fewest = max(map(len, topics.values()), default=0)
    new = [among[n] for n in range(fewest) for among in topics.values() if n < len(among)]
    again = [Asked(question=each.question, before=each.note) for each in old if each.question is not None]
    return again + [Asked(question=question, before=None) for question in new]
