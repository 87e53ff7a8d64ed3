"""Open up: one speaks, the other follows; then the speaker tells what they felt when, and how it was.

What belongs to this kind of moment alone is :class:`Told`; times in it are seconds of speaking, pauses left
out. The speaker's marks become a line, straight from mark to mark, which the listener's dial is laid beside.
Continuous accuracy after Zaki, Bolger & Ochsner 2008 and Ickes 1990 (see :mod:`attune.scoring.continuous`);
being understood, cared for and accepted after Reis & Shaver 1988 ("perceived partner responsiveness").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from attune.affect.reading import Reading, Source
from attune.app.partner.prompts import Depth
from attune.app.protocols.tracing import compare, usual_lag

LENGTHS_S = (60, 90, 120, 180)
USUAL_S = 90
SAMPLES_HZ = 10.0  # of the listener's dial, as kept
LINE_HZ = 4.0  # of the speaker's line, as compared: finer than the two samples a second it comes down to
LEAST_S = 2.0  # who spoke for less has not spoken
NEAR = 0.125  # of the scale: a guess that far away is about what was said
RATED = ("understood", "cared_for", "accepted")

Samples = tuple[tuple[float, ...], ...]
Ratings = Mapping[str, float | None]


class Way(StrEnum):
    """How the other one follows."""

    DIAL = "dial"
    PAD = "pad"
    LISTEN = "listen"

    @property
    def axes(self) -> tuple[str, ...]:
        """What is followed, of valence and arousal."""
        return {Way.DIAL: ("valence",), Way.PAD: ("valence", "arousal"), Way.LISTEN: ()}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """At ``time_s`` the speaker felt this: a name, how strongly in [0, 1], and where on each axis in [-1, 1].

    None where they did not say. ``values`` has one for each axis followed.
    """

    time_s: float
    label: str | None = None
    intensity: float | None = None
    values: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for what is out of range."""
        if not (self.time_s >= 0 and all(-1 <= value <= 1 for value in self.values)):
            raise ValueError("time_s, values: from 0 on, and in [-1, 1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One turn of Open up, as it is kept in a moment's ``told``.

    ``prompt``: its key, ``text``: its words as they stood then; ``lasts_s``: how long was spoken.
    ``samples``: (time in s, a value in [-1, 1] for each of the way's axes) of the listener.
    ``felt_heard``: RATED in [0, 1] as the speaker felt it, None = passed; ``guessed``: as the listener thinks
    the speaker will say; ``own``: what the listener felt themselves, a Reading as JSON, None = passed.
    ``lag_s``: how late this listener follows, as known then. ``shown``: what the face showed, see
    :mod:`attune.app.partner.open_up_face`; None without reading. ``pauses``: (s of speaking, s it lasted),
    for the film ran on; it began ``film_begins_s`` after the speaking.
    """

    prompt: str
    text: str
    depth: Depth
    way: Way
    lasts_s: float
    samples: Samples = ()
    marks: tuple[Mark, ...] = ()
    felt_heard: Ratings = field(default_factory=dict)
    guessed: Ratings = field(default_factory=dict)
    own: Mapping[str, Any] | None = None
    lag_s: float | None = None
    shown: Mapping[str, Any] | None = None
    pauses: tuple[tuple[float, float], ...] = ()
    film_begins_s: float = 0.0

    def __post_init__(self) -> None:
        """Raise ValueError for marks or samples of other axes than were followed."""
        wide = {len(mark.values) for mark in self.marks} | {len(sample) - 1 for sample in self.samples}
        if not wide <= {len(self.axes)}:
            raise ValueError(f"marks, samples: a value for each of {len(self.axes)} axes wanted")

    @property
    def axes(self) -> tuple[str, ...]:
        """What was followed."""
        return self.way.axes

    @property
    def reference(self) -> dict[str, Any] | None:
        """The speaker's own line over all of their time; None where nothing was followed or marked.

        {"source", "time_s", axis: values}, as :mod:`attune.app.protocols.tracing` has it. Before the first
        mark and after the last it stands level.
        """
        if not self.axes or not self.marks:
            return None
        count = round(self.lasts_s * LINE_HZ) + 1
        times = [place / LINE_HZ for place in range(count)]
        line: dict[str, Any] = {"source": str(Source.SELF_REPORT), "time_s": times}
        values = [values_at(self.marks, time) for time in times]
        return line | {axis: [each[place] for each in values] for place, axis in enumerate(self.axes)}

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self) | {"depth": int(self.depth), "way": str(self.way)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The same again. Raises KeyError, TypeError, ValueError for anything else."""
        marks = [Mark(**mark | {"values": tuple(mark["values"])}) for mark in data["marks"]]
        return cls(
            **dict(data)
            | {
                "depth": Depth(data["depth"]),
                "way": Way(data["way"]),
                "samples": tuple(tuple(sample) for sample in data["samples"]),
                "marks": tuple(marks),
                "pauses": tuple((float(at), float(lasts)) for at, lasts in data["pauses"]),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One of RATED: what the speaker said, what the listener thought; in [0, 1]."""

    rated: str
    said: float
    guessed: float

    @property
    def near(self) -> bool:
        """Whether the two are about the same."""
        return abs(self.guessed - self.said) <= NEAR


def guesses(told: Told) -> tuple[Guess, ...]:
    """Guesses beside ratings, where both were given."""
    pairs = ((rated, told.felt_heard.get(rated), told.guessed.get(rated)) for rated in RATED)
    return tuple(
        Guess(rated=rated, said=said, guessed=guessed)
        for rated, said, guessed in pairs
        if said is not None and guessed is not None
    )


def tracked(told: Told) -> dict[str, Any]:
    """How the listener went along, per axis: see :func:`attune.app.protocols.tracing.compare`."""
    if told.reference is None or not told.samples:
        return {}
    assert told.lag_s is not None
    return compare(told.reference, told.axes, told.samples, told.lag_s)


def lag_of(earlier: Iterable[Told]) -> float:
    """How late a listener follows, in s, from what they followed so far; else what is usual."""
    return usual_lag(told for told in earlier if told.samples)


def felt(marks: Sequence[Mark], by: str) -> Reading | None:
    """What the speaker said they felt, over all marks with a name: by how strongly, each.

    Valence and arousal are the mean of the marks', where there are any. None without a name.
    """
    named = [mark for mark in marks if mark.label is not None]
    strengths = [0.5 if mark.intensity is None else max(mark.intensity, 0.05) for mark in named]
    if not named:
        return None
    labels: dict[str, float] = {}
    for mark, strength in zip(named, strengths, strict=True):
        labels[str(mark.label)] = labels.get(str(mark.label), 0.0) + strength / sum(strengths)
    said = [mark.intensity for mark in named if mark.intensity is not None]
    axes = [sum(each) / len(named) for each in zip(*(mark.values for mark in named), strict=True)]
    return Reading(
        source=Source.SELF_REPORT,
        labels=labels,
        intensity=max(said) if said else None,
        valence=axes[0] if axes else None,
        arousal=axes[1] if len(axes) > 1 else None,
        by=by,
    )


def values_at(marks: Sequence[Mark], time_s: float) -> tuple[float, ...]:
    """Where the line through marks, in turn and one or more, is at a time: a value for each axis."""
    before = [mark for mark in marks if mark.time_s <= time_s]
    after = [mark for mark in marks if mark.time_s > time_s]
    if not before or not after:
        return (before[-1] if before else after[0]).values
    one, other = before[-1], after[0]
    share = (time_s - one.time_s) / (other.time_s - one.time_s)
    return tuple(a + (b - a) * share for a, b in zip(one.values, other.values, strict=True))


def with_mark(marks: Iterable[Mark], mark: Mark) -> tuple[Mark, ...]:
    """The marks with this one among them, in turn; it takes the place of one at the same time."""
    others = [each for each in marks if each.time_s != mark.time_s]
    return tuple(sorted((*others, mark), key=lambda each: each.time_s))


def clock_time_s(spoken_s: float, pauses: Iterable[tuple[float, float]]) -> float:
    """When on the clock, which ran on through the pauses, it was a second of speaking."""
    return spoken_s + sum(lasts for at, lasts in pauses if at <= spoken_s)


def spoken_time_s(clock_s: float, pauses: Iterable[tuple[float, float]]) -> float:
    """Which second of speaking a second on the clock is; within a pause, the one at which it began."""
    spoken = clock_s
    for at, lasts in sorted(pauses):
        if spoken <= at:
            break
        spoken = max(at, spoken - lasts)
    return spoken
