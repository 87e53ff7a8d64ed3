"""The real window over a real history in a home of its own; practice itself has tests of its own."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source, certain
from attune.app.history import AnswerRecord, SessionRecord
from attune.app.services import Services, make_services
from attune.resources import Words
from attune.scoring.agreement import agree, spread
from attune.ui import shell
from attune.ui.bridge import Bridge
from attune.ui.reports import RecentLog
from attune.ui.theme import Theme

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
