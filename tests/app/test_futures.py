from concurrent.futures import CancelledError, Future

import pytest

from attune.app.futures import then


def test_step_is_applied_when_the_first_future_is_done() -> None:
    first: Future[int] = Future()
    second = then(first, lambda n: n + 1)
    assert not second.done()
    first.set_result(41)
    assert second.result(0) == 42


def test_failure_of_either_is_the_failure_of_the_second() -> None:
    first: Future[int] = Future()
    second = then(first, lambda n: n + 1)
    first.set_exception(OSError("full"))
    with pytest.raises(OSError, match="full"):
        second.result(0)

    done: Future[int] = Future()
    done.set_result(0)
    with pytest.raises(ZeroDivisionError):
        then(done, lambda n: 1 // n).result(0)


def test_cancelling_the_first_cancels_what_follows() -> None:
    first: Future[int] = Future()
    second = then(first, lambda n: n)
    first.cancel()
    first.set_running_or_notify_cancel()
    with pytest.raises(CancelledError):
        second.result(0)
