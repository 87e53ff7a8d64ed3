"""Pictures of the real window, for the README and for looking at every size, look and scale.

Run with the project's Python where there is a screen, or under one made for it:

    xvfb-run -a -s "-screen 0 2600x1500x24" .venv/bin/python packaging/screenshots.py OUT \
        practise history history,900x600,dark,1.6

Each argument after the folder is PAGE[,WIDTHxHEIGHT[,light|dark[,TEXT_SCALE]]]. PAGE is one of the window's
(practise, history, settings, help), one on the way through a session (trial, feedback, summary), or session:
one that is over, opened. The history is made up, in a home folder of its own that is deleted afterwards. Set
QT_SCALE_FACTOR for a screen with more pixels.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from attune.affect.reading import Reading, Source, certain
from attune.app.folders import HOME_VARIABLE
from attune.app.history import AnswerRecord, History, SessionRecord
from attune.app.services import Services, make_services
from attune.app.settings import Appearance
from attune.resources import Words
from attune.scoring.agreement import agree, spread
from attune.ui import reports, shell
from attune.ui.bridge import Bridge
from attune.ui.history import HistoryPage
from attune.ui.main_window import MainWindow
from attune.ui.practice import PracticePage

SETTLES_MS = 700  # until pictures are decoded and transitions over
WATCHED_MS = 1000  # into a clip, where its expression shows
CHOSEN = 5  # the label a made-up person answers with
SESSIONS = 14
ANSWERS = 10


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture that is wanted."""

    page: str
    width: int = 1280
    height: int = 832
    look: Appearance = Appearance.LIGHT
    text_scale: float = 1.0

    @classmethod
    def parse(cls, words: str) -> Shot:
        """Read PAGE[,WIDTHxHEIGHT[,LOOK[,TEXT_SCALE]]]."""
        page, size, look, scale = (words.split(",") + ["1280x832", "light", "1"][words.count(",") :])[:4]
        width, height = size.split("x")
        return cls(page, int(width), int(height), Appearance(look), float(scale))

    @property
    def name(self) -> str:
        """File name without folder."""
        return f"{self.page}-{self.look}-{self.width}x{self.height}-{self.text_scale:g}.png"


def wait(milliseconds: int) -> None:
    """Let the window do its work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], bool]) -> None:
    """Let the window do its work until the condition holds."""
    while not condition():
        wait(50)


class Practised:
    """Somebody made up, getting better over a few weeks."""

    def __init__(self, services: Services) -> None:
        self._history: History = services.history
        self._vocabulary = services.vocabulary
        self._chance = random.Random(3)  # noqa: S311 - made-up answers

    def fill(self) -> None:
        """Put the sessions into the history."""
        begun = datetime.now(UTC) - timedelta(days=2 * SESSIONS)
        for number in range(SESSIONS):
            self._session(begun.isoformat(timespec="milliseconds"), 0.35 + 0.04 * number)
            begun += timedelta(days=self._chance.choice((1, 2, 2)), minutes=self._chance.randrange(-90, 90))

    def _session(self, when: str, skill: float) -> None:
        record = SessionRecord(
            started_at=when,
            mode="read_the_moment",
            clip_set="Starter set",
            clip_set_version="1.0",
            vocabulary=self._vocabulary.name,
            scored_against=Source.INTENDED,
            seed=1,
            planned=ANSWERS,
        )
        session_id = self._history.begin_session(record).result()
        for position in range(ANSWERS):
            self._history.add_answer(self._answer(session_id, position, when, skill)).result()
        self._history.end_session(session_id, when).result()

    def _answer(self, session_id: int, position: int, when: str, skill: float) -> AnswerRecord:
        names, chance = self._vocabulary.names, self._chance
        shown = chance.choice(names)
        said = shown if chance.random() < skill else chance.choice(names)
        sure = chance.choice((0.4, 0.6, 0.8, 0.9))
        perceived = Reading(
            source=Source.USER,
            labels=spread(said, sure, names),
            intensity=chance.randrange(40, 95, 5) / 100,
            confidence=sure,
        )
        reference = certain(Source.INTENDED, shown, intensity=1.0)
        return AnswerRecord(
            session_id=session_id,
            position=position,
            answered_at=when,
            clip_name=f"{shown}.webm",
            clip_hash="0" * 64,
            person=chance.choice(("Ana", "Ben", "Chi", "Dayo", "Esi", "Finn")),
            channel="picture",
            perceived=perceived,
            references=(reference,),
            agreement=agree(perceived, reference, self._vocabulary),
            response_ms=chance.uniform(700, 3500),
            replays=0,
            choices=names,
        )


def practised_services() -> Services:
    """Services with a history to show."""
    services = make_services()
    Practised(services).fill()
    return services


class Visitor:
    """Goes to the pages of a running window as a person does."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def go(self, page: str) -> None:
        """Show a page and let it settle."""
        steps = {
            "trial": self._trial,
            "feedback": self._feedback,
            "summary": self._summary,
            "session": self._session,
        }
        if page in steps:
            steps[page]()
        else:
            self._window.show_page(page)
        wait(SETTLES_MS)

    def _practice(self) -> PracticePage:
        self._window.show_page("practise")
        page = self._window.page
        assert isinstance(page, PracticePage)
        return page

    def _trial(self) -> None:
        page = self._practice()
        if page.showing is page.summary:
            page.summary.again.emit()
            wait(SETTLES_MS)
        if page.showing is page.start:
            until(page.start.begin_button.isEnabled)
            page.start.begin_button.click()
        elif page.showing is page.feedback:
            page.feedback.going_on.emit()
        until(lambda: page.showing is page.trial and page.trial.player.frame is not None)
        page.trial.choices.choose(CHOSEN)
        wait(WATCHED_MS)

    def _feedback(self) -> None:
        page = self._practice()
        if page.showing is page.feedback:
            return
        if page.showing is not page.trial or page.trial.choices.label is None:
            self._trial()
        page.trial.confirm()
        until(lambda: page.showing is page.feedback and page.feedback.replay.lines_button.isEnabled())

    def _summary(self) -> None:
        page = self._practice()
        while page.showing is not page.summary:
            self._feedback()
            page.feedback.going_on.emit()
            wait(SETTLES_MS)

    def _session(self) -> None:
        self._window.show_page("history")
        wait(SETTLES_MS)
        page = self._window.page
        assert isinstance(page, HistoryPage)
        page.overview.table.opened.emit(0)


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("shots", nargs="+", type=Shot.parse)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    app, bridge = shell.application(), Bridge()
    with tempfile.TemporaryDirectory() as home, reports.everything_reported(bridge.failed.emit) as recent:
        os.environ[HOME_VARIABLE] = home
        running = shell.Shell(app, practised_services, words=Words(), bridge=bridge, recent=recent)
        until(lambda: running.window.is_open)
        visitor = Visitor(running.window)
        for shot in wanted.shots:
            running.window.resize(shot.width, shot.height)
            running.theme.choose(appearance=shot.look, text_scale=shot.text_scale)
            visitor.go(shot.page)
            running.window.grab().save(str(wanted.folder / shot.name))
            print(wanted.folder / shot.name)
        running.close()


if __name__ == "__main__":
    main()
