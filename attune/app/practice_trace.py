"""One reel being traced: on the disk second by second, compared with its reference at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from attune.app.history import History
from attune.app.protocols.tracing import compare
from attune.storage.records import TraceRecord
from attune.storage.store import Store

Samples = tuple[tuple[float, ...], ...]


class Tracing:
    """Keeps one trace. Use from one thread; futures fail with StorageError where the disk refuses.

    What could not be written is not lost: it waits, and is written before whatever comes next.
    """

    def __init__(self, history: History, record: TraceRecord) -> None:
        self._history = history
        self._record = record
        self._waiting: deque[Samples] = deque()  # put in here, taken out on the history's thread
        self._id: int | None = None  # these two belong to the history's thread
        self._seconds = 0

    def begin(self) -> Future[int]:
        """Note that it began; the trace's id."""
        return self._history.ask(self._write)

    def add(self, samples: Sequence[tuple[float, ...]]) -> Future[int]:
        """Keep what was traced since the last time; the trace's id once it is on the disk."""
        self._waiting.append(tuple(samples))
        return self._history.ask(self._write)

    def end(self, reference: Mapping[str, Any] | None, *, lag_s: float, ended_at: str) -> Future[TraceRecord]:
        """Compare and keep; the whole trace. May be asked again where it failed."""

        def compare_and_keep(store: Store) -> TraceRecord:
            trace_id = self._write(store)
            axes, samples = self._record.axes, store.traces.one(trace_id).samples
            result = None if reference is None else compare(reference, axes, samples, lag_s)
            store.traces.end(trace_id, ended_at, reference, result)
            return store.traces.one(trace_id)

        return self._history.ask(compare_and_keep)

    def _write(self, store: Store) -> int:
        if self._id is None:
            self._id = store.traces.begin(self._record)
        while self._waiting:
            store.traces.add(self._id, self._seconds, self._waiting[0])
            self._waiting.popleft()
            self._seconds += 1
        return self._id
