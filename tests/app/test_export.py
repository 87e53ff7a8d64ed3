"""What is taken along and taken in again is the same; what is not from a history is not taken in."""

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attune.app.export import Way, dictionary, take_along, take_in
from attune.errors import ExchangeError
from attune.resources import Words
from attune.storage.database import open_database
from attune.storage.records import CardRecord, SkipRecord, TraceRecord
from attune.storage.store import Store
from attune.storage.whole import TABLES
from tests.storage.examples import a_session
from tests.storage.test_columns import check_columns, some_answers

WORDS = Words()


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    opened = []

    def opener(name: str) -> Store:
        store = Store(open_database(tmp_path / f"{name}.sqlite3"))
        opened.append(store)
        return store

    yield opener
    for store in opened:
        store.close()


def practise(store: Store, day: int = 1, *, word: str = "") -> None:
    """One of everything."""
    first = store.begin_session(a_session())
    store.delete.session(first)  # ids do not begin at 1
    session = store.begin_session(
        replace(a_session(f"2026-03-{day:02}T10:00:00+00:00"), setup={"minutes": 10, "seen": ["Änne"]})
    )
    for answer in some_answers(session):
        store.add_answer(replace(answer, word=word))
    store.add_skip(SkipRecord(session_id=session, position=9, clip_name="a", clip_hash="b", reason="c"))
    trace = TraceRecord(
        session_id=session,
        position=10,
        started_at="2026-03-01T10:10:00+00:00",
        clip_name="a",
        clip_hash="b",
        person="Ana",
        channel="picture",
        axes=("valence", "arousal"),
    )
    trace_id = store.traces.begin(trace)
    store.traces.add(trace_id, 0, [(0.1, 0.30000000000000004, -1.0), (0.2, 0.0, 1e-17)])
    store.traces.add(trace_id, 1, [(1.1, 0.5, 0.5)])
    store.traces.end(trace_id, "2026-03-01T10:11:00+00:00", None, {"tracking": 0.5})
    store.end_session(session, "2026-03-01T10:12:00.125+00:00")
    store.past.put_card(
        CardRecord(
            one="fear",
            other="surprise",
            channel="picture",
            band="strong",
            due="2026-03-09T10:00:00+00:00",
            state={"step": None},
        )
    )
    store.notes.add(f"=1+1\n{word}", f"2026-03-{day:02}T11:00:00+00:00")


def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    return {table: list(store.rows_of(table)) for table in TABLES}


@pytest.mark.parametrize("way", Way)
def test_the_same_comes_back(open_store: Callable[[str], Store], tmp_path: Path, way: Way) -> None:
    store, other = open_store("one"), open_store("other")
    practise(store, word='\'=HYPERLINK("x")\r\n\t, \x00 \U0001f600')
    take_along(store, tmp_path / "along", way, WORDS)
    taken = take_in(other, tmp_path / "along")
    assert (taken.sessions, taken.answers, taken.notes, taken.known) == (1, 5, 1, 0)
    assert everything(other) == everything(store)
    assert check_columns(other) == 5
    take_along(other, tmp_path / "again", way, WORDS)
    for file in (tmp_path / "along").rglob("*") if way is Way.CSV else [tmp_path / "along"]:
        again = tmp_path / "again" / file.name if way is Way.CSV else tmp_path / "again"
        assert again.read_bytes() == file.read_bytes()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("find", [b"chosen", b""], ids=["refused", "taken in"])
def test_long_cells_are_allowed_for_this_reading_only(
    open_store: Callable[[str], Store], tmp_path: Path, find: bytes
) -> None:
    limit = csv.field_size_limit()
    store, other = open_store("one"), open_store("other")
    practise(store, word="long" * limit)
    take_along(store, tmp_path / "along", Way.CSV, WORDS)
    path = tmp_path / "along" / "answers.csv"
    path.write_bytes(path.read_bytes().replace(find, b"", 1))
    with pytest.raises(ExchangeError) if find else nullcontext():
        take_in(other, tmp_path / "along")
    assert csv.field_size_limit() == limit
    assert len(other.sessions()) == (0 if find else 1)


@pytest.mark.parametrize("way", Way)
def test_what_is_there_already_stays_as_it_is(
    open_store: Callable[[str], Store], tmp_path: Path, way: Way
) -> None:
    store, other = open_store("one"), open_store("other")
    practise(store, day=1)
    practise(other, day=2)
    take_along(store, tmp_path / "along", way, WORDS)
    assert take_in(other, tmp_path / "along").sessions == 1
    before = everything(other)
    assert len(before["answers"]) == 10
    assert len(before["samples"]) == 4
    assert check_columns(other) == 10
    again = take_in(other, tmp_path / "along")
    assert (again.sessions, again.answers, again.notes, again.known) == (0, 0, 0, 1)
    assert everything(other) == before


def test_a_spreadsheet_finds_no_formula_and_every_column_explained(
    open_store: Callable[[str], Store], tmp_path: Path
) -> None:
    store = open_store("one")
    practise(store, word="@SUM(1)")
    take_along(store, tmp_path / "along", Way.CSV, WORDS)
    explained = set()
    for file in (tmp_path / "along").glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            heading, *rows = csv.reader(lines)
        kinds = {
            entry["column"]: entry["kind"]
            for entry in dictionary(store, WORDS)
            if entry["table"] == file.stem
        }
        for row in rows:
            for name, cell in zip(heading, row, strict=True):
                assert kinds.get(name) in ("int", "float") or not cell.startswith(
                    ("=", "+", "-", "@", "\t", "\r")
                )
        if file.stem == "dictionary":
            explained = {(row[0], row[1]) for row in rows}
    assert explained == {(t, column.name) for t in TABLES for column in store.columns_of(t)}


def test_every_explanation_is_of_a_column(open_store: Callable[[str], Store]) -> None:
    store = open_store("one")
    assert {table: set(WORDS.table(f"export.{table}")) for table in TABLES} == {
        table: {column.name for column in store.columns_of(table)} for table in TABLES
    }


def test_nothing_is_written_over(open_store: Callable[[str], Store], tmp_path: Path) -> None:
    (tmp_path / "along").write_text("mine")
    with pytest.raises(ExchangeError) as caught:
        take_along(open_store("one"), tmp_path / "along", Way.JSON, WORDS)
    assert str(tmp_path / "along") in WORDS.error(caught.value)
    assert (tmp_path / "along").read_text() == "mine"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b'{"attune_history": "1"}', b'{"attune_history": 2}', b"[" * 100_000]
)
def test_other_files_are_not_taken_in(
    open_store: Callable[[str], Store], tmp_path: Path, content: bytes
) -> None:
    source = tmp_path / "other.json"
    source.write_bytes(content)
    store = open_store("one")
    for other in (source, tmp_path):
        with pytest.raises(ExchangeError) as caught:
            take_in(store, other)
        assert str(other) in WORDS.error(caught.value)
    assert store.sessions() == []


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2**31 - 1) | st.just(2**70),
    st.floats(width=32),
    st.text(max_size=5),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.sampled_from(["source", "labels", "form", "x"]), st.integers(), max_size=2),
)


@pytest.mark.slow
@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_a_changed_file_is_taken_in_as_it_is_or_refused_as_a_whole(
    tmp_path_factory: pytest.TempPathFactory, pattern: dict[str, Any], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    changed = json.loads(json.dumps(pattern))
    table = data.draw(st.sampled_from(TABLES))
    row = data.draw(st.sampled_from(changed[table]))
    name = data.draw(st.sampled_from([*row, "more"]))
    row[name] = data.draw(ODD)
    (folder / "changed.json").write_text(json.dumps(changed))
    with closing(open_database(folder / "history.sqlite3")) as connection:
        store = Store(connection)
        try:
            take_in(store, folder / "changed.json")
        except ExchangeError as error:
            WORDS.error(error)
            assert all(not rows for rows in everything(store).values())
        else:
            assert check_columns(store) == 5
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("pattern")
    with closing(open_database(folder / "history.sqlite3")) as connection:
        store = Store(connection)
        practise(store)
        take_along(store, folder / "along.json", Way.JSON, WORDS)
    found: dict[str, Any] = json.loads((folder / "along.json").read_text())
    return found


@pytest.mark.parametrize(
    ("file", "find", "put"),
    [
        ("answers.csv", b",fear,", b",joy,"),
        ("answers.csv", b'"', b""),
        ("answers.csv", b"chosen", b"taken"),
        ("answers.csv", b"\n", b"\n1,2\n"),
        ("sessions.csv", b"2026", b"in 2026"),
        ("sessions.csv", b",intended,", b",nobody,"),
        ("samples.csv", b"[[", b"["),
        ("traces.csv", b"Ana", b"\xff\xfe"),
    ],
)
def test_a_table_that_was_changed_names_the_row(
    open_store: Callable[[str], Store], tmp_path: Path, file: str, find: bytes, put: bytes
) -> None:
    store, other = open_store("one"), open_store("other")
    practise(store)
    take_along(store, tmp_path / "along", Way.CSV, WORDS)
    path = tmp_path / "along" / file
    path.write_bytes(path.read_bytes().replace(find, put, 1))
    with pytest.raises(ExchangeError) as caught:
        take_in(other, tmp_path / "along")
    assert file.removesuffix(".csv") in WORDS.error(caught.value)
    assert other.sessions() == []
