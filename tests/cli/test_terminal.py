import io
import sys
from collections.abc import Callable

import pytest

from attune.cli import terminal
from attune.cli.terminal import ProgressBar


class Screen(io.StringIO):
    """A terminal that remembers all that was written to it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Screen]:
    """Puts a screen where stderr is; during the test, since pytest puts its own there before."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(terminal, "PATIENCE_S", -1.0)

    def put() -> Screen:
        screen = Screen()
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return put


def test_a_bar_shows_how_far_it_is(look: Callable[[], Screen]) -> None:
    screen = look()
    with ProgressBar("7 files") as progress:
        progress(1.5, 3)
        with progress.hidden():
            pass
    assert "7 files" in screen.getvalue()
    assert "50%" in screen.getvalue()


def test_what_takes_no_time_shows_no_bar(look: Callable[[], Screen], monkeypatch: pytest.MonkeyPatch) -> None:
    screen = look()
    monkeypatch.setattr(terminal, "PATIENCE_S", 100.0)
    with ProgressBar("7 files") as progress:
        progress(1, 2)
        with progress.hidden():
            pass
    assert "7 files" not in screen.getvalue()


def test_results_are_written_whole_and_to_stdout(
    look: Callable[[], Screen], capsys: pytest.CaptureFixture[str]
) -> None:
    screen = look()
    line = "x" * 500
    with ProgressBar("7 files") as progress:
        progress(1, 2)
        before = len(screen.getvalue())
        with progress.hidden():
            sys.stdout.write(line)
            progress(2, 2)  # another thread's file, just now
            drawn = screen.getvalue()[before:]
            assert "100%" not in drawn
        progress(2, 2)
    assert capsys.readouterr().out == line
    assert "x" not in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_after_the_end_nothing_is_drawn(look: Callable[[], Screen]) -> None:
    screen = look()
    with ProgressBar("7 files") as progress:
        progress(1, 2)
    before = screen.getvalue()
    progress(2, 2)
    assert screen.getvalue() == before


def test_where_nobody_looks_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressBar("7 files") as progress:
        progress(1, 2)
        with progress.hidden():
            pass
    assert capsys.readouterr().err == ""
