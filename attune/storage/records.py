"""What is kept, as the rest of Attune sees it: sessions and the answers given in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import isfinite

from attune.affect.reading import Reading, Source
from attune.scoring.agreement import Agreement

LARGEST_SEED = 2**63 - 1  # what one SQLite integer holds


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """One session as it was begun; ``id`` is None until it is stored.

    Times are ISO 8601 in UTC (``utc_text``); ``ended_at`` None = not finished. ``seed`` in [0, 2**63).
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
        return next(r for r in self.references if r.source is self.agreement.reference).top


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionSummary:
    """A session in the list: how many answers it has, and how many agreed with the scored reference."""

    session: SessionRecord
    answered: int
    agreed: int

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
