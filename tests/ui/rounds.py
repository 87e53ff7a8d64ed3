"""A round of Partner in the real window: two people who agreed to what the test says, and its door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.app.partner.couple import Agreed
from attune.app.services import Services, make_services
from attune.ui.partner import PartnerPage
from attune.ui.shell import Shell

Opener = Callable[..., Shell]
CONTROL = Qt.KeyboardModifier.ControlModifier
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
NOTHING = Agreed()


class Round:
    """``page`` is Partner, ``round`` what the door leads to; keys go to whatever has the focus."""

    def __init__(
        self,
        qtbot: QtBot,
        open_window: Opener,
        key: str,
        *,
        ana: Agreed = NOTHING,
        ben: Agreed = NOTHING,
        film: Path | None = None,
        fill: Callable[[Services], object] = lambda _: None,
    ) -> None:
        opened: list[Services] = []

        def make() -> Services:
            services = make_services(camera="" if film is None else f"file:{film}")
            opened.append(services)
            for name, agreed in (("Ana", ana), ("Ben", ben)):
                services.couple.agree(services.couple.add_person(name).result().id, agreed).result()
            fill(services)
            return services

        self.qtbot = qtbot
        self.window = open_window(make).window
        (self.services,) = opened
        self.couple = self.services.couple
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        qtbot.keyClick(self.window, Qt.Key.Key_2, CONTROL)
        page = self.window.page
        assert isinstance(page, PartnerPage)
        self.page, self._key = page, key
        self.enter()

    def enter(self) -> None:
        """Through its door."""
        home = self.page.home
        self.qtbot.waitUntil(lambda: home.doors is not None and home.pair is not None)
        assert home.doors is not None
        door = home.doors.by_key[self._key]
        door.setFocus()
        self.qtbot.keyClick(door, Qt.Key.Key_Return)
        self.round = self.page.showing

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """What has the focus gets it."""
        focus = self.window.focusWidget()
        assert focus is not None
        self.qtbot.keyClick(focus, key, modifier)

    def type(self, words: str) -> None:
        """The same, letter by letter."""
        focus = self.window.focusWidget()
        assert focus is not None
        self.qtbot.keyClicks(focus, words)


def texts(widget: QWidget) -> list[str]:
    """Everything that can be read in it."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
