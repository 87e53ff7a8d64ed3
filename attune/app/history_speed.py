"""How long keeping an answer and reading a long history take; ``attune bench`` calls it."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from attune.affect.vocabulary import Vocabulary
from attune.app.history import open_history
from attune.app.progress.made_up import MadeUp
from attune.app.progress.speed import A_SESSION, fill
from attune.storage.speed import bare_keeper
from attune.storage.store import Store

T = TypeVar("T")
FEW = 1000  # answers that are there before
ROUNDS = 3
SIZE = 1500  # bytes of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Milliseconds of keeping one answer: ``median``, 99th percentile ``p99``, ``worst``.

    ``bare_p99``: of a bare text of that size, kept as durably in turns with the answers.
    """

    median: float
    p99: float
    worst: float
    bare_p99: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Milliseconds of counting who was taken for whom: ``ours`` by columns, ``plain`` row by row.

    ``every``: of reading every column; ``megabytes`` these hold.
    """

    ours: float
    plain: float
    every: float
    megabytes: float


def time_keeping(folder: Path, vocabulary: Vocabulary, *, answers: int = 1000) -> Kept:
    """Time answers one by one, each awaited, into a history of its own in ``folder``."""
    took, bare = [], []
    with (
        closing(open_history(folder / "keeping.sqlite3", vocabulary)) as history,
        bare_keeper(folder / "bare.sqlite3") as keep,
    ):
        history.ask(lambda store: MadeUp(answers=FEW).fill(store, vocabulary)).result()
        first = history.sessions().result()[0].session
        pattern = history.session(first.id or 0).result().answers[0]
        for number in range(answers):
            if number % A_SESSION == 0:
                session = history.ask(lambda store: store.begin_session(first)).result()
            answer = replace(pattern, session_id=session, position=number % A_SESSION)
            took.append(_timed(lambda answer=answer: history.add_answer(answer).result())[0])  # type: ignore[misc]
            bare.append(_timed(lambda: keep("x" * SIZE))[0])
    took.sort()
    bare.sort()
    late = answers * 99 // 100
    return Kept(median=took[answers // 2], p99=took[late], worst=took[-1], bare_p99=bare[late])


def time_reading(folder: Path, vocabulary: Vocabulary, *, answers: int) -> Read:
    """Time both ways in turns on a made-up history of so many answers, a multiple of 10,000.

    Raises RuntimeError where they do not come to the same.
    """
    file = folder / f"reading-{answers}.sqlite3"
    with closing(open_history(file, vocabulary)) as history:
        fill(history, vocabulary, answers)
        ours, plain, every = [], [], []
        for _ in range(ROUNDS):
            took, mine = _timed(lambda: history.ask(_tally).result())
            ours.append(took)
            took, theirs = _timed(lambda: history.ask(Store.plain_tally).result())
            plain.append(took)
            took, columns = _timed(lambda: history.ask(Store.answer_columns).result())
            every.append(took)
            if mine != theirs:
                raise RuntimeError("the columns do not say what the rows say")
        size = sum(column.nbytes for column in columns.of.values()) / 2**20
    file.unlink()
    return Read(ours=min(ours), plain=min(plain), every=min(every), megabytes=size)


def _tally(store: Store) -> dict[tuple[str, str], int]:
    import numpy as np  # noqa: PLC0415 - not before it is needed

    columns = store.answer_columns(["reference", "chosen", "scored"])
    labels = columns.texts["label"]
    pairs = (columns["reference"].astype(np.int64) * len(labels) + columns["chosen"])[columns["scored"]]
    counts = np.bincount(pairs, minlength=len(labels) ** 2)
    return {
        (labels[pair // len(labels)], labels[pair % len(labels)]): int(counts[pair])
        for pair in np.flatnonzero(counts)
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    begun = time.perf_counter()
    found = work()
    return 1000 * (time.perf_counter() - begun), found
