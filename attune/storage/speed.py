"""A long history quickly made, and the plain way of reading it: what ``attune bench`` compares with."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from attune.storage.database import transaction

# Names of tables and of the columns in them that number rows.
NUMBERED = {
    "sessions": {"id": "sessions"},
    "packed": {"session_id": "sessions"},
    "answers": {"id": "answers", "session_id": "sessions"},
}
TIMES = "WITH RECURSIVE times(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM times WHERE k < ?1)"


def multiply(connection: sqlite3.Connection, times: int) -> None:
    """Repeat every session with its answers until there are ``times`` as many."""
    most = {
        table: connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
        for table in ("sessions", "answers")
    }
    with transaction(connection):
        for table, numbers in NUMBERED.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = [f"{n} + k * {most[numbers[n]]}" if n in numbers else n for n in names]
            connection.execute(
                f"{TIMES} INSERT INTO {table} ({', '.join(names)})"  # noqa: S608 - as above
                f" SELECT {', '.join(values)} FROM times, {table}",
                (times - 1,),
            )


@contextmanager
def bare_keeper(path: Path) -> Iterator[Callable[[str], None]]:
    """What keeps a text in a table of nothing else, as durably: what the disk itself takes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE texts (text TEXT)")

        def keep(text: str) -> None:
            connection.execute("INSERT INTO texts VALUES (?)", (text,))

        yield keep


def plain_tally(connection: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """How often each emotion was said for each, in the plain way: load all rows, compute in Python."""
    rows = connection.execute("SELECT * FROM answers WHERE scored ORDER BY id")
    tally: Counter[tuple[str, str]] = Counter()
    while some := rows.fetchmany(10_000):  # all of a million rows at once is more memory than many have
        for row in some:
            perceived = json.loads(row["perceived_json"])
            tally[row["reference"], max(perceived["labels"], key=perceived["labels"].get)] += 1
    return tally
