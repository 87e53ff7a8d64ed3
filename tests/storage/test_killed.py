"""Whatever was promised to be kept is kept, however the program ends."""

import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from attune.storage.store import Store
from attune.storage.worker import Database
from tests.killing import in_words, killed, writers


def positions(store: Store) -> dict[int, list[int]]:
    """Of each session, by both of the ways answers are read."""
    rows = store._connection.execute("SELECT session_id, position FROM answers ORDER BY session_id, position")
    found: dict[int, list[int]] = {}
    for session, position in rows:
        found.setdefault(session, []).append(position)
    columns = store.answer_columns(["session", "position"])
    assert [(s, p) for s, kept in found.items() for p in kept] == list(
        zip(columns["session"].tolist(), columns["position"].tolist(), strict=True)
    )
    return found


def kill_and_look(file: Path, times: int, seed: int) -> Counter[str]:
    """Kill writers to one file again and again; after each, everything promised by any must be there."""
    chance, promised = random.Random(seed), dict[int, list[int]]()
    counts: Counter[str] = Counter()
    with writers("tests.storage.writer") as program:
        for _ in range(times):
            lines = chance.choice([0, 1, chance.randrange(2, 40)])
            # With no line read it is killed while it opens, migrates, begins a session.
            after_s = chance.uniform(0.0, 0.01 if lines else 0.05)
            said = killed(program, file, lines=lines, after_s=after_s)
            counts["killed"] += 1
            counts["before anything was promised"] += not said
            if said:
                promised[said[0]] = said[1:]
            database = Database(file)
            kept = database.submit(positions).result()  # every page was read, as the end was not clean
            database.close()
            for session, answers in promised.items():
                # At most the answer being given was kept without the promise being heard.
                here = kept.get(session, [])
                assert here[: len(answers)] == answers
                assert len(here) - len(answers) in (0, 1)
    counts["answers promised"] = sum(map(len, promised.values()))
    counts["kept beyond the promise"] = sum(map(len, kept.values())) - counts["answers promised"]
    assert counts["answers promised"] > times
    return counts


def test_a_few_kills_lose_nothing_promised(tmp_path: Path) -> None:
    kill_and_look(tmp_path / "history.sqlite3", times=15, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_five_hundred_kills_lose_nothing_promised(tmp_path: Path, tell: Callable[[str], None]) -> None:
    counts = kill_and_look(tmp_path / "history.sqlite3", times=500, seed=2)
    tell(f"{'kill -9, answers':<32} {in_words(counts)}, lost 0")
