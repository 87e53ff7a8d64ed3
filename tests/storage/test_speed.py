from contextlib import closing
from pathlib import Path

from attune.storage.database import open_database
from attune.storage.store import Store
from tests.storage.examples import a_session
from tests.storage.test_columns import some_answers


def test_a_history_made_long_says_the_same_so_many_times(tmp_path: Path) -> None:
    with closing(open_database(tmp_path / "history.sqlite3")) as connection:
        store = Store(connection)
        for _ in range(2):
            session = store.begin_session(a_session())
            for answer in some_answers(session):
                store.add_answer(answer)
        store.delete.session(1)
        once = store.plain_tally()
        store.multiply(7)
        assert len(store.sessions()) == 7
        assert store.plain_tally() == {pair: 7 * count for pair, count in once.items()}
        assert len(store.answer_columns()) == 35
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
