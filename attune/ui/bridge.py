"""From a Future on any thread to a call on the UI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


class Bridge(QObject):
    """Delivers results to the UI thread, on which it was made.

    ``failed`` carries every error that no one asked for, ``page_wanted`` the name of a page that another
    one leads to ("practise", "history", …), ``way_wanted`` the mode of a way to practise and the emotions to
    practise with (none: as it comes), ``reopening_wanted`` a Reopening: what wants the profile closed.
    The window answers them. Calls to a method of a
    widget that no longer exists are dropped, and so is everything after :meth:`close`.
    """

    failed = Signal(BaseException)
    page_wanted = Signal(str)
    way_wanted = Signal(str, tuple)
    reopening_wanted = Signal(object)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._lock = threading.Lock()
        self._posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def deliver(
        self,
        future: Future[T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Call ``done`` with the result, or ``failed`` with the error, on the UI thread. From any thread.

        Without ``failed`` the error goes out by the signal of that name; a cancelled future says nothing.
        """

        def finished(settled: Future[T]) -> None:
            self.post(lambda: self._settle(settled, done, failed))

        future.add_done_callback(finished)

    def post(self, call: Callable[[], object]) -> None:
        """Run ``call`` on the UI thread after what is queued there already. From any thread."""
        with self._lock:  # the UI thread may be closing at this moment
            if self._open:
                self._posted.emit(call)

    def close(self) -> None:
        """Drop whatever comes from now on."""
        with self._lock:
            self._open = False

    @Slot(object)
    def _call(self, call: Callable[[], object]) -> None:
        call()

    def _settle(
        self, future: Future[T], done: Callable[[T], None], failed: Callable[[BaseException], None] | None
    ) -> None:
        if not (self._open and _there(done)):
            return
        try:
            result = future.result()
        except CancelledError:
            return
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is handed on
            if failed is None:
                self.failed.emit(error)
            elif _there(failed):
                failed(error)
            return
        done(result)


def _there(function: Callable[..., object]) -> bool:
    """Whether a bound method's widget still exists on Qt's side; other functions always do."""
    while isinstance(function, partial):
        function = function.func
    owner = getattr(function, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)
