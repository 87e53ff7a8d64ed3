"""Forgets the first of a couple's people, saying 0 before and 1 after; killed by test_forgetting.py."""

import threading
from pathlib import Path

from tests.app.partner.couples import opened
from tests.killing import say, serve


def forget(folder: Path) -> None:
    with opened(folder) as couple:
        ana = couple.people().result()[0].id
        say(0)
        couple.forget(ana).result()
        say(1)
        threading.Event().wait()  # for the kill


if __name__ == "__main__":
    serve(forget)
