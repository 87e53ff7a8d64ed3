"""Whatever was promised to be kept is kept, however the program ends."""

import random
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest

from attune.storage.database import open_database
from attune.storage.store import Store

CHECKOUT = Path(__file__).parents[2]


def killed(file: Path, chance: random.Random) -> list[int]:
    """Start a writer, kill it somewhere, and return all it had promised: its session, then positions."""
    lines = chance.choice([0, 1, chance.randrange(2, 60)])
    # With no line read it is killed while it starts: importing, opening, migrating, beginning a session.
    wait_s = chance.uniform(0.0, 0.01) if lines else chance.uniform(0.0, 0.6)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer", str(file)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(lines)]
        with suppress(subprocess.TimeoutExpired):
            writer.wait(wait_s)
        writer.kill()
        said += writer.stdout.readlines()  # what was promised before the end, but not read yet
    return [int(line) for line in said]


def kill_and_look(file: Path, times: int, seed: int) -> None:
    """Kill writers to one file again and again; after each, everything promised by any must be there."""
    chance = random.Random(seed)
    promised: dict[int, list[int]] = {}
    for _ in range(times):
        if said := killed(file, chance):
            promised[said[0]] = said[1:]
        with closing(open_database(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            store = Store(connection)
            for session, positions in promised.items():
                kept = [answer.position for answer in store.answers(session)]
                # At most the answer being given was kept without the promise being heard.
                assert kept[: len(positions)] == positions
                assert len(kept) - len(positions) in (0, 1)
    assert sum(map(len, promised.values())) > times


def test_a_few_kills_lose_nothing_promised(tmp_path: Path) -> None:
    kill_and_look(tmp_path / "history.sqlite3", times=15, seed=1)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_hundred_kills_lose_nothing_promised(tmp_path: Path) -> None:
    kill_and_look(tmp_path / "history.sqlite3", times=100, seed=2)
