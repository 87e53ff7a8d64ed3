"""Answers as rows of their table, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from attune.affect.reading import Reading, Source
from attune.scoring.agreement import Agreement
from attune.storage.records import AnswerRecord
from attune.storage.rows import as_json
from attune.storage.troubles import DamagedError

Fields = sqlite3.Row | Mapping[str, Any]


def to_row(answer: AnswerRecord) -> dict[str, Any]:
    """Columns of the table ``answers`` by name; the id is the table's to give."""
    return {
        "session_id": answer.session_id,
        "position": answer.position,
        "answered_at": answer.answered_at,
        "clip_name": answer.clip_name,
        "clip_hash": answer.clip_hash,
        "person": answer.person,
        "channel": answer.channel,
        "chosen": answer.chosen,
        "reference": answer.reference,
        "same": answer.agreement.same,
        "brier": answer.agreement.brier,
        "skill": answer.agreement.skill,
        "intensity": answer.perceived.intensity,
        "confidence": answer.perceived.confidence,
        "response_ms": answer.response_ms,
        "replays": answer.replays,
        "perceived_json": as_json(answer.perceived.to_json()),
        "references_json": as_json([reading.to_json() for reading in answer.references]),
        "agreement_json": as_json(asdict(answer.agreement)),
        "choices_json": as_json(answer.choices),
        "scored": answer.scored,
        "difficulty": answer.difficulty,
        "shown_json": as_json(dict(answer.shown)),
        "word": answer.word,
    }


def from_row(row: Fields) -> AnswerRecord:
    """The record that :func:`to_row` was given, with its id. Raises DamagedError."""
    try:
        return _from_row(row)
    except (ValueError, KeyError, TypeError, StopIteration) as error:  # a disk may change bytes unnoticed
        raise DamagedError(f"answer {row['id']}: {error}") from error


def readings(text: str) -> tuple[Reading, ...]:
    """Readings out of a column of JSON."""
    return tuple(Reading.from_json(reading) for reading in json.loads(text))


def _from_row(row: Fields) -> AnswerRecord:
    agreement = json.loads(row["agreement_json"])
    return AnswerRecord(
        id=row["id"],
        session_id=row["session_id"],
        position=row["position"],
        answered_at=row["answered_at"],
        clip_name=row["clip_name"],
        clip_hash=row["clip_hash"],
        person=row["person"],
        channel=row["channel"],
        perceived=Reading.from_json(json.loads(row["perceived_json"])),
        references=readings(row["references_json"]),
        agreement=Agreement(**{**agreement, "reference": Source(agreement["reference"])}),
        response_ms=row["response_ms"],
        replays=row["replays"],
        choices=tuple(json.loads(row["choices_json"])),
        scored=bool(row["scored"]),
        difficulty=row["difficulty"],
        shown=json.loads(row["shown_json"]),
        word=row["word"],
    )
