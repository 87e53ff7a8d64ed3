"""How commands talk: results on stdout, errors on stderr in one line, progress only where someone looks."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from typer.core import TyperGroup
from typer.exceptions import TyperException

from attune.errors import AttuneError
from attune.resources import Words

FINE, PROBLEM, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: as asked; something went wrong; the command cannot be understood; Ctrl+C."""

PATIENCE_S = 1.0  # what takes longer than this shows a progress bar


def say(sentence: str) -> None:
    """Write one line to stderr."""
    print(" ".join(sentence.split()), file=sys.stderr)  # noqa: T201 - this is the place that prints


class Commands(TyperGroup):
    """The ``attune`` command: known errors and misuse are one line on stderr and an exit code.

    A bug keeps its traceback. A command's function returns its exit code.
    """

    def main(self, *args: Any, **extra: Any) -> NoReturn:  # noqa: ANN401 - hands on what typer passes
        """Run and leave the process."""
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False}) or FINE
            sys.stdout.flush()
        except AttuneError as error:
            say(Words().error(error))
            code = PROBLEM
        except TyperException as error:
            say(error.format_message())
            code = error.exit_code
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            code = PROBLEM
        except SystemExit as leaving:  # how typer leaves when a reader went away
            code = leaving.code
        _close_stdout()
        sys.exit(code)


def _close_stdout() -> None:
    """Flush for the last time; a reader that went away (``| head``) is no error worth words."""
    try:
        if sys.__stdout__ is not None:
            sys.__stdout__.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # Python flushes once more at its end


Progress = Callable[[float, float | None], None]
"""Hears how much is done, and of how much where that is known."""


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show a bar on stderr once ``PATIENCE_S`` have passed, if stderr is a terminal; gone at the end."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415 - the window starts without it
    from rich.progress import Progress as Bar  # noqa: PLC0415

    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task(title, total=None)
    begun, over = time.monotonic(), False

    def progress(done: float, total: float | None) -> None:
        bar.update(task, completed=done, total=total)
        if not over and time.monotonic() - begun > PATIENCE_S:
            bar.start()

    try:
        yield progress
    finally:
        over = True  # what is still on its way finds no bar to draw
        bar.stop()
