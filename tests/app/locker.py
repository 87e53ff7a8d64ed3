"""Locks a set in homes, saying 0 before and 1 after; killed by test_locking.py."""

import threading
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from attune import sealing
from tests.app.locking import CHEAP, SECRET, opened, set_folder
from tests.killing import say, serve

LOADED = AESGCM  # not in every child anew


def lock(home: Path) -> None:
    sealing.COST = CHEAP
    with opened(home) as locking:
        say(0)
        locking.lock(set_folder(home), SECRET, lambda _done, _all: None).result()
    say(1)
    threading.Event().wait()  # for the kill


if __name__ == "__main__":
    serve(lock)
