"""Killed in the middle, a session goes on where it was."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.app.protocols.driving import a_history, a_practice, drive, guessing, starter

CHECKOUT = Path(__file__).parents[3]
PROMISES = 5


def killed(folder: Path, mode: str) -> None:
    """Practise in a process of its own, which is killed after it promised to have kept five things."""
    command = [sys.executable, "-m", "tests.app.protocols.practiser", str(folder), mode]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(PROMISES):
            assert process.stdout.readline()
        process.kill()
        process.stdout.read()


@pytest.mark.parametrize("mode", ["daily", "threshold", "checkup"])
def test_answers_are_there_and_the_rest_is_as_it_would_have_been(tmp_path: Path, mode: str) -> None:
    killed(tmp_path / "killed", mode)
    with a_history(tmp_path / "killed") as history:
        practice = a_practice(history)
        (left,) = practice.unfinished().result(10)
        assert left.answered >= PROMISES
        session = practice.go_on(left, starter(), measure=False).result(10)
        assert len(session.answered) == left.answered
        gone_on = [feedback.trial for feedback in session.answered]
        gone_on += drive(session, guessing(2), most=3)
    with a_history(tmp_path / "whole") as history:
        session = a_practice(history).start(starter(), left.setup, measure=False, seed=1).result(10)
        answering = guessing(1)
        whole = drive(session, answering, most=left.answered)
        whole += drive(session, guessing(2), most=3)
    assert gone_on == whole


def test_what_was_traced_is_there_to_the_second(tmp_path: Path) -> None:
    killed(tmp_path, "follow_along")
    with a_history(tmp_path) as history:
        practice = a_practice(history)
        (left,) = practice.unfinished().result(10)
        (trace,) = history.session(left.session_id).result(10).traces
        assert trace.ended_at is None
        assert len(trace.samples) >= 30 * PROMISES
        session = practice.go_on(left, starter(), measure=False).result(10)
        assert session.current is not None
        assert session.current.position == 0  # followed from its beginning again
