"""Futures that follow futures, so that use cases can promise results without waiting for them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def then(first: Future[T], step: Callable[[T], R]) -> Future[R]:
    """Future of ``step(result of first)``; a failure of either becomes the failure of the new one.

    ``step`` runs on the thread that completes ``first``: keep it short and pure.
    """
    second: Future[R] = Future()

    def follow(done: Future[T]) -> None:
        if not second.set_running_or_notify_cancel():
            return
        try:
            second.set_result(step(done.result()))
        except CancelledError:
            second.set_exception(CancelledError())
        except Exception as error:  # noqa: BLE001 - handed on to whoever asks the new future
            second.set_exception(error)

    first.add_done_callback(follow)
    return second


def after(first: Future[T], step: Callable[[T], Future[R]]) -> Future[R]:
    """Future of the future that ``step`` gives for the result of ``first``; any failure becomes its own."""
    last: Future[R] = Future()

    def settle(done: Future[R]) -> None:
        if last.set_running_or_notify_cancel():
            _copy(done, last)

    def follow(done: Future[T]) -> None:
        try:
            step(done.result()).add_done_callback(settle)
        except CancelledError:
            last.cancel()
        except Exception as error:  # noqa: BLE001 - handed on to whoever asks the new future
            last.set_exception(error)

    first.add_done_callback(follow)
    return last


def _copy(done: Future[R], last: Future[R]) -> None:
    if done.cancelled():
        last.set_exception(CancelledError())
    elif (error := done.exception()) is not None:
        last.set_exception(error)
    else:
        last.set_result(done.result())
