"""What is deleted is gone: no byte of it is left anywhere in the folder."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from attune.errors import StorageError
from attune.storage.backups import Backups
from attune.storage.records import CardRecord, TraceRecord
from attune.storage.store import Store
from attune.storage.worker import Database
from tests.storage.examples import a_session, an_answer
from tests.storage.test_columns import check_columns

DAY = datetime(2026, 3, 2, tzinfo=UTC)
NEXT = datetime(2026, 3, 3, tzinfo=UTC)


def left_behind(folder: Path, word: bytes) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and word in path.read_bytes()]


def answer_at(store: Store, session: int, position: int, when: str, person: str) -> None:
    store.add_answer(replace(an_answer(session, position, person=person), answered_at=when))


def test_a_deleted_day_is_gone_from_every_file(store: Store, file: Path) -> None:
    before = store.begin_session(a_session("2026-03-01T23:50:00+00:00"))
    answer_at(store, before, 0, "2026-03-01T23:59:59.999+00:00", "Ana")
    answer_at(store, before, 1, "2026-03-02T00:00:00+00:00", "Wilhelmina")
    that_day = store.begin_session(replace(a_session("2026-03-02T10:00:00+00:00"), clip_set="Wilhelmina's"))
    answer_at(store, that_day, 0, "2026-03-03T00:00:01+00:00", "Wilhelmina")
    after = store.begin_session(a_session("2026-03-03T00:00:00+00:00"))
    answer_at(store, after, 0, "2026-03-03T00:00:02+00:00", "Bo")
    trace = TraceRecord(
        session_id=after,
        position=1,
        started_at="2026-03-02T23:59:59+00:00",
        clip_name="Wilhelmina.webm",
        clip_hash="1" * 64,
        person="Wilhelmina",
        channel="picture",
        axes=("valence",),
    )
    store.traces.add(store.traces.begin(trace), 0, [(0.0, 0.5)])
    for band, reviewed in (
        ("Wilhelmina", "2026-03-02T12:00:00+00:00"),
        ("strong", "2026-03-01T12:00:00+00:00"),
    ):
        store.past.put_card(
            CardRecord(
                one="fear",
                other="surprise",
                channel="picture",
                band=band,
                due="2026-03-09T10:00:00+00:00",
                state={"last_review": reviewed},
            )
        )
    store.notes.add("Wilhelmina was tired", "2026-03-02T11:00:00+00:00")
    store.notes.add("all well", "2026-03-04T11:00:00+00:00")
    Backups(file).make(date(2026, 3, 4))
    assert left_behind(file.parent, b"Wilhelmina")

    store.delete.between(DAY, NEXT)

    assert left_behind(file.parent, b"Wilhelmina") == []
    assert {summary.session.id for summary in store.sessions()} == {before, after}
    assert [answer.person for answer in store.answers(before) + store.answers(after)] == ["Ana", "Bo"]
    assert store.traces.of_session(after) == []
    assert [card.band for card in store.past.cards()] == ["strong"]
    assert [note.text for note in store.notes.all()] == ["all well"]
    assert check_columns(store) == 2
    assert Backups(file).all() == ()


def test_deleting_gives_the_room_back(store: Store, file: Path) -> None:
    kept = store.begin_session(a_session())
    store.add_answer(an_answer(kept))
    session = store.begin_session(a_session())
    for position in range(300):
        store.add_answer(an_answer(session, position))
    store.end_session(session, "2026-03-01T12:00:00+00:00")
    before = file.stat().st_size
    store.delete.session(session)
    assert file.stat().st_size < before / 3
    assert not file.with_name("history.sqlite3-wal").stat().st_size


def test_what_cannot_be_emptied_yet_is_told(file: Path) -> None:
    database = Database(file, patience_s=0.05)
    try:
        session = database.submit(lambda store: store.begin_session(a_session())).result()
        database.submit(lambda store: store.add_answer(an_answer(session, person="Wilhelmina"))).result()
        with closing(sqlite3.connect(file, isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM answers").fetchall()
            with pytest.raises(StorageError) as caught:
                database.submit(lambda store: store.delete.session(session)).result()
        assert caught.value.key == "storage.locked"
        database.submit(lambda store: store.delete.session(session)).result()  # asked for again, it is done
        assert left_behind(file.parent, b"Wilhelmina") == []
    finally:
        database.close()


def test_a_deleted_note_is_gone(store: Store, file: Path) -> None:
    when = "2026-03-04T11:00:00+00:00"
    kept, gone = store.notes.add("stays", when), store.notes.add("Wilhelmina slept", when)
    assert store.notes.change(kept, "changed", "2026-03-05T11:00:00+00:00")
    store.delete.note(gone)
    assert not store.notes.change(gone, "x", when)
    (note,) = store.notes.all()
    assert (note.text, note.written_at, note.changed_at) == ("changed", when, "2026-03-05T11:00:00+00:00")
    assert left_behind(file.parent, b"Wilhelmina") == []
