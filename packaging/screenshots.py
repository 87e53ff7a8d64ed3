"""Pictures of the real window, for the README and for looking at every size, look and scale.

Run with the project's Python where there is a screen, or under one made for it:

    xvfb-run -a -s "-screen 0 2600x1500x24" .venv/bin/python packaging/screenshots.py OUT \
        practise history history,900x600,dark,1.6

Each argument after the folder is PAGE[,WIDTHxHEIGHT[,light|dark[,TEXT_SCALE]]]. PAGE is one of the window's
(practise, partner, sandbox, library, history, profiles, settings, help), library-WHAT (all, preview, search,
nothing, trouble, drop, choose, report, pattern, details, table, working), editor or editor-WHAT (low, cut,
table, leave), history-TOPIC (all of it in one picture), one on the way to a profile (profiles-new,
profiles-delete, profiles-only-read, locked, refused, damaged), one through practising (options, trial,
blends, typed, none, sound, threshold, beside, checkup, brief, follow, feedback, beside-feedback, review,
outcome, left), partner-WHAT (screenshots_partner.py has them), session: one that is over, opened, answer:
one of it, or between: those between two days. The history is made up, in a home folder of its own that is
deleted afterwards. Set QT_SCALE_FACTOR for a screen with more pixels.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget
from screenshot_editor import EditorViews
from screenshot_library import LibraryViews
from screenshot_profiles import ProfileViews
from screenshot_protection import ProtectionViews
from screenshot_sessions import Sessions
from screenshots_partner import PartnerViews

from attune.app.folders import HOME_VARIABLE
from attune.app.library import Channel
from attune.app.practice import When
from attune.app.progress.made_up import MadeUp
from attune.app.progress.made_up_measures import MadeUpMeasures
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.follow_along import FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.services import Services, make_services
from attune.app.settings import Appearance
from attune.resources import Words, asset
from attune.storage.store import Store
from attune.ui import reports, shell
from attune.ui.bridge import Bridge
from attune.ui.history import HistoryPage
from attune.ui.history.sessions import SessionsTopic
from attune.ui.history.topics import TOPICS
from attune.ui.practice import PracticePage
from attune.ui.sandbox import SandboxPage
from attune.ui.widgets.dialogs import Question

SETTLES_MS = 700  # until pictures are decoded and transitions over
DRAWN_MS = 3000  # until the processor has drawn a face finely
TALLEST = 3600  # pixels of a page shown whole
WATCHED_MS = 1000  # into a clip, where its expression shows
CHOSEN = 5  # the label a made-up person answers with
QUESTIONS: dict[str, Setup] = {
    "trial": ReadTheMoment(trials=3),
    "blends": ReadTheMoment(trials=3, blends=True),
    "typed": ReadTheMoment(trials=3, typed=True),
    "none": ReadTheMoment(trials=3, choices=4, none=True),
    "sound": ReadTheMoment(trials=3, channel=Channel.SOUND),
    "threshold": FindTheThreshold(emotions=("fear",)),
    "beside": Contrast(pair=("fear", "surprise")),
    "checkup": CheckUp(),
    "brief": BriefMoments(),
    "follow": FollowAlong(),
}
FILM = min(asset("clips", "starter", "media").glob("*happiness*"))  # stands for a camera
ANSWERS = 620  # in the history that is made up


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


def practised_services(answers: int, camera: Path) -> Services:
    """Services with a history to show."""
    services = make_services(camera=f"file:{camera}")
    now = datetime.now(UTC)

    def fill(store: Store) -> None:
        MadeUp(answers=answers, until=now).fill(store, services.vocabulary)
        MadeUpMeasures(until=now - timedelta(hours=2)).fill(store, services.vocabulary)

    services.history.ask(fill).result()
    return services


class Visitor:
    """Goes to the pages of a running window as a person does."""

    def __init__(self, running: shell.Shell, services: Services) -> None:
        self._window = running.window
        self._profiles = ProfileViews(running, services)
        self._editor = EditorViews(running, services)
        self._library = LibraryViews(running, services)
        self._protection = ProtectionViews(running, services)
        self._partner = PartnerViews(running, services)
        self._services = services

    def go(self, page: str) -> None:
        """Show a page and let it settle."""
        steps: dict[str, Callable[[], object]] = {
            "options": self._options,
            "feedback": self._feedback,
            "review": self._review,
            "beside-feedback": lambda: self._feedback("beside"),
            "outcome": self._outcome,
            "left": self._left,
            "session": self._session,
            "between": self._between,
            "answer": self._answer,
            **{f"history-{topic.name}": partial(self._topic, topic.name) for topic in TOPICS},
            "sandbox": self._sandbox,
        }
        elsewhere = (
            Sessions(self._fresh, self._services).places
            | self._profiles.places
            | self._protection.places
            | self._editor.places
            | self._library.places
            | self._partner.places
        )
        if page in elsewhere:
            elsewhere[page]()
        elif page in QUESTIONS:
            self._question(page)
        elif page in steps:
            steps[page]()
        else:
            self._window.show_page(page)
        wait(SETTLES_MS)

    def _practice(self) -> PracticePage:
        self._window.show_page("practise")
        page = self._window.page
        assert isinstance(page, PracticePage)
        return page

    def _fresh(self) -> PracticePage:
        """At the start, with whatever was under way left."""
        page = self._practice()
        while page.showing is not page.start:
            if page.showing is page.outcome:
                page.outcome.again.emit()
            elif page.showing is page.review:
                page.review.going_on.emit()
            else:
                page.header.leaving.emit()
                for question in page.findChildren(Question):
                    question.yes.click()
            wait(SETTLES_MS)
        until(lambda: "read_the_moment" in page.start.ways and page.start.begin_button.isEnabled())
        return page

    def _options(self) -> None:
        way = self._fresh().start.ways["read_the_moment"]
        if not way.unfolded:
            way.change_button.click()

    def _question(self, name: str) -> None:
        """A question as it is asked, with something chosen."""
        page = self._fresh()
        clip_set = self._services.library.starter().result()
        if name == "sound":  # as if something could be heard in them
            clips = tuple(replace(clip, channel=Channel.PICTURE_AND_SOUND) for clip in clip_set.clips)
            clip_set = replace(clip_set, clips=clips)
        page.start.begun.emit(clip_set, QUESTIONS[name])
        until(lambda: page.showing is not page.start)
        if name == "beside":
            self._to_beside(page)
        elif name == "typed":
            page.trial.side.word.field.insert("worr")
            page.trial.side.word.field.textEdited.emit("worr")
        elif page.showing is page.trial and name != "sound":
            until(lambda: page.trial.player.frame is not None)
            wait(WATCHED_MS)
            if name != "threshold":
                page.trial.choices.choose(CHOSEN)
            if name == "blends":
                page.trial.choices.choose(CHOSEN + 1)
        wait(WATCHED_MS)

    def _to_beside(self, page: PracticePage) -> None:
        while page.showing is not page.beside:
            page.trial.choices.choose(1)
            page.trial.confirm()
            until(lambda: page.showing is page.feedback)
            page.feedback.going_on.emit()

    def _feedback(self, question: str = "trial") -> None:
        page = self._practice()
        if page.showing is page.feedback:
            return
        self._question(question)
        if question == "beside":
            page.beside.point(0)
        else:
            page.trial.confirm()
        until(lambda: page.showing is page.feedback and page.feedback.replay.lines_button.isEnabled())

    def _review(self) -> None:
        page = self._fresh()
        setup = ReadTheMoment(trials=6, hear=When.END)
        page.start.begun.emit(self._services.library.starter().result(), setup)
        until(lambda: page.showing is page.trial)
        while page.showing is page.trial:
            before = page.header.progress
            page.trial.choices.choose(CHOSEN)
            page.trial.confirm()
            until(lambda before=before: before != page.header.progress or page.showing is page.review)
            wait(SETTLES_MS)

    def _outcome(self) -> None:
        page = self._practice()
        if page.showing is page.outcome:
            return
        self._feedback()
        while page.showing is not page.outcome:
            page.feedback.going_on.emit()
            wait(SETTLES_MS)
            if page.showing is page.trial:
                page.trial.choices.choose(CHOSEN)
                page.trial.confirm()
                until(lambda: page.showing is not page.trial)

    def _left(self) -> None:
        """The start after a session was left in the middle."""
        page = self._practice()
        self._question("trial")
        page.trial.confirm()
        until(lambda: page.showing is page.feedback)
        self._fresh()

    def _sandbox(self) -> None:
        """Somebody surprised, their head a little turned."""
        self._window.show_page("sandbox")
        page = self._window.page
        assert isinstance(page, SandboxPage)
        until(lambda: page.bench is not None)
        bench = page.bench
        assert bench is not None
        until(lambda: bench.view.image is not None)
        bench.ready.chosen.emit("surprise")
        bench.view.turn(0.3, 0.05)
        wait(DRAWN_MS)

    def _topic(self, name: str) -> None:
        self._window.show_page("history")
        page = self._window.page
        assert isinstance(page, HistoryPage)
        until(lambda: page.topic is not None)
        page.go(name)
        wait(SETTLES_MS)
        if isinstance(page.topic, QScrollArea):
            self._grown(page.topic)

    def _grown(self, area: QScrollArea) -> None:
        """The window as tall as the whole page, so that one picture shows all of it."""
        more = area.verticalScrollBar().maximum()
        if more:
            self._window.resize(self._window.width(), min(self._window.height() + more, TALLEST))

    def _session(self) -> None:
        self._topic("sessions")
        page = self._window.page
        assert isinstance(page, HistoryPage)
        assert isinstance(page.topic, SessionsTopic)
        page.topic.all.table.opened.emit(0)

    def _between(self) -> None:
        """The sessions between two days."""
        self._topic("sessions")
        page = self._window.page
        assert isinstance(page, HistoryPage)
        assert isinstance(page.topic, SessionsTopic)
        when = page.topic.all.finding.pickers["when"]
        when.setCurrentIndex(when.count() - 1)
        when.activated.emit(when.currentIndex())

    def _answer(self) -> None:
        """The first answer of a session that was just practised, opened."""
        self._outcome()
        self._session()
        wait(SETTLES_MS)
        page = self._window.page
        assert isinstance(page, HistoryPage)
        assert isinstance(page.topic, SessionsTopic)
        page.topic.open_trial(0)
        wait(SETTLES_MS)
        assert page.topic.trial is not None
        self._grown(page.topic.trial)


def photographed(window: QWidget) -> QPixmap:
    """The window, with the dialog over it, which is closed then."""
    picture = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            place = window.rect().center() - dialog.rect().center()
            with QPainter(picture) as painter:
                painter.drawPixmap(place, dialog.grab())
            dialog.reject()
    return picture


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--empty", action="store_true", help="with nothing practised yet")
    parser.add_argument("--answers", type=int, default=ANSWERS, help="in the history that is made up")
    parser.add_argument("--camera", type=Path, default=FILM, help="film that stands for a camera")
    parser.add_argument("shots", nargs="+", type=Shot.parse)
    wanted = parser.parse_args()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    app, bridge = shell.application(), Bridge()
    with tempfile.TemporaryDirectory() as home, reports.everything_reported(bridge.failed.emit) as recent:
        os.environ[HOME_VARIABLE] = home
        opened: list[Services] = []

        def make() -> Services:
            opened.append(
                make_services(camera=f"file:{wanted.camera}")
                if wanted.empty
                else practised_services(wanted.answers, wanted.camera)
            )
            return opened[0]

        running = shell.Shell(app, make, words=Words(), bridge=bridge, recent=recent)
        until(lambda: running.window.is_open)
        visitor = Visitor(running, opened[0])
        for shot in wanted.shots:
            running.window.resize(shot.width, shot.height)
            running.theme.choose(appearance=shot.look, text_scale=shot.text_scale)
            visitor.go(shot.page)
            photographed(running.window).save(str(wanted.folder / shot.name))
            print(wanted.folder / shot.name)
        running.close()


if __name__ == "__main__":
    main()
