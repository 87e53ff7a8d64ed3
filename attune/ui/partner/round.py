"""A round as the window shows it: one page after the other, nothing private left behind one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from attune.ui.widgets import column


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
