"""The Library page: the pictures, and in their place what is opened about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from attune.app.library import ClipSet
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.library.browser import Browser
from attune.ui.library.drop_veil import DropVeil
from attune.ui.library.parts import Go, Parts
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import column, row, text
from attune.ui.widgets.notice import NoticeBar

if TYPE_CHECKING:  # made when somebody brings something
    from attune.app.importing import Brought
    from attune.ui.library.bring import BringPage


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
            measure=self._measure,
            page=self,
        )
        self._opened: list[_Opened] = []
        self._bringing: BringPage | None = None
        self.veil = DropVeil(words, theme, self)
        self.setAcceptDrops(True)
        self.back_button = SignButton(
            theme, "back", words("library.page.back"), key=words("library.page.escape")
        )
        self.back_button.clicked.connect(self.leave)
        self._title = text("", "heading", wrap=False)
        self.browser = Browser(self.parts)
        self.browser.bringing.connect(self.bring)
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

    def _measure(self, clip_set: ClipSet) -> None:
        self.browser.measuring.begin(clip_set)

    def read_again(self) -> None:
        """Sets on the disk are not what they were."""
        self.browser.look(again=True)

    def bring(self, source: Path | None = None) -> None:
        """Lead through bringing clips in: those of a folder or file, or what the person chooses."""
        from attune.ui.library.bring import BringPage  # noqa: PLC0415 - when it is wanted

        words = self.parts.words
        page = self._bringing = BringPage(self.parts, source)
        page.brought.connect(self._brought)
        self.open(page, words("library.bring.title"), leave=page.ask_to_leave)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere among the pictures, and where they are chosen."""
        if self._takes_drops and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self.veil.cover(self)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self.veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """See what is in it."""
        self.veil.hide()
        event.acceptProposedAction()
        source, *others = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if others:
            self.notice.say(self.parts.words("library.bring.one_only"))
        elif self._bringing is not None:
            self._bringing.survey(source)
        else:
            self.bring(source)

    @property
    def _takes_drops(self) -> bool:
        return not self._opened or (self.showing is self._bringing and self._bringing.choosing)

    def _brought(self, brought: Brought) -> None:
        self.back()
        words = self.parts.words
        key = "done_one" if brought.clips == 1 else "done_many"
        said = [words(f"library.bring.{key}", clips=brought.clips)]
        if brought.found:
            said.append(words("library.bring.some_left", count=len(brought.found)))
        self.notice.say(" ".join(said))
        self.browser.choose(brought.folder)

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
        if last.page is self._bringing:
            self._bringing = None
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
