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

# Protocols: how a session was set up, how a clip was shown, what was skipped, followed and is to come back.
SECOND = (
    "ALTER TABLE sessions ADD COLUMN setup_json TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE sessions ADD COLUMN channel TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE answers ADD COLUMN scored INTEGER NOT NULL DEFAULT 1 CHECK (scored IN (0, 1))",
    "ALTER TABLE answers ADD COLUMN difficulty REAL",
    "ALTER TABLE answers ADD COLUMN shown_json TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE answers ADD COLUMN word TEXT NOT NULL DEFAULT ''",
    "DROP INDEX answers_tally",
    "CREATE INDEX answers_tally ON answers (session_id, scored, same)",
    "CREATE INDEX answers_recent ON answers (channel, scored)",
    "CREATE INDEX sessions_by_mode ON sessions (mode, started_at)",
    """
    CREATE TABLE skips (
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        reason TEXT NOT NULL,
        PRIMARY KEY (session_id, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE traces (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        clip_name TEXT NOT NULL,
        clip_hash TEXT NOT NULL,
        person TEXT NOT NULL,
        channel TEXT NOT NULL,
        axes_json TEXT NOT NULL,
        reference_json TEXT,
        result_json TEXT
    ) STRICT
    """,
    "CREATE INDEX traces_of_session ON traces (session_id, position)",
    # A second of samples is a row of its own: what is on the disk is never written again.
    """
    CREATE TABLE samples (
        trace_id INTEGER NOT NULL REFERENCES traces (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        samples_json TEXT NOT NULL,
        PRIMARY KEY (trace_id, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE cards (
        one TEXT NOT NULL,
        other TEXT NOT NULL,
        channel TEXT NOT NULL,
        band TEXT NOT NULL,
        due TEXT NOT NULL,
        state_json TEXT NOT NULL,
        PRIMARY KEY (one, other, channel, band)
    ) STRICT, WITHOUT ROWID
    """,
)

# What every chart reads at once: see packed.py. And what a therapist notes down.
THIRD = (
    """
    CREATE TABLE packed (
        session_id INTEGER PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
        answers BLOB NOT NULL,
        crc INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE texts (
        kind TEXT NOT NULL,
        code INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (kind, code),
        UNIQUE (kind, text)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        written_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        text TEXT NOT NULL
    ) STRICT
    """,
)

# Two people at one computer. "changed" counts up with every change within its table: backups look at it.
FOURTH = (
    """
    CREATE TABLE people (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        made_at TEXT NOT NULL,
        agreed_json TEXT,
        agreed_at TEXT,
        neutral_json TEXT,
        changed INTEGER NOT NULL
    ) STRICT
    """,
    # "finished": the film says by itself how long it is, so that any place in it can be gone to.
    """
    CREATE TABLE recordings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        file TEXT NOT NULL UNIQUE,
        key BLOB NOT NULL,
        begun_at TEXT NOT NULL,
        ended_at TEXT,
        seconds REAL,
        sound INTEGER NOT NULL CHECK (sound IN (0, 1)),
        finished INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
    ) STRICT
    """,
    """
    CREATE TABLE recorded (
        recording_id INTEGER NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        PRIMARY KEY (recording_id, person_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE moments (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        happened_at TEXT NOT NULL,
        shower_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        noticer_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        felt_json TEXT,
        expressed_json TEXT,
        intended_json TEXT,
        perceived_json TEXT,
        units_json TEXT NOT NULL,
        told_json TEXT NOT NULL,
        revealed INTEGER NOT NULL CHECK (revealed IN (0, 1)),
        recording_id INTEGER REFERENCES recordings (id) ON DELETE SET NULL,
        changed INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE told_notes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        by_id INTEGER REFERENCES people (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        text_key TEXT NOT NULL,
        text TEXT NOT NULL,
        at TEXT NOT NULL,
        changed INTEGER NOT NULL
    ) STRICT
    """,
    # Something was deleted, and is not off the disk everywhere yet: "file" a film, or '' where there is none.
    "CREATE TABLE leaving (id INTEGER PRIMARY KEY, file TEXT NOT NULL) STRICT",
    "CREATE INDEX moments_by_time ON moments (happened_at)",
    "CREATE INDEX moments_by_recording ON moments (recording_id)",
    "CREATE INDEX recorded_by_person ON recorded (person_id)",
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in FIRST:
        connection.execute(statement)


def _second(connection: sqlite3.Connection) -> None:
    for statement in SECOND:
        connection.execute(statement)


def _third(connection: sqlite3.Connection) -> None:
    for statement in THIRD:
        connection.execute(statement)


def _fourth(connection: sqlite3.Connection) -> None:
    for statement in FOURTH:
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (_first, _second, _third, _fourth)
