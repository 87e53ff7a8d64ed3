"""Open up in the real window, by keys: from the prompt to what the speaker may uncover, without a camera."""

from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from attune.affect.reading import Source
from attune.app.partner.couple import Kind, Moment
from attune.app.partner.open_up import Told, Way
from attune.app.partner.prompts import Depth, Wish
from attune.app.services import Services
from attune.errors import StorageError
from attune.ui.partner.handing import HandOver
from attune.ui.partner.open_up import speaking
from attune.ui.partner.open_up.choose import ChoosePage
from attune.ui.partner.open_up.deeper import DeeperPage
from attune.ui.partner.open_up.enough import EnoughPage
from attune.ui.partner.open_up.felt import FeltPage
from attune.ui.partner.open_up.marks import MarksPage
from attune.ui.partner.open_up.page import OpenUpPage
from attune.ui.partner.open_up.rating import RatingPage
from attune.ui.partner.open_up.speaking import SpeakingPage
from attune.ui.partner.saying import SayStep
from attune.ui.widgets.dialogs import Question
from tests.futures import settled
from tests.ui import rounds
from tests.ui.rounds import NO_MODIFIER, Opener

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Clock:
    """Time that passes when the test says so."""

    def __init__(self) -> None:
        self.now_ns = 10**15

    def __call__(self) -> int:
        return self.now_ns


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(speaking, "now_ns", made)
    return made


class Round(rounds.Round):
    """The round, with two people who agreed to nothing but being here."""

    round: OpenUpPage

    def __init__(
        self, qtbot: QtBot, open_window: Opener, clock: Clock, *, notes: tuple[str, ...] = ()
    ) -> None:
        def fill(services: Services) -> None:
            ana, _ben = services.couple.people().result()
            for text in notes:
                services.couple.note(ana.id, kind="prompt", text=text, key="lightness").result()

        self.clock = clock
        super().__init__(qtbot, open_window, "open_up", fill=fill)

    def enter(self) -> None:
        super().enter()
        self.qtbot.waitUntil(lambda: self.round.showing is not None)

    @property
    def now(self) -> QWidget:
        assert self.round.showing is not None
        return self.round.showing

    @property
    def choosing(self) -> ChoosePage:
        page = self.now
        assert isinstance(page, ChoosePage)
        return page

    @property
    def speaking(self) -> SpeakingPage:
        page = self.now
        assert isinstance(page, SpeakingPage)
        return page

    def until(self, kind: type[QWidget]) -> None:
        self.qtbot.waitUntil(lambda: isinstance(self.now, kind))

    def handed(self, name: str) -> None:
        hand_over = self.now
        assert isinstance(hand_over, HandOver)
        assert name in hand_over.accessibleName()
        self.press(Qt.Key.Key_Return)

    def passes(self, seconds: float) -> None:
        """So much time of speaking, looked at ten times a second."""
        page = self.speaking
        for _ in range(round(seconds * 10)):
            self.clock.now_ns += 100_000_000
            page._timer.timeout.emit()

    def said(self) -> str:
        return "\n".join(label.text() for label in self.now.findChildren(QLabel) if label.isVisible())

    def moments(self) -> tuple[Moment, ...]:
        return self.couple.moments(kind=Kind.OPEN_UP).result(10)

    def speak(self, seconds: float = 40.0, *, follow: bool = True) -> None:
        """From choosing to the end of speaking; the dial goes down, then up."""
        self.press(Qt.Key.Key_Return)
        page = self.speaking
        self.press(Qt.Key.Key_Space)
        self.passes(seconds / 4)
        if follow:
            for _ in range(8):
                self.press(Qt.Key.Key_Left)
            self.passes(seconds / 4)
            for _ in range(14):
                self.press(Qt.Key.Key_Right)
                self.passes(seconds / 28)
        else:
            self.passes(seconds * 3 / 4)
        assert page.act_button.isEnabled()
        self.press(Qt.Key.Key_Space)

    def mark(self) -> MarksPage:
        """Two marks: sad at ten seconds, glad at thirty."""
        page = self.now
        assert isinstance(page, MarksPage)
        self.press(Qt.Key.Key_Right, SHIFT)
        self.press(Qt.Key.Key_Right, SHIFT)
        self.press(Qt.Key.Key_3)
        for _ in range(20):
            self.press(Qt.Key.Key_Right)
        self.press(Qt.Key.Key_2)
        return page

    def rate(self, *steps: int) -> None:
        """So many steps from the middle on each line, and Enter."""
        page = self.now
        assert isinstance(page, RatingPage)
        for count in steps:
            for _ in range(abs(count)):
                self.press(Qt.Key.Key_Right if count > 0 else Qt.Key.Key_Left)
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)

    def until_rated(self) -> RatingPage:
        """A short turn, without marks, up to the speaker's ratings."""
        self.speak(12, follow=False)
        self.handed("Ana")
        self.press(Qt.Key.Key_Return)
        page = self.now
        assert isinstance(page, RatingPage)
        return page

    def until_felt(self) -> FeltPage:
        """The same, all of it passed, up to how it felt."""
        self.until_rated()
        self.press(Qt.Key.Key_Return)
        self.until(HandOver)
        self.handed("Ben")
        step = self.now
        assert isinstance(step, SayStep)
        assert step.accessibleName() == "Ben listened to Ana"
        self.qtbot.keyClick(step.feeling, Qt.Key.Key_0)
        self.press(Qt.Key.Key_Return)
        self.until(FeltPage)
        page = self.now
        assert isinstance(page, FeltPage)
        return page

    def until_heard(self) -> None:
        """What was told to the window by now has arrived there."""
        heard: list[object] = []
        self.page.parts.bridge.post(lambda: heard.append(1))
        self.qtbot.waitUntil(lambda: bool(heard))

    def notice(self) -> None:
        """Ben saw sadness, and feels calm himself."""
        for number in (Qt.Key.Key_3, Qt.Key.Key_1):
            step = self.now
            assert isinstance(step, SayStep)
            self.qtbot.keyClick(step.feeling, number)
            self.qtbot.keyClick(step.feeling, Qt.Key.Key_Return)
            self.qtbot.waitUntil(lambda step=step: self.now is not step)


@pytest.fixture
def a_round(qtbot: QtBot, open_window: Opener, clock: Clock) -> Round:
    return Round(qtbot, open_window, clock)


@pytest.fixture
def late(a_round: Round, monkeypatch: pytest.MonkeyPatch) -> list[Future[Any]]:
    """Before the doors; what the two spoke about before is asked for with these, and not known yet."""
    asked: list[Future[Any]] = []
    at_once = a_round.couple.moments

    def moments(*, kind: Kind | None = None, **wanted: Any) -> Future[Any]:
        if kind is not Kind.OPEN_UP:
            return at_once(kind=kind, **wanted)
        asked.append(Future())
        return asked[-1]

    a_round.press(Qt.Key.Key_Escape)
    assert a_round.page.showing is a_round.page.home
    monkeypatch.setattr(a_round.couple, "moments", moments)
    return asked


@pytest.mark.parametrize("mouse", [False, True], ids=["keys", "mouse"])
def test_a_quick_second_press_on_the_door_begins_no_second_round(
    a_round: Round, late: list[Future[Any]], *, mouse: bool
) -> None:
    page, window = a_round.page, a_round.window
    assert page.home.doors is not None
    door = page.home.doors.by_key["open_up"]
    door.setFocus()
    if mouse:  # by the window, which knows what lies under the pointer by then
        place = door.mapTo(window, door.rect().center())
        QTest.mouseDClick(window.windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, place)
    else:
        a_round.press(Qt.Key.Key_Return)
        a_round.press(Qt.Key.Key_Return)
    (asked,) = late
    asked.set_result(())
    a_round.qtbot.waitUntil(lambda: bool(page.showing.findChildren(ChoosePage)))
    a_round.press(Qt.Key.Key_Escape)
    assert page.showing is page.home


def test_where_it_cannot_be_known_what_was_before_the_door_is_shut_again(
    a_round: Round, late: list[Future[Any]]
) -> None:
    page = a_round.page
    assert page.home.doors is not None
    a_round.qtbot.keyClick(page.home.doors.by_key["open_up"], Qt.Key.Key_Return)
    (asked,) = late
    with a_round.qtbot.waitSignal(page.parts.bridge.failed):
        asked.set_exception(StorageError("storage.locked", path="here"))
    assert page.showing is page.home


@pytest.mark.slow
def test_a_turn_from_the_prompt_to_what_the_speaker_uncovers(a_round: Round) -> None:
    prompt = a_round.choosing.prompt.text()
    a_round.speak()
    a_round.handed("Ana")
    page = a_round.mark()
    assert [(mark.time_s, mark.label) for mark in page.marks] == [(10.0, "sadness"), (30.0, "happiness")]
    line = page.line
    a_round.qtbot.keyClick(page.placer, Qt.Key.Key_Right)
    a_round.qtbot.mouseClick(line, Qt.MouseButton.LeftButton, pos=line._spot(page.marks[0]).toPoint())
    assert line.time_s == 10.0
    for _ in range(6):
        a_round.qtbot.keyClick(page.placer, Qt.Key.Key_Left)
    assert page.marks[0].values[0] < -0.3 < 0 < page.marks[1].values[0]
    a_round.qtbot.keyClick(line, Qt.Key.Key_Return)
    a_round.rate(6, 2)  # the third line is left alone: passed
    a_round.until(HandOver)
    (kept,) = a_round.moments()
    assert Told.from_json(kept.told).felt_heard == {"understood": 0.8, "cared_for": 0.6, "accepted": None}
    a_round.handed("Ben")
    a_round.notice()
    a_round.rate(-2, 2, 4)
    a_round.until(FeltPage)
    told = _kept_whole(a_round)
    assert (told.text, told.depth, told.way) == (prompt, Depth.LIGHTNESS, Way.DIAL)
    page_felt = a_round.now
    assert isinstance(page_felt, FeltPage)
    said = a_round.said()
    assert "80%" in said
    assert "60%" in said
    assert "not said" in said
    assert "40%" not in said  # what Ben guessed is Ana's to uncover
    assert page_felt.score is None
    a_round.qtbot.keyClick(page_felt.reveal_button, Qt.Key.Key_Return)
    a_round.qtbot.waitUntil(lambda: "40%" in a_round.said())
    said = a_round.said()
    assert "Ben went along" in said
    assert "Ben, you might say" in said
    assert "face" not in said
    assert a_round.moments()[0].revealed

    a_round.qtbot.keyClick(page_felt.next_button, Qt.Key.Key_Return)
    assert a_round.choosing.whose.text() == "Ben speaks, Ana listens"
    assert a_round.choosing.prompt.text() != prompt


def _kept_whole(a_round: Round) -> Told:
    """Everything said is kept, nothing measured is, and nothing is uncovered."""
    (kept,) = a_round.moments()
    assert not kept.revealed
    assert (kept.shower, kept.noticer) == (1, 2)
    assert kept.expressed is None
    assert kept.units == ()
    assert kept.felt is not None
    assert set(kept.felt.labels) == {"sadness", "happiness"}
    assert kept.perceived is not None
    assert (kept.perceived.top, kept.perceived.source) == ("sadness", Source.USER)
    told = Told.from_json(kept.told)
    assert told.own is not None
    assert told.shown is None
    assert told.guessed == {"understood": 0.4, "cared_for": 0.6, "accepted": 0.7}
    return told


@pytest.mark.slow
def test_either_may_have_a_turn_deleted_and_nothing_is_left(a_round: Round) -> None:
    page = a_round.until_felt()
    assert "keeps that to themselves" in a_round.said()
    a_round.qtbot.keyClick(page.veto_button, Qt.Key.Key_Return)
    (question,) = a_round.page.findChildren(Question)
    a_round.qtbot.keyClick(question.yes, Qt.Key.Key_Return)
    a_round.until(ChoosePage)
    assert "deleted" in a_round.choosing.said.text()
    assert a_round.moments() == ()


def test_enough_is_enough_and_leaves_nothing(a_round: Round) -> None:
    prompt = a_round.choosing.prompt.text()
    a_round.press(Qt.Key.Key_Return)
    a_round.press(Qt.Key.Key_Space)
    a_round.passes(5)
    a_round.press(Qt.Key.Key_Escape)
    page = a_round.now
    assert isinstance(page, EnoughPage)
    assert "Nothing has to be explained" in a_round.said()
    a_round.press(Qt.Key.Key_Return)
    assert a_round.choosing.prompt.text() != prompt
    assert a_round.choosing.whose.text() == "Ana speaks, Ben listens"
    assert a_round.moments() == ()


def test_before_anybody_spoke_it_goes_back_to_the_same_prompt(a_round: Round) -> None:
    prompt = a_round.choosing.prompt.text()
    a_round.press(Qt.Key.Key_Return)
    assert isinstance(a_round.now, SpeakingPage)
    a_round.press(Qt.Key.Key_Escape)
    assert a_round.choosing.prompt.text() == prompt
    a_round.press(Qt.Key.Key_Return)
    a_round.qtbot.keyClick(a_round.page.back_button, Qt.Key.Key_Return)  # nothing is asked
    assert a_round.page.showing is a_round.page.home


def test_what_was_said_before_it_was_enough_can_be_gone_on_with(a_round: Round) -> None:
    a_round.press(Qt.Key.Key_Return)
    a_round.press(Qt.Key.Key_Space)
    a_round.passes(5)
    a_round.qtbot.keyClick(a_round.speaking.enough_button, Qt.Key.Key_Return)
    page = a_round.now
    assert isinstance(page, EnoughPage)
    a_round.qtbot.keyClick(page.keep_button, Qt.Key.Key_Return)
    a_round.handed("Ana")
    marks = a_round.now
    assert isinstance(marks, MarksPage)
    assert marks.line._lasts_s == pytest.approx(5.0)


def test_it_goes_deeper_only_if_both_would(a_round: Round) -> None:
    def ask(*wishes: Wish) -> None:
        a_round.qtbot.keyClick(a_round.choosing.depths.button("everyday"), Qt.Key.Key_Return)
        for name, wish in zip(("Ana", "Ben"), wishes, strict=True):
            a_round.handed(name)
            page = a_round.now
            assert isinstance(page, DeeperPage)
            assert name in page.accessibleName()
            a_round.qtbot.keyClick(page.buttons[wish], Qt.Key.Key_Return)

    assert not a_round.choosing.depths.button("roots").isEnabled()
    ask(Wish.DEEPER, Wish.STAY)
    assert a_round.round.sitting.depth is Depth.LIGHTNESS
    assert "You stay here" in a_round.choosing.said.text()
    ask(Wish.DEEPER, Wish.DEEPER)
    assert a_round.round.sitting.depth is Depth.EVERYDAY
    assert a_round.choosing.depths.button("roots").isEnabled()
    a_round.qtbot.keyClick(a_round.choosing.depths.button("lightness"), Qt.Key.Key_Return)
    assert a_round.round.sitting.depth is Depth.LIGHTNESS


def test_any_prompt_can_be_passed_and_one_of_their_own_is_kept(a_round: Round) -> None:
    seen = {a_round.choosing.prompt.text()}
    for _ in range(5):
        a_round.press(Qt.Key.Key_P)
        assert a_round.choosing.prompt.text() not in seen
        seen.add(a_round.choosing.prompt.text())
    page = a_round.choosing
    a_round.qtbot.keyClick(page.own_button, Qt.Key.Key_Return)
    a_round.qtbot.keyClicks(page.own_field, "The river behind our house.")
    a_round.qtbot.keyClick(page.own_field, Qt.Key.Key_Return)
    a_round.qtbot.waitUntil(lambda: page.prompt.text() == "The river behind our house.")
    (note,) = a_round.couple.notes(kind="prompt").result(10)
    assert (note.key, note.person, note.by) == ("lightness", 1, 1)


def test_a_prompt_written_another_day_comes_up(qtbot: QtBot, open_window: Opener, clock: Clock) -> None:
    a_round = Round(qtbot, open_window, clock, notes=("Snow.",))
    seen = set()
    for _ in range(30):
        seen.add(a_round.choosing.prompt.text())
        a_round.press(Qt.Key.Key_P)
    assert "Snow." in seen


def test_leaving_a_turn_is_asked_about_and_then_nothing_is_kept(a_round: Round) -> None:
    a_round.press(Qt.Key.Key_Return)
    a_round.press(Qt.Key.Key_Space)
    a_round.passes(5)
    a_round.qtbot.keyClick(a_round.page.back_button, Qt.Key.Key_Return)
    (question,) = a_round.page.findChildren(Question)
    a_round.qtbot.keyClick(question.no, Qt.Key.Key_Return)
    assert isinstance(a_round.now, SpeakingPage)
    a_round.qtbot.keyClick(a_round.page.back_button, Qt.Key.Key_Return)
    a_round.page.findChildren(Question)[-1].yes.click()
    assert a_round.page.showing is a_round.page.home
    assert a_round.moments() == ()


def test_time_is_told_without_counting_and_nobody_is_cut_short(a_round: Round) -> None:
    a_round.press(Qt.Key.Key_Return)
    page = a_round.speaking
    assert page.time.said == "Take a breath."
    a_round.press(Qt.Key.Key_Space)
    assert not page.act_button.isEnabled()  # nothing was said yet
    a_round.passes(10)
    assert page.time.said == "Under 2 minutes left"
    a_round.passes(30)
    assert page.time.said == "Under a minute left"
    a_round.passes(25)
    assert page.time.said == "Slowly towards the end"
    a_round.passes(30)
    assert page.time.said == "Finish in your own time"
    a_round.passes(60)
    assert isinstance(a_round.now, HandOver)


def test_a_pad_asks_for_both_and_only_listening_for_neither(a_round: Round) -> None:
    a_round.qtbot.keyClick(a_round.choosing.ways_.button("pad"), Qt.Key.Key_Space)
    a_round.press(Qt.Key.Key_Escape)  # leaves: nothing is under way
    assert a_round.page.showing is a_round.page.home
    a_round.enter()
    for way, axes in ((Way.PAD, 2), (Way.LISTEN, 0)):
        choosing = a_round.choosing
        a_round.qtbot.keyClick(choosing.ways_.button(str(way)), Qt.Key.Key_Space)
        a_round.qtbot.keyClick(choosing.begin_button, Qt.Key.Key_Return)
        page = a_round.speaking
        assert page.tracer.isVisible() == bool(axes)
        a_round.press(Qt.Key.Key_Space)
        a_round.qtbot.keyPress(page, Qt.Key.Key_Up)
        a_round.passes(4)
        a_round.qtbot.keyRelease(page, Qt.Key.Key_Up)
        speech = page.speech
        assert speech is not None
        assert {len(sample) for sample in speech.samples} == ({1 + axes} if axes else set())
        a_round.press(Qt.Key.Key_Escape)
        a_round.press(Qt.Key.Key_Return)


@pytest.mark.parametrize("way", Way)
def test_nothing_of_what_is_marked_lies_outside_the_smallest_window(a_round: Round, way: Way) -> None:
    a_round.window.resize(a_round.window.minimumSize())
    a_round.qtbot.keyClick(a_round.choosing.ways_.button(str(way)), Qt.Key.Key_Space)
    a_round.choosing.begin_button.setFocus()
    a_round.speak(12, follow=False)
    a_round.handed("Ana")
    page = a_round.now
    assert isinstance(page, MarksPage)
    a_round.press(Qt.Key.Key_3)
    a_round.qtbot.waitUntil(lambda: page.width() == a_round.round.width())
    assert page.minimumSizeHint().width() <= page.width()
    assert page.mapTo(a_round.window, page.rect().topRight()).x() < a_round.window.width()


def test_marks_are_made_named_moved_and_taken_away_by_keys_and_mouse(a_round: Round) -> None:
    a_round.speak(60, follow=False)
    a_round.handed("Ana")
    page = a_round.mark()
    line = page.line
    assert "marks: 2" in a_round.said()
    a_round.press(Qt.Key.Key_PageUp)
    assert line.time_s == 10.0
    assert page.choices.label == "sadness"
    page.strength.slider.setValue(90)
    assert page.marks[0].intensity == 0.9
    a_round.press(Qt.Key.Key_Delete)
    assert [mark.label for mark in page.marks] == ["happiness"]
    a_round.qtbot.mouseClick(
        line, Qt.MouseButton.LeftButton, pos=QPoint(round(line._x(45.0)), line.height() // 2)
    )
    assert line.time_s == pytest.approx(45.0, abs=0.2)
    a_round.qtbot.mouseClick(page.choices.buttons["neutral"], Qt.MouseButton.LeftButton)
    assert page.marks[-1].label == "neutral"
    assert page.marks[-1].intensity is None
    assert "neutral" in line.accessibleDescription().lower()


@pytest.mark.slow
def test_enter_pressed_twice_keeps_one_turn_and_takes_one(a_round: Round) -> None:
    page = a_round.until_rated()
    for _ in range(2):
        a_round.qtbot.keyClick(page, Qt.Key.Key_Return)
    a_round.until(HandOver)
    a_round.handed("Ben")
    step = a_round.now
    assert isinstance(step, SayStep)
    a_round.qtbot.keyClick(step.feeling, Qt.Key.Key_0)
    guesses = a_round.now
    for _ in range(2):
        a_round.qtbot.keyClick(guesses, Qt.Key.Key_Return)
    a_round.until(FeltPage)
    a_round.until_heard()
    felt = a_round.now
    assert isinstance(felt, FeltPage)
    assert len(a_round.moments()) == 1
    a_round.qtbot.keyClick(felt.next_button, Qt.Key.Key_Return)
    assert a_round.choosing.whose.text() == "Ben speaks, Ana listens"


@pytest.mark.slow
def test_leaving_while_it_is_kept_keeps_it_and_asks_nothing(
    a_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_round.until_rated()
    slowly: Future[Moment] = Future()
    kept: list[Moment] = []
    keep = a_round.couple.keep

    def slow(moment: Moment) -> Future[Moment]:
        kept.append(keep(moment).result(10))
        return slowly

    monkeypatch.setattr(a_round.couple, "keep", slow)
    a_round.qtbot.keyClick(page, Qt.Key.Key_Return)
    gone = a_round.round
    a_round.qtbot.keyClick(a_round.page.back_button, Qt.Key.Key_Return)
    a_round.qtbot.waitUntil(lambda: not isValid(gone))
    a_round.qtbot.waitUntil(lambda: bool(kept))
    slowly.set_result(kept[0])
    a_round.until_heard()
    assert a_round.page.showing is a_round.page.home
    assert [each.id for each in a_round.moments()] == [kept[0].id]


@pytest.mark.slow
def test_what_cannot_be_kept_is_said_and_tried_again(a_round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    page = a_round.until_rated()
    full: Any = settled(StorageError("storage.locked", path="here"))
    with monkeypatch.context() as for_once:
        for_once.setattr(a_round.couple, "keep", lambda _moment: full)
        a_round.qtbot.keyClick(page, Qt.Key.Key_Return)
        assert not page.isEnabled()
        a_round.qtbot.waitUntil(page.isEnabled)
    assert a_round.round.turn is not None
    assert a_round.round.turn.to_lose
    a_round.press(Qt.Key.Key_Return)
    a_round.until(HandOver)
    assert len(a_round.moments()) == 1


@pytest.mark.slow
def test_what_is_uncovered_or_deleted_late_harms_nothing(
    a_round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_round.until_felt()
    slowly: Future[None] = Future()
    monkeypatch.setattr(a_round.couple, "reveal", lambda _id: slowly)
    a_round.qtbot.keyClick(page.reveal_button, Qt.Key.Key_Return)
    monkeypatch.setattr(a_round.couple, "veto", lambda _id: slowly)
    page.vetoed.emit()
    assert not page.isEnabled()  # nobody goes on while it is deleted
    gone = a_round.round
    a_round.qtbot.keyClick(a_round.page.back_button, Qt.Key.Key_Return)
    a_round.qtbot.waitUntil(lambda: not isValid(gone))
    slowly.set_result(None)
    a_round.until_heard()
    assert a_round.page.showing is a_round.page.home


@pytest.mark.slow
def test_where_all_was_passed_nothing_lies_side_by_side(a_round: Round) -> None:
    page = a_round.until_felt()
    a_round.qtbot.keyClick(page.reveal_button, Qt.Key.Key_Return)
    a_round.qtbot.waitUntil(lambda: "nothing was said by both of you" in a_round.said())
    assert "Ben, you might say" not in a_round.said()


@pytest.mark.slow
def test_a_key_still_held_passes_nothing_more(a_round: Round) -> None:
    def held(key: Qt.Key, widget: QWidget) -> None:
        plain = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, plain, autorep=True))

    page = a_round.until_rated()
    held(Qt.Key.Key_Return, page)
    assert page.isEnabled()
    a_round.press(Qt.Key.Key_Return)
    a_round.until(HandOver)
    held(Qt.Key.Key_Return, a_round.now)
    a_round.handed("Ben")
    step = a_round.now
    assert isinstance(step, SayStep)
    held(Qt.Key.Key_0, step.feeling)
    assert a_round.now is step
