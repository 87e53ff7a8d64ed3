"""The whole history as numpy columns: what every chart and figure is made of, a million answers at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attune.storage.packed import FIELDS, PACKING

PACKED = np.dtype({"names": [f[0] for f in FIELDS], "formats": ["<" + f[1] for f in FIELDS]})
AT_ONCE = 512  # sessions read at a time: what is not asked for never lies in memory as a whole
ANSWER_COLUMNS = frozenset({"session", *(name for name, _, _ in FIELDS)})
SESSION_TEXTS = ("mode", "clip_set", "clip_set_version", "vocabulary", "scored_against", "channel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Columns of one length by name; ``texts`` of the kinds of text the columns' codes stand for.

    A code is the place of its text in the tuple of its kind; -1 = none. NaN = not asked, not known.
    """

    of: Mapping[str, NDArray[Any]]
    texts: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> NDArray[Any]:
        return self.of[name]

    def __len__(self) -> int:
        return len(next(iter(self.of.values())))


def answer_columns(connection: sqlite3.Connection, only: Collection[str] = ANSWER_COLUMNS) -> Columns:
    """Every answer, those that do not count too (``scored`` False), by session and in it as they were given.

    ``only``: names of ``packed.FIELDS``, and "session", the session's id; the codes are of the kinds named
    there: clip, person, channel, label, shown. Raises KeyError for another name.
    """
    if unknown := set(only) - ANSWER_COLUMNS:
        raise KeyError(*unknown)
    sessions = connection.execute("SELECT session_id, length(answers) FROM packed ORDER BY session_id")
    lengths = np.array([tuple(row) for row in sessions], dtype=np.int64).reshape(-1, 2)
    lengths[:, 1] //= PACKING.size
    count = int(lengths[:, 1].sum())
    columns = {name: np.empty(count, PACKED[name]) for name in only if name != "session"}
    _fill(connection, columns)
    if "session" in only:
        columns["session"] = np.repeat(lengths[:, 0], lengths[:, 1])
    return Columns(of=columns, texts=_texts(connection))


def session_columns(connection: sqlite3.Connection) -> Columns:
    """Every session, by id: ``id``, ``started_s``, ``ended_s`` (Unix time), ``planned``, ``form`` and codes.

    ``ended_s`` NaN = not finished; ``form`` of a check-up, else -1. The codes are of kinds of the same name:
    ``SESSION_TEXTS``.
    """
    # The setups of some protocols are long; only a check-up's says a form.
    rows = connection.execute(
        "SELECT id, started_at, ended_at, planned, CASE mode WHEN 'checkup' THEN setup_json ELSE '' END,"
        " mode, clip_set, clip_set_version, vocabulary, scored_against, channel FROM sessions ORDER BY id"
    ).fetchall()
    columns: dict[str, NDArray[Any]] = {
        "id": np.array([row[0] for row in rows], np.int64),
        "started_s": np.array([_seconds(row[1]) for row in rows], np.float64),
        "ended_s": np.array([_seconds(row[2]) for row in rows], np.float64),
        "planned": np.array([row[3] for row in rows], np.int32),
        "form": np.array([_form(row[4]) for row in rows], np.int32),
    }
    texts: dict[str, tuple[str, ...]] = {}
    for place, kind in enumerate(SESSION_TEXTS, start=5):
        codes: dict[str, int] = {}
        columns[kind] = np.array([codes.setdefault(row[place], len(codes)) for row in rows], np.int32)
        texts[kind] = tuple(codes)
    return Columns(of=columns, texts=texts)


def _fill(connection: sqlite3.Connection, columns: Mapping[str, NDArray[Any]]) -> None:
    cursor = connection.execute("SELECT answers FROM packed ORDER BY session_id")
    at = 0
    while rows := cursor.fetchmany(AT_ONCE):
        some = np.frombuffer(b"".join(row[0] for row in rows), PACKED)
        for name, column in columns.items():
            column[at : at + len(some)] = some[name]
        at += len(some)


def _texts(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Of every kind; the place of a text that was forgotten is empty."""
    found: dict[str, list[str]] = {kind: [] for *_, kind in FIELDS if kind}
    for kind, code, text in connection.execute("SELECT kind, code, text FROM texts ORDER BY kind, code"):
        texts = found[kind]
        texts.extend([""] * (code - len(texts)))
        texts.append(text)
    return {kind: tuple(texts) for kind, texts in found.items()}


def _seconds(text: str | None) -> float:
    return float("nan") if text is None else datetime.fromisoformat(text).timestamp()


def _form(setup: str) -> int:
    form = json.loads(setup).get("form") if setup else None
    return form if isinstance(form, int) else -1
