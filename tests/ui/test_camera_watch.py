"""A camera that is missing, lost, taken, asleep, covered, dark or slow, and how it comes back."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import ClassVar

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtMultimedia import QtVideo, QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from attune.errors import MediaError
from attune.media.film_writer import FilmWriter
from attune.ui.video import camera_watch
from attune.ui.video.camera import (
    HEIGHT,
    SOONEST_NS,
    WIDTH,
    FilmFeed,
    Shot,
    SinkFeed,
    Thinning,
    best_format,
)
from attune.ui.video.camera_state import CameraState
from attune.ui.video.camera_watch import AGAIN_NS, GONE_NS, PATIENCE_NS, Choice, Devices, Watch, told_apart
from attune.ui.video.quiet import quiet_multimedia
from tests import partner_films
from tests.films import film
from tests.ui.puppet_camera import BUILT_IN, STEP_NS, Picture, PuppetDevices, room

OTHER = Choice("two", "Other camera")
LATER_MS = 60_000


@pytest.fixture(autouse=True)
def _quiet() -> None:
    quiet_multimedia()


@pytest.fixture
def watches(qtbot: QtBot) -> Iterator[Callable[..., tuple[Watch, PuppetDevices]]]:
    """Watch cameras that are plugged in, by a clock that the pictures move on."""
    made: list[Watch] = []

    def watch(*plugged: Choice, named: str = "") -> tuple[Watch, PuppetDevices]:
        devices = PuppetDevices(None, *plugged)
        made.append(Watch(named, devices=devices, clock=lambda: devices.now_ns))
        return made[-1], devices

    yield watch
    for each in made:
        each.end()


Watches = Callable[..., tuple[Watch, PuppetDevices]]


def gives(
    qtbot: QtBot, watch: Watch, devices: PuppetDevices, picture: Picture, pictures: int = 1, **step: int
) -> None:
    """Pictures come, and the window has heard of them."""
    with qtbot.waitSignals([watch.shot] * pictures):
        devices.give(picture, pictures, **step)


def passes(watch: Watch, devices: PuppetDevices, time_ns: int) -> None:
    """Time passes without a picture."""
    devices.now_ns += time_ns + 1
    watch.look()


def test_a_camera_is_turned_on_and_off(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN, OTHER)
    shots: list[Shot] = []
    watch.shot.connect(shots.append)
    assert watch.state is CameraState.OFF
    watch.begin()
    assert (watch.state, watch.is_on, watch.name) == (CameraState.STARTING, True, "Built-in camera")
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON
    assert shots[0].rgb().shape == (360, 640, 3)
    watch.end()
    assert not devices.feeds[-1].on
    assert (watch.state, watch.is_on) == (CameraState.OFF, False)


def test_the_one_named_is_used_and_another_can_be_chosen(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN, OTHER, named="Other camera")
    watch.begin()
    assert watch.name == "Other camera"
    gives(qtbot, watch, devices, room())
    watch.choose(BUILT_IN.id)
    assert [feed.camera for feed in devices.feeds] == ["two", "one"]
    assert not devices.feeds[0].on
    gives(qtbot, watch, devices, room())
    assert (watch.state, watch.name) == (CameraState.ON, "Built-in camera")


def test_no_camera_and_one_is_plugged_in(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches()
    watch.begin()
    assert watch.state is CameraState.NO_CAMERA
    devices.plug(OTHER)
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON


def test_the_person_is_asked_first_and_may_refuse(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    devices.may = None
    watch.begin()
    assert not devices.feeds
    devices.may = False
    devices.asks.pop()()
    assert (watch.state, watch.is_on) == (CameraState.NOT_ALLOWED, False)
    devices.may = True  # allowed meanwhile, in the computer's settings
    watch.again()
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON


def test_an_answer_that_comes_after_the_end_turns_nothing_on(watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    devices.may = None
    watch.begin()
    watch.end()
    devices.may = True
    devices.asks.pop()()
    assert not devices.feeds


def test_a_camera_is_lost_and_found(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN, OTHER)
    watch.choose(OTHER.id)
    watch.begin()
    gives(qtbot, watch, devices, room())
    devices.plug(BUILT_IN)
    assert (watch.state, watch.name, watch.is_on) == (CameraState.LOST, "Other camera", False)
    devices.plug(BUILT_IN, Choice("three", "Other camera"))  # plugged in elsewhere, it has another id
    gives(qtbot, watch, devices, room())
    assert (watch.state, devices.feeds[-1].camera) == (CameraState.ON, "three")


def test_another_program_takes_it_and_gives_it_back(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    watch.begin()
    gives(qtbot, watch, devices, room())
    with qtbot.waitSignal(watch.changed):
        devices.feeds[-1].failed.emit("device busy")
    assert (watch.state, watch.is_on) == (CameraState.BUSY, False)
    passes(watch, devices, AGAIN_NS)
    assert len(devices.feeds) == 2
    assert watch.state is CameraState.BUSY  # nothing came yet
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON


def test_a_camera_that_never_gives_anything(watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    watch.begin()
    passes(watch, devices, GONE_NS)
    assert watch.state is CameraState.STARTING  # some take five seconds
    passes(watch, devices, PATIENCE_NS)
    assert watch.state is CameraState.BUSY


def test_the_computer_sleeps_and_the_camera_is_had_back(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    watch.begin()
    gives(qtbot, watch, devices, room())
    passes(watch, devices, GONE_NS)
    assert watch.state is CameraState.STALLED
    first = devices.feeds[0]
    passes(watch, devices, AGAIN_NS)
    assert (first.on, len(devices.feeds)) == (False, 2)
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON


def test_last_words_of_a_feed_that_was_closed_count_for_nothing(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN, OTHER)
    watch.begin()
    gives(qtbot, watch, devices, room())
    devices.feeds[0].failed.emit("too late")
    watch.choose(OTHER.id)
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON


@pytest.mark.parametrize(
    ("picture", "state"),
    [
        (np.zeros((360, 640, 3), np.uint8), CameraState.COVERED),
        (np.full((360, 640, 3), (120, 60, 50), np.uint8), CameraState.COVERED),  # a finger
        (room(light=0.15), CameraState.DARK),
    ],
)
def test_covered_or_dark_is_told_once_it_lasts(
    qtbot: QtBot, watches: Watches, picture: Picture, state: CameraState
) -> None:
    watch, devices = watches(BUILT_IN)
    watch.begin()
    gives(qtbot, watch, devices, room(), 10)
    gives(qtbot, watch, devices, picture, 10)
    assert watch.state is CameraState.ON  # a hand that passes is no news
    gives(qtbot, watch, devices, picture, 25)
    assert watch.state is state
    gives(qtbot, watch, devices, room(), 10)
    assert watch.state is CameraState.ON


def test_fifteen_pictures_a_second_are_told(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    watch.begin()
    gives(qtbot, watch, devices, room(), 50, step_ns=2 * STEP_NS)
    assert (watch.state, watch.rate) == (CameraState.SLOW, 15)
    assert watch.state.usable
    gives(qtbot, watch, devices, room(), 40)
    assert watch.state is CameraState.ON


def test_takers_get_every_picture_on_the_cameras_own_thread(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN)
    taken: list[Shot] = []
    watch.take(taken.append)
    watch.begin()
    camera = Thread(target=lambda: devices.give(room(), 5))
    camera.start()
    camera.join()  # the window was busy all the time
    assert len(taken) == 5
    watch.leave(taken.append)
    gives(qtbot, watch, devices, room())
    assert len(taken) == 5


def test_two_cameras_of_one_name_are_told_apart() -> None:
    found = told_apart([Choice("b", "Webcam"), Choice("x", "Other"), Choice("a", "Webcam")])
    assert [choice.name for choice in found] == ["Webcam (2)", "Other", "Webcam (1)"]


def test_the_right_one_of_two_with_one_name_is_opened(watches: Watches) -> None:
    watch, devices = watches(Choice("a", "Webcam"), Choice("b", "Webcam"))
    watch.begin()
    watch.choose(watch.cameras()[1].id)
    assert (devices.feeds[-1].camera, watch.name) == ("b", "Webcam (2)")


def test_another_camera_of_the_same_name_is_not_turned_on_in_its_place(
    qtbot: QtBot, watches: Watches
) -> None:
    """The second one came later: the one chosen has no number in its name."""
    mine, others = Choice("a", "Webcam"), Choice("b", "Webcam")
    watch, devices = watches(mine)
    watch.begin()
    gives(qtbot, watch, devices, room())
    devices.plug(mine, others)
    devices.plug(others)
    watch.again()
    assert (watch.state, len(devices.feeds)) == (CameraState.LOST, 1)
    devices.plug(others, Choice("c", "Webcam"))  # plugged in elsewhere
    gives(qtbot, watch, devices, room())
    assert (watch.state, devices.feeds[-1].camera) == (CameraState.ON, "c")


@pytest.mark.parametrize(
    "plugged",
    [
        [Choice("b", "Webcam"), Choice("c", "Webcam"), Choice("d", "Webcam")],  # which of the two new ones?
        [Choice("c", "Webcam")],  # it, or the other with another id?
        [Choice("0", "Webcam"), Choice("1", "Webcam")],
    ],
)
def test_where_more_than_one_camera_may_be_it_the_person_says_which(
    qtbot: QtBot, watches: Watches, plugged: list[Choice]
) -> None:
    watch, devices = watches(Choice("a", "Webcam"), Choice("b", "Webcam"))
    watch.choose("a")
    watch.begin()
    gives(qtbot, watch, devices, room())
    devices.plug()
    devices.plug(*plugged)
    assert (watch.state, len(devices.feeds)) == (CameraState.LOST, 1)
    watch.choose(plugged[-1].id)
    gives(qtbot, watch, devices, room())
    assert (watch.state, devices.feeds[-1].camera) == (CameraState.ON, plugged[-1].id)


def test_a_picture_of_the_camera_before_is_none_of_the_new_one(qtbot: QtBot, watches: Watches) -> None:
    watch, devices = watches(BUILT_IN, OTHER)
    watch.begin()
    gives(qtbot, watch, devices, room())
    devices.give(room())  # on its way to the window
    devices.now_ns += 1
    watch.choose(OTHER.id)
    QCoreApplication.sendPostedEvents(watch)
    assert watch.state is CameraState.STARTING
    passes(watch, devices, GONE_NS)
    assert watch.state is CameraState.STARTING  # it has its five seconds, too
    gives(qtbot, watch, devices, room())
    assert watch.state is CameraState.ON


class Format:
    """What is asked of a QCameraFormat."""

    def __init__(self, width: int, height: int, rate: float) -> None:
        self.size, self.rate = QSize(width, height), rate

    def resolution(self) -> QSize:
        return self.size

    def maxFrameRate(self) -> float:  # noqa: N802 - Qt's name
        return self.rate


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        ([(3840, 2160, 60), (1280, 720, 30), (640, 480, 30)], (1280, 720, 30)),
        ([(1280, 720, 10), (640, 480, 30)], (640, 480, 30)),  # too slow is worse than too small
        ([(3840, 2160, 60), (1920, 1080, 60)], (1920, 1080, 60)),
        ([(1280, 720, 60), (1280, 720, 29.97)], (1280, 720, 29.97)),
        ([(720, 1280, 30), (2160, 3840, 30)], (720, 1280, 30)),
        ([(640, 480, 15), (1280, 720, 5)], (640, 480, 15)),
    ],
)
def test_the_format_nearest_to_720p30_is_asked_for(
    offered: list[tuple[int, int, float]], wanted: tuple[int, int, float]
) -> None:
    found = best_format(Format(*each) for each in offered)  # type: ignore[misc]
    assert isinstance(found, Format)
    assert (found.size.width(), found.size.height(), found.rate) == wanted
    assert best_format([]) is None


def test_of_sixty_pictures_a_second_every_second_one_is_taken() -> None:
    thinning = Thinning()
    taken = [thinning.takes(number * 1_000_000_000 // 60) for number in range(60)]
    assert sum(taken) == 30
    assert all(Thinning().takes(number * 2 * SOONEST_NS) for number in range(5))


def test_a_large_picture_is_made_smaller_and_keeps_its_proportions() -> None:
    large = np.full((2160, 3840, 3), 200, np.uint8)
    shot = Shot.of(large, 0)
    assert shot.pixels.shape == (HEIGHT, WIDTH, 3)
    assert (shot.image.width(), shot.image.height()) == (WIDTH, HEIGHT)
    upright = Shot.of(np.full((3840, 2160, 3), 200, np.uint8), 0)
    assert upright.pixels.shape == (WIDTH, HEIGHT, 3)
    small = np.full((480, 640, 3), 200, np.uint8)
    assert Shot.of(small, 0).pixels is small


@pytest.fixture
def sink_feed() -> Iterator[SinkFeed]:
    made = SinkFeed()
    yield made
    made.stop()


def test_what_qt_gives_is_upright_and_not_mirrored(qtbot: QtBot, sink_feed: SinkFeed) -> None:
    """A white corner, above left, of pictures that a telephone gives mirrored or lying on their side."""
    shots: list[Shot] = []
    sink_feed.came.connect(shots.append)

    def put(*, mirrored: bool = False, turned: QtVideo.Rotation = QtVideo.Rotation.None_) -> Picture:
        form = QVideoFrameFormat(QSize(64, 32), QVideoFrameFormat.PixelFormat.Format_Y8)
        form.setMirrored(mirrored)
        frame = QVideoFrame(form)
        frame.map(QVideoFrame.MapMode.WriteOnly)
        lines = np.frombuffer(frame.bits(0), np.uint8).reshape(32, -1)
        lines[:] = 0
        lines[:8, :16] = 255
        frame.unmap()
        frame.setStartTime(len(shots) * 40_000)
        frame.setRotation(turned)
        with qtbot.waitSignal(sink_feed.came):
            sink_feed.sink.setVideoFrame(frame)
        return shots[-1].pixels

    as_it_is = put()
    assert (as_it_is.shape, as_it_is[2, 2, 0]) == ((32, 64, 3), 255)
    assert put(mirrored=True)[2, 2, 0] == 255  # left stays left for who measures
    turned = put(turned=QtVideo.Rotation.Clockwise90)
    assert (turned.shape, turned[2, 29, 0]) == ((64, 32, 3), 255)
    assert shots[1].time_ns - shots[0].time_ns == 40_000_000


def test_a_film_stands_for_a_camera_alone(qtbot: QtBot, tmp_path: Path) -> None:
    upright = partner_films.portrait(tmp_path, "ana-happiness-100", seconds=1)
    watch = Watch(f"file:{upright}")
    assert [choice.name for choice in watch.cameras()] == [upright.name]
    watch.begin()
    with qtbot.waitSignal(watch.shot, timeout=LATER_MS) as came:
        pass
    assert came.args[0].pixels.shape == (640, 360, 3)
    watch.end()


@pytest.mark.slow
def test_4k_at_sixty_a_second_comes_smaller_and_slower(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "large.mkv"
    with path.open("wb") as file:
        writer = FilmWriter(file, width=3840, height=2160)
        for number in range(24):
            writer.add(np.full((2160, 3840, 3), 10 * number, np.uint8), number * 1_000_000_000 // 60)
        writer.close()
    watch = Watch(f"file:{path}")
    shots: list[Shot] = []
    watch.take(shots.append)
    watch.begin()
    qtbot.waitUntil(lambda: len(shots) > 8, timeout=LATER_MS)
    watch.end()
    assert {shot.pixels.shape for shot in shots} == {(HEIGHT, WIDTH, 3)}
    gaps = [later.time_ns - earlier.time_ns for earlier, later in pairwise(shots)]
    assert min(gaps) >= SOONEST_NS


def test_a_film_that_cannot_be_opened_is_told(qtbot: QtBot) -> None:
    watch = Watch("file:nowhere.mp4")
    watch.begin()
    assert watch.state is CameraState.BROKEN
    assert isinstance(watch.error, MediaError)
    watch.end()


class Film(BaseHTTPRequestHandler):
    """Gives one film to whoever asks."""

    served: ClassVar[Path]

    def do_GET(self) -> None:
        content = self.served.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", "video/webm")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words: object) -> None:
        """Nothing is said."""


@pytest.fixture
def address() -> Iterator[str]:
    """A camera in the network, which is this computer."""
    Film.served = film("happiness")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Film)
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/film.webm"
    server.shutdown()
    serving.join()
    server.server_close()


def test_a_camera_in_the_network(qtbot: QtBot, address: str, watches: Watches) -> None:
    watch, _ = watches(BUILT_IN, named=address)
    assert [choice.name for choice in watch.cameras()] == ["127.0.0.1", "Built-in camera"]
    qt = Devices.open
    watch._devices.open = lambda camera: qt(watch._devices, camera)  # type: ignore[method-assign]
    watch.begin()
    with qtbot.waitSignal(watch.shot, timeout=LATER_MS) as came:
        pass
    assert came.args[0].pixels.shape == (512, 512, 3)
    qtbot.waitUntil(lambda: watch.state is CameraState.BROKEN, timeout=LATER_MS)  # it hung up
    watch.end()


def test_nobody_answers_in_the_network(qtbot: QtBot, watches: Watches) -> None:
    watch, _ = watches(named="http://127.0.0.1:9/film.webm")
    qt = Devices.open
    watch._devices.open = lambda camera: qt(watch._devices, camera)  # type: ignore[method-assign]
    watch.begin()
    qtbot.waitUntil(lambda: watch.state is CameraState.BROKEN, timeout=LATER_MS)
    assert not watch.is_on
    watch.end()


def test_cameras_are_looked_for_only_when_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError

    monkeypatch.setattr(camera_watch, "Devices", never)
    Watch("")


def test_a_film_with_too_many_pictures_is_thinned(qtbot: QtBot, tmp_path: Path) -> None:
    feed = FilmFeed(film("happiness"))
    times: list[int] = []
    feed._take(room(), 0)
    feed.came.connect(lambda shot: times.append(shot.time_ns))
    for number in range(1, 7):
        feed._take(room(), number * 1_000_000_000 // 60)
    assert len(times) == 3
    feed.stop()
