"""Traces: what somebody said with a dial while a clip played."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

from attune.storage.database import transaction
from attune.storage.records import TraceRecord, check_time
from attune.storage.removal import Removal
from attune.storage.rows import as_json, insert


class Traces:
    """The tables ``traces`` and ``samples``. Use on the thread that opened the connection."""

    def __init__(self, connection: sqlite3.Connection, removal: Removal) -> None:
        self._connection = connection
        self._removal = removal

    def begin(self, trace: TraceRecord) -> int:
        """Keep a new trace, still without samples, and return its id."""
        row = {
            "session_id": trace.session_id,
            "position": trace.position,
            "started_at": trace.started_at,
            "clip_name": trace.clip_name,
            "clip_hash": trace.clip_hash,
            "person": trace.person,
            "channel": trace.channel,
            "axes_json": as_json(trace.axes),
        }
        with transaction(self._connection):
            trace_id = insert(self._connection, "traces", row)
            self._removal.late(trace.clip_hash)
        return trace_id

    def add(self, trace_id: int, number: int, samples: Sequence[tuple[float, ...]]) -> None:
        """Keep the ``number``-th second of a trace, counted from 0.

        Raises sqlite3.IntegrityError where the trace is not there or has that second.
        """
        row = {"trace_id": trace_id, "number": number, "samples_json": as_json(list(samples))}
        insert(self._connection, "samples", row)

    def end(
        self,
        trace_id: int,
        ended_at: str,
        reference: Mapping[str, Any] | None,
        result: Mapping[str, Any] | None,
    ) -> None:
        """Note that a trace came to its end, what it was compared with, and what came out."""
        check_time("ended_at", ended_at)
        texts = [None if data is None else as_json(dict(data)) for data in (reference, result)]
        self._connection.execute(
            "UPDATE traces SET ended_at = ?, reference_json = ?, result_json = ? WHERE id = ?",
            (ended_at, *texts, trace_id),
        )

    def one(self, trace_id: int) -> TraceRecord:
        """One trace with all its samples. Raises KeyError if there is none."""
        row = self._connection.execute("SELECT * FROM traces WHERE id = ?", (trace_id,)).fetchone()
        if row is None:
            raise KeyError(trace_id)
        return _from_row(row, self._samples(trace_id))

    def of_session(self, session_id: int) -> list[TraceRecord]:
        """The traces of a session with all their samples, broken ones too, in the order they were begun."""
        rows = self._connection.execute(
            "SELECT * FROM traces WHERE session_id = ? ORDER BY position, id", (session_id,)
        )
        return [_from_row(row, self._samples(row["id"])) for row in rows]

    def ended(self, *, most: int, samples: bool = True) -> list[TraceRecord]:
        """The latest traces that came to their end, newest first; without ``samples`` what came out alone."""
        rows = self._connection.execute(
            "SELECT * FROM traces WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT ?", (most,)
        )
        return [_from_row(row, self._samples(row["id"]) if samples else ()) for row in rows]

    def _samples(self, trace_id: int) -> tuple[tuple[float, ...], ...]:
        seconds = self._connection.execute(
            "SELECT samples_json FROM samples WHERE trace_id = ? ORDER BY number", (trace_id,)
        )
        found = chain.from_iterable(json.loads(row["samples_json"]) for row in seconds)
        return tuple(tuple(sample) for sample in found)


def _from_row(row: sqlite3.Row, samples: tuple[tuple[float, ...], ...]) -> TraceRecord:
    plain = dict(row)
    axes, reference, result = (plain.pop(f"{name}_json") for name in ("axes", "reference", "result"))
    return TraceRecord(
        **plain,
        axes=tuple(json.loads(axes)),
        samples=samples,
        reference=None if reference is None else json.loads(reference),
        result=None if result is None else json.loads(result),
    )
