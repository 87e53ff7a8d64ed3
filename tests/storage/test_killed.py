"""Whatever was promised to be kept is kept, however the program ends."""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from attune.storage.store import Store
from attune.storage.worker import Database

CHECKOUT = Path(__file__).parents[2]


@contextmanager
def writers() -> Iterator["subprocess.Popen[str]"]:
    """A program whose children write histories, one after the other."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.storage.writer"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        yield program
        assert program.stdin is not None
        program.stdin.close()


def killed(program: "subprocess.Popen[str]", file: Path, chance: random.Random) -> list[int]:
    """Let a child write, kill it somewhere, and return all it had promised: its session, then positions."""
    assert program.stdin is not None
    assert program.stdout is not None
    lines = chance.choice([0, 1, chance.randrange(2, 40)])
    program.stdin.write(f"{file}\n")
    program.stdin.flush()
    said, child = [], 0
    while len(said) < lines or not child:  # the child may be quicker than the word of its birth
        line = program.stdout.readline()
        if line.startswith("child"):
            child = int(line.split()[1])
        else:
            said.append(int(line))
    # With no line read it is killed while it opens, migrates, begins a session.
    threading.Event().wait(chance.uniform(0.0, 0.01 if lines else 0.05))
    os.kill(child, signal.SIGKILL)
    while (line := program.stdout.readline().strip()) != "ended":
        said.append(int(line))  # what was promised before the end, but not read yet
    return said


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
    with writers() as program:
        for _ in range(times):
            said = killed(program, file, chance)
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
def test_five_hundred_kills_lose_nothing_promised(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = kill_and_look(tmp_path / "history.sqlite3", times=500, seed=2)
    with capsys.disabled():
        print("\nkill -9:", ", ".join(f"{name} {count}" for name, count in counts.items()), "lost 0")  # noqa: T201
