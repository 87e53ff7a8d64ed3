"""Composition root: the command line and the window, each given what it needs.

Run as ``attune``: without arguments the window opens, with them a command runs. ``--camera file:PATH`` opens
the window with a film as its camera, ``--camera http://…`` or ``rtsp://…`` with one in the network,
``--camera NAME`` with the camera of that name. Every room is imported only when it is entered: commands work
on machines without a screen or Qt's system libraries, the window does not wait for the commands, and the
measuring process, which imports this file too, needs none of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attune.app.services import Services


def make_services(*, passphrase: str = "", camera: str = "") -> Services:
    """Put the parts together; see there."""
    from attune.app.services import make_services as make  # noqa: PLC0415

    return make(passphrase=passphrase, camera=camera)


def open_window(make: Callable[..., Services] = make_services) -> int:
    """Show the window until it is closed and return the exit code."""
    from attune.ui.start import run  # noqa: PLC0415

    return run(make)


def bench_window(arguments: Sequence[str]) -> int:
    """Measure the window for ``attune bench``."""
    from attune.ui.bench import run  # noqa: PLC0415

    return run(make_services, arguments)


def main() -> None:
    """Entry point of ``attune`` and ``python -m attune``.

    The window, and the measuring of it that ``attune bench`` asks for, load nothing of the commands.
    """
    match sys.argv[1:]:
        case []:
            sys.exit(open_window())
        case ["--camera", camera]:
            sys.exit(open_window(partial(make_services, camera=camera)))
        case ["bench-window", *arguments]:
            sys.exit(bench_window(arguments))
    from attune.cli.main import build  # noqa: PLC0415

    build(make_services, open_window)()


if __name__ == "__main__":
    main()
