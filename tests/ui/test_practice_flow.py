"""Every protocol through the real window with the real starter set, by keys, from the start to its end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from attune.app.practice import PracticeSession, Trial, When
from attune.app.protocols.catalogue import SETUPS
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import FindTheThreshold
from attune.app.protocols.trial import Beside, Name
from attune.app.services import Services, make_services
from attune.ui.practice import PracticePage
from attune.ui.shell import Shell
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.widgets.dialogs import Question

PATIENCE_MS = 20_000
ENTER = Qt.Key.Key_Return

# A clip was answered before it was opened, or is damaged.
pytestmark = pytest.mark.qt_log_ignore("Could not open media")


@pytest.fixture(autouse=True)
def _quiet() -> None:
    quiet_multimedia()


class Somebody:
    """Practises in the real window, by keys."""

    def __init__(self, qtbot: QtBot, running: Shell, services: Services) -> None:
        self.qtbot = qtbot
        self.services = services
        assert isinstance(running.window.page, PracticePage)
        self.page = running.window.page
        qtbot.waitUntil(lambda: len(self.page.start.ways) == len(SETUPS), timeout=PATIENCE_MS)

    @property
    def session(self) -> PracticeSession:
        assert self.page._session is not None
        return self.page._session

    @property
    def trial(self) -> Trial:
        assert self.session.current is not None
        return self.session.current

    def begins(self, setup: Setup) -> None:
        clip_set = self.services.library.starter().result()
        self.page.start.begun.emit(clip_set, setup)
        self.qtbot.waitUntil(lambda: self.page.showing is not self.page.start, timeout=PATIENCE_MS)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.qtbot.keyClick(self.page.showing.focusWidget() or self.page.showing, key)

    def says(self, label: str | None = None) -> None:
        """Answer with ``label``, else what the clip was drawn to show."""
        trial, count = self.trial, len(self.session.answered)
        assert isinstance(trial.ask, Name)
        meant = label or trial.clip.references[0].top
        self.press(Qt.Key(Qt.Key.Key_1 + trial.choices.index(meant)))
        if trial.ask.rated:
            self.press(ENTER)
        self.heard(count + 1)

    def points(self) -> None:
        """Point at the trial's own clip."""
        trial, count = self.trial, len(self.session.answered)
        assert isinstance(trial.show, Beside)
        self.press(Qt.Key.Key_Left if trial.show.on_left else Qt.Key.Key_Right)
        self.heard(count + 1)

    def heard(self, count: int) -> None:
        """Wait until that many answers are kept, or it is over with the last."""
        self.qtbot.waitUntil(
            lambda: self.page._session is None or len(self.page._session.answered) == count,
            timeout=PATIENCE_MS,
        )

    def leaves(self) -> None:
        self.press(Qt.Key.Key_Escape)
        (question,) = self.page.findChildren(Question)
        question.yes.click()

    def sees(self, part: Callable[[], QWidget]) -> QWidget:
        """Wait for a part of the page to show."""
        self.qtbot.waitUntil(lambda: self.page.showing is part(), timeout=PATIENCE_MS)
        return part()

    def reads(self, *parts: str) -> None:
        """Wait until these words are to be read."""
        for part in parts:
            self.qtbot.waitUntil(lambda part=part: part in words_of(self.page), timeout=PATIENCE_MS)


def words_of(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def somebody(qtbot: QtBot, open_window: Callable[..., Shell]) -> Callable[[], Somebody]:
    """Open the window for somebody whose faces are not measured; again: a restart."""

    def come() -> Somebody:
        opened: list[Services] = []

        def make() -> Services:
            opened.append(make_services())
            return opened[0]

        running = open_window(make)
        opened[0].settings.change(measure_faces=False, trials=5).result()
        return Somebody(qtbot, running, opened[0])

    return come


@pytest.fixture
def one(somebody: Callable[[], Somebody]) -> Somebody:
    return somebody()


def test_daily_practice_by_keys_alone(one: Somebody) -> None:
    assert one.page.start.begin_button.hasFocus()
    one.press(ENTER)
    one.sees(lambda: one.page.trial)
    assert isinstance(one.session.setup, Daily)
    assert one.page.header.progress == "1 of 40"
    for _ in range(2):
        one.sees(lambda: one.page.trial)
        one.says()
        one.sees(lambda: one.page.feedback)
        one.press(ENTER)
    one.leaves()
    one.sees(lambda: one.page.outcome)
    assert not one.page.header.isVisible()


def test_a_short_day_to_its_end(one: Somebody) -> None:
    one.begins(Daily(minutes=1))
    for _ in range(4):
        one.sees(lambda: one.page.trial)
        one.says()
        one.sees(lambda: one.page.feedback)
        one.press(ENTER)
    one.sees(lambda: one.page.outcome)
    (session,) = one.services.history.sessions().result()
    assert (session.answered, session.session.mode) == (4, "daily")
    assert session.session.ended_at is not None


def test_of_four_names_and_none_of_them(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=1, choices=4, none=True))
    assert len(one.page.trial.choices.buttons) == 5
    one.says("none_of_these")
    feedback = one.page.feedback
    one.sees(lambda: feedback)
    assert one.page._session is not None
    (answer,) = one.session.answered
    assert answer.record.chosen == "none_of_these"
    assert answer.perceived.intensity is None


def test_exactly_these_names(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=2, names=("fear", "surprise")))
    assert list(one.page.trial.choices.buttons) == ["fear", "surprise"]
    one.says()
    assert set(one.session.answered[0].perceived.labels) == {"fear", "surprise"}


def test_two_at_once_in_shares(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=1, blends=True))
    fear, surprise = (one.trial.choices.index(name) for name in ("fear", "surprise"))
    one.press(Qt.Key(Qt.Key.Key_1 + fear), Qt.Key(Qt.Key.Key_1 + surprise))
    one.reads("50% · 50%")
    one.press(Qt.Key.Key_Right, Qt.Key.Key_Right)  # towards the second
    one.reads("40% · 60%")
    one.press(ENTER)
    one.sees(lambda: one.page.feedback)
    labels = one.session.answered[0].perceived.labels
    assert (
        labels["surprise"]
        > labels["fear"]
        > max(v for k, v in labels.items() if k not in ("fear", "surprise"))
    )


def test_a_word_of_ones_own(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=1, typed=True))
    one.qtbot.keyClicks(one.page.trial.side.word.field, "afraid")
    assert one.page.trial.side.labels[0] == "fear"
    one.press(ENTER)  # settles it
    one.reads("How sure are you?")
    one.press(ENTER)
    one.sees(lambda: one.page.feedback)
    record = one.session.answered[0].record
    assert (record.chosen, record.word) == ("fear", "afraid")


def test_a_word_nobody_knows_leads_to_all_names(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=1, typed=True))
    one.qtbot.keyClicks(one.page.trial.side.word.field, "xyzzy")
    one.press(ENTER)
    one.reads("does not know this word")
    near = one.page.trial.side.word.near
    one.qtbot.waitUntil(lambda: all(button.isVisible() for button in near.buttons.values()))
    one.press(Qt.Key.Key_Down, Qt.Key.Key_3, ENTER)
    one.sees(lambda: one.page.feedback)
    record = one.session.answered[0].record
    assert (record.chosen, record.word) == (one.session.answered[0].trial.choices[2], "xyzzy")


def test_without_replay_space_plays_nothing(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=1, replay=False))
    assert not one.page.trial.replay_button.isVisible()
    one.press(Qt.Key.Key_Space)
    one.says()
    one.sees(lambda: one.page.feedback)
    assert one.session.answered[0].record.replays == 0


def test_hearing_back_at_the_end_opens_each(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=2, hear=When.END))
    one.says("contempt")
    assert one.page.showing is one.page.trial
    one.says()
    one.sees(lambda: one.page.review)
    assert len(one.page.review.buttons) == 2
    one.page.review.buttons[0].click()
    one.sees(lambda: one.page.feedback)
    one.reads("You said contempt")
    one.press(Qt.Key.Key_Escape)  # there is nothing to leave any more
    one.sees(lambda: one.page.review)
    one.press(ENTER)
    one.sees(lambda: one.page.outcome)


def test_a_threshold_stands_still_and_asks_at_once(one: Somebody) -> None:
    one.begins(FindTheThreshold(emotions=("fear",), most=3))
    for number in range(3):
        assert f"{number + 1} of at most 3" in one.page.header.progress
        one.qtbot.waitUntil(lambda: one.page.trial.stage.held, timeout=PATIENCE_MS)
        frame = one.page.trial.view._frame
        assert frame is not None
        until_s = one.trial.show.until_s  # type: ignore[union-attr]
        assert frame.time_ns <= round(until_s * 1e9) + 500_000 < frame.end_ns + 500_000
        one.says()
    one.sees(lambda: one.page.review)
    one.press(ENTER)
    one.sees(lambda: one.page.outcome)


def test_contrast_alone_and_side_by_side(one: Somebody) -> None:
    one.begins(Contrast(pair=("fear", "surprise"), most=8))
    for number in range(8):
        if number < 6:
            one.sees(lambda: one.page.trial)
            one.says()
        else:
            one.sees(lambda: one.page.beside)
            one.reads("Which of the two shows")
            one.points()
        one.sees(lambda: one.page.feedback)
        one.press(ENTER)
    one.sees(lambda: one.page.outcome)
    (session,) = one.services.history.sessions().result()
    found = one.services.history.session(session.session.id or 0).result()
    assert found.session.planned == 8
    assert session.answered == 8


def test_pointing_by_mouse_is_an_answer_too(one: Somebody) -> None:
    one.begins(Contrast(pair=("fear", "surprise"), most=7))
    for _ in range(6):
        one.sees(lambda: one.page.trial)
        one.says()
        one.sees(lambda: one.page.feedback)
        one.press(ENTER)
    beside = one.page.beside
    one.sees(lambda: beside)
    one.qtbot.waitUntil(lambda: all(stage.player.frame for stage in beside.stages), timeout=PATIENCE_MS)
    one.press(Qt.Key.Key_Space)
    trial = one.trial
    one.qtbot.mouseClick(beside.stages[1], Qt.MouseButton.LeftButton)
    one.sees(lambda: one.page.feedback)
    answer = one.session.answered[-1]
    assert answer.agreement.same is not trial.show.on_left  # type: ignore[union-attr]
    assert answer.record.replays == 1


@pytest.mark.slow
def test_a_check_up_says_nothing_until_its_end(one: Somebody) -> None:
    one.begins(CheckUp())
    count = one.session.planned
    for _ in range(count):
        assert one.page.showing is one.page.trial
        one.says()
    one.sees(lambda: one.page.outcome)
    (session,) = one.services.history.sessions().result()
    assert session.answered == count >= 8


def test_going_on_after_leaving_and_a_restart(somebody: Callable[[], Somebody]) -> None:
    one = somebody()
    one.begins(ReadTheMoment(trials=5))
    one.says()
    one.sees(lambda: one.page.feedback)
    one.press(ENTER)
    left = one.trial.clip.name
    one.leaves()
    one.sees(lambda: one.page.outcome)
    again = somebody()
    again.reads("You left Read the moment", "after 1 of 5")
    again.page.start.go_on_button.click()
    again.sees(lambda: again.page.trial)
    assert again.trial.clip.name == left
    assert again.page.header.progress == "2 of 5"


def test_what_was_left_can_be_let_be(one: Somebody) -> None:
    one.begins(ReadTheMoment(trials=5))
    one.says()
    one.press(Qt.Key.Key_Escape)
    one.page.findChildren(Question)[0].yes.click()
    one.sees(lambda: one.page.outcome)
    one.page.outcome.again.emit()
    one.reads("You left Read the moment")
    one.page.start._let_be_button.click()
    one.qtbot.waitUntil(lambda: not one.page.start.go_on_button.isVisible(), timeout=PATIENCE_MS)
    assert one.services.practice.unfinished().result() == ()


def test_an_unreadable_clip_is_left_out_with_a_notice(
    one: Somebody, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = one.services.library.starter().result()
    damaged = tmp_path_factory.mktemp("clips") / "damaged.webm"
    damaged.write_bytes(b"nothing that moves" * 100)
    clips = tuple(clip for clip in whole.clips if clip.references[0].top in ("fear", "anger"))[:2]
    clip_set = replace(whole, clips=(replace(clips[0], file=damaged), clips[1]))
    one.page.start.begun.emit(clip_set, ReadTheMoment(trials=2))
    one.qtbot.waitUntil(
        lambda: one.page._session is not None and one.trial.clip.name == clips[1].name, timeout=PATIENCE_MS
    )
    one.says()
    one.sees(lambda: one.page.feedback)
    one.press(ENTER)
    one.sees(lambda: one.page.outcome)
    (session,) = one.services.history.sessions().result()
    assert session.answered == 1


def test_a_check_up_that_is_due_is_offered(one: Somebody) -> None:
    start = one.page.start
    later = SimpleNamespace(
        channel="", due=start_of("2099-05-04"), after=start_of("2026-01-29") - start_of("2026-01-01")
    )
    start._show_reminders((later,))  # type: ignore[arg-type]
    assert not start.due_button.isVisible()
    one.reads("due on 4 May")
    due = SimpleNamespace(channel="", due=start_of("2026-01-01"), after=later.after)
    start._show_reminders((due,))  # type: ignore[arg-type]
    one.reads("4 weeks since your first one")
    start.due_button.click()
    one.sees(lambda: one.page.trial)
    assert isinstance(one.session.setup, CheckUp)


def start_of(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")
