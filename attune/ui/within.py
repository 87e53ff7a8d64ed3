"""A page in whose place others open and come back from, with their title and the way back above them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import column, row, text
from attune.ui.widgets.notice import NoticeBar

Go = Callable[[], None]


class Open(Protocol):
    """Shows a page in the place of the one showing."""

    def __call__(self, page: QWidget, title: str, *, leave: Callable[[Go], None] | None = None) -> None:
        """``leave(go)`` calls ``go`` once the page may be left, after asking where need be; None: at once."""


@dataclass(frozen=True, slots=True)
class _Opened:
    page: QWidget
    title: str
    leave: Callable[[Go], None] | None
    had_focus: QWidget | None


class PageWithin(QWidget):
    """One page at first, :meth:`begin_with`; others open over it and come back. Esc goes back, too."""

    def __init__(self, words: Words, theme: Theme, back: str, parent: QWidget | None = None) -> None:
        """``back``: where the way back leads, in words."""
        super().__init__(parent)
        self.notice = NoticeBar(words)
        self.back_button = SignButton(theme, "back", back, key=words("shell.navigation.escape"))
        self.back_button.clicked.connect(self.leave)
        self._opened: list[_Opened] = []
        self._title = text("", "heading", wrap=False)
        self._stack = QStackedWidget()
        self._head = QWidget()
        self._arrange()

    @property
    def showing(self) -> QWidget:
        """What was opened last, or the first page."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    @property
    def title(self) -> str:
        """What stands above the page showing; "" above the first."""
        return self._opened[-1].title if self._opened else ""

    def begin_with(self, page: QWidget) -> None:
        """The page that is there when nothing is open."""
        self._stack.addWidget(page)

    def open(self, page: QWidget, title: str, *, leave: Callable[[Go], None] | None = None) -> None:
        """Show a page in the place of the one showing; see :class:`Open`."""
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
        first = self._stack.widget(0)
        assert first is not None
        self._show(self._opened[-1].page if self._opened else first)
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

    def leave_all(self, go: Go) -> None:
        """Call ``go`` once every page that is open has been left."""
        if not self._opened:
            go()
        elif (ask := self._opened[-1].leave) is None:
            self._left_for(go)
        else:
            ask(lambda: self._left_for(go))

    def _left_for(self, go: Go) -> None:
        self.back()
        self.leave_all(go)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back where nothing on the page had a use for it."""
        if event.key() == Qt.Key.Key_Escape and self._opened:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _show(self, page: QWidget) -> None:
        self._head.setVisible(bool(self._opened))
        self._title.setText(self.title)
        self._stack.setCurrentWidget(page)

    def _arrange(self) -> None:
        head = row(spacing=12)
        head.setContentsMargins(32, 20, 32, 4)
        head.addWidget(self.back_button)
        head.addWidget(self._title, 1)
        self._head.setLayout(head)
        self._head.hide()
        whole = column(spacing=0)
        whole.addWidget(self.notice)
        whole.addWidget(self._head)
        whole.addWidget(self._stack, 1)
        self.setLayout(whole)
