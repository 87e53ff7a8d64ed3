"""How the database came to look as it does: step n brings version n to version n + 1.

A step that was ever released is never changed; what is to be different comes as a further step.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]

# AUTOINCREMENT: an id is never given twice, or a late measurement could be attached to another answer.
# What questions are asked of has a column; the columns of JSON hold what is only ever read whole.
FIRST = (
    """
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        mode TEXT NOT NULL,
        clip_set TEXT NOT NULL,
        clip_set_version TEXT NOT NULL,
        vocabulary TEXT NOT NULL,
        scored_against TEXT NOT NULL,
        seed INTEGER NOT NULL,
        planned INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        answered_at TEXT NOT NULL,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        person TEXT NOT NULL,
        channel TEXT NOT NULL,
        chosen TEXT NOT NULL,
        reference TEXT NOT NULL,
        same INTEGER NOT NULL CHECK (same IN (0, 1)),
        brier REAL NOT NULL,
        skill REAL NOT NULL,
        intensity REAL,
        confidence REAL,
        response_ms REAL,
        replays INTEGER NOT NULL,
        perceived_json TEXT NOT NULL,
        references_json TEXT NOT NULL,
        agreement_json TEXT NOT NULL,
        choices_json TEXT NOT NULL,
        UNIQUE (session_id, position)
    ) STRICT
    """,
    "CREATE INDEX sessions_by_start ON sessions (started_at)",
    "CREATE INDEX answers_tally ON answers (session_id, same)",
    "CREATE INDEX answers_by_clip ON answers (clip_hash)",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in FIRST:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_first,)
