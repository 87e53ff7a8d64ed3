"""Futures whose outcome is known from the start."""

from __future__ import annotations

from concurrent.futures import Future
from typing import Any


def settled(value: Any) -> Future[Any]:
    """Done already: with the value, or failed with it where it is an exception."""
    future: Future[Any] = Future()
    if isinstance(value, BaseException):
        future.set_exception(value)
    else:
        future.set_result(value)
    return future
