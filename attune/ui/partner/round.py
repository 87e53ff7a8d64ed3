"""A round as the window shows it: one page after the other, nothing private left behind one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from attune.ui.bridge import Bridge
from attune.ui.widgets import column

T = TypeVar("T")


class Round(QWidget):
    """``showing`` is the page it is at; each is made when it is its turn and deleted after it."""

    def __init__(self) -> None:
        super().__init__()
        self.showing: QWidget | None = None
        self._place = column(spacing=0)
        self.setLayout(self._place)

    def _show(self, page: QWidget) -> None:
        """In the place of the one before."""
        before, self.showing = self.showing, page
        if before is not None:
            self._place.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._place.addWidget(page)
        if self.isVisible():
            page.show()  # now, not with the next turn of the event loop: keys already go to it
        self.setFocusProxy(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold(self) -> None:
        """Nothing is pressed, or pressed twice, while something is kept or deleted."""
        if self.showing is not None:
            self.showing.setEnabled(False)

    def _let_go(self) -> None:
        """It came to nothing, and can be pressed once more."""
        if self.showing is not None:
            self.showing.setEnabled(True)
            self.showing.setFocus()

    def _carry_out(self, bridge: Bridge, ask: Callable[[], Future[T]], then: Callable[[T], None]) -> None:
        """Have something kept or deleted; nothing of the page can be pressed meanwhile.

        ``then`` is not called where the round was left, or went on, before it was done.
        """
        page = self.showing
        self._hold()

        def let_go() -> bool:
            still = isValid(self) and page is self.showing
            if still:
                self._let_go()
            return still

        def came(result: T) -> None:
            if let_go():
                then(result)

        def failed(error: BaseException) -> None:
            let_go()
            bridge.failed.emit(error)

        bridge.deliver(ask(), came, failed)
