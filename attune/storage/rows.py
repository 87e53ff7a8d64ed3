"""What every table needs: rows written by column, and JSON that keeps numbers exactly."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping


def insert(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Add one row, its columns named by our own code, and return its id."""
    columns, places = ", ".join(row), ", ".join(f":{name}" for name in row)
    cursor = connection.execute(
        f"INSERT INTO {table} ({columns}) VALUES ({places})",  # noqa: S608 - our own field names
        dict(row),
    )
    return int(cursor.lastrowid or 0)


def as_json(data: object) -> str:
    """Text that keeps every float exactly. Raises ValueError for a number that is none (NaN, infinity)."""
    return json.dumps(data, allow_nan=False, separators=(",", ":"))
