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
