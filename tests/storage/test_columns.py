"""The history as columns says what its records say."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from attune.affect.reading import Reading, Source
from attune.storage.columns import ANSWER_COLUMNS
from attune.storage.database import open_database
from attune.storage.packed import FIELDS
from attune.storage.records import AnswerRecord
from attune.storage.store import Store
from tests.storage.examples import a_session, an_answer

VERSION_1 = Path(__file__).with_name("version_1.sql")
VERSION_2 = Path(__file__).with_name("version_2.sql")


def some_answers(session: int) -> list[AnswerRecord]:
    plain = an_answer(session, 0)
    blend = Reading(
        source=Source.USER, labels={"fear": 0.6, "surprise": 0.3, "neutral": 0.05, "happiness": 0.05}
    )
    return [
        plain,
        an_answer(session, 1, chosen="surprise", person="Bo"),
        replace(an_answer(session, 2), shown={"kind": "held", "until_s": 0.5, "intensity": 0.35}),
        replace(an_answer(session, 3), perceived=blend, shown={"kind": "whole", "second": "surprise"}),
        replace(
            an_answer(session, 4),
            shown={"kind": "brief", "frames": 5, "hz": 60, "shown_ms": 83.25},
            scored=False,
            response_ms=None,
            difficulty=-0.75,
        ),
    ]


def as_columns_say(record: AnswerRecord) -> dict[str, Any]:
    """The same by another way than packing does it."""
    reference = next(r for r in record.references if r.source is record.agreement.reference)
    second = record.shown.get("second")
    agreement = record.agreement
    return {
        "id": record.id,
        "session": record.session_id,
        "when_s": datetime.fromisoformat(record.answered_at).timestamp(),
        "position": record.position,
        "clip": record.clip_name,
        "person": record.person,
        "channel": record.channel,
        "reference": record.reference,
        "chosen": record.chosen,
        "second": second,
        "shown": record.shown.get("kind"),
        "choices": len(record.choices),
        "replays": record.replays,
        "same": agreement.same,
        "scored": record.scored,
        "share": max(record.perceived.labels.values()),
        "second_share": record.perceived.labels[second] if second else None,
        "confidence": record.perceived.confidence,
        "intensity": record.perceived.intensity,
        "intensity_shown": record.shown.get("intensity", reference.intensity),
        "shown_ms": record.shown.get("shown_ms"),
        "response_ms": record.response_ms,
        "difficulty": record.difficulty,
        **{
            name: getattr(agreement, name)
            for name in ("chosen_share", "ceiling", "brier", "floor", "skill", "similarity")
        },
    }


def check_columns(store: Store) -> int:
    """Compare every cell with the records; how many answers there were."""
    kinds = {name: kind for name, _, kind in FIELDS}
    columns = store.answer_columns()
    ids = sorted(summary.session.id or 0 for summary in store.sessions())
    records = [record for session in ids for record in store.answers(session)]
    assert len(columns) == len(records)
    assert set(columns.of) == ANSWER_COLUMNS
    for place, record in enumerate(records):
        for name, expected in as_columns_say(record).items():
            found = columns[name][place].item()
            if kind := kinds.get(name):
                assert (None if found == -1 else columns.texts[kind][found]) == expected, name
            elif expected is None:
                assert isnan(found), name
            else:
                assert found == pytest.approx(expected, rel=1e-6), name
    return len(records)


def test_every_cell_is_what_the_record_says(store: Store) -> None:
    for started_at in ("2026-03-01T10:00:00+00:00", "2026-03-02T10:00:00+00:00"):
        session = store.begin_session(a_session(started_at))
        for answer in some_answers(session):
            store.add_answer(answer)
    assert check_columns(store) == 10


def test_answers_given_in_turns_stand_by_session(store: Store) -> None:
    one, other = store.begin_session(a_session()), store.begin_session(a_session())
    for position in range(3):
        store.add_answer(an_answer(other, position))
        store.add_answer(an_answer(one, position))
    columns = store.answer_columns(["session", "position"])
    assert columns["session"].tolist() == [one] * 3 + [other] * 3
    assert columns["position"].tolist() == [0, 1, 2] * 2
    assert set(columns.of) == {"session", "position"}


def test_an_empty_history_has_columns_without_rows(store: Store) -> None:
    columns = store.answer_columns()
    assert len(columns) == 0
    assert columns["when_s"].dtype == np.float64
    assert len(store.session_columns()) == 0


def test_a_column_there_is_not(store: Store) -> None:
    with pytest.raises(KeyError, match="mood"):
        store.answer_columns(["mood"])


def test_sessions_as_columns(store: Store) -> None:
    store.begin_session(a_session("2026-03-01T10:00:00+00:00"))
    second = store.begin_session(
        replace(a_session("2026-03-02T10:00:00+00:00"), mode="checkup", setup={"form": 2, "forms": 3})
    )
    store.end_session(second, "2026-03-02T10:10:00+00:00")
    columns = store.session_columns()
    assert columns["id"].tolist() == [1, second]
    assert columns["started_s"].tolist() == [1772359200.0, 1772445600.0]
    assert isnan(columns["ended_s"][0])
    assert columns["ended_s"][1] == 1772446200.0
    assert columns["form"].tolist() == [-1, 2]
    assert [columns.texts["mode"][code] for code in columns["mode"]] == ["read_the_moment", "checkup"]
    assert [columns.texts["clip_set"][code] for code in columns["clip_set"]] == ["First light"] * 2
    assert columns.texts["scored_against"] == ("intended",)


def test_a_deleted_session_leaves_no_row_and_no_text(store: Store) -> None:
    one, other = store.begin_session(a_session()), store.begin_session(a_session())
    store.add_answer(an_answer(one, person="Ana"))
    store.add_answer(an_answer(other, person="Bo"))
    store.delete.session(one)
    columns = store.answer_columns()
    assert columns["session"].tolist() == [other]
    assert columns.texts["person"] == ("", "Bo")
    assert check_columns(store) == 1
    store.add_answer(an_answer(other, 1, person="Cy"))
    assert check_columns(store) == 2


def test_an_answer_that_was_refused_is_in_no_column(store: Store) -> None:
    session = store.begin_session(a_session())
    store.add_answer(an_answer(session, person="Ana"))
    with pytest.raises(sqlite3.IntegrityError):
        store.add_answer(an_answer(session, person="Bo"))
    assert check_columns(store) == 1
    assert store.answer_columns().texts["person"] == ("Ana",)


@pytest.mark.parametrize("version", [VERSION_1, VERSION_2], ids=["version 1", "version 2"])
def test_older_files_have_columns_too(file: Path, version: Path) -> None:
    with closing(sqlite3.connect(file)) as old:
        old.executescript(version.read_text(encoding="utf-8"))
    with closing(open_database(file)) as connection:
        assert check_columns(Store(connection)) >= 2
    with closing(open_database(file)) as connection:  # a second time nothing is left to pack
        before = connection.total_changes
        Store(connection)
        assert connection.total_changes == before


def test_what_went_bad_in_the_copy_is_packed_anew(store: Store) -> None:
    for _ in range(2):
        session = store.begin_session(a_session())
        for answer in some_answers(session):
            store.add_answer(answer)
    good = store.answer_columns()
    store._connection.execute("UPDATE packed SET answers = zeroblob(length(answers)) WHERE session_id = 1")
    assert not np.array_equal(store.answer_columns()["id"], good["id"])
    store.mend()
    assert check_columns(store) == 10
    before = store.stamp()
    store.mend()
    assert store.stamp() == before


def test_the_stamp_changes_with_what_is_kept(store: Store, file: Path) -> None:
    session = store.begin_session(a_session())
    first = store.stamp()
    assert store.stamp() == first
    store.add_answer(an_answer(session))
    second = store.stamp()
    assert second != first
    with closing(open_database(file)) as connection:
        Store(connection).add_answer(an_answer(session, 1))
    assert store.stamp() != second
