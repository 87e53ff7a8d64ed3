"""Practising by keys: what is asked, kept and said back, and what happens when something is not there."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider, QWidget
from pytestqt.qtbot import QtBot

from attune.affect.reading import Reading, Source, certain
from attune.affect.vocabulary import Core
from attune.app.library import Clip, ClipSet, PeopleKind
from attune.app.practice import Answer, Trial, When
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.trial import Held, Name, Whole
from attune.app.services import Services
from attune.clips.clip_set import Channel
from attune.errors import StorageError
from attune.ui.bridge import Bridge
from attune.ui.practice import PracticePage, stage
from attune.ui.practice.stills import cut, face_place, image_of
from attune.ui.practice.trial import TrialView
from attune.ui.theme import Theme
from attune.ui.video.player import ShownFrame
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.widgets.dialogs import Question
from tests import made_up
from tests.futures import settled

CLIPS = Path(__file__).parent.parent / "media" / "clips"
SHOWN = ("happiness", "fear", "neutral", "anger", "sadness")
PATIENCE_MS = 20_000
MS = 1_000_000


@pytest.fixture(autouse=True)
def _quiet() -> None:
    quiet_multimedia()


def a_clip(number: int, label: str, file: str = "h264_bframes.mp4") -> Clip:
    return made_up.a_clip(f"clip {number}", label, file=CLIPS / file, person=f"Person {number}")


def a_set(*clips: Clip) -> ClipSet:
    return made_up.a_set(
        *(clips or (a_clip(number, label) for number, label in enumerate(SHOWN))),
        folder=CLIPS,
        name="A small set",
        description="For trying out.",
        licence="CC0 1.0",
        people=PeopleKind.RENDERED,
    )


@pytest.fixture
def make_page(
    qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., PracticePage]:
    """Show a page over a small set, not measuring; the session is begun unless told not to."""

    def make(clip_set: ClipSet | None = None, *, begin: bool = True) -> PracticePage:
        services.settings.change(measure_faces=False, trials=5).result()
        monkeypatch.setattr(services.library, "read", lambda _folder: clip_set or a_set())
        page = PracticePage(services, bridge, theme)
        qtbot.addWidget(page, before_close_func=let_go)
        page.resize(900, 600)
        page.show()
        page.entered()
        qtbot.waitUntil(lambda: ReadTheMoment.mode in page.start.ways)
        if begin:
            begin_reading(page)
            qtbot.waitUntil(lambda: page.showing is not page.start)
        return page

    return make


def begin_reading(page: PracticePage) -> None:
    page.start.ways[ReadTheMoment.mode].begin_button.click()


def let_go(page: QWidget) -> None:
    assert isinstance(page, PracticePage)
    page.trial.clear()
    page.feedback.close_clip()


def keys(qtbot: QtBot, page: PracticePage, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(page.showing.focusWidget() or page.showing, key)


def answer(qtbot: QtBot, page: PracticePage, label: str | None = None) -> None:
    """Answer the trial with ``label``, else with what the clip shows."""
    assert page._session is not None
    trial = page._session.current
    assert trial is not None
    meant = label or trial.clip.references[0].top
    keys(qtbot, page, Qt.Key(Qt.Key.Key_1 + trial.choices.index(meant)), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.feedback)


def said(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_the_start_says_what_will_happen(make_page: Callable[..., PracticePage]) -> None:
    page = make_page(begin=False)
    told = said(page.start)
    for part in (
        "Daily practice",
        "5 clips",
        "A small set",
        "For trying out.",
        "drawn by a computer",
        "CC0 1.0",
    ):
        assert part in told
    assert "not measured" in told


def test_a_session_by_keys_ends_in_its_summary(qtbot: QtBot, make_page: Callable[..., PracticePage]) -> None:
    page = make_page()
    for number in range(len(SHOWN)):
        assert page.showing is page.trial
        answer(qtbot, page, "contempt" if number == 0 else None)
        keys(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.outcome)
    qtbot.waitUntil(lambda: "4 of 5" in said(page.outcome))
    qtbot.waitUntil(lambda: "You said contempt." in said(page.outcome))
    with qtbot.waitSignal(page.wanted) as wanted:
        page.outcome.history_button.click()
    assert wanted.args == ["history"]
    keys(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.start and "One session so far" in said(page.start))


def test_feedback_names_both_and_marks_nothing_measured(
    qtbot: QtBot, make_page: Callable[..., PracticePage]
) -> None:
    page = make_page()
    answer(qtbot, page, "contempt")
    qtbot.waitUntil(lambda: "You said contempt" in said(page.feedback))
    told = said(page.feedback)
    assert "contempt" in told
    assert "face was drawn" in told
    assert "easur" not in told
    assert not page.feedback.replay.lines_button.isEnabled()


def test_a_clip_that_cannot_be_shown_is_left_out(
    qtbot: QtBot, make_page: Callable[..., PracticePage]
) -> None:
    page = make_page(a_set(a_clip(1, "fear", "gone.mp4"), a_clip(2, "anger")))
    qtbot.waitUntil(lambda: page.trial.player.frame is not None, timeout=PATIENCE_MS)  # whichever came first
    answer(qtbot, page)
    keys(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.outcome, timeout=PATIENCE_MS)
    assert "left out" in page.notice.message
    qtbot.waitUntil(lambda: "1 of 1" in said(page.outcome))


def test_nothing_to_show_at_all_leads_back_to_the_start(
    qtbot: QtBot, make_page: Callable[..., PracticePage]
) -> None:
    page = make_page(a_set(a_clip(1, "fear", "gone.mp4")), begin=False)
    begin_reading(page)
    qtbot.waitUntil(page.notice.isVisible, timeout=PATIENCE_MS)
    assert page.showing is page.start


def test_leaving_asks_and_keeps_what_was_answered(
    qtbot: QtBot, make_page: Callable[..., PracticePage], services: Services
) -> None:
    page = make_page()
    answer(qtbot, page)
    keys(qtbot, page, Qt.Key.Key_Return, Qt.Key.Key_Escape)
    (question,) = page.findChildren(Question)
    question.no.click()
    assert page.showing is page.trial
    qtbot.waitUntil(lambda: not page.findChildren(Question))
    keys(qtbot, page, Qt.Key.Key_Escape)
    (question,) = page.findChildren(Question)
    question.yes.click()
    qtbot.waitUntil(lambda: page.showing is page.outcome)
    qtbot.waitUntil(lambda: "1 of 1" in said(page.outcome))
    (session,) = services.history.sessions().result()
    assert session.answered == 1
    assert session.session.ended_at is None  # it can be gone on with


def test_leaving_before_any_answer_leads_back_to_the_start(
    qtbot: QtBot, make_page: Callable[..., PracticePage]
) -> None:
    page = make_page()
    keys(qtbot, page, Qt.Key.Key_Escape)
    page.findChildren(Question)[0].yes.click()
    qtbot.waitUntil(lambda: page.showing is page.start)


def test_an_answer_that_cannot_be_kept_can_be_given_again(
    qtbot: QtBot,
    make_page: Callable[..., PracticePage],
    services: Services,
    bridge: Bridge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = make_page()
    broken = StorageError("storage.full", path="here")
    with monkeypatch.context() as patch:
        patch.setattr(services.history, "add_answer", lambda *_: settled(broken))
        with qtbot.waitSignal(bridge.failed) as failed:
            keys(qtbot, page, Qt.Key.Key_2, Qt.Key.Key_Return)
    assert failed.args == [broken]
    assert page.showing is page.trial
    keys(qtbot, page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.showing is page.feedback)


def measured(reading: Reading | None) -> Any:
    """What a measurement brings, as far as the page asks."""
    landmarks = np.full((3, 478, 3), 0.5, dtype=np.float32)
    landmarks[:, 0, :2], landmarks[:, 1, :2] = 0.25, 0.75
    track = SimpleNamespace(
        time_ns=np.array([0, 40 * MS, 80 * MS]),
        face=np.ones(3, dtype=np.bool_),
        landmarks=landmarks,
        index_at=lambda _time_ns: 0,
    )
    units = (SimpleNamespace(code="AU12", side="left", amount=0.8),) if reading else ()
    expressed = SimpleNamespace(reading=reading, neutral_ns=0, apex_ns=40 * MS)
    return SimpleNamespace(
        track=track, units=units, expressed=expressed, course=lambda _unit: np.array([0.0, 0.8, 0.4])
    )


def feedback_with(
    qtbot: QtBot, page: PracticePage, monkeypatch: pytest.MonkeyPatch, waiting: Future[Any]
) -> None:
    assert page._session is not None
    monkeypatch.setattr(page._session, "measured", lambda _trial: waiting)
    monkeypatch.setattr(page._session, "_attach_when_measured", lambda *_: None)
    monkeypatch.setattr(page._session, "about_measurement", lambda *_: ("The mouth moved.",))
    stills = [np.zeros((8, 8, 3), dtype=np.uint8), np.full((8, 8, 3), 255, dtype=np.uint8)]
    page.feedback._measurer = SimpleNamespace(stills=lambda *_: settled(stills))  # type: ignore[assignment]
    answer(qtbot, page)


def test_what_is_measured_late_is_filled_in(
    qtbot: QtBot, make_page: Callable[..., PracticePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, waiting = make_page(), Future[Any]()
    feedback_with(qtbot, page, monkeypatch, waiting)
    qtbot.waitUntil(lambda: "Measuring" in said(page.feedback))  # new labels show with the next layout
    reading = Reading(source=Source.MEASURED, labels={"happiness": 0.7, "surprise": 0.3}, intensity=0.4)
    waiting.set_result(measured(reading))
    qtbot.waitUntil(page.feedback.replay.lines_button.isEnabled)
    for part in ("Measured", "70%", "Surprise 30%", "The mouth moved.", "mouth corners", "their left"):
        qtbot.waitUntil(lambda part=part: part in said(page.feedback))
    assert "Measuring" not in said(page.feedback)
    qtbot.waitUntil(lambda: page.feedback.stills.apex._image is not None)


@pytest.mark.parametrize(
    ("outcome", "word"), [(measured(None), "No face"), (StorageError("x.y"), "could not be measured")]
)
def test_no_face_and_no_measurement_are_said_plainly(
    outcome: Any,
    word: str,
    qtbot: QtBot,
    make_page: Callable[..., PracticePage],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = make_page()
    waiting: Future[Any] = Future()
    feedback_with(qtbot, page, monkeypatch, waiting)
    if isinstance(outcome, BaseException):
        waiting.set_exception(outcome)
    else:
        waiting.set_result(outcome)
    qtbot.waitUntil(lambda: word in said(page.feedback))
    assert not page.feedback.replay.lines_button.isEnabled()
    keys(qtbot, page, Qt.Key.Key_Return)
    assert page.showing is page.trial


def test_what_comes_after_going_on_is_not_shown(
    qtbot: QtBot, make_page: Callable[..., PracticePage], monkeypatch: pytest.MonkeyPatch
) -> None:
    page, waiting = make_page(), Future[Any]()
    feedback_with(qtbot, page, monkeypatch, waiting)
    keys(qtbot, page, Qt.Key.Key_Return)
    waiting.set_result(measured(certain(Source.MEASURED, "fear")))
    qtbot.waitUntil(lambda: page.trial.player.frame is not None, timeout=PATIENCE_MS)
    assert not page.feedback.replay.lines_button.isEnabled()


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.ms = 1000

    def __call__(self) -> int:
        return self.ms * MS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def trial(qtbot: QtBot, services: Services, theme: Theme, clock: Clock) -> TrialView:
    """A trial whose clip the test shows frame by frame."""
    page = TrialView(services, theme, clock=clock)
    qtbot.addWidget(page, before_close_func=lambda widget: widget.clear())
    page.resize(900, 600)
    page.show()
    asks(page, Name(choices=tuple(Core)))
    page.player.frame_came.disconnect()
    page.player.pause()
    return page


def asks(page: TrialView, ask: Name, show: Whole | Held | None = None, hear: When = When.EACH) -> None:
    """Begin a trial about fear."""
    clip = a_clip(1, "fear")
    trial = Trial(position=0, clip=clip, channel=clip.channel, show=show or Whole(), ask=ask)
    session = SimpleNamespace(setup=SimpleNamespace(feedback=hear))
    page.begin(session, trial)  # type: ignore[arg-type]


def shows(trial: TrialView, clip_ms: int) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0)
    trial.view.show_frame(ShownFrame(image, clip_ms * MS, (clip_ms + 40) * MS))
    trial.view.repaint()


def given(qtbot: QtBot, trial: TrialView, *pressed: Qt.Key) -> Answer:
    with qtbot.waitSignal(trial.answered) as answered:
        for key in pressed:
            qtbot.keyClick(trial.focusWidget() or trial, key)
    (one,) = answered.args
    assert isinstance(one, Answer)
    return one


def test_time_runs_from_the_first_painted_frame_of_the_expression_to_the_last_choice(
    qtbot: QtBot, trial: TrialView, clock: Clock
) -> None:
    shows(trial, 160)
    clock.ms = 1100
    shows(trial, 200)  # the onset
    clock.ms = 1140
    shows(trial, 240)
    clock.ms = 2000
    qtbot.keyClick(trial, Qt.Key.Key_5)
    clock.ms = 2600
    qtbot.keyClick(trial.focusWidget(), Qt.Key.Key_6)
    clock.ms = 9000
    one = given(qtbot, trial, Qt.Key.Key_Return)
    assert (one.label, one.response_ms) == ("surprise", 1500.0)


def test_a_choice_before_the_expression_has_no_time(qtbot: QtBot, trial: TrialView, clock: Clock) -> None:
    shows(trial, 0)
    qtbot.keyClick(trial, Qt.Key.Key_5)
    clock.ms = 1500
    shows(trial, 200)
    assert given(qtbot, trial, Qt.Key.Key_Return).response_ms is None


def test_a_time_with_the_clip_out_of_sight_is_no_time(qtbot: QtBot, trial: TrialView, clock: Clock) -> None:
    shows(trial, 200)
    trial.hide()
    clock.ms = 9000
    trial.show()
    assert given(qtbot, trial, Qt.Key.Key_5, Qt.Key.Key_Return).response_ms is None


def test_strength_and_sureness_by_arrows_and_replays_are_counted(qtbot: QtBot, trial: TrialView) -> None:
    one = given(
        qtbot,
        trial,
        *(Qt.Key.Key_Space, Qt.Key.Key_R, Qt.Key.Key_2, Qt.Key.Key_Right, Qt.Key.Key_Space),
        *(Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Enter),
    )
    assert one == Answer(label="happiness", intensity=0.6, confidence=1.0, response_ms=None, replays=3)


def test_sureness_begins_at_guessing(qtbot: QtBot, trial: TrialView) -> None:
    one = given(qtbot, trial, Qt.Key.Key_3, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_Return)
    assert one.confidence == 1 / len(Core)
    assert "just guessing" in said(trial.side.sureness)


def test_a_neutral_face_has_no_strength(qtbot: QtBot, trial: TrialView) -> None:
    one = given(qtbot, trial, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert (one.label, one.intensity) == ("neutral", 0.0)
    assert trial.side.strength.isHidden()


def test_enter_without_a_choice_answers_nothing(qtbot: QtBot, trial: TrialView) -> None:
    with qtbot.assertNotEmitted(trial.answered):
        qtbot.keyClick(trial, Qt.Key.Key_Return)
        qtbot.keyClick(trial, Qt.Key.Key_9)
    assert not trial.side.confirm_button.isEnabled()


def test_an_answer_is_given_once(qtbot: QtBot, trial: TrialView) -> None:
    given(qtbot, trial, Qt.Key.Key_4, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(trial.answered):
        qtbot.keyClick(trial.focusWidget(), Qt.Key.Key_Return)


def test_everything_one_can_press_has_a_name(make_page: Callable[..., PracticePage], qtbot: QtBot) -> None:
    page = make_page()
    answer(qtbot, page)
    controls = [*page.findChildren(QAbstractButton), *page.findChildren(QSlider)]
    assert len(controls) > 20
    assert not [one for one in controls if not (one.accessibleName() or getattr(one, "text", str)())]


def test_stills_are_cut_around_the_face() -> None:
    track = measured(None).track
    left, top, right, bottom = face_place(track, (0, 40 * MS))
    assert 0 < left < 0.25
    assert 0.75 < right < 1
    assert (left, right) == (top, bottom)
    picture = np.arange(100 * 50 * 3, dtype=np.uint8).reshape(100, 50, 3)
    part = cut(picture, (left, top, right, bottom))
    image = image_of(part)
    assert (image.height(), image.width()) == part.shape[:2]
    assert image.pixelColor(0, 0).getRgb()[:3] == tuple(part[0, 0])
    track.face[:] = False
    assert face_place(track, (0,)) == (0.0, 0.0, 1.0, 1.0)


def hear(trial: TrialView, clip: Clip, channel: Channel) -> None:
    """Begin a trial of a clip on a channel."""
    asked = Trial(position=0, clip=clip, channel=channel, show=Whole(), ask=Name(choices=tuple(Core)))
    trial.begin(SimpleNamespace(setup=SimpleNamespace(feedback=When.EACH)), asked)  # type: ignore[arg-type]


def test_sound_alone_shows_no_picture(
    qtbot: QtBot, trial: TrialView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "QMediaDevices", SimpleNamespace(audioOutputs=lambda: ["a loudspeaker"]))
    hear(trial, a_clip(1, "fear"), Channel.SOUND)
    assert "Listen" in said(trial.stage)
    assert trial.stage.listening.isVisible()
    assert not trial.view.isVisible()
    qtbot.waitUntil(lambda: trial.player.playing, timeout=PATIENCE_MS)
    assert given(qtbot, trial, Qt.Key.Key_5, Qt.Key.Key_Return).label == "fear"


def test_without_a_loudspeaker_it_says_so_and_waits(
    qtbot: QtBot, trial: TrialView, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices: list[str] = []
    monkeypatch.setattr(stage, "QMediaDevices", SimpleNamespace(audioOutputs=lambda: devices))
    with qtbot.assertNotEmitted(trial.unplayable):
        hear(trial, a_clip(1, "fear"), Channel.SOUND)
    assert "nothing to hear it with" in said(trial.stage)
    devices.append("headphones")
    qtbot.keyClick(trial, Qt.Key.Key_Space)
    assert "Listen" in said(trial.stage)


def test_a_sound_that_is_not_there_is_left_out_with_or_without_a_loudspeaker(
    qtbot: QtBot, trial: TrialView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "QMediaDevices", SimpleNamespace(audioOutputs=list))
    with qtbot.waitSignal(trial.unplayable, timeout=PATIENCE_MS):
        hear(trial, a_clip(1, "fear", "gone.mp4"), Channel.SOUND)


def test_a_picture_alone_is_mute(trial: TrialView) -> None:
    hear(trial, a_clip(1, "fear"), Channel.PICTURE)
    assert not trial.player._audible
    hear(trial, a_clip(1, "fear"), Channel.PICTURE_AND_SOUND)
    assert trial.player._audible
