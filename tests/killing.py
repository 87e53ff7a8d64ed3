"""A program that writes without end, in children that are killed; nothing has to be imported again for each.

The program calls ``serve``; its test starts it with ``writers`` and kills each child with ``killed``.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]


def say(line: object) -> None:
    """In one piece, or a line may be cut in two by a kill."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


def serve(write: Callable[[Path], object]) -> None:
    """Each line on stdin names what a child writes: ``child N`` is said before, ``ended`` after."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            write(Path(line.strip()))
        say(f"child {child}")
        os.waitpid(child, 0)
        say("ended")


@contextmanager
def writers(module: str) -> Iterator["subprocess.Popen[str]"]:
    """The program whose children write, one after the other."""
    with subprocess.Popen(
        [sys.executable, "-m", module],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        yield program
        assert program.stdin is not None
        program.stdin.close()


def killed(program: "subprocess.Popen[str]", path: Path, *, lines: int, after_s: float) -> list[int]:
    """Let a child write, kill it so long after it said so many numbers; return all that it had said."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{path}\n")
    program.stdin.flush()
    said, child = [], 0
    while len(said) < lines or not child:  # the child may be quicker than the word of its birth
        line = program.stdout.readline()
        if line.startswith("child"):
            child = int(line.split()[1])
        else:
            said.append(int(line))
    threading.Event().wait(after_s)
    os.kill(child, signal.SIGKILL)
    while (line := program.stdout.readline().strip()) != "ended":
        said.append(int(line))  # what was said before the end, but not read yet
    return said


def killed_folders(
    module: str, tmp_path: Path, furnish: Callable[[Path], object], *, times: int, seed: int
) -> Iterator[tuple[Path, list[int]]]:
    """So many furnished folders, each after what worked there was killed at random, and what it had said.

    It says 0 at its beginning and 1 at its end. How long it may take is found out: about every third ends.
    """
    chance, longest_s = random.Random(seed), 0.1
    with writers(module) as program:
        for number in range(times):
            folder = tmp_path / str(number)
            furnish(folder)
            said = killed(program, folder, lines=1, after_s=chance.uniform(0.0, longest_s))
            longest_s *= 0.9 if 1 in said else 1.05
            yield folder, said


def in_words(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
