"""Withdraws Annabella from homes, saying 0 before and 1 after; killed by test_withdrawal.py."""

import threading
from pathlib import Path

from tests.app.withdrawing import opened
from tests.killing import say, serve


def withdraw(home: Path) -> None:
    with opened(home) as withdrawals:
        say(0)
        withdrawals.withdraw(
            "Annabella", {withdrawals.library.shelf.folder / "sets" / "one": "Annabella"}
        ).result()
    say(1)
    threading.Event().wait()  # for the kill


if __name__ == "__main__":
    serve(withdraw)
