"""The real window over a real history in a home of its own; practice itself has tests of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source, certain
from attune.app.cast import Cast
from attune.app.history import AnswerRecord, SessionRecord
from attune.app.progress.made_up import MadeUp
from attune.app.progress.made_up_measures import MadeUpMeasures
from attune.app.protocols.protocol import Setup
from attune.app.services import Services, make_services
from attune.people import renderer
from attune.people.figure import Figure
from attune.people.head import load_head
from attune.people.occlusion import DepthView, Draw, bake
from attune.people.parts import Posed
from attune.people.person import load_cast
from attune.people.scene import Baked, Scene
from attune.resources import Words
from attune.scoring.agreement import agree, spread
from attune.storage.store import Store
from attune.ui import shell
from attune.ui.bridge import Bridge
from attune.ui.history import HistoryPage
from attune.ui.practice import PracticePage
from attune.ui.reports import RecentLog
from attune.ui.theme import Theme
from attune.ui.video.quiet import quiet_multimedia

Begun = Callable[[Setup], tuple[PracticePage, Services]]
HistoryOf = Callable[[Callable[[Services], object]], tuple[shell.Shell, HistoryPage]]

BEGINS_MS = 60_000  # a first picture is drawn before it is shown
BEGUN = datetime(2026, 3, 1, 18, 5, tzinfo=UTC)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme(qapp, motion=False)
    yield made
    made.deleteLater()


@pytest.fixture
def bridge() -> Iterator[Bridge]:
    made = Bridge()
    yield made
    made.close()


@pytest.fixture
def services(home: object) -> Iterator[Services]:
    made = make_services()
    yield made
    made.close()


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., shell.Shell]]:
    """Open the real window as `attune` does, wait until it is usable, close it as leaving does.

    Opening again closes what was open: a restart.
    """
    opened: list[shell.Shell] = []

    def opener(make: Callable[[], Services] = make_services, *, wait: bool = True) -> shell.Shell:
        while opened:
            opened.pop().close()
        running = shell.Shell(qapp, make, words=Words(), bridge=Bridge(), recent=RecentLog())
        opened.append(running)
        running.theme.choose(motion=False)
        if wait:
            qtbot.waitUntil(lambda: running.window.is_open)
        return running

    yield opener
    for running in opened:
        running.close()


@lru_cache(maxsize=4)
def built(name: str, level: int) -> Figure:
    return Figure(load_head(), next(person for person in load_cast() if person.name == name), level=level)


_light: dict[bytes, Baked] = {}


def baked(view: DepthView, posed: Posed, scene: Scene, draw: Draw) -> Baked:
    person = posed.positions["skin"].tobytes()
    if person not in _light:
        _light[person] = bake(view, posed, scene, draw)
    return _light[person]


@pytest.fixture
def built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is built, and light found out about, for the first window that draws them only."""
    monkeypatch.setattr(Cast, "figure", lambda _cast, name, *, level: built(name, level))
    monkeypatch.setattr(renderer, "bake", baked)


@pytest.fixture
def begun(qtbot: QtBot, open_window: Callable[..., shell.Shell]) -> Begun:
    """The real window, with a session of this setup on the starter set begun; faces are not measured."""
    quiet_multimedia()

    def begin(setup: Setup) -> tuple[PracticePage, Services]:
        opened: list[Services] = []

        def make() -> Services:
            opened.append(make_services())
            return opened[0]

        page = open_window(make).window.page
        assert isinstance(page, PracticePage)
        (services,) = opened
        services.settings.change(measure_faces=False).result()
        qtbot.waitUntil(page.start.begin_button.isEnabled, timeout=BEGINS_MS)
        page.start.begun.emit(services.library.starter().result(), setup)
        qtbot.waitUntil(lambda: page.showing is not page.start, timeout=BEGINS_MS)
        return page, services

    return begin


@pytest.fixture
def history_of(qtbot: QtBot, open_window: Callable[..., shell.Shell]) -> HistoryOf:
    """The real window over a history made by ``fill``, its History gone to by keys."""

    def look(fill: Callable[[Services], object]) -> tuple[shell.Shell, HistoryPage]:
        def make() -> Services:
            services = make_services()
            fill(services)
            return services

        running = open_window(make)
        qtbot.keyClick(running.window, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
        page = running.window.page
        assert isinstance(page, HistoryPage)
        qtbot.waitUntil(lambda: page.topic is not None)
        return running, page

    return look


def make_up(services: Services, answers: int) -> None:
    """Fill a history with so many answers, and with a bit of everything else where there are several."""

    def fill(store: Store) -> None:
        until = datetime.now(UTC)
        MadeUp(answers=answers, until=until).fill(store, services.vocabulary)
        if answers > 1:
            MadeUpMeasures(until=until - timedelta(hours=1)).fill(store, services.vocabulary)

    if answers:
        services.history.ask(fill).result()


@pytest.fixture
def practised() -> Callable[..., int]:
    """Put one session into a history: ``agreed`` of ``answered`` answers agree."""
    return put_session


def put_session(
    services: Services, *, agreed: int, answered: int, day: int = 0, source: Source = Source.INTENDED
) -> int:
    """Add one session; returns its id."""
    when = (BEGUN + timedelta(days=day)).isoformat(timespec="milliseconds")
    record = SessionRecord(
        started_at=when,
        mode="read_the_moment",
        clip_set="Starter set",
        clip_set_version="1.0",
        vocabulary="core",
        scored_against=source,
        seed=1,
        planned=10,
    )
    session_id = services.history.ask(lambda store: store.begin_session(record)).result()
    for position in range(answered):
        services.history.add_answer(
            one_answer(services, session_id, position, said="fear" if position < agreed else "surprise")
        ).result()
    return session_id


def one_answer(services: Services, session_id: int, position: int, *, said: str) -> AnswerRecord:
    """An answer to a clip meant to show fear."""
    names = services.vocabulary.names
    perceived = Reading(source=Source.USER, labels=spread(said, 0.8, names), intensity=0.5, confidence=0.8)
    references = tuple(certain(source, "fear", intensity=1.0) for source in (Source.INTENDED, Source.CROWD))
    session = services.history.session(session_id).result().session
    scored = next(reference for reference in references if reference.source is session.scored_against)
    return AnswerRecord(
        session_id=session_id,
        position=position,
        answered_at=BEGUN.isoformat(timespec="milliseconds"),
        clip_name="fear.webm",
        clip_hash="0" * 64,
        person="Ana",
        channel="picture",
        perceived=perceived,
        references=references,
        agreement=agree(perceived, scored, services.vocabulary),
        response_ms=1500.0,
        replays=0,
        choices=names,
    )
