"""The running window: the application, its theme, its one window, and the services that arrive behind it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

from attune.app.folders import find_folders
from attune.app.settings import Settings, glance
from attune.errors import AttuneError
from attune.resources import Words
from attune.ui import reports
from attune.ui.bridge import Bridge
from attune.ui.collecting import Collecting
from attune.ui.interrupts import closing_on_signals
from attune.ui.main_window import MainWindow, PageMaker
from attune.ui.memory import give_memory_back
from attune.ui.theme import Theme
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.widgets.dialogs import BugReport
from attune.ui.widgets.icons import app_icon

if TYPE_CHECKING:  # the window does not wait for what is behind it
    from attune.app.keeping import Opening
    from attune.app.services import Services
    from attune.ui.profiles.parts import Reopening

_log = logging.getLogger(__name__)


def show(make_services: Callable[..., Services], words: Words, arguments: Sequence[str] = ()) -> int:
    """Show the window until it is closed, then finish what the services have queued; return the exit code.

    ``make_services`` takes a ``passphrase`` where a profile has one; it runs on another thread.
    """
    app = application(arguments)
    bridge = Bridge()
    with reports.everything_reported(lambda error: bridge.post(lambda: bridge.failed.emit(error))) as recent:
        shell = Shell(app, make_services, words=words, bridge=bridge, recent=recent)
        try:
            with closing_on_signals(shell.window.close):
                return app.exec()
        finally:
            shell.close()


def application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the one application, named and with its icon."""
    give_memory_back()  # before Qt has threads, which would get arenas of their own
    app = QApplication.instance() or QApplication(["attune", *arguments])
    assert isinstance(app, QApplication)
    QCoreApplication.setApplicationName("attune")
    app.setApplicationDisplayName("Attune")
    app.setDesktopFileName("attune")
    app.setWindowIcon(app_icon())
    quiet_multimedia()  # it talks while the practice page is loaded
    return app


def themed(app: QApplication, settings: Settings) -> Theme:
    """The theme as it was set."""
    return Theme(app, appearance=settings.appearance, text_scale=settings.text_scale, motion=settings.motion)


class Shell:
    """Holds what lives as long as the window. Use from the UI thread."""

    def __init__(
        self,
        app: QApplication,
        make_services: Callable[..., Services],
        *,
        words: Words,
        bridge: Bridge,
        recent: reports.RecentLog,
    ) -> None:
        self._collecting = Collecting()
        self._make_services = make_services
        self._words = words
        self._bridge = bridge
        self._recent = recent
        # A dark window must not show itself light until the services are there.
        self.theme = themed(app, glance(find_folders().settings))
        self._loader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="opening")
        self._loading: Future[Opening] | None = None
        self._services: Services | None = None
        self._passphrase = ""  # of the profile that is open, so that it can be opened again
        self.window = MainWindow(words, bridge, self.theme, PAGES)
        bridge.failed.connect(self.tell)
        # Queued: the page that asks is deleted before its profile is closed.
        bridge.reopening_wanted.connect(self.reopen, Qt.ConnectionType.QueuedConnection)
        self.window.show()
        self.load()

    def load(self) -> None:
        """Open the profile and all else on another thread."""
        self._open_after(None)

    def reopen(self, reopening: Reopening) -> None:
        """Close the profile for a change, and open the one that is the person's after it."""
        self._open_after(reopening)

    def tell(self, error: BaseException) -> None:
        """Tell of an error: a known one in a sentence, any other as a report."""
        if isinstance(error, AttuneError):
            self.window.notice.say(self._words.error(error))
            return
        report = reports.report(error, self._recent)
        _log.error("unexpected error", exc_info=error)
        BugReport(words=self._words, report=report, parent=self.window, theme=self.theme)

    def close(self) -> None:
        """End what was started. Blocks until the services have written what they hold."""
        self._bridge.close()
        self.window.close()
        self.window.deleteLater()
        self.theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._loader.shutdown()
        try:
            self._close_services()
        finally:
            self._collecting.stop()

    def _close_services(self) -> None:
        if self._loading is None or self._loading.exception() is not None:
            return
        if (services := self._loading.result().services) is not None:
            services.close()

    def _open_after(self, reopening: Reopening | None) -> None:
        before, self._services = self._services, None
        passphrase, make = self._passphrase, self._make
        self.window.leave()

        def work() -> Opening:
            from attune.app.keeping import again, open_after  # noqa: PLC0415 - not before the first paint

            change = again() if reopening is None else reopening.change
            return open_after(change, make, before=before, passphrase=passphrase)

        self._loading = self._loader.submit(work)
        self._bridge.deliver(
            self._loading, lambda opening: self._opened(opening, reopening), self._not_opened
        )

    def _make(self, passphrase: str) -> Services:
        return self._make_services(passphrase=passphrase) if passphrase else self._make_services()

    def _opened(self, opening: Opening, reopening: Reopening | None) -> None:
        self._passphrase = opening.passphrase
        if opening.services is None:
            self._offer(opening)
        else:
            self._services = opening.services
            settings = opening.services.settings.current
            self.theme.choose(
                appearance=settings.appearance, text_scale=settings.text_scale, motion=settings.motion
            )
            said = reopening.said if reopening is not None else ""
            self.window.open(opening.services, "profiles" if said or opening.problem else None)
            if said and opening.problem is None:
                self.window.notice.say(self._words(said))
        if opening.problem is not None:
            self.tell(opening.problem)

    def _offer(self, opening: Opening) -> None:
        """What can be done about a profile that does not open."""
        assert opening.trouble is not None
        if not opening.trouble.can_be_helped:
            self._not_opened(opening.trouble.error)
            return
        from attune.ui.profiles.closed import ClosedPage  # noqa: PLC0415 - hardly ever needed

        page = ClosedPage(self._words, self.theme, opening.trouble, opening.passphrase)
        page.wanted.connect(self._bridge.reopening_wanted)
        self.window.show_aside(page)
        page.begin()

    def _not_opened(self, error: BaseException) -> None:
        if not isinstance(error, AttuneError):
            self.tell(error)
        sentence = (
            self._words.error(error) if isinstance(error, AttuneError) else self._words("shell.unopened.bug")
        )
        self.window.cannot_open(sentence, self.load)


# Each page's room is imported on its first visit: charts alone would double the time to the first window.


def _practise(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.practice import PracticePage  # noqa: PLC0415 - on first visit

    page = PracticePage(services, bridge, theme)
    page.wanted.connect(bridge.page_wanted.emit)
    bridge.way_wanted.connect(page.suggest)
    return page


def _partner(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.partner import PartnerPage  # noqa: PLC0415 - on first visit

    return PartnerPage(services, bridge, theme)


def _sandbox(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.sandbox import SandboxPage  # noqa: PLC0415 - on first visit

    return SandboxPage(services, bridge, theme)


def _library(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.library import LibraryPage  # noqa: PLC0415 - on first visit

    return LibraryPage(services, bridge, theme)


def _history(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.history import HistoryPage  # noqa: PLC0415 - on first visit

    return HistoryPage(services, bridge, theme)


def _profiles(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.profiles import ProfilesPage  # noqa: PLC0415 - on first visit

    return ProfilesPage(services, bridge, theme)


def _settings(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.settings import SettingsPage  # noqa: PLC0415 - on first visit

    return SettingsPage(services, bridge, theme)


def _help(services: Services, bridge: Bridge, theme: Theme) -> QWidget:
    from attune.ui.help import HelpPage  # noqa: PLC0415 - on first visit

    return HelpPage(services, bridge, theme)


PAGES = (
    PageMaker("practise", _practise),
    PageMaker("partner", _partner),
    PageMaker("sandbox", _sandbox),
    PageMaker("library", _library),
    PageMaker("history", _history),
    PageMaker("profiles", _profiles),
    PageMaker("settings", _settings),
    PageMaker("help", _help),
)
