"""A person's answers as columns of numbers, and the part of them that is looked at together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.difficulty import ORDINARY
from attune.app.protocols.past import finished_checkups
from attune.storage.store import Store

Codes = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]

_OF_ANSWERS = (
    *("when_s", "session", "reference", "chosen", "choices", "person", "channel"),
    *("difficulty", "confidence", "response_ms"),
)
# These show less of an expression, or offer fewer names, on purpose: shares of them are another measure.
ON_THE_EDGE = ("threshold", "brief_moments", "contrast")
WEEK_S = 7 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lens:
    """Which answers are looked at: one reference, one channel, of the last ``weeks``; 0 = all of them.

    Shares against different references, or of different channels, are different measures.
    """

    against: str
    channel: str
    weeks: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """n scored answers in order of time, and the m sessions they were given in.

    ``when_s`` (n,): Unix times. ``reference``, ``chosen``: places in ``names``; ``person`` in ``people``,
    ``channel`` in ``channels``; ``choices``: how many names were offered; NaN = not said, not known.
    ``session`` (n,): places in the rows of the sessions: ``session_id``, ``mode``, ``clip_set``, ``against``
    (text each), ``started_s``, ``finished`` (m,): gone through to their end.
    """

    names: tuple[str, ...]
    people: tuple[str, ...]
    channels: tuple[str, ...]
    when_s: NDArray[np.float64]
    session: Codes
    reference: Codes
    chosen: Codes
    choices: Codes
    person: Codes
    channel: Codes
    difficulty: Floats
    confidence: Floats
    response_ms: Floats
    session_id: tuple[int, ...]
    mode: tuple[str, ...]
    clip_set: tuple[str, ...]
    against: tuple[str, ...]
    started_s: NDArray[np.float64]
    finished: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.when_s)

    @property
    def same(self) -> NDArray[np.bool_]:
        """(n,) whether the answer names what the reference names."""
        return np.asarray(self.reference == self.chosen)

    def where(self, wanted: NDArray[np.bool_]) -> Columns:
        """The answers (n,) that are wanted, the same where that is all; sessions stay as they are."""
        if wanted.all():
            return self
        rows = {name: getattr(self, name)[wanted] for name in _OF_ANSWERS}
        return replace(self, **rows)

    def of_sessions(self, row: NDArray[Any]) -> NDArray[Any]:
        """What holds for each session (m,), for each answer (n,)."""
        return np.asarray(row[self.session])

    def seen_through(self, lens: Lens, now_s: float) -> Columns:
        """What the lens lets through, without sessions in which less was shown on purpose."""
        whole = np.array([mode not in ON_THE_EDGE for mode in self.mode], bool)
        against = np.array([each == lens.against for each in self.against], bool)
        wanted = self.of_sessions(whole & against)
        if lens.channel in self.channels:
            wanted &= self.channel == self.channels.index(lens.channel)
        if lens.weeks:
            wanted &= self.when_s >= now_s - lens.weeks * WEEK_S
        return self.where(wanted)

    def tables(self, begins: NDArray[np.int64]) -> NDArray[np.int64]:
        """Answers counted (k, names, names) by reference and answer in each of k stretches."""
        k, size = len(begins) - 1, len(self.names)
        key = self.reference.astype(np.int64) * size + self.chosen
        key += size * size * np.repeat(np.arange(k), np.diff(begins))
        return np.bincount(key, minlength=k * size * size).reshape(k, size, size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Answers by what was expected of them: ``place`` (n,) in ``difficulty`` and ``guess`` (m,)."""

    place: NDArray[np.int64]
    difficulty: NDArray[np.float64]
    guess: NDArray[np.float64]


MOST_LEVELS = 4096
FINE, COARSE = 1_000_000, 100  # steps of difficulty: none that shows; a hundredth where all differ


def levels_of(columns: Columns) -> Levels:
    """Sort answers by difficulty and choices, so that a million need a few hundred exponentials."""
    expected = np.where(np.isnan(columns.difficulty), ORDINARY, columns.difficulty)
    for steps in (FINE, COARSE):
        key = np.round(expected.astype(np.float64) * steps).astype(np.int64) * 64 + columns.choices
        found, place = np.unique(key, return_inverse=True)
        if len(found) <= MOST_LEVELS:
            break
    return Levels(place=place, difficulty=(found >> 6) / steps, guess=1 / (found & 63))


def lenses(columns: Columns) -> tuple[Lens, ...]:
    """Every reference and channel with whole clips answered, the one answered most first."""
    whole = np.array([mode not in ON_THE_EDGE for mode in columns.mode], bool)
    against = tuple(dict.fromkeys(columns.against))
    code = np.array([against.index(each) for each in columns.against], np.int64)
    if not len(columns):
        return ()
    key = columns.of_sessions(code) * len(columns.channels) + columns.channel
    counts = np.bincount(key[columns.of_sessions(whole)], minlength=len(against) * len(columns.channels))
    return tuple(
        Lens(
            against=against[place // len(columns.channels)],
            channel=columns.channels[place % len(columns.channels)],
        )
        for place in np.argsort(-counts, kind="stable").tolist()
        if counts[place]
    )


def read_columns(store: Store, names: Sequence[str]) -> Columns:
    """Read every answer that counts, on the history's thread; ``names`` come first, in their order."""
    answers, sessions = store.answer_columns((*_OF_ANSWERS, "scored")), store.session_columns()
    labels = answers.texts["label"]
    known = tuple(dict.fromkeys((*names, *labels)))
    place_of = np.array([known.index(label) for label in labels] or [0], np.int16)
    rows = {name: answers[name] for name in _OF_ANSWERS}
    rows["session"] = np.searchsorted(sessions["id"], rows["session"]).astype(np.int32)
    counts = answers["scored"] & (rows["reference"] >= 0) & (rows["chosen"] >= 0)
    for name in ("reference", "chosen"):
        rows[name] = place_of[rows[name]]
    if not (np.diff(rows["when_s"]) >= 0).all():  # a clock was set back, or sessions ran side by side
        which = np.argsort(rows["when_s"], kind="stable")
        rows, counts = {name: row[which] for name, row in rows.items()}, counts[which]

    def texts(kind: str) -> tuple[str, ...]:
        return tuple(sessions.texts[kind][code] for code in sessions[kind].tolist())

    checked = np.isin(sessions["id"], [session.id or 0 for session in finished_checkups(store)])
    return Columns(
        names=known,
        people=answers.texts["person"],
        channels=answers.texts["channel"],
        session_id=tuple(sessions["id"].tolist()),
        mode=texts("mode"),
        clip_set=texts("clip_set"),
        against=texts("scored_against"),
        started_s=sessions["started_s"],
        finished=np.isfinite(sessions["ended_s"]) & (checked | (np.array(texts("mode")) != CheckUp.mode)),
        **rows,
    ).where(counts)
