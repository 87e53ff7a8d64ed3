"""What two people at one computer keep: who they are, what they agreed to, their moments and recordings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isfinite
from typing import Any

from attune.affect.reading import Reading, Source
from attune.sealing import SealedPath
from attune.storage.leaving import hash_of
from attune.storage.records import check_time


class Kind(StrEnum):
    """Which round a moment is of."""

    SHOW_AND_TELL = "show_and_tell"
    OPEN_UP = "open_up"
    SMALL_BIDS = "small_bids"
    MIRROR = "mirror"


# Where a round keeps, under ``told``, something that was measured.
MEASURED_TOLD = {Kind.OPEN_UP: "shown", Kind.MIRROR: "held"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What one person agreed to, each by itself; all of it can be changed at any time.

    ``reading``: that their face is measured; ``practice``: that recordings of them may be practised on.
    ``keep_days``: how long recordings of them are kept at most; None = until they are deleted.
    """

    camera: bool = False
    recording: bool = False
    reading: bool = False
    practice: bool = False
    keep_days: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a time that is none."""
        if self.keep_days is not None and self.keep_days < 1:
            raise ValueError("keep_days: a day at least")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One of the two; ``name`` may be initials. Times are ISO 8601 in UTC.

    ``agreed`` None = not asked yet. ``neutral``: their face at rest, as plain JSON, None where not measured.
    """

    id: int
    name: str
    made_at: str
    agreed: Agreed | None = None
    agreed_at: str | None = None
    neutral: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One moment between two people with its corners; a corner that was not asked for is None.

    ``shower``: who showed, spoke, made the bid or was matched; ``noticer``: the other one. ``units``: what
    the face did, as (code, side, amount in [0, 1]). ``told``: what belongs to this kind alone, plain JSON.
    ``recording``: id of the film it was recorded in. ``id`` is None until it is kept.
    """

    id: int | None = None
    kind: Kind
    happened_at: str
    shower: int
    noticer: int
    felt: Reading | None = None
    expressed: Reading | None = None
    intended: Reading | None = None
    perceived: Reading | None = None
    units: tuple[tuple[str, str, float], ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)
    revealed: bool = False
    recording: int | None = None

    @property
    def measured_of(self) -> int:
        """Whose face was measured: that of who shows or speaks; of who matched it where one was matched."""
        return self.noticer if self.kind is Kind.MIRROR else self.shower

    @property
    def is_measured(self) -> bool:
        """Whether anything of it was."""
        expressed = self.expressed is not None and self.expressed.source is Source.MEASURED
        told = self.told.get(MEASURED_TOLD.get(self.kind, ""))
        return expressed or bool(self.units) or told is not None

    def unmeasured(self) -> Moment:
        """Without all that was measured."""
        own = MEASURED_TOLD.get(self.kind)
        measured = self.expressed is not None and self.expressed.source is Source.MEASURED
        return replace(
            self,
            units=(),
            expressed=None if measured else self.expressed,
            told={key: value for key, value in self.told.items() if key != own},
        )

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        check_time("happened_at", self.happened_at)
        if not all(isfinite(amount) and 0.0 <= amount <= 1.0 for _, _, amount in self.units):
            raise ValueError("units: amounts in [0, 1] wanted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One film of these people, sealed: its path carries the key, which is nowhere else but in the history.

    ``ended_at`` None: it is being recorded, or was broken off and plays all the same. ``delete_by``: when it
    goes by itself, as the one of them who agreed to the shortest time agreed last; None = never.
    """

    id: int
    people: tuple[int, ...]
    begun_at: str
    ended_at: str | None
    seconds: float | None
    path: SealedPath
    delete_by: str | None
    sound: bool


def clip_hash(recording: Recording) -> str:
    """What stands for a recording's content wherever it is practised on as a clip.

    By this hash the answers to it are found and made to lead to nobody, once it is deleted.
    """
    return hash_of(recording.path.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One entry of the love map: something that ``person`` told, or was asked.

    ``kind``: fact, question, prompt or bid; ``key``: of a text that Attune carries, "" for own words.
    ``by``: who wrote it down, None = the two of them.
    """

    id: int
    person: int
    by: int | None
    kind: str
    key: str
    text: str
    at: str


class What(StrEnum):
    """What a line of a list is about: of what is stored of a person, or is gone now."""

    NAME = "name"
    AGREEMENT = "agreement"
    NEUTRAL = "neutral"
    MOMENTS = "moments"
    RECORDINGS = "recordings"
    NOTES = "notes"
    ANSWERS = "answers"  # given by whoever practised with recordings of them; these stay, without the person
    BACKUPS = "backups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """So many of one thing, 1 or more."""

    what: What
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """Everything that is stored of one person, counted.

    ``first_at`` and ``last_at``: of their moments, None without any. ``seconds`` and ``size`` (bytes) of
    their recordings. ``notes``: about them; ``written``: those they wrote about somebody else. ``answers``:
    how many given while practising lead to recordings of them.
    """

    person: Person
    moments: int
    first_at: str | None
    last_at: str | None
    recordings: int
    seconds: float
    size: int
    notes: int
    written: int
    answers: int
