"""Answers without end into the history named on the command line; says each one that was promised to be kept.

Killed by test_killed.py. One line each: the session, then every position, printed after its future resolved.
"""

import sys
from pathlib import Path

from attune.storage.worker import Database
from tests.storage.examples import a_session, an_answer


def main() -> None:
    database = Database(Path(sys.argv[1]))
    session = database.submit(lambda store: store.begin_session(a_session())).result()
    print(session, flush=True)  # noqa: T201 - the test reads it
    position = 0
    while True:
        answer = an_answer(session, position)
        database.submit(lambda store, answer=answer: store.add_answer(answer)).result()  # type: ignore[misc]
        print(position, flush=True)  # noqa: T201
        position += 1


if __name__ == "__main__":
    main()
