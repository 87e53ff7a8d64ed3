"""Histories that open with a passphrase only: nothing of them can be read without."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from attune.errors import StorageError
from attune.resources import Words
from attune.storage.backups import Backups
from attune.storage.cipher import change_passphrase
from attune.storage.database import open_database
from attune.storage.engine import connect, is_encrypted
from attune.storage.store import Store
from attune.storage.worker import Database
from tests.storage.examples import a_session, an_answer

SECRET = 'Größe\'s 7 "keys"; --'


def practise(file: Path, passphrase: str, *, answers: int = 5) -> int:
    with closing(open_database(file, passphrase=passphrase)) as connection:
        store = Store(connection)
        session = store.begin_session(a_session())
        for position in range(answers):
            store.add_answer(an_answer(session, position, person="Wilhelmina"))
    return session


def kept(file: Path, passphrase: str) -> list[int]:
    with closing(open_database(file, passphrase=passphrase)) as connection:
        store = Store(connection)
        assert len(store.answer_columns()) == len(store.answers(1))
        return [answer.position for answer in store.answers(1)]


def refusal(file: Path, passphrase: str) -> StorageError:
    with pytest.raises(StorageError) as caught:
        open_database(file, passphrase=passphrase).close()
    Words().error(caught.value)
    return caught.value


def nothing_readable(folder: Path) -> None:
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in (b"Wilhelmina", b"surprise", b"First light", b"CREATE TABLE", b"SQLite format"):
            assert word not in content, f"{word!r} in {path}"


@pytest.fixture
def encrypted(file: Path) -> Iterator[Path]:
    practise(file, SECRET)
    yield file
    nothing_readable(file.parent)


def test_a_new_history_with_a_passphrase_hides_everything(encrypted: Path) -> None:
    assert is_encrypted(encrypted)
    assert kept(encrypted, SECRET) == list(range(5))
    with pytest.raises(sqlite3.DatabaseError), closing(sqlite3.connect(encrypted)) as plain:
        plain.execute("SELECT * FROM answers").fetchone()


def test_the_log_hides_everything_too(encrypted: Path) -> None:
    database = Database(encrypted, passphrase=SECRET)
    try:
        database.submit(lambda store: store.add_answer(an_answer(1, 5, person="Wilhelmina"))).result()
        assert (encrypted.parent / "history.sqlite3-wal").stat().st_size > 0
        nothing_readable(encrypted.parent)
        assert Backups(encrypted, passphrase=SECRET).make(date(2026, 3, 1)) is not None
        nothing_readable(encrypted.parent)
    finally:
        database.close()
    assert kept(encrypted, SECRET) == list(range(6))


@pytest.mark.parametrize("other", ['größe\'s 7 "keys"; --', SECRET + " ", "x"])
def test_another_passphrase_opens_nothing_and_changes_nothing(encrypted: Path, other: str) -> None:
    before = encrypted.read_bytes()
    assert refusal(encrypted, other).key == "storage.wrong_passphrase"
    assert refusal(encrypted, "").key == "storage.passphrase_needed"
    assert encrypted.read_bytes() == before
    assert kept(encrypted, SECRET) == list(range(5))


def test_the_same_letters_from_another_keyboard(encrypted: Path) -> None:
    assert kept(encrypted, 'Gro\u0308ße\'s 7 "keys"; --') == list(range(5))


@pytest.mark.parametrize("unusable", ["x'00'", "X'" + "ab" * 32 + "'", "a\0b"])
def test_what_sqlcipher_would_take_for_something_else_is_refused(file: Path, unusable: str) -> None:
    assert refusal(file, unusable).key == "storage.passphrase_unusable"


def test_setting_changing_and_removing(file: Path) -> None:
    practise(file, "")
    Backups(file).make(date(2026, 3, 1))
    change_passphrase(file, "", SECRET)
    nothing_readable(file.parent)
    assert kept(file, SECRET) == list(range(5))
    change_passphrase(file, SECRET, "another one")
    assert refusal(file, SECRET).key == "storage.wrong_passphrase"
    assert kept(file, "another one") == list(range(5))
    nothing_readable(file.parent)
    change_passphrase(file, "another one", "")
    assert kept(file, "") == list(range(5))
    assert b"Wilhelmina" in file.read_bytes()
    with closing(open_database(file)) as connection:  # an id is still never given twice
        store = Store(connection)
        store.delete.session(1)
        assert store.begin_session(a_session()) == 2


def test_the_wrong_old_passphrase_changes_nothing(encrypted: Path) -> None:
    before = encrypted.read_bytes()
    with pytest.raises(StorageError) as caught:
        change_passphrase(encrypted, "not it", "new")
    assert caught.value.key == "storage.wrong_passphrase"
    assert encrypted.read_bytes() == before
    assert [path.name for path in encrypted.parent.iterdir()] == [encrypted.name]


def test_a_file_that_would_not_be_hidden_is_not_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    practise(file, "")
    before = file.read_bytes()
    monkeypatch.setattr("attune.storage.cipher.is_encrypted", lambda _path: False)
    with pytest.raises(StorageError) as caught:
        change_passphrase(file, "", SECRET)
    assert caught.value.key == "storage.not_encrypted"
    assert file.read_bytes() == before
    assert kept(file, "") == list(range(5))


def test_a_new_file_is_looked_at_before_it_is_relied_on(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(path: Path, _passphrase: str, *, patience_s: float) -> sqlite3.Connection:
        return sqlite3.connect(path, timeout=patience_s, isolation_level=None)

    monkeypatch.setattr("attune.storage.database.connect", plain)
    assert refusal(file, SECRET).key == "storage.not_encrypted"


def test_a_backup_has_the_passphrase_of_its_history(encrypted: Path) -> None:
    backups = Backups(encrypted, passphrase=SECRET)
    made = backups.make(date(2026, 3, 1))
    assert made is not None
    assert kept(made.file, SECRET) == list(range(5))
    assert refusal(made.file, "not it").key == "storage.wrong_passphrase"
    encrypted.write_bytes(b"")
    backups.restore(made.file)
    assert kept(encrypted, SECRET) == list(range(5))


def test_the_key_takes_as_many_rounds_as_the_documents_say(encrypted: Path) -> None:
    with closing(connect(encrypted, SECRET, patience_s=1)) as connection:
        settings = {row[0] for row in connection.execute("PRAGMA cipher_settings")}
    assert "PRAGMA kdf_iter = 256000;" in settings
    assert "PRAGMA cipher_kdf_algorithm = PBKDF2_HMAC_SHA512;" in settings


def test_a_window_without_passphrases_does_not_load_sqlcipher(file: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from attune.storage.worker import Database;"
        "from attune.storage.store import Store; import attune.storage.cipher;"
        "d = Database(Path(sys.argv[1])); d.submit(Store.sessions).result(); d.close();"
        "print([m for m in ('sqlcipher3', 'numpy') if m in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(file)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert found.stdout.strip() == "[]"
