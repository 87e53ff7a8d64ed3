"""The Library page: the pictures, and in their place what is opened about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.library.browser import Browser
from attune.ui.library.parts import Go, Parts
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import column, row, text
from attune.ui.widgets.notice import NoticeBar


@dataclass(frozen=True, slots=True)
class _Opened:
    page: QWidget
    title: str
    leave: Callable[[Go], None] | None
    had_focus: QWidget | None


class LibraryPage(QWidget):
    """Sets on the left, their clips as pictures beside them; other pages open over both and come back."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = services.words
        self.notice = NoticeBar(words)
        self.parts = Parts(
            services=services,
            bridge=bridge,
            theme=theme,
            open=self.open,
            back=self.back,
            changed=self.read_again,
            say=self.notice.say,
            page=self,
        )
        self._opened: list[_Opened] = []
        self.back_button = SignButton(
            theme, "back", words("library.page.back"), key=words("library.page.escape")
        )
        self.back_button.clicked.connect(self.leave)
        self._title = text("", "heading", wrap=False)
        self.browser = Browser(self.parts)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.browser)
        self._arrange()

    @property
    def showing(self) -> QWidget:
        """The pictures, or what was opened last."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    def entered(self) -> None:
        """Bring the pictures up to date; what is open stays."""
        if not self._opened:
            self.browser.look()

    def read_again(self) -> None:
        """Sets on the disk are not what they were."""
        self.browser.look(again=True)

    def open(self, page: QWidget, title: str, *, leave: Callable[[Go], None] | None = None) -> None:
        """Show a page in the place of the pictures; see :class:`attune.ui.library.parts.Open`."""
        self._opened.append(_Opened(page, title, leave, QApplication.focusWidget()))
        self._stack.addWidget(page)
        self._show(page)
        page.setFocus()

    def back(self) -> None:
        """Delete the page opened last, and show what was there before it."""
        if not self._opened:
            return
        last = self._opened.pop()
        self._stack.removeWidget(last.page)
        last.page.deleteLater()
        self._show(self._opened[-1].page if self._opened else self.browser)
        focus = last.had_focus  # which may have gone meanwhile
        if focus is not None and shiboken6.isValid(focus) and focus.isVisible():
            focus.setFocus()
        else:
            self.showing.setFocus()

    def leave(self) -> None:
        """Go back once the page opened last may be left."""
        if not self._opened:
            return
        ask = self._opened[-1].leave
        if ask is None:
            self.back()
        else:
            ask(self.back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back where nothing on the page had a use for it."""
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _show(self, page: QWidget) -> None:
        self._head.setVisible(bool(self._opened))
        self._title.setText(self._opened[-1].title if self._opened else "")
        self._stack.setCurrentWidget(page)

    def _arrange(self) -> None:
        head = row(spacing=12)
        head.setContentsMargins(32, 20, 32, 4)
        head.addWidget(self.back_button)
        head.addWidget(self._title, 1)
        self._head = QWidget()
        self._head.setLayout(head)
        self._head.hide()
        whole = column(spacing=0)
        whole.addWidget(self.notice)
        whole.addWidget(self._head)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)
