"""The window: there before its services, led by keys, plain about what went wrong, gone without a trace."""

import signal
import threading
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from attune.app.folders import find_folders
from attune.app.services import Services, make_services
from attune.app.settings import Appearance, SettingsStore
from attune.errors import StorageError
from attune.ui import start
from attune.ui.help import HelpPage
from attune.ui.history import HistoryPage
from attune.ui.library import LibraryPage
from attune.ui.main_window import MainWindow
from attune.ui.partner import PartnerPage
from attune.ui.practice import PracticePage
from attune.ui.profiles import ProfilesPage
from attune.ui.sandbox import SandboxPage
from attune.ui.settings import SettingsPage
from attune.ui.shell import PAGES, Shell
from attune.ui.unopened import OpeningPage, UnopenedPage
from attune.ui.widgets.dialogs import BugReport

CONTROL = Qt.KeyboardModifier.ControlModifier
Opener = Callable[..., Shell]


def test_the_window_is_there_before_the_services(qtbot: QtBot, open_window: Opener) -> None:
    held = threading.Event()

    def slowly() -> Services:
        held.wait(10)
        return make_services()

    shell = open_window(slowly, wait=False)
    assert shell.window.isVisible()
    assert isinstance(shell.window.page, OpeningPage)
    assert not shell.window.navigation.button("history").isEnabled()
    qtbot.keyClick(shell.window, Qt.Key.Key_2, CONTROL)
    assert isinstance(shell.window.page, OpeningPage)
    held.set()
    qtbot.waitUntil(lambda: isinstance(shell.window.page, PracticePage))
    assert shell.window.navigation.button("history").isEnabled()


def test_keys_lead_to_every_page(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window().window
    qtbot.waitExposed(window)
    pages = [
        PracticePage, PartnerPage, SandboxPage, LibraryPage, HistoryPage, ProfilesPage, SettingsPage, HelpPage
    ]  # fmt: skip
    for place, page in enumerate(pages):
        qtbot.keyClick(window, Qt.Key(Qt.Key.Key_1 + place), CONTROL)
        assert isinstance(window.page, page)
    qtbot.keyClick(window, Qt.Key.Key_2, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert isinstance(window.page, HelpPage)
    assert window.navigation.button("help").isChecked()


def test_navigation_by_tab_and_arrows(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window().window
    window.navigation.button("practise").setFocus()
    for name, page in (("partner", PartnerPage), ("sandbox", SandboxPage)):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        button = window.navigation.button(name)
        assert button.hasFocus()
        qtbot.keyClick(button, Qt.Key.Key_Space)
        assert isinstance(window.page, page)
        button.setFocus()


def test_everything_pressable_has_a_name(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window().window
    for name in ("practise", "partner", "history", "profiles", "settings", "help"):
        window.show_page(name)
        shown = [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
        assert not [button for button in shown if not (button.text() or button.accessibleName())]


def test_a_narrow_window_or_large_type_leaves_the_room_to_the_page(qtbot: QtBot, open_window: Opener) -> None:
    shell = open_window()
    button = shell.window.navigation.button("history")
    assert button.text().strip() == "History"
    shell.window.resize(800, 600)
    assert (button.text(), button.accessibleName(), button.toolTip()) == ("", "History", "History")
    shell.window.resize(900, 600)
    assert button.text().strip() == "History"
    shell.theme.choose(text_scale=1.6)
    assert button.text() == ""
    shell.theme.choose(text_scale=1.0)
    assert button.text().strip() == "History"


def test_every_page_has_its_place_where_there_is_little_height(qtbot: QtBot, open_window: Opener) -> None:
    shell = open_window()
    shell.window.resize(760, 540)
    shell.theme.choose(text_scale=1.6)
    places = [shell.window.navigation.button(page.name).geometry() for page in PAGES]
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
    assert places[-1].bottom() < shell.window.navigation.height()
    shell.theme.choose(text_scale=1.0)


def test_full_screen_and_back(qtbot: QtBot, open_window: Opener) -> None:
    window = open_window().window
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()


def test_the_window_opens_as_it_was_set(home: object, open_window: Opener) -> None:
    settings = SettingsStore(find_folders().settings)
    settings.change(appearance=Appearance.DARK, text_scale=1.3).result()
    settings.close()
    shell = open_window(wait=False)
    assert shell.theme.dark
    assert shell.theme.sizes.body == 20
    shell.theme.choose(appearance=Appearance.LIGHT, text_scale=1.0)


def test_settings_that_could_not_be_understood_are_mentioned_once(home: object, open_window: Opener) -> None:
    file = find_folders().settings
    file.parent.mkdir(parents=True)
    file.write_text("{")
    window = open_window().window
    assert window.notice.isVisible()
    assert "settings.json.bad" in window.notice.message


def test_a_history_that_cannot_be_opened_says_what_to_do(qtbot: QtBot, open_window: Opener) -> None:
    answers = iter((StorageError("storage.newer", path="/h", found=9, known=1), None))

    def make() -> Services:
        problem = next(answers)
        if problem is not None:
            raise problem
        return make_services()

    shell = open_window(make, wait=False)
    qtbot.waitUntil(lambda: isinstance(shell.window.page, UnopenedPage))
    page = shell.window.page
    assert isinstance(page, UnopenedPage)
    assert any("newer Attune" in label.text() for label in page.findChildren(QLabel))
    assert page.again.hasFocus()
    qtbot.keyClick(page.again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(shell.window.page, PracticePage))


def test_a_bug_while_opening_is_reported(
    qtbot: QtBot, open_window: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    def make() -> Services:
        raise LookupError("planted")

    shell = open_window(make, wait=False)
    qtbot.waitUntil(lambda: isinstance(shell.window.page, UnopenedPage))
    (dialog,) = shell.window.findChildren(BugReport)
    qtbot.keyClick(dialog.copy_button, Qt.Key.Key_Return)
    assert "LookupError: planted" in QGuiApplication.clipboard().text()
    dialog.accept()
    caplog.clear()


def test_known_errors_are_told_in_a_sentence(qtbot: QtBot, open_window: Opener) -> None:
    shell = open_window()
    shell.tell(StorageError("storage.full", path="/h"))
    assert shell.window.notice.isVisible()
    assert "no room left" in shell.window.notice.message
    shell.window.show_page("history")
    assert not shell.window.notice.isVisible()


def press_quit(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_Q, CONTROL)


def interrupt(_qtbot: QtBot, _window: MainWindow) -> None:
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("leave_by", [press_quit, interrupt])
def test_run_shows_the_window_and_closes_the_services(
    qtbot: QtBot, qapp: QApplication, leave_by: Callable[[QtBot, MainWindow], None]
) -> None:
    closed: list[str] = []

    def make() -> Services:
        services = make_services()
        close = services.history.close
        services.history.close = lambda: (closed.append("history"), close())  # type: ignore[method-assign]
        return services

    def leave() -> None:
        (window,) = (w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible())
        if window.is_open:
            leaving.stop()
            leave_by(qtbot, window)

    leaving = QTimer()
    leaving.timeout.connect(leave)
    leaving.start(10)
    assert start.run(make) == 0
    assert closed == ["history"]
