from concurrent.futures import CancelledError, Future

import pytest

from attune.app.futures import after, then


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


def done(value: int) -> Future[int]:
    future: Future[int] = Future()
    future.set_result(value)
    return future


def test_a_future_of_a_future_is_one() -> None:
    first: Future[int] = Future()
    inner: Future[int] = Future()
    last = after(first, lambda _n: inner)
    first.set_result(1)
    assert not last.done()
    inner.set_result(2)
    assert last.result(0) == 2


@pytest.mark.parametrize("error", [OSError("full"), CancelledError()])
def test_whatever_fails_is_the_failure_of_the_last(error: BaseException) -> None:
    for broken in (0, 1):
        futures: list[Future[int]] = [Future(), Future()]
        last = after(futures[0], lambda _n, inner=futures[1]: inner)  # type: ignore[misc]
        for place, future in enumerate(futures):
            if place == broken and isinstance(error, CancelledError):
                future.cancel()
                future.set_running_or_notify_cancel()
            elif place == broken:
                future.set_exception(error)
            else:
                future.set_result(1)
        with pytest.raises(type(error)):
            last.result(0)
    with pytest.raises(ZeroDivisionError):
        after(done(0), lambda n: done(1 // n)).result(0)
