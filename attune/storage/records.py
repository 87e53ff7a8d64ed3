"""What is kept, as the rest of Attune sees it: sessions and the answers given in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

from attune.affect.reading import Reading, Source
from attune.scoring.agreement import Agreement

LARGEST_SEED = 2**63 - 1  # what one SQLite integer holds


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session as it was begun; ``id`` is None until it is stored.

    Times are ISO 8601 in UTC (``utc_text``); ``ended_at`` None = not finished. ``seed`` in [0, 2**63).
    ``planned``: the most trials it asks. ``setup``: all that its protocol was told at the start, plain JSON;
    with the seed and the answers it says what comes next. Empty for sessions that cannot be gone on with.
    ``channel``: what of the clips was to be seen or heard; "" = each clip as it comes.
    """

    id: int | None = None
    started_at: str
    ended_at: str | None = None
    mode: str
    clip_set: str
    clip_set_version: str
    vocabulary: str
    scored_against: Source
    seed: int
    planned: int
    setup: Mapping[str, Any] = field(default_factory=dict)
    channel: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        check_time("started_at", self.started_at)
        if self.ended_at is not None:
            check_time("ended_at", self.ended_at)
        if not 0 <= self.seed <= LARGEST_SEED:
            raise ValueError(f"seed: {self.seed} is outside [0, 2**63)")
        if self.planned < 1:
            raise ValueError("planned: a session has at least one trial")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRecord:
    """One answer: what was perceived, every reference known at that time, and how they agree.

    ``agreement`` is the one with the reference the session scores against, one of ``references``.
    ``position`` counts trials from 0; ``response_ms`` from the first frame of expression, None = not timed.
    ``channel``: what of the clip was to be seen or heard. ``choices``: what could be answered.
    ``scored``: False where it was not shown as it should have been, and counts nowhere.
    ``difficulty``: what was expected of the clip shown like this, on the scale of abilities; None = unknown.
    ``shown``: how it was shown, plain JSON; ``word``: what the person typed.
    """

    id: int | None = None
    session_id: int
    position: int
    answered_at: str
    clip_name: str
    clip_hash: str
    person: str
    channel: str
    perceived: Reading
    references: tuple[Reading, ...]
    agreement: Agreement
    response_ms: float | None
    replays: int
    choices: tuple[str, ...]
    scored: bool = True
    difficulty: float | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)
    word: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        check_time("answered_at", self.answered_at)
        if self.position < 0 or self.replays < 0:
            raise ValueError("position and replays: counted from 0")
        if self.response_ms is not None and not isfinite(self.response_ms):
            raise ValueError(f"response_ms: {self.response_ms} is no time")
        if all(reading.source is not self.agreement.reference for reading in self.references):
            raise ValueError(f"references: none is {self.agreement.reference}, which the agreement is with")

    @property
    def chosen(self) -> str:
        """The emotion the person named."""
        return self.perceived.top

    @property
    def reference(self) -> str:
        """The emotion the scored reference names; of several named equally often, the one chosen."""
        if self.agreement.same:
            return self.chosen
        scored = next(r for r in self.references if r.source is self.agreement.reference)
        return scored.among(self.choices).top


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipRecord:
    """A trial that could not be shown; ``reason`` names why in the words of practice."""

    session_id: int
    position: int
    clip_name: str
    clip_hash: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRecord:
    """What somebody traced while a clip played, second by second on the disk.

    ``axes``: what was traced, "valence" or "arousal". ``samples``: (time in s on the clip's clock, a value in
    [-1, 1] for each axis), in the order they came. ``ended_at`` None = broken off. ``reference`` and
    ``result``: what it was compared with and what came out, plain JSON, None until then.
    """

    id: int | None = None
    session_id: int
    position: int
    started_at: str
    ended_at: str | None = None
    clip_name: str
    clip_hash: str
    person: str
    channel: str
    axes: tuple[str, ...]
    samples: tuple[tuple[float, ...], ...] = ()
    reference: Mapping[str, Any] | None = None
    result: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        check_time("started_at", self.started_at)
        if any(len(sample) != 1 + len(self.axes) for sample in self.samples):
            raise ValueError(f"samples: a time and {len(self.axes)} values wanted in each")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRecord:
    """One thing that is practised until it stays: telling two emotions apart, in one channel and band.

    ``due`` is an ISO 8601 time in UTC; ``state``: what the scheduler keeps of it, plain JSON.
    """

    one: str
    other: str
    channel: str
    band: str
    due: str
    state: Mapping[str, Any]

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        check_time("due", self.due)
        if self.one >= self.other:
            raise ValueError("one, other: two names in their order")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRecord:
    """What a therapist or trainer noted down about a profile. Times are ISO 8601 in UTC."""

    id: int
    written_at: str
    changed_at: str
    text: str

    def __post_init__(self) -> None:
        """Raise ValueError naming the field that cannot be."""
        check_time("written_at", self.written_at)
        check_time("changed_at", self.changed_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAnswer:
    """What is left to know of an earlier answer when the next trial is chosen; ``guess`` = 1 / choices."""

    when: str
    clip_hash: str
    person: str
    reference: str
    chosen: str
    same: bool
    difficulty: float | None
    guess: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """A session in the list: how many scored answers it has, how many agreed with the scored reference.

    ``unscored``: how many answers count nowhere; ``traced``: how many clips were followed to their end,
    ``begun``: how many were begun to be followed.
    """

    session: SessionRecord
    answered: int
    agreed: int
    unscored: int = 0
    traced: int = 0
    begun: int = 0

    @property
    def share(self) -> float | None:
        """Share agreed in [0, 1]; None without answers."""
        return self.agreed / self.answered if self.answered else None


def utc_text(moment: datetime) -> str:
    """Write an aware time the way records keep it: ISO 8601, UTC. Raises ValueError for a naive time."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()}: a time needs its time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def check_time(field: str, text: str) -> None:
    """Raise ValueError naming the field unless the text is an ISO 8601 time in UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{field}: {text!r} is not an ISO 8601 time") from error
    if moment.utcoffset() != timedelta(0):
        raise ValueError(f"{field}: {text!r} is not in UTC")
