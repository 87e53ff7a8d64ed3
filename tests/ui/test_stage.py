"""The camera in a round: its sign, pausing and going on, who shows, recording, nothing measured unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import ClassVar, cast

import av
import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from attune.app.partner.seeing import Face
from attune.app.recording import BEHIND, Recording
from attune.app.services import Services
from attune.sealing import SealedWriter, opened
from attune.ui.bridge import Bridge
from attune.ui.partner.parts import Parts
from attune.ui.partner.stage import Stage, can_hear, recorder
from attune.ui.theme import Theme
from attune.ui.video.camera_state import CameraState
from attune.ui.video.camera_watch import GONE_NS, Choice, Watch
from attune.ui.video.microphone import RATE
from attune.ui.video.mirror import as_shown
from attune.ui.video.quiet import quiet_multimedia
from attune.ui.widgets import column
from tests import partner_films
from tests.films import film
from tests.ui.puppet_camera import BUILT_IN, Picture, PuppetDevices, room

LATER_MS = 90_000  # MediaPipe is loaded, however busy the computer is
BLACK = np.zeros((360, 640, 3), np.uint8)
WEBCAM = Choice("two", "Webcam")
Stages = Callable[..., Stage]


@pytest.fixture(autouse=True)
def _no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is one here, Qt would find out aloud."""
    quiet_multimedia()
    monkeypatch.setattr(recorder, "usual_microphone", lambda: None)


@pytest.fixture
def stages(qtbot: QtBot, services: Services, bridge: Bridge, theme: Theme) -> Iterator[Stages]:
    """Put a stage before a camera, in a window; where nobody agreed nothing is read."""
    made: list[Stage] = []
    windows: list[QWidget] = []

    def stage(watch: Watch, *, readable: bool = False, everybody: bool = True) -> Stage:
        parts = Parts(
            services=services,
            bridge=bridge,
            theme=theme,
            watch=watch,
            open=cast("object", None),  # type: ignore[arg-type]
            back=lambda: None,
            changed=lambda: None,
            say=lambda _: None,
            page=cast("object", None),  # type: ignore[arg-type]
        )
        made.append(Stage(parts, readable=lambda: readable, everybody=everybody))
        window, inside = QWidget(), column()
        windows.append(window)
        qtbot.addWidget(window)
        inside.addWidget(made[-1])
        window.setLayout(inside)
        window.resize(900, 640)
        window.show()
        return made[-1]

    yield stage
    for each in made:
        if shiboken6.isValid(each):
            each.end()


@pytest.fixture
def puppet() -> PuppetDevices:
    return PuppetDevices(None, BUILT_IN)


@pytest.fixture
def stage(stages: Stages, puppet: PuppetDevices) -> Stage:
    """Before a camera that does as it is told."""
    return stages(Watch(devices=puppet, clock=lambda: puppet.now_ns))


def give(qtbot: QtBot, stage: Stage, puppet: PuppetDevices, picture: Picture, pictures: int = 1) -> None:
    with qtbot.waitSignals([stage.shot] * pictures):
        puppet.give(picture, pictures)


def heard(stage: Stage) -> list[bool]:
    paused: list[bool] = []
    stage.paused.connect(paused.append)
    return paused


def test_the_sign_is_there_as_long_as_the_camera_is_on(
    qtbot: QtBot, stage: Stage, puppet: PuppetDevices
) -> None:
    assert stage.sign.isHidden()
    paused = heard(stage)
    stage.begin()
    assert stage.sign.isVisible()
    assert (stage.sign.said, paused) == ("The camera is on.", [True])
    give(qtbot, stage, puppet, room())
    assert stage.sign.isVisible()
    assert (paused, stage.is_on) == ([True, False], True)
    assert stage.trouble.isHidden()
    stage.end()
    assert stage.sign.isHidden()
    assert not puppet.feeds[-1].on


def test_out_of_sight_the_camera_is_off_and_back_in_sight_it_goes_on(
    qtbot: QtBot, stage: Stage, puppet: PuppetDevices
) -> None:
    stage.begin()
    give(qtbot, stage, puppet, room())
    paused = heard(stage)
    stage.hide()
    assert not puppet.feeds[-1].on
    assert paused == [True]
    stage.show()
    give(qtbot, stage, puppet, room())
    assert paused == [True, False]


def test_what_people_see_is_mirrored_and_what_is_measured_is_not(
    qtbot: QtBot, stage: Stage, puppet: PuppetDevices
) -> None:
    picture = room()
    picture[:, :320] = (250, 0, 0)  # red on the left of the camera's picture
    shots: list[Picture] = []
    stage.shot.connect(lambda shot: shots.append(shot.rgb()))
    stage.begin()
    give(qtbot, stage, puppet, picture)
    assert tuple(shots[0][180, 10]) == (250, 0, 0)
    place = stage.view.picture_rect()
    seen = stage.view.grab().toImage()
    y = round(place.center().y())
    assert seen.pixelColor(round(place.right()) - 20, y).red() == 250
    assert seen.pixelColor(round(place.left()) + 20, y).green() > 50


def lose(puppet: PuppetDevices) -> None:
    puppet.plug()


def take(puppet: PuppetDevices) -> None:
    puppet.feeds[-1].failed.emit("busy")


def sleep(puppet: PuppetDevices) -> None:
    puppet.now_ns += GONE_NS + 1


def cover(puppet: PuppetDevices) -> None:
    puppet.give(BLACK, 40)


@pytest.mark.parametrize(
    ("happens", "sentence"),
    [
        (lose, "“Built-in camera” is gone. Plug it in again"),
        (take, "“Built-in camera” gives no pictures. Another program may be using it."),
        (sleep, "“Built-in camera” has stopped giving pictures. It may have been asleep."),
        (cover, "The camera sees nothing. Is it covered"),
    ],
)
def test_whatever_happens_the_round_pauses_with_a_sentence_and_goes_on(
    qtbot: QtBot,
    stage: Stage,
    puppet: PuppetDevices,
    happens: Callable[[PuppetDevices], None],
    sentence: str,
) -> None:
    stage.begin()
    give(qtbot, stage, puppet, room(), 10)
    paused = heard(stage)
    happens(puppet)
    stage.watch.look()
    qtbot.waitUntil(lambda: paused == [True])
    assert stage.trouble.isVisible()
    assert sentence in stage.trouble.said
    assert stage.trouble.again.isVisible()
    puppet.plug(BUILT_IN)
    stage.trouble.again.click()
    qtbot.waitUntil(lambda: stage.watch.is_on)
    give(qtbot, stage, puppet, room(), 12)
    assert paused == [True, False]
    assert stage.trouble.isHidden()


def test_every_state_has_its_sentence(stage: Stage) -> None:
    for state in CameraState:
        if not state.usable and state is not CameraState.OFF:
            stage.watch.state = state
            stage.trouble.say(stage.watch)
            assert stage.trouble.isVisible()


def test_dark_and_slow_are_told_and_nothing_pauses(qtbot: QtBot, stage: Stage, puppet: PuppetDevices) -> None:
    stage.begin()
    give(qtbot, stage, puppet, room(), 10)
    paused = heard(stage)
    give(qtbot, stage, puppet, room(light=0.15), 35)
    assert "A lamp before you" in stage.hint.text()
    give(qtbot, stage, puppet, room(), 10)
    assert stage.hint.text() == ""
    assert paused == []


def test_a_round_goes_on_without_the_camera(qtbot: QtBot, stage: Stage, puppet: PuppetDevices) -> None:
    puppet.plugged.clear()
    paused, gone = heard(stage), []
    stage.without.connect(lambda: gone.append(True))
    stage.begin()
    assert "There is no camera." in stage.trouble.said
    qtbot.mouseClick(stage.go_without, Qt.MouseButton.LeftButton)
    assert (paused, gone) == ([True, False], [True])
    puppet.plug(BUILT_IN)
    assert not puppet.feeds  # nobody asked for it any more


def test_another_camera_is_chosen_by_keys(qtbot: QtBot, stage: Stage, puppet: PuppetDevices) -> None:
    stage.begin()
    assert stage.picker.isHidden()  # there is nothing to choose
    puppet.plug(BUILT_IN, WEBCAM)
    assert stage.picker.isVisible()
    qtbot.keyClick(stage.picker, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: puppet.feeds[-1].camera == WEBCAM.id)
    assert stage.picker.currentText() == "Webcam"


def test_every_picture_is_recorded_while_the_window_is_busy(
    qtbot: QtBot, stage: Stage, puppet: PuppetDevices, tmp_path: Path
) -> None:
    stage.begin()
    give(qtbot, stage, puppet, room())
    recording = Recording(tmp_path)
    stage.record(recording)
    assert not stage.picker.isEnabled()
    puppet.give(room(), 75)  # the window hears of none of them before the last was given
    qtbot.waitUntil(lambda: stage.sign.said == "Recording: 0:02")
    puppet.give(np.zeros((120, 160, 3), np.uint8))  # a camera that came back otherwise
    stage.record(None)
    puppet.give(room())
    recorded = recording.stop().result()
    assert (recorded.pictures, recorded.dropped) == (75, 0)
    with opened(recorded.path) as file, av.open(file) as film:
        assert sum(1 for _ in film.decode(video=0)) == 75
    assert stage.sign.said == "The camera is on."


def test_while_the_recording_is_behind_nothing_is_measured(
    qtbot: QtBot, stages: Stages, puppet: PuppetDevices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Event()
    monkeypatch.setattr(SealedWriter, "flush", lambda _: disk.wait())
    stage = stages(Watch(devices=puppet, clock=lambda: puppet.now_ns), readable=True)
    stage.begin()
    assert stage.seeing is not None
    measured: list[int] = []
    monkeypatch.setattr(stage.seeing, "submit", lambda _pixels, time_ns: measured.append(time_ns))
    recording = Recording(tmp_path)
    stage.record(recording)
    puppet.give(room(), 60)
    assert recording.behind
    assert BEHIND < len(measured) < 60 - BEHIND
    disk.set()
    qtbot.waitUntil(lambda: not recording.behind)
    before = len(measured)
    puppet.give(room())
    assert len(measured) == before + 1
    stage.record(None)
    assert recording.stop().result().pictures == 61


class Tone(QObject):
    """A microphone that hears one tone when it is told to."""

    heard = Signal(object, object)
    open: ClassVar[list[Tone]] = []

    def __init__(self, _device: object) -> None:
        super().__init__()
        self.open.append(self)

    def stop(self) -> None:
        self.open.remove(self)


def test_the_sound_comes_along_where_there_is_a_microphone(
    qtbot: QtBot,
    stage: Stage,
    puppet: PuppetDevices,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recorder, "usual_microphone", object)
    monkeypatch.setattr(recorder, "Microphone", Tone)
    stage.begin()
    give(qtbot, stage, puppet, room())
    recording = Recording(tmp_path, sound=can_hear())
    stage.record(recording)
    assert stage.sign.said == "Recording, with sound: 0:00"
    for _ in range(10):
        puppet.give(room(), 3)
        tenth = np.full(RATE // 10, 5000, np.int16)
        Tone.open[0].heard.emit(tenth, puppet.now_ns - 100_000_000)
    stage.record(None)
    assert Tone.open == []
    recorded = recording.stop().result()
    with opened(recorded.path) as file, av.open(file) as film:
        assert sum(frame.samples for frame in film.decode(audio=0)) > RATE // 2
    stage.record(Recording(tmp_path), sound=False)
    assert stage.sign.said == "Recording: 0:00"
    assert stage.recorder.recording is not None
    stage.recorder.recording.stop()


def test_a_stage_deleted_with_its_window_leaves_nothing_on(
    qtbot: QtBot, stages: Stages, puppet: PuppetDevices, tmp_path: Path
) -> None:
    watch = Watch(devices=puppet, clock=lambda: puppet.now_ns)
    stage = stages(watch)
    stage.begin()
    give(qtbot, stage, puppet, room())
    recording = Recording(tmp_path)
    stage.record(recording)
    stage.deleteLater()
    QCoreApplication.sendPostedEvents(stage, QEvent.Type.DeferredDelete.value)
    puppet.give(room())
    assert recording.stop().result().pictures == 0
    assert not puppet.feeds[-1].on


def test_who_was_picked_is_forgotten_with_the_numbers(
    qtbot: QtBot, stage: Stage, puppet: PuppetDevices
) -> None:
    stage.begin()
    give(qtbot, stage, puppet, room())
    stage.choose(2)
    assert stage.chosen == 2
    stage.end()
    stage.begin()  # faces are counted anew: two may be somebody else
    assert stage.chosen is None


def test_faces_that_move_do_not_draw_the_whole_picture_again(
    qtbot: QtBot, stage: Stage, puppet: PuppetDevices
) -> None:
    stage.begin()
    stage.choose(1)
    with qtbot.waitSignal(stage.view.painted):
        give(qtbot, stage, puppet, room())
    drawn = Drawn(stage.view)
    with qtbot.waitSignal(stage.view.faces_painted):
        stage.view.show_faces(puppet.now_ns, (Face(number=1, box=(0.4, 0.4, 0.2, 0.3)),))
        stage._offer()
    assert all(0 < rect.height() < stage.view.height() / 4 for rect in drawn.rects)
    assert drawn.rects


class Drawn(QObject):
    """Which parts of a widget are drawn."""

    def __init__(self, of: QWidget) -> None:
        super().__init__(of)
        self.rects: list[QRect] = []
        of.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.rects.append(event.region().boundingRect())
        return False


# Faces, by the real model, in films that stand for the camera.

LEFT = ("ana-happiness-100", "ana-neutral-100-1")


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films")


def before(stages: Stages, film: Path, *, readable: bool = True) -> Stage:
    stage = stages(Watch(f"file:{film}"), readable=readable)
    stage.begin()
    return stage


@pytest.mark.slow
def test_who_shows_of_two_is_chosen_by_a_click_or_a_key(qtbot: QtBot, stages: Stages, films: Path) -> None:
    stage = before(stages, partner_films.side_by_side(films, LEFT, "ben-neutral-100-1"))
    picked: list[int] = []
    stage.picked.connect(picked.append)
    qtbot.waitUntil(stage.who.isVisible, timeout=LATER_MS)
    assert stage.chosen is None
    assert stage.sign.said == "The camera is on. Expressions are being read."
    left, right = as_shown(stage.view._faces)
    assert left.box[0] > right.box[0]  # the screen shows them mirrored
    point = stage.view.face_rect(left).center().toPoint()
    assert point.x() < stage.view.width() / 2
    qtbot.mouseClick(stage.view, Qt.MouseButton.LeftButton, pos=point)
    assert (picked, stage.chosen) == ([left.number], left.number)
    assert stage.who.isHidden()
    stage.choose(None)  # the next turn
    qtbot.waitUntil(stage.who.isVisible, timeout=LATER_MS)
    stage.window().activateWindow()
    qtbot.waitUntil(stage.isActiveWindow)
    qtbot.keyClick(stage, Qt.Key.Key_2)
    assert (picked[1:], stage.chosen) == ([right.number], right.number)


@pytest.mark.slow
def test_a_face_alone_needs_no_choosing(qtbot: QtBot, stages: Stages, films: Path) -> None:
    stage = before(stages, partner_films.alone(films, LEFT))
    with qtbot.waitSignal(stage.faces, timeout=LATER_MS, check_params_cb=bool):
        pass
    assert stage.chosen == 1
    assert stage.who.isHidden()


@pytest.mark.slow
def test_where_nobody_agreed_no_face_is_looked_for(qtbot: QtBot, stages: Stages, films: Path) -> None:
    film = partner_films.side_by_side(films, LEFT, "ben-neutral-100-1")
    stage = before(stages, film, readable=False)
    shots: list[object] = []
    stage.shot.connect(shots.append)
    with qtbot.assertNotEmitted(stage.faces):
        qtbot.waitUntil(lambda: len(shots) > 30, timeout=LATER_MS)
    assert stage.seeing is None
    assert stage.sign.said == "The camera is on."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("film", "sentence"),
    [
        (lambda folder: partner_films.alone(folder, LEFT), "One face is seen."),
        (
            lambda folder: partner_films.three(folder, LEFT, "ben-neutral-100-1", "chi-neutral-100-1"),
            "There are more than two faces",
        ),
        (lambda folder: partner_films.dark(folder, LEFT), "It is rather dark."),
    ],
)
def test_what_would_help_is_said(
    qtbot: QtBot, stages: Stages, films: Path, film: Callable[[Path], Path], sentence: str
) -> None:
    stage = before(stages, film(films))
    qtbot.waitUntil(lambda: stage.hint.text().startswith(sentence), timeout=LATER_MS)


def test_a_model_that_is_missing_is_told_and_the_round_goes_on(
    qtbot: QtBot, stages: Stages, films: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ATTUNE_FACE_MODEL", str(tmp_path / "nowhere.task"))
    stage = before(stages, film("happiness"))
    qtbot.waitUntil(lambda: "Expressions cannot be read" in stage.hint.text(), timeout=LATER_MS)
    with qtbot.waitSignal(stage.shot, timeout=LATER_MS):
        pass
    assert stage.seeing is None


@pytest.mark.slow
def test_where_not_everybody_agreed_a_face_alone_is_asked_about_too(
    qtbot: QtBot, stages: Stages, films: Path
) -> None:
    stage = stages(Watch(f"file:{partner_films.alone(films, LEFT)}"), readable=True, everybody=False)
    stage.begin()
    qtbot.waitUntil(stage.who.isVisible, timeout=LATER_MS)
    assert stage.asks
    assert stage.chosen is None  # it may be the one who does not want to be read
    stage.window().activateWindow()
    qtbot.waitUntil(stage.isActiveWindow)
    qtbot.keyClick(stage, Qt.Key.Key_1)
    assert (stage.asks, stage.chosen) == (False, 1)


@pytest.mark.slow
def test_where_not_everybody_agreed_whoever_comes_after_who_showed_is_asked_about(
    qtbot: QtBot, stages: Stages, films: Path
) -> None:
    ana, ben = partner_films.alone(films, LEFT, seconds=6), partner_films.alone(films, "ben-neutral-100-1")
    away = partner_films.empty(films, seconds=3)
    watch = Watch(f"file:{partner_films.in_turn(films, ana, away, ben)}")
    stage = stages(watch, readable=True, everybody=False)
    stage.begin()
    qtbot.waitUntil(lambda: len(stage.who.buttons) == 1, timeout=LATER_MS)
    stage.who.buttons[0].click()
    assert stage.seeing is not None
    stage.seeing.begin(stage.chosen)
    qtbot.waitUntil(lambda: stage.view.faces == (), timeout=LATER_MS)
    read: list[Face] = []
    stage.faces.connect(lambda faces: read.extend(face for face in faces if face.landmarks is not None))
    qtbot.waitUntil(stage.who.isVisible, timeout=LATER_MS)
    assert stage.asks
    assert not read
