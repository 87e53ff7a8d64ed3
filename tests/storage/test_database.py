"""Opening the file: what it is set to, what is refused, and what happens to older ones."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from attune.errors import StorageError
from attune.resources import Words
from attune.storage import whole
from attune.storage.database import ATTUNE_FILE, open_database, transaction
from attune.storage.migrations import MIGRATIONS
from attune.storage.store import Store
from tests.storage.examples import a_session, an_answer

VERSION_1 = Path(__file__).with_name("version_1.sql")
VERSION_3 = Path(__file__).with_name("version_3.sql")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "history.sqlite3"


def refusal(file: Path) -> StorageError:
    with pytest.raises(StorageError) as caught:
        open_database(file, patience_s=0.05).close()
    assert str(file.parent) in Words().error(caught.value)
    return caught.value


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def filled(file: Path, answers: int = 3) -> int:
    with closing(open_database(file)) as connection:
        store = Store(connection)
        session = store.begin_session(a_session())
        for position in range(answers):
            store.add_answer(an_answer(session, position))
    return session


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_file_is_durable_and_ours(file: Path) -> None:
    with closing(open_database(file)) as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2  # FULL
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "secure_delete") == 1
        assert pragma(connection, "user_version") == len(MIGRATIONS)
        assert pragma(connection, "application_id") == ATTUNE_FILE
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in file.parent.iterdir()] == ["history.sqlite3"]


def test_many_may_begin_the_same_file_at_once(file: Path) -> None:
    together = threading.Barrier(6)

    def begin(number: int) -> None:
        together.wait()
        with closing(open_database(file)) as connection:
            Store(connection).begin_session(a_session(seed=number))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(begin, range(6)))
    with closing(open_database(file)) as connection:
        assert len(Store(connection).sessions()) == 6


def test_an_empty_file_becomes_a_history(file: Path) -> None:
    file.parent.mkdir()
    file.touch()
    filled(file)


def test_newer_is_refused_and_left_as_it_was(file: Path) -> None:
    session = filled(file)
    with closing(sqlite3.connect(file)) as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = contents(file.parent)
    error = refusal(file)
    assert error.key == "storage.newer"
    assert error.fields["found"] == len(MIGRATIONS) + 1
    assert contents(file.parent) == before
    with closing(sqlite3.connect(file)) as newer:
        assert newer.execute("SELECT count(*) FROM answers WHERE session_id = ?", (session,)).fetchone() == (
            3,
        )


@pytest.mark.parametrize("content", [b"Dear diary, " * 500, b"\x89PNG\r\n\x1a\n" + bytes(5000), b"S"])
def test_what_is_no_database_is_refused_and_left_as_it_was(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert refusal(file).key == "storage.not_a_database"
    assert contents(file.parent) == {file.name: content}


@pytest.mark.parametrize("setting", ["user_version = 3", "application_id = 77", "page_size = 4096"])
def test_a_database_of_another_program_is_refused_and_left_as_it_was(file: Path, setting: str) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as other:
        other.execute(f"PRAGMA {setting}")
        other.execute("CREATE TABLE bookmarks (address TEXT)")
    before = contents(file.parent)
    assert refusal(file).key == "storage.not_a_database"
    assert contents(file.parent) == before


def test_a_folder_by_that_name_and_a_file_in_place_of_the_folder(file: Path) -> None:
    file.mkdir(parents=True)
    assert refusal(file).key == "storage.not_writable"
    assert refusal(file / ".." / "history.sqlite3").key == "storage.not_writable"
    plain = file.parent / "plain"
    plain.touch()
    assert refusal(plain / "history.sqlite3").key == "storage.not_writable"
    assert refusal(plain / "further" / "history.sqlite3").key == "storage.not_writable"


def test_a_file_another_program_holds(file: Path) -> None:
    session = filled(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("UPDATE sessions SET planned = 11")
        assert refusal(file).key == "storage.locked"
    with closing(open_database(file)) as connection:
        assert len(Store(connection).answers(session)) == 3


# Older files.


def newer_version(connection: sqlite3.Connection) -> None:
    """A step of the kind that is easy to get wrong: it rebuilds a table others point to."""
    connection.execute("DELETE FROM packed")  # made again from the answers
    connection.execute("ALTER TABLE sessions RENAME TO old_sessions")
    connection.execute("CREATE TABLE sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, mode TEXT, mood TEXT)")
    connection.execute("INSERT INTO sessions SELECT id, mode, 'calm' FROM old_sessions")
    connection.execute(
        "CREATE TABLE new_answers (id INTEGER PRIMARY KEY, session_id REFERENCES sessions (id))"
    )
    connection.execute("INSERT INTO new_answers SELECT id, session_id FROM answers")
    connection.execute("DROP TABLE answers")
    connection.execute("DROP TABLE old_sessions")
    connection.execute("ALTER TABLE new_answers RENAME TO answers")


def failing(connection: sqlite3.Connection) -> None:
    newer_version(connection)
    raise sqlite3.OperationalError("a bug in a step")


def pointing_nowhere(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM sessions")


TABLES = ("sessions", "answers")
NOW = len(MIGRATIONS)
NEWER = (*MIGRATIONS, newer_version)


def count(file: Path, table: str) -> int:
    with closing(sqlite3.connect(file)) as plain:
        return int(plain.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_an_older_file_is_copied_then_migrated(file: Path) -> None:
    filled(file)
    with closing(open_database(file, migrations=NEWER)) as connection:
        assert connection.execute("SELECT mode, mood FROM sessions").fetchall() == [
            ("read_the_moment", "calm")
        ]
        assert pragma(connection, "user_version") == NOW + 1
        assert pragma(connection, "foreign_keys") == 1
    assert count(file, "answers") == 3
    copy = file.with_name(f"history.sqlite3.version-{NOW}")
    with closing(open_database(copy)) as connection:
        assert len(Store(connection).answers(1)) == 3
    assert refusal(file).key == "storage.newer"


def test_the_copy_holds_what_is_only_in_the_log(file: Path) -> None:
    with closing(open_database(file)) as still_open:
        store = Store(still_open)
        session = store.begin_session(a_session())
        store.add_answer(an_answer(session))
        open_database(file, migrations=NEWER).close()
    assert count(file.with_name(f"history.sqlite3.version-{NOW}"), "answers") == 1
    assert count(file, "answers") == 1


@pytest.mark.parametrize(
    ("step", "bug"), [(failing, sqlite3.OperationalError), (pointing_nowhere, RuntimeError)]
)
def test_a_step_that_fails_changes_nothing(
    file: Path, step: Callable[[sqlite3.Connection], None], bug: type[Exception]
) -> None:
    session = filled(file)
    with pytest.raises(bug):
        open_database(file, migrations=(*MIGRATIONS, step))
    with closing(open_database(file)) as connection:
        assert len(Store(connection).answers(session)) == 3
        assert pragma(connection, "integrity_check") == "ok"
    assert count(file.with_name(f"history.sqlite3.version-{NOW}"), "answers") == 3


def test_a_copy_that_cannot_be_made_stops_the_migration(file: Path) -> None:
    filled(file)
    (file.parent / f"history.sqlite3.version-{NOW}" / "occupied").mkdir(parents=True)
    with pytest.raises(StorageError):
        open_database(file, migrations=NEWER)
    assert count(file, "answers") == 3
    assert not list(file.parent.glob("*.new*"))


def test_a_damaged_older_file_is_not_migrated(file: Path) -> None:
    filled(file, answers=40)
    content = bytearray(file.read_bytes())
    content[4096 * 5 : 4096 * 9] = b"\xaa" * (4096 * 4)
    file.write_bytes(content)
    with pytest.raises(StorageError) as caught:
        open_database(file, migrations=NEWER)
    assert caught.value.key == "storage.damaged"
    assert file.read_bytes() == content


def test_version_1_as_it_was_released_can_still_be_read(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as old:
        old.executescript(VERSION_1.read_text(encoding="utf-8"))
    with closing(open_database(file)) as connection:
        (summary,) = Store(connection).sessions()
        assert (summary.answered, summary.agreed) == (2, 1)
        assert [answer.chosen for answer in Store(connection).answers(1)] == ["fear", "happiness"]


def test_version_1_is_brought_along_with_nothing_lost(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as old:
        old.executescript(VERSION_1.read_text(encoding="utf-8"))
        old.row_factory = sqlite3.Row
        before = {table: [dict(row) for row in old.execute(f"SELECT * FROM {table}")] for table in TABLES}
    with closing(open_database(file)) as connection:
        store = Store(connection)
        for table, rows in before.items():
            now = [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]
            assert [{name: row[name] for name in old} for row, old in zip(now, rows, strict=True)] == rows
        first, second = store.answers(1)
        assert (first.scored, first.difficulty, dict(first.shown), first.word) == (True, None, {}, "")
        assert second.reference == "surprise"
        assert store.unfinished() == []
        assert store.session(1) is not None
        assert [each.guess for each in store.past.recent("picture", most=5)] == [0.25, 0.25]
        store.add_answer(an_answer(store.begin_session(a_session())))


def test_version_3_gets_room_for_a_couple_and_loses_nothing(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as old:
        old.executescript(VERSION_3.read_text(encoding="utf-8"))
    with closing(open_database(file)) as connection:
        store = Store(connection)
        assert [answer.chosen for answer in store.answers(1)] == ["fear", "happiness"]
        assert [note.text for note in store.notes.all()] == ["Ana was tired"]
        assert (store.partner.people(), store.partner.moments(), store.partner.recordings()) == ((), (), ())
        store.partner.add_person("Ana", "2026-03-01T10:00:00+00:00")
    assert file.with_name(f"{file.name}.version-3").is_file()


def test_the_third_step_still_makes_version_3(file: Path) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as old,
        closing(open_database(file, migrations=MIGRATIONS[:3])) as now,
    ):
        old.executescript(VERSION_3.read_text(encoding="utf-8"))
        tables = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
        assert now.execute(tables).fetchall() == old.execute(tables).fetchall()


def test_each_table_is_taken_along_or_said_to_stay(file: Path) -> None:
    with closing(open_database(file)) as connection:
        rows = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        assert {row[0] for row in rows} == {*whole.TABLES, *whole.OF_A_COUPLE, *whole.MADE_AGAIN}


def test_the_first_step_still_makes_version_1(file: Path) -> None:
    """Somebody has files of it, so it never changes."""
    with (
        closing(sqlite3.connect(":memory:")) as old,
        closing(open_database(file, migrations=MIGRATIONS[:1])) as now,
    ):
        old.executescript(VERSION_1.read_text(encoding="utf-8"))
        tables = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
        assert now.execute(tables).fetchall() == old.execute(tables).fetchall()


def test_a_transaction_keeps_all_or_nothing(file: Path) -> None:
    with closing(open_database(file)) as connection:
        store = Store(connection)
        session = store.begin_session(a_session())

        def answer_twice() -> None:
            with transaction(connection):
                store.add_answer(an_answer(session))
                store.add_answer(an_answer(session))

        with pytest.raises(sqlite3.IntegrityError):
            answer_twice()
        assert store.answers(session) == []
        with transaction(connection):
            store.add_answer(an_answer(session))
        assert len(store.answers(session)) == 1
