"""The door to the window: looks for a screen before Qt does, since Qt aborts where it finds none.

Qt itself is imported only behind the door.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from attune.errors import AppError
from attune.resources import Words
from attune.ui.display import drop_foreign_plugins, missing_for_a_window

if TYPE_CHECKING:
    from attune.app.services import Services  # the window does not wait for what is behind it


def run(make_services: Callable[..., Services], arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed; return the exit code, 2 where there is no screen to show it on.

    ``arguments`` are Qt's own (``-platform`` and so on). ``make_services`` runs on another thread once the
    window is up, and again with a ``passphrase`` where the profile has one.
    """
    words = Words()
    problem = missing_for_a_window()
    if problem is not None:
        print(words.error(problem), file=sys.stderr)  # noqa: T201 - a sentence for the terminal, not a log
        return 2
    drop_foreign_plugins()
    try:
        from attune.ui.shell import show  # noqa: PLC0415 - importing Qt needs system libraries of its own
    except ImportError as error:
        library = str(error).split(":", maxsplit=1)[0]
        if not library.startswith("lib"):
            raise
        missing = AppError(
            "app.no_library", library=library, package="libegl1 libgl1 libxkbcommon0 libdbus-1-3"
        )
        print(words.error(missing), file=sys.stderr)  # noqa: T201 - as above
        return 2
    return show(make_services, words, arguments)
