"""How commands talk: results on stdout, errors on stderr in one line, progress only where someone looks."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from types import TracebackType
from typing import Any, NoReturn, Self

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from attune.errors import AttuneError
from attune.resources import Words

FINE, PROBLEM, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: as asked; something went wrong; the command cannot be understood; Ctrl+C, or no answer."""

FOR_PROGRAMS = "ATTUNE_PASSPHRASE"  # holds the passphrase; a person is asked
PATIENCE_S = 1.0  # what takes longer than this shows a progress bar


def say(sentence: str) -> None:
    """Write one line to stderr."""
    print(" ".join(sentence.split()), file=sys.stderr)  # noqa: T201 - this is the place that prints


def make_sure(question: str, say_yes: str, *, sure: bool) -> None:
    """Ask, unless somebody is sure already. ``say_yes``: what is said where nobody is there to ask."""
    if sure:
        return
    if not sys.stdin.isatty():
        raise typer.BadParameter(say_yes)
    typer.confirm(question, abort=True, err=True)


def ask_passphrase(question: str) -> str | None:
    """What the environment says, or else the person, unseen; None where nobody is there to ask."""
    if (known := os.environ.get(FOR_PROGRAMS)) is not None:
        return known
    return getpass(f"{question} ") if sys.stdin.isatty() else None


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
        except (KeyboardInterrupt, typer.Abort):
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


class ProgressBar:
    """A bar on stderr once ``PATIENCE_S`` have passed, if stderr is a terminal; gone at the end.

    Called, from any thread, with how much is done and of how much, None where that is not known.
    """

    def __init__(self, title: str) -> None:
        self._lock = threading.Lock()
        self._hidden = not sys.stderr.isatty()
        self._begun = time.monotonic()
        if not self._hidden:
            from rich.console import Console  # noqa: PLC0415 - the window starts without it
            from rich.progress import Progress  # noqa: PLC0415

            # Results are written to stdout as they are: rich would fold them to the terminal's width.
            self._bar = Progress(console=Console(stderr=True), transient=True, redirect_stdout=False)
            self._task = self._bar.add_task(title, total=None)

    def __call__(self, done: float, total: float | None) -> None:
        """Tell how far it is."""
        with self._lock:
            if not self._hidden:
                self._bar.update(self._task, completed=done, total=total)
                if time.monotonic() - self._begun > PATIENCE_S:
                    self._bar.start()

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """Make room for something to be written."""
        with self._lock:
            hidden, self._hidden = self._hidden, True
            if not hidden:
                self._bar.stop()
        try:
            yield
        finally:
            with self._lock:
                self._hidden = hidden

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            if not self._hidden:
                self._bar.stop()
            self._hidden = True  # what is still on its way finds no bar to draw
