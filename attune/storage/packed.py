"""Every answer once more in a few bytes of fixed size, a session's in one row, so that all are read at once.

A copy: the table ``answers`` is what counts, and the copy is made again from it wherever it is missing. A
further migration may thus simply empty ``packed`` to change what is in it.
"""

from __future__ import annotations

import math
import sqlite3
import struct
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zlib import crc32

from attune.storage.answer_rows import from_row
from attune.storage.database import transaction
from attune.storage.records import AnswerRecord

# Name, letter of ``struct``, and the kind of text where the number is the code of one; -1 = none.
FIELDS: tuple[tuple[str, str, str], ...] = (
    ("id", "q", ""),
    ("when_s", "d", ""),  # Unix time
    ("position", "i", ""),
    ("clip", "i", "clip"),
    ("person", "i", "person"),
    ("channel", "h", "channel"),
    ("reference", "h", "label"),
    ("chosen", "h", "label"),
    ("second", "h", "label"),  # the other half of a blend
    ("shown", "h", "shown"),  # whole, held, brief, beside …
    ("choices", "h", ""),  # how many could be said
    ("replays", "i", ""),
    ("same", "?", ""),
    ("scored", "?", ""),
    ("share", "f", ""),  # what the person gave to the one chosen, and to the second
    ("second_share", "f", ""),
    ("confidence", "f", ""),
    ("intensity", "f", ""),  # as said, and as it was shown
    ("intensity_shown", "f", ""),
    ("shown_ms", "f", ""),  # of a brief moment, as measured
    ("response_ms", "f", ""),
    ("difficulty", "f", ""),
    ("chosen_share", "f", ""),  # these six as in ``Agreement``
    ("ceiling", "f", ""),
    ("brier", "f", ""),
    ("floor", "f", ""),
    ("skill", "f", ""),
    ("similarity", "f", ""),
)
PACKING = struct.Struct("<" + "".join(letter for _, letter, _ in FIELDS))
NONE, UNKNOWN = -1, math.nan
MOST = {"h": 2**15 - 1, "i": 2**31 - 1, "f": 3.4e38}

# Where the texts of each kind stand in ``answers``; what stands nowhere any more is forgotten.
TEXTS_IN_USE = {
    "clip": ("clip_name",),
    "person": ("person",),
    "channel": ("channel",),
    "label": ("reference", "chosen", "json_extract(shown_json, '$.second')"),
    "shown": ("json_extract(shown_json, '$.kind')",),
}


class Packed:
    """The tables ``packed`` and ``texts``. What follows a change belongs into its transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, session_id: int) -> None:
        """Make room for the answers of a new session."""
        self._connection.execute("INSERT INTO packed VALUES (?, x'', 0)", (session_id,))

    def add(self, answer: AnswerRecord) -> None:
        """Put an answer, its id known, behind those of its session."""
        packed = pack(answer, self._code)
        ((before,),) = self._connection.execute(
            "SELECT crc FROM packed WHERE session_id = ?", (answer.session_id,)
        )
        self._connection.execute(
            "UPDATE packed SET answers = CAST(answers || ? AS BLOB), crc = ? WHERE session_id = ?",
            (packed, crc32(packed, before), answer.session_id),
        )

    def renew(self, session_id: int) -> None:
        """Pack all answers of a session anew."""
        rows = self._connection.execute(
            "SELECT * FROM answers WHERE session_id = ? ORDER BY position", (session_id,)
        )
        packed = b"".join(pack(from_row(row), self._code) for row in rows.fetchall())
        self._connection.execute(
            "INSERT OR REPLACE INTO packed VALUES (?, ?, ?)", (session_id, packed, crc32(packed))
        )

    def renew_missing(self) -> None:
        """Pack the sessions that are not packed yet: those from before, and those a migration asks for."""
        missing = self._connection.execute(
            "SELECT id FROM sessions WHERE id NOT IN (SELECT session_id FROM packed)"
        ).fetchall()
        if missing:
            with transaction(self._connection):
                for row in missing:
                    self.renew(row[0])

    def renew_damaged(self) -> None:
        """Pack anew what is not as it was written; no check of SQLite's looks into it."""
        rows = self._connection.execute("SELECT session_id, answers, crc FROM packed")
        damaged = [row[0] for row in rows if crc32(row[1]) != row[2]]
        with transaction(self._connection):
            for session_id in damaged:
                self.renew(session_id)

    def forget_texts(self) -> None:
        """Forget the texts no answer has any more."""
        for kind, places in TEXTS_IN_USE.items():
            used = " UNION ALL ".join(
                f"SELECT {place} FROM answers WHERE {place} IS NOT NULL"  # noqa: S608 - our own column names
                for place in places
            )
            self._connection.execute(
                f"DELETE FROM texts WHERE kind = ? AND text NOT IN ({used})",  # noqa: S608 - as above
                (kind,),
            )

    def _code(self, kind: str, text: str) -> int:
        """The number that stands for a text, given now if it has none."""
        found = self._connection.execute(
            "SELECT code FROM texts WHERE kind = ? AND text = ?", (kind, text)
        ).fetchone()
        if found is None:
            found = self._connection.execute(
                "INSERT INTO texts (kind, code, text)"
                " VALUES (?1, (SELECT ifnull(max(code) + 1, 0) FROM texts WHERE kind = ?1), ?2)"
                " RETURNING code",
                (kind, text),
            ).fetchone()
        return int(found[0])


def pack(answer: AnswerRecord, code: Callable[[str, str], int]) -> bytes:
    """One answer as ``FIELDS`` has it; ``code`` gives the number of a text of a kind."""
    values = _values(answer)
    return PACKING.pack(
        *(
            code(kind, values[name]) if kind and values[name] is not None else _number(values[name], letter)
            for name, letter, kind in FIELDS
        )
    )


def _number(value: float | None, letter: str) -> float:
    """The nearest number that has room; an answer is never refused for the sake of its copy."""
    if value is None:
        return UNKNOWN if letter == "f" else NONE
    if letter not in MOST or abs(value) <= MOST[letter]:
        return value
    return math.copysign(math.inf, value) if letter == "f" else MOST[letter]


def _values(answer: AnswerRecord) -> dict[str, Any]:
    shown, agreement, labels = answer.shown, answer.agreement, answer.perceived.labels
    scored = next(r for r in answer.references if r.source is agreement.reference)
    second = shown.get("second")
    return {
        "id": answer.id,
        "when_s": datetime.fromisoformat(answer.answered_at).timestamp(),
        "position": answer.position,
        "clip": answer.clip_name,
        "person": answer.person,
        "channel": answer.channel,
        "reference": answer.reference,
        "chosen": answer.chosen,
        "second": second,
        "shown": shown.get("kind"),
        "choices": len(answer.choices),
        "replays": answer.replays,
        "same": agreement.same,
        "scored": answer.scored,
        "share": labels[answer.chosen],
        "second_share": labels.get(second) if second else None,
        "confidence": answer.perceived.confidence,
        "intensity": answer.perceived.intensity,
        "intensity_shown": shown["intensity"] if shown.get("kind") == "held" else scored.intensity,
        "shown_ms": shown.get("shown_ms"),
        "response_ms": answer.response_ms,
        "difficulty": answer.difficulty,
        "chosen_share": agreement.chosen_share,
        "ceiling": agreement.ceiling,
        "brier": agreement.brier,
        "floor": agreement.floor,
        "skill": agreement.skill,
        "similarity": agreement.similarity,
    }
