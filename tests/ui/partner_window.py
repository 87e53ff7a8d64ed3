"""The Partner page in the real window, gone to by keys, over people put into the history before."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.affect.reading import Source, certain
from attune.app.partner.couple import Agreed, Kind, Moment, Person
from attune.app.services import Services, make_services
from attune.ui.partner import PartnerPage
from attune.ui.partner.parts import Pair
from attune.ui.partner.person import PersonPage
from attune.ui.shell import Shell
from attune.ui.widgets.dialogs import Question

Opener = Callable[..., Shell]
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER, SPACE, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Escape
ALL = Agreed(camera=True, recording=True, reading=True, practice=True)


class Partner:
    """The page, gone to by keys, in a window of its own; ``fill`` puts people into the history before."""

    def __init__(
        self,
        qtbot: QtBot,
        open_window: Opener,
        fill: Callable[[Services], object] = lambda _services: None,
        camera: str = "",
    ) -> None:
        opened: list[Services] = []

        def make() -> Services:
            services = make_services(camera=camera)
            opened.append(services)
            fill(services)
            return services

        self.qtbot = qtbot
        self.window = open_window(make).window
        (self.services,) = opened
        self.couple = self.services.couple
        qtbot.waitExposed(self.window)
        qtbot.keyClick(self.window, Qt.Key.Key_2, CONTROL)
        page = self.window.page
        assert isinstance(page, PartnerPage)
        self.page, self.home = page, page.home
        qtbot.waitUntil(lambda: self.home.names is not None or self.home.doors is not None)

    @property
    def now(self) -> QWidget:
        return self.page.showing

    def press(self, *keys: Qt.Key) -> None:
        """Keys to whatever has the focus."""
        for key in keys:
            self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
            focus = QApplication.focusWidget()
            assert focus is not None
            self.qtbot.keyClick(focus, key)

    def push(self, button: QWidget) -> None:
        """A button, by the keyboard."""
        self.qtbot.waitUntil(button.isVisible)
        button.setFocus()
        self.qtbot.keyClick(button, SPACE)

    def shows(self, kind: type[QWidget]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.now, kind))

    def said(self) -> str:
        return "\n".join(label.text() for label in self.now.findChildren(QLabel) if label.isVisible())

    def reads(self, words: str) -> None:
        """These words can be read; what was just made is shown a moment later."""
        self.qtbot.waitUntil(lambda: words in self.said())

    def people(self) -> dict[str, Person]:
        return {person.name: person for person in self.couple.people().result()}

    def question(self) -> Question:
        def asked() -> list[Question]:
            return [each for each in self.window.findChildren(Question) if each.isVisible()]

        self.qtbot.waitUntil(lambda: bool(asked()))
        return asked()[0]


def two(agreed: Agreed | None = None, names: tuple[str, str] = ("Ana", "Ben")) -> Callable[[Services], Pair]:
    """Puts two people into a history, who were asked where ``agreed`` is given."""

    def fill(services: Services) -> Pair:
        made = [services.couple.add_person(name).result() for name in names]
        if agreed is not None:
            made = [services.couple.agree(person.id, agreed).result() for person in made]
        return Pair(one=made[0], other=made[1])

    return fill


def a_moment(shower: int, noticer: int, day: int = 1, **rest: object) -> Moment:
    return Moment(
        kind=Kind.SHOW_AND_TELL,
        happened_at=datetime(2026, 3, day, 10, tzinfo=UTC).isoformat(timespec="milliseconds"),
        shower=shower,
        noticer=noticer,
        felt=certain(Source.SELF_REPORT, "sadness", intensity=0.5),
        perceived=certain(Source.USER, "fear", confidence=0.5),
        **rest,  # type: ignore[arg-type] # fields of a Moment
    )


def person_page(partner: Partner, name: str) -> PersonPage:
    """Go to somebody's page by their tile."""
    partner.qtbot.waitUntil(lambda: bool(partner.home.tiles))
    partner.push(partner.home.tiles[partner.people()[name].id].button)
    page = partner.now
    assert isinstance(page, PersonPage)
    partner.qtbot.waitUntil(lambda: page.stored is not None)
    return page
