"""Answers without end into histories; says each one that was promised to be kept. Killed by test_killed.py.

A history named on the command line is written by this process. Without one, each line on stdin names a
history for a child of its own.
Of each history one line is the session, then every position, printed after its future resolved.
"""

import sys
from pathlib import Path

from attune.storage.records import CardRecord
from attune.storage.worker import Database
from tests.killing import say, serve
from tests.storage.examples import a_session, an_answer

CARD = CardRecord(
    one="fear", other="surprise", channel="picture", band="strong", due="2026-03-09T10:00:00+00:00", state={}
)


def write(file: Path) -> None:
    database = Database(file)
    session = database.submit(lambda store: store.begin_session(a_session())).result()
    say(session)
    position = 0
    while True:
        answer, card = an_answer(session, position), CARD if position % 2 else None
        database.submit(lambda store, a=answer, c=card: store.add_answer(a, c)).result()  # type: ignore[misc]
        say(position)
        position += 1


if __name__ == "__main__":
    write(Path(sys.argv[1])) if sys.argv[1:] else serve(write)
