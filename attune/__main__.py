"""Composition root: the command line and the window, each given what it needs.

Run as ``attune``: without arguments the window opens, with them a command runs. The window's rooms are
imported only when it opens, so that commands work on machines without a screen or Qt's system libraries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attune.app.services import Services, make_services
from attune.cli.main import build


def open_window(make: Callable[[], Services]) -> int:
    """Show the window until it is closed and return the exit code."""
    from attune.ui.start import run  # noqa: PLC0415 - commands must run without Qt

    return run(make)


def bench_window(arguments: Sequence[str]) -> int:
    """Measure the window for ``attune bench``."""
    from attune.ui.bench import run  # noqa: PLC0415 - commands must run without Qt

    return run(arguments)


def main() -> None:
    """Entry point of ``attune`` and ``python -m attune``."""
    build(make_services, open_window, bench_window)()


if __name__ == "__main__":
    main()
