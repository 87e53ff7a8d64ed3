"""The fault table: whatever happens to the disk or the file, what was acknowledged is there or comes back.

``make test`` prints, for each fault, how often it was made and how it went:
*kept* (nothing was lost), *told* (a known error with a sentence; everything was there once the cause was
gone), *restored* (told, and everything came back from the backup offered).
"""

import os
import random
import resource
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from attune.errors import StorageError
from attune.resources import Words
from attune.storage.backups import Backups
from attune.storage.database import open_database
from attune.storage.lock import take_lock
from attune.storage.store import Store
from attune.storage.whole import TABLES
from attune.storage.worker import Database
from tests.storage.examples import a_session, an_answer

PAGE, SECTOR = 4096, 512
ANSWERS, SESSIONS = 40, 4
BACKUP_HELPS = {"storage.damaged", "storage.missing", "storage.not_a_database", "storage.wrong_passphrase"}
Everything = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["", "secret"], ids=["plain", "passphrase"])
def passphrase(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory, passphrase: str) -> Path:
    """A folder with a history and a backup of it."""
    file = tmp_path_factory.mktemp("pattern") / "history.sqlite3"
    with closing(open_database(file, passphrase=passphrase)) as connection:
        store = Store(connection)
        for _ in range(SESSIONS):
            session = store.begin_session(a_session())
            for position in range(ANSWERS):
                store.add_answer(an_answer(session, position))
    assert Backups(file, passphrase=passphrase).make(date(2026, 3, 1)) is not None
    return file.parent


class Fault:
    """One copy of the pattern, to do harm to."""

    def __init__(self, folder: Path, passphrase: str) -> None:
        self.file = folder / "history.sqlite3"
        self._passphrase = passphrase
        self.before = self.everything()

    def everything(self) -> Everything:
        """Every row, read as the window does it."""
        return self._do(lambda store: {table: list(store.rows_of(table)) for table in TABLES} | _read(store))

    def add(self, position: int, *, answered_at: str = "2026-03-09T10:00:00+00:00") -> None:
        answer = replace(an_answer(1, position), answered_at=answered_at)
        self._do(lambda store: store.add_answer(answer))

    def unclean(self) -> None:
        """The last end was not clean."""
        lock = take_lock(self.file)
        assert lock is not None
        lock.mark()
        lock.release(clean=False)

    def restore(self) -> None:
        backups = Backups(self.file, passphrase=self._passphrase)
        backups.restore(backups.all()[0].file)

    def outcome(self) -> str:
        """How opening it now goes."""
        trouble = trouble_with(self.everything)
        if trouble is not None:
            assert trouble in BACKUP_HELPS
            self.restore()
        assert self.everything() == self.before
        return "restored" if trouble else "kept"

    def _do(self, work: Callable[[Store], Any]) -> Any:
        database = Database(self.file, passphrase=self._passphrase, patience_s=0.05)
        try:
            return database.submit(work).result()
        finally:
            database.close()


def trouble_with(work: Callable[[], object]) -> str | None:
    """The key of the known trouble, for which there are words; None where it went well."""
    try:
        work()
    except StorageError as error:
        Words().error(error)
        return error.key
    return None


def _read(store: Store) -> Everything:
    records = [answer for summary in store.sessions() for answer in store.answers(summary.session.id or 0)]
    columns = store.answer_columns()
    assert len(columns) == len(records)
    return {"columns": [{name: column.tobytes() for name, column in columns.of.items()}, dict(columns.texts)]}


@pytest.fixture
def fault(pattern: Path, passphrase: str, tmp_path: Path) -> Callable[[], Fault]:
    made: list[Path] = []

    def make() -> Fault:
        for old in made:
            shutil.rmtree(old)
        made[:] = [tmp_path / "copy"]
        shutil.copytree(pattern, made[0])
        return Fault(made[0], passphrase)

    return make


def say(tell: Callable[[str], None], name: str, passphrase: str, counts: Counter[str]) -> None:
    how = "passphrase" if passphrase else "plain"
    said = ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))
    tell(f"{name:<32} {how:<10} made {counts.total():>4}: {said}, lost 0")


def fill(database: Database, kept: list[int], *, answers: int = 60) -> None:
    """Add answers to the first session; ``kept``: the positions that were acknowledged."""
    for position in range(ANSWERS + len(kept), ANSWERS + len(kept) + answers):
        answer = an_answer(1, position)
        database.submit(lambda store, answer=answer: store.add_answer(answer)).result()  # type: ignore[misc]
        kept.append(position)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("harm", ["page of chance", "page of zeros", "page of another place"])
def test_a_page_that_went_bad(
    fault: Callable[[], Fault], passphrase: str, harm: str, tell: Callable[[str], None]
) -> None:
    chance, counts = random.Random(harm), Counter[str]()
    for _ in range(20 if passphrase else 60):
        one = fault()
        content = bytearray(one.file.read_bytes())
        place = PAGE * chance.randrange(len(content) // PAGE)
        other = PAGE * chance.randrange(len(content) // PAGE)
        content[place : place + PAGE] = {
            "page of chance": chance.randbytes(PAGE),
            "page of zeros": bytes(PAGE),
            "page of another place": content[other : other + PAGE],
        }[harm]
        one.file.write_bytes(content)
        one.unclean()
        counts[one.outcome()] += 1
    assert counts["restored"]
    say(tell, harm, passphrase, counts)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("harm", ["sector of chance", "sector of zeros"])
def test_a_part_of_a_page_that_went_bad(
    fault: Callable[[], Fault], passphrase: str, harm: str, tell: Callable[[str], None]
) -> None:
    """Less than a page, within a row perhaps, where no structure is broken."""
    chance, counts = random.Random(harm), Counter[str]()
    for _ in range(10 if passphrase else 60):
        one = fault()
        content = bytearray(one.file.read_bytes())
        place = SECTOR * chance.randrange(len(content) // SECTOR)
        content[place : place + SECTOR] = chance.randbytes(SECTOR) if "chance" in harm else bytes(SECTOR)
        one.file.write_bytes(content)
        one.unclean()
        counts[one.outcome()] += 1
    say(tell, harm, passphrase, counts)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_file_of_which_the_end_is_missing(
    fault: Callable[[], Fault], passphrase: str, tell: Callable[[str], None]
) -> None:
    chance, counts = random.Random(1), Counter[str]()
    size = fault().file.stat().st_size
    lengths = [0, 1, 15, 16, 100, PAGE - 1, PAGE, size - PAGE, size - 1]
    for length in lengths + [chance.randrange(size) for _ in range(10 if passphrase else 40)]:
        one = fault()
        os.truncate(one.file, length)
        counts[one.outcome()] += 1
    assert counts["restored"] > counts.total() * 0.9  # of some the end held nothing any more
    say(tell, "half a file", passphrase, counts)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_disk_without_room(
    fault: Callable[[], Fault], passphrase: str, tell: Callable[[str], None]
) -> None:
    chance, counts = random.Random(2), Counter[str]()
    for _ in range(5 if passphrase else 25):
        one = fault()
        room = chance.randrange(30_000, 600_000)
        database = Database(one.file, passphrase=passphrase)
        kept: list[int] = []
        try:
            database.submit(Store.sessions).result()
            with no_file_larger_than(room):
                trouble = trouble_with(partial(fill, database, kept))
            assert trouble in ("storage.full", "storage.disk", None)
            counts["told" if trouble else "kept"] += 1
            fill(database, kept, answers=1)
        finally:
            database.close()
        assert [row["position"] for row in one.everything()["answers"] if row["session_id"] == 1] == [
            *range(ANSWERS),
            *kept,
        ]
    assert counts["told"]
    say(tell, "no room", passphrase, counts)


@pytest.mark.slow
def test_another_program_holds_it(
    fault: Callable[[], Fault], passphrase: str, tell: Callable[[str], None]
) -> None:
    if passphrase:
        pytest.skip("no other program opens it")
    counts, one = Counter[str](), fault()
    for position in range(ANSWERS, ANSWERS + 10):
        with closing(sqlite3.connect(one.file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert trouble_with(lambda position=position: one.add(position)) == "storage.locked"
        counts["told"] += 1
        one.add(position)
    assert len(one.everything()["answers"]) == len(one.before["answers"]) + 10
    say(tell, "locked by another program", passphrase, counts)


@pytest.mark.slow
def test_a_clock_that_is_set_back(
    fault: Callable[[], Fault], passphrase: str, tell: Callable[[str], None]
) -> None:
    counts, one = Counter[str](), fault()
    for number in range(10):
        when = datetime(2026, 3, 1, tzinfo=UTC) - timedelta(days=400 * number)
        one.add(ANSWERS + number, answered_at=when.isoformat())
        counts["kept"] += 1
    rows = [row for row in one.everything()["answers"] if row["session_id"] == 1]
    assert [row["position"] for row in rows] == list(range(ANSWERS + 10))
    backups = Backups(one.file, passphrase=passphrase)
    assert backups.make(date(1999, 1, 1)) is not None
    assert backups.all()[0].day == date(
        1999, 1, 1
    )  # the latest is the one made last, whatever the clock says
    say(tell, "clock set back", passphrase, counts)


@pytest.mark.slow
def test_a_newer_version(fault: Callable[[], Fault], passphrase: str, tell: Callable[[str], None]) -> None:
    one = fault()
    with closing(open_database(one.file, passphrase=passphrase)) as newer:
        (version,) = newer.execute("PRAGMA user_version").fetchone()
        newer.execute("PRAGMA user_version = 99")
    assert trouble_with(one.everything) == "storage.newer"
    with pytest.raises(StorageError):
        one.add(ANSWERS)
    with closing(open_database(one.file, passphrase=passphrase, migrations=(None,) * 99)) as newer:  # type: ignore[arg-type]
        newer.execute(f"PRAGMA user_version = {version}")
    assert one.everything() == one.before
    say(tell, "newer version", passphrase, Counter(told=1))


@pytest.mark.slow
def test_a_second_window(fault: Callable[[], Fault], passphrase: str, tell: Callable[[str], None]) -> None:
    one = fault()
    first = Database(one.file, passphrase=passphrase)
    try:
        first.submit(Store.sessions).result()
        assert one.everything() == one.before
        assert trouble_with(lambda: one.add(ANSWERS)) == "storage.in_use"
    finally:
        first.close()
    one.add(ANSWERS)
    say(tell, "a second window", passphrase, Counter(told=1))
