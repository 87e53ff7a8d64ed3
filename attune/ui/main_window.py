"""The main window: navigation on the left, one page beside it, notices above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from attune.resources import Words
from attune.ui.bridge import Bridge
from attune.ui.navigation import Navigation
from attune.ui.theme import Theme
from attune.ui.unopened import OpeningPage, UnopenedPage
from attune.ui.widgets.fade import Fade
from attune.ui.widgets.focus import FocusRing
from attune.ui.widgets.notice import NoticeBar
from attune.ui.widgets.page import column, row

if TYPE_CHECKING:
    from attune.app.services import Services  # the window does not wait for what is behind it

SMALLEST = (760, 540)
FIRST_SIZE = (1180, 800)
WORDS_FROM = 58  # width of the window from which the navigation has words, in heights of the body type


class Page(Protocol):
    """What the window asks of a page, which is a QWidget too."""

    def entered(self) -> None:
        """The page was just shown; bring it up to date."""


@runtime_checkable
class Keeps(Protocol):
    """A page on which somebody may be at work on something that is not saved."""

    def leave_all(self, go: Callable[[], None]) -> None:
        """Call ``go`` once it may be left, after asking where need be."""


@dataclass(frozen=True, slots=True)
class PageMaker:
    """A page, by its name in the words ``shell.navigation`` and in assets/icons; made on first visit."""

    name: str
    make: Callable[[Services, Bridge, Theme], QWidget]


class MainWindow(QMainWindow):
    """Shows the pages once it has services; before that it says that it is opening, or why it cannot."""

    def __init__(self, words: Words, bridge: Bridge, theme: Theme, makers: Sequence[PageMaker]) -> None:
        super().__init__()
        self._words = words
        self._bridge = bridge  # as long as the window
        self._inside: Bridge | None = None  # as long as a profile is open
        self._theme = theme
        self._makers = {maker.name: maker for maker in makers}
        self._pages: dict[str, QWidget] = {}
        self._services: Services | None = None
        self._aside: QWidget | None = None
        self._reading: QWidget | None = None
        self.setWindowTitle(words("shell.window.title"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self.navigation = Navigation(words, theme, tuple(self._makers))
        self.navigation.chosen.connect(self.show_page)
        self.navigation.allow(allowed=False)
        self.notice = NoticeBar(words)
        self._stack = QStackedWidget()
        self._beside = column(spacing=0)
        self.setCentralWidget(self._arranged())
        self._ring = FocusRing(theme, self)
        theme.changed.connect(self._fit_navigation)
        self._add_shortcuts()
        self.show_aside(OpeningPage(words))

    @property
    def page(self) -> QWidget:
        """The page showing."""
        page = self._stack.currentWidget()
        assert page is not None
        return page

    @property
    def is_open(self) -> bool:
        """Whether the services are there, and with them the pages."""
        return self._services is not None

    def open(self, services: Services, page: str | None = None) -> None:
        """Show a page, the first one where none is named: everything is ready."""
        self._services = services
        self._inside = Bridge(self)
        self._inside.failed.connect(self._bridge.failed)
        self._inside.page_wanted.connect(self.show_page)
        self._inside.reopening_wanted.connect(self._reopen)
        self.setWindowTitle(self._words("shell.window.title_of", name=services.profile.name))
        self.navigation.allow(allowed=True)
        if services.history.read_only:
            self._say_read_only(services)
        self.show_page(page or next(iter(self._makers)))
        if services.settings.notice is not None:
            self.notice.say(self._words(services.settings.notice))

    def leave(self) -> None:
        """Drop every page: the profile is about to be closed. What was still to be delivered is dropped."""
        if self._inside is not None:
            self._inside.close()
            self._inside.deleteLater()
            self._inside = None
        self._services = None
        self.setWindowTitle(self._words("shell.window.title"))
        self.navigation.allow(allowed=False)
        self.notice.hide()
        self.show_aside(OpeningPage(self._words))
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        if self._reading is not None:
            self._reading.deleteLater()
            self._reading = None
        # At once, or a page would ask a profile that is closed. Not to be called from within one of them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _reopen(self, reopening: object) -> None:
        """Have the profile closed for a change, once every page may be left."""
        pages = [page for page in self._pages.values() if isinstance(page, Keeps)]

        def leave(place: int) -> None:
            if place < len(pages):
                pages[place].leave_all(lambda: leave(place + 1))
            else:
                self._bridge.reopening_wanted.emit(reopening)

        leave(0)

    def cannot_open(self, sentence: str, again: Callable[[], None]) -> None:
        """Say why nothing can be shown, and offer to try again."""
        page = UnopenedPage(self._words, self._theme, sentence)
        page.again.clicked.connect(lambda: self.show_aside(OpeningPage(self._words)))
        page.again.clicked.connect(again)
        self.show_aside(page)
        page.again.setFocus()

    def show_page(self, name: str) -> None:
        """Show a page by name, making it the first time."""
        if self._services is None or self._inside is None:
            return
        self.navigation.choose(name)
        if name not in self._pages:
            self._pages[name] = self._makers[name].make(self._services, self._inside, self._theme)
            self._stack.addWidget(self._pages[name])
        page = self._pages[name]
        if page is not self._stack.currentWidget():
            self.notice.hide()
            if self._theme.motion and self.isVisible():
                Fade(self._stack)
            self._stack.setCurrentWidget(page)
            self._drop_aside()
        page.entered()  # type: ignore[attr-defined] # every maker makes a Page

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is delivered to pages that are going away."""
        self._bridge.close()
        if self._inside is not None:
            self._inside.close()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page needs the room more than the navigation does."""
        super().resizeEvent(event)
        self._fit_navigation()

    def _fit_navigation(self) -> None:
        self.navigation.set_compact(self.width() < WORDS_FROM * self._theme.sizes.body)

    def _arranged(self) -> QWidget:
        self._beside.addWidget(self.notice)
        self._beside.addWidget(self._stack, 1)
        whole = row(spacing=0)
        whole.addWidget(self.navigation)
        whole.addLayout(self._beside, 1)
        centre = QWidget()
        centre.setProperty("role", "page")
        centre.setLayout(whole)
        return centre

    def show_aside(self, page: QWidget) -> None:
        """Show what is not one of the pages, until there is a page to show."""
        self._drop_aside()
        self._aside = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _drop_aside(self) -> None:
        if self._aside is not None:
            self._stack.removeWidget(self._aside)
            self._aside.deleteLater()
            self._aside = None

    def _say_read_only(self, services: Services) -> None:
        from attune.ui.profiles.reading import ReadingBar  # noqa: PLC0415 - hardly ever needed

        self._reading = ReadingBar(services, self._bridge)
        self._beside.insertWidget(0, self._reading)

    def _add_shortcuts(self) -> None:
        for number, name in enumerate(self._makers, start=1):
            self._shortcut(f"Ctrl+{number}", partial(self.show_page, name))
        self._shortcut("F1", lambda: self.show_page("help"))
        self._shortcut("Ctrl+Q", self.close)
        self._shortcut("F11", self._toggle_full_screen)

    def _shortcut(self, keys: str, act: Callable[[], object]) -> None:
        action = QAction(self)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _checked: act())
        self.addAction(action)

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
