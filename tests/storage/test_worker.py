"""The database thread: nothing promised is lost, and every trouble is told with a way out."""

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from attune.errors import StorageError
from attune.resources import Words
from attune.storage.backups import Backups
from attune.storage.database import open_database
from attune.storage.lock import take_lock
from attune.storage.records import CardRecord
from attune.storage.store import Store
from attune.storage.worker import Database
from tests.storage.examples import a_session, an_answer

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(file, patience_s=0.05)
    yield database
    database.close()


def begin(database: Database) -> int:
    return database.submit(lambda store: store.begin_session(a_session())).result()


def add(database: Database, session: int, position: int = 0) -> int:
    answer = an_answer(session, position)
    return database.submit(lambda store: store.add_answer(answer)).result()


def positions(file: Path, session: int) -> list[int]:
    with closing(open_database(file)) as connection:
        return [answer.position for answer in Store(connection).answers(session)]


def fill(database: Database, session: int, *, begin_at: int = 0) -> list[int]:
    """Add answers until there is no room; the positions that were kept."""
    kept: list[int] = []

    def add_without_end() -> None:
        for position in itertools.count(begin_at):
            add(database, session, position)
            kept.append(position)

    with pytest.raises(StorageError, match=r"storage\.full"):
        add_without_end()
    return kept


def trouble(database: Database, session: int, position: int = 0) -> str:
    """The key of the known trouble with one more answer; there must be words for it."""
    with pytest.raises(StorageError) as caught:
        add(database, session, position)
    sentence = Words().error(caught.value)
    assert "history" in sentence
    assert "try again" in sentence
    return caught.value.key


def test_work_is_done_in_order_on_one_thread_of_its_own(database: Database) -> None:
    threads = [database.submit(lambda _store: threading.current_thread()) for _ in range(3)]
    names = {future.result().name for future in threads}
    assert len(names) == 1
    assert threading.current_thread().name not in names


def test_closing_finishes_what_is_queued(file: Path, database: Database) -> None:
    session = begin(database)
    answers = [an_answer(session, position) for position in range(30)]
    futures = [database.submit(lambda store, answer=answer: store.add_answer(answer)) for answer in answers]
    database.close()
    database.close()
    assert all(future.done() for future in futures)
    assert positions(file, session) == list(range(30))
    assert {path.name for path in file.parent.glob("history*")} == {file.name, f"{file.name}.lock"}
    with pytest.raises(RuntimeError):
        database.submit(Store.sessions)


def test_a_bug_in_one_piece_of_work_is_its_own(database: Database) -> None:
    session = begin(database)
    with pytest.raises(sqlite3.IntegrityError):
        add(database, 99)
    with pytest.raises(ZeroDivisionError):
        database.submit(lambda _store: 1 // 0).result()
    assert add(database, session)


def test_a_file_held_by_another_program_can_be_tried_again(file: Path, database: Database) -> None:
    session = begin(database)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert trouble(database, session) == "storage.locked"
    add(database, session)
    assert positions(file, session) == [0]


def test_a_file_that_cannot_be_opened_can_be_tried_again(file: Path, database: Database) -> None:
    file.write_bytes(b"Dear diary")
    assert trouble(database, 1) == "storage.not_a_database"
    file.rename(file.with_name("diary"))
    session = begin(database)
    add(database, session)


def test_a_full_file_keeps_what_it_has_and_can_be_tried_again(file: Path, database: Database) -> None:
    session = begin(database)
    database.submit(lambda store: store._connection.execute("PRAGMA max_page_count = 24").fetchall()).result()
    kept = fill(database, session)
    assert kept
    assert positions(file, session) == kept
    assert trouble(database, session, len(kept)) == "storage.full"
    database.submit(
        lambda store: store._connection.execute("PRAGMA max_page_count = 10000").fetchall()
    ).result()
    add(database, session, len(kept))
    assert positions(file, session) == [*kept, len(kept)]


def test_a_card_is_not_moved_by_an_answer_there_was_no_room_for(file: Path, database: Database) -> None:
    def room(pages: int) -> None:
        database.submit(
            lambda store: store._connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
        ).result()

    def card(due: str) -> CardRecord:
        return CardRecord(one="fear", other="surprise", channel="picture", band="full", due=due, state={})

    before, later = card("2026-03-02T10:00:00+00:00"), card("2026-03-09T10:00:00+00:00")
    session = begin(database)
    answer = an_answer(session)
    database.submit(lambda store: store.add_answer(answer, before)).result()
    room(24)
    kept = fill(database, session, begin_at=1)
    last = an_answer(session, len(kept) + 1)
    with pytest.raises(StorageError, match=r"storage\.full"):
        database.submit(lambda store: store.add_answer(last, later)).result()
    assert database.submit(lambda store: store.past.cards()).result() == (before,)
    room(10_000)
    database.submit(lambda store: store.add_answer(last, later)).result()
    assert database.submit(lambda store: store.past.cards()).result() == (later,)
    assert positions(file, session) == list(range(len(kept) + 2))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    mounted = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("only somebody who may mount can make a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_keeps_what_it_has_and_can_be_tried_again(small_disk: Path) -> None:
    file = small_disk / "history.sqlite3"
    filler = small_disk / "holiday.mp4"
    database = Database(file)
    try:
        session = begin(database)
        filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 150_000))
        kept = fill(database, session)
        assert kept
        assert trouble(database, session, len(kept)) == "storage.full"
        filler.unlink()
        add(database, session, len(kept))
    finally:
        database.close()
    assert positions(file, session) == [*kept, len(kept)]


def test_a_new_history_on_a_full_disk(small_disk: Path) -> None:
    filler = small_disk / "holiday.mp4"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free))
    database = Database(small_disk / "history.sqlite3")
    try:
        assert trouble(database, 1) == "storage.full"
        filler.unlink()
        add(database, begin(database))
    finally:
        database.close()


READ_ONLY = """
import os, sys
from pathlib import Path
from attune.errors import StorageError
from attune.storage.records import CardRecord
from attune.storage.store import Store
from attune.storage.worker import Database

if os.geteuid() == 0:  # root may write anywhere
    os.setgid(65534)
    os.setuid(65534)
database = Database(Path(sys.argv[1]))
try:
    database.submit(Store.sessions).result()
except StorageError as error:
    print(error.key)
finally:
    database.close()
"""


@pytest.mark.parametrize("begun", [True, False])
def test_a_folder_that_may_not_be_written(begun: bool) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "data"
        folder.mkdir()
        file = folder / "history.sqlite3"
        if begun:
            open_database(file).close()
        before = [path.name for path in folder.iterdir()]
        Path(name).chmod(0o755)
        folder.chmod(0o555)
        said = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(file)],
            cwd=CHECKOUT,
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert said.stdout.split() == ["storage.not_writable"]
        assert [path.name for path in folder.iterdir()] == before
        folder.chmod(0o755)


def test_a_damaged_file_is_told_and_left_as_it_is(file: Path) -> None:
    with closing(open_database(file)) as connection:
        store = Store(connection)
        session = store.begin_session(a_session())
        for position in range(60):
            store.add_answer(an_answer(session, position))
    content = bytearray(file.read_bytes())
    content[4096 * 2 :] = b"\xaa" * (len(content) - 4096 * 2)
    file.write_bytes(content)
    database = Database(file)
    try:
        assert trouble(database, session, 60) == "storage.damaged"
        with pytest.raises(StorageError):
            database.submit(lambda store: store.answers(session)).result()
    finally:
        database.close()
    assert file.read_bytes() == content


def test_half_a_file_is_told(file: Path) -> None:
    with closing(open_database(file)) as connection:
        store = Store(connection)
        session = store.begin_session(a_session())
        for position in range(60):
            store.add_answer(an_answer(session, position))
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    database = Database(file)
    try:
        with pytest.raises(StorageError) as caught:
            database.submit(lambda store: store.answers(session)).result()
        assert caught.value.key == "storage.damaged"
    finally:
        database.close()


@pytest.mark.parametrize("missing", [1, 4095])
def test_a_file_cut_within_its_last_page_is_told(file: Path, missing: int) -> None:
    with closing(open_database(file)) as connection:
        store = Store(connection)
        store.add_answer(an_answer(store.begin_session(a_session()), 0))
    os.truncate(file, file.stat().st_size - missing)
    content = file.read_bytes()
    database = Database(file)
    try:
        assert trouble(database, 1, 1) == "storage.damaged"
    finally:
        database.close()
    assert file.read_bytes() == content


def test_a_file_that_is_moved_meanwhile(file: Path, database: Database) -> None:
    session = begin(database)
    add(database, session, 0)
    elsewhere = file.rename(file.with_name("elsewhere"))
    assert trouble(database, session, 1) == "storage.gone"
    file.touch()
    assert trouble(database, session, 1) == "storage.gone"
    elsewhere.rename(file)
    add(database, session, 1)
    database.close()
    assert positions(file, session) == [0, 1]


def test_a_second_window_reads_and_says_why_it_does_not_write(file: Path, database: Database) -> None:
    session = begin(database)
    add(database, session)
    second = Database(file, patience_s=0.05)
    try:
        assert len(second.submit(lambda store: store.answers(session)).result()) == 1
        assert second.read_only
        assert not database.read_only
        assert trouble(second, session, 1) == "storage.in_use"
        add(database, session, 1)
        assert len(second.submit(lambda store: store.answers(session)).result()) == 2
    finally:
        second.close()
    database.close()
    third = Database(file)
    try:
        add(third, session, 2)
        assert not third.read_only
    finally:
        third.close()
    assert positions(file, session) == [0, 1, 2]


def test_the_right_to_write_comes_back_when_a_window_is_killed(file: Path, database: Database) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(file)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        session = int(other.stdout.readline())
        other.stdout.readline()
        assert trouble(database, session, 10**6) == "storage.in_use"
        other.kill()
    again = Database(file)
    try:
        add(again, session, 10**6)
    finally:
        again.close()


def test_a_history_that_is_not_there_any_more_is_missed(file: Path, database: Database) -> None:
    session = begin(database)
    add(database, session)
    assert Backups(file).make(date(2026, 3, 1)) is not None
    database.close()
    for empty in (False, True):
        file.unlink()
        if empty:
            file.touch()
        again = Database(file)
        try:
            assert trouble(again, session) == "storage.missing"
        finally:
            again.close()
        if not empty:
            file.touch()


def test_after_an_end_that_was_not_clean_every_page_is_read(file: Path, database: Database) -> None:
    session = begin(database)
    for position in range(40):
        add(database, session, position)
    database.close()
    content = bytearray(file.read_bytes())
    content[4096 * 9 : 4096 * 12] = b"\xaa" * (4096 * 3)
    file.write_bytes(content)
    lock = take_lock(file)
    assert lock is not None
    assert not lock.unclean
    lock.mark()
    lock.release(clean=False)
    damaged = Database(file)
    try:
        assert trouble(damaged, session, 50) == "storage.damaged"
        assert trouble(damaged, session, 50) == "storage.damaged"  # trying again does not make it good
    finally:
        damaged.close()
    assert file.read_bytes() == content


def test_damage_that_is_met_on_the_way_is_looked_into_next_time(file: Path, database: Database) -> None:
    session = begin(database)
    add(database, session)
    database.submit(
        lambda store: store._connection.execute("UPDATE answers SET agreement_json = '{'")
    ).result()
    with pytest.raises(StorageError, match=r"storage\.damaged"):
        database.submit(lambda store: store.answers(session)).result()
    database.close()
    lock = take_lock(file)
    assert lock is not None
    assert lock.unclean
    lock.release(clean=True)
