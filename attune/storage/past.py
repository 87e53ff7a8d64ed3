"""What earlier sessions say to the one that begins: recent answers, cards, sessions of a kind."""

from __future__ import annotations

import json
import sqlite3

from attune.storage.records import CardRecord, PastAnswer
from attune.storage.rows import as_json

# Read from the end of the index answers_recent: how long the history is makes no difference.
RECENT = """
    SELECT answered_at AS "when", clip_hash, person, reference, chosen, same, difficulty,
        1.0 / json_array_length(choices_json) AS guess
    FROM answers WHERE channel = ? AND scored = 1 ORDER BY id DESC LIMIT ?
"""


class Past:
    """Questions across sessions. Use on the thread that opened the connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def recent(self, channel: str, *, most: int) -> tuple[PastAnswer, ...]:
        """The latest scored answers on one channel, newest first."""
        rows = self._connection.execute(RECENT, (channel, most))
        return tuple(PastAnswer(**{**row, "same": bool(row["same"])}) for row in map(dict, rows))

    def cards(self) -> tuple[CardRecord, ...]:
        """Every card, the one due longest first."""
        rows = self._connection.execute("SELECT * FROM cards ORDER BY due, one, other, channel, band")
        return tuple(
            CardRecord(**plain, state=json.loads(state))
            for plain in map(dict, rows)
            for state in [plain.pop("state_json")]
        )

    def put_card(self, card: CardRecord) -> None:
        """Keep a card in place of what was kept of it."""
        self._connection.execute(
            "INSERT OR REPLACE INTO cards (one, other, channel, band, due, state_json)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (card.one, card.other, card.channel, card.band, card.due, as_json(dict(card.state))),
        )

    def sessions_of(self, mode: str, *, most: int) -> tuple[int, ...]:
        """Ids of the latest finished sessions of a mode, newest first."""
        rows = self._connection.execute(
            "SELECT id FROM sessions WHERE mode = ? AND ended_at IS NOT NULL"
            " ORDER BY started_at DESC, id DESC LIMIT ?",
            (mode, most),
        )
        return tuple(row["id"] for row in rows)
