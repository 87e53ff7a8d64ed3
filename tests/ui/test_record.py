"""A clip is recorded through the window, by keys, a film for a camera: consent, countdown, look, keep."""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from pytestqt.qtbot import QtBot

from attune.app import recording
from attune.app.consent import Purpose
from attune.app.folders import find_folders
from attune.app.services import make_services
from attune.clips.clip_set import load_clip_set
from attune.resources import asset
from attune.sealing import opened
from attune.ui.library import record_camera
from attune.ui.library.consent import ConsentForm
from attune.ui.library.record import RecordPage
from attune.ui.library.record_camera import CameraPanel
from attune.ui.library.record_review import ReviewPanel
from attune.ui.shell import Shell
from attune.ui.video.camera_watch import Devices
from attune.ui.video.microphone import RATE, as_samples
from tests.app.filmed import filmed_set
from tests.films import film
from tests.ui.test_protection import library_page, press, shows

Opener = Callable[..., Shell]
FILM = film("happiness")
PATIENCE_MS = 60_000  # films are encoded, however busy the computer is


@pytest.fixture(autouse=True)
def _no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether there is one here, Qt would find out aloud."""
    monkeypatch.setattr(record_camera, "usual_microphone", lambda: None)


@pytest.fixture
def folder(home: Path) -> Path:
    return filmed_set(find_folders().library / "sets" / "evenings", {"Ana": 1})


def recorder(qtbot: QtBot, open_window: Opener, folder: Path, camera: str) -> tuple[Shell, RecordPage]:
    shell = open_window(partial(make_services, camera=camera))
    page = library_page(qtbot, shell, folder)
    page.browser.doing.action("record").trigger()
    return shell, shows(qtbot, page, RecordPage)


def consent(qtbot: QtBot, page: RecordPage) -> CameraPanel:
    """Ben agrees; the camera goes on."""
    assert isinstance(page.showing, ConsentForm)
    form = page.form
    press(qtbot, form.yes)
    assert form.problem.isVisible()  # nobody was named
    qtbot.keyClicks(form.person, "Ben")
    form.uses[Purpose.TRAINING].setFocus()
    qtbot.keyClick(form.uses[Purpose.TRAINING], Qt.Key.Key_Space)
    press(qtbot, form.yes)
    assert isinstance(page.showing, CameraPanel)
    return page.showing


def filmed(qtbot: QtBot, page: RecordPage, camera: CameraPanel) -> ReviewPanel:
    """Count down, record for a moment, stop."""
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    assert "nothing is being recorded" in camera.sign.said.lower()
    press(qtbot, camera.button)
    assert "begins in" in camera.sign.said
    camera._clock.setInterval(1)
    qtbot.waitUntil(lambda: camera.sign.said.startswith("Recording:"), timeout=PATIENCE_MS)
    assert camera.sign.isVisible()
    qtbot.waitUntil(lambda: "0:00" not in camera.sign.said, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    qtbot.waitUntil(lambda: isinstance(page.showing, ReviewPanel), timeout=PATIENCE_MS)
    assert camera.sign.isHidden()  # the camera is off
    assert isinstance(page.showing, ReviewPanel)
    return page.showing


def recordings() -> list[Path]:
    folder = find_folders().recordings
    return list(folder.iterdir()) if folder.is_dir() else []


def test_a_clip_is_recorded_looked_at_and_kept(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    shell, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    review = filmed(qtbot, page, consent(qtbot, page))
    qtbot.waitUntil(lambda: review.player.frame is not None, timeout=PATIENCE_MS)
    assert recordings()
    review.emotion.setFocus()
    qtbot.keyClicks(review.emotion, "Happ")
    press(qtbot, review.keep)
    library = shell.window.page
    qtbot.waitUntil(lambda: library.showing is library.browser, timeout=PATIENCE_MS)  # type: ignore[attr-defined]
    kept = load_clip_set(folder)
    assert (kept.clips[-1].person, kept.clips[-1].references[0].top) == ("Ben", "happiness")
    assert kept.consent[-1].purposes == (Purpose.TRAINING,)
    assert recordings() == []


def test_who_leaves_while_it_is_being_kept_finds_it_kept(
    qtbot: QtBot, open_window: Opener, folder: Path
) -> None:
    shell, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    review = filmed(qtbot, page, consent(qtbot, page))
    review.keep.click()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    library = shell.window.page
    assert library.showing is library.browser  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: len(load_clip_set(folder).clips) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: recordings() == [], timeout=PATIENCE_MS)


def test_into_the_starter_set_nothing_is_recorded_but_beside_it(qtbot: QtBot, open_window: Opener) -> None:
    shell, page = recorder(qtbot, open_window, asset("clips", "starter"), f"file:{FILM}")
    review = filmed(qtbot, page, consent(qtbot, page))
    press(qtbot, review.keep)
    made = find_folders().library / "sets" / "recordings"
    qtbot.waitUntil((made / "clips.csv").is_file, timeout=PATIENCE_MS)
    library = shell.window.page
    qtbot.waitUntil(lambda: library.showing is library.browser, timeout=PATIENCE_MS)  # type: ignore[attr-defined]
    assert load_clip_set(made).consent[0].person == "Ben"


@pytest.mark.slow
def test_what_is_thrown_away_or_recorded_again_is_gone(
    qtbot: QtBot, open_window: Opener, folder: Path
) -> None:
    shell, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    review = filmed(qtbot, page, consent(qtbot, page))
    press(qtbot, review.once_more)
    assert isinstance(page.showing, CameraPanel)
    assert recordings() == []
    review = filmed(qtbot, page, page.showing)
    press(qtbot, review.throw)
    library = shell.window.page
    qtbot.waitUntil(lambda: library.showing is library.browser, timeout=PATIENCE_MS)  # type: ignore[attr-defined]
    assert recordings() == []
    assert len(load_clip_set(folder).clips) == 1


def test_going_back_while_recording_leaves_nothing(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    shell, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = consent(qtbot, page)
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    camera._clock.setInterval(1)
    qtbot.waitUntil(lambda: camera.sign.said.startswith("Recording:"), timeout=PATIENCE_MS)
    library = shell.window.page
    qtbot.keyClick(library, Qt.Key.Key_Escape)
    assert library.showing is library.browser  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: recordings() == [], timeout=PATIENCE_MS)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Until it is set, no recording comes to its end."""
    ready = Event()

    class Slow(recording.SealedWriter):
        def close(self) -> None:
            ready.wait(PATIENCE_MS / 1000)
            super().close()

    monkeypatch.setattr(recording, "SealedWriter", Slow)
    yield ready
    ready.set()


def begun(qtbot: QtBot, page: RecordPage) -> CameraPanel:
    """Something is being recorded."""
    camera = consent(qtbot, page)
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    camera._clock.setInterval(1)
    qtbot.waitUntil(lambda: camera.sign.said.startswith("Recording:"), timeout=PATIENCE_MS)
    return camera


def test_the_window_waits_for_no_recording_to_end(
    qtbot: QtBot, open_window: Opener, folder: Path, disk: Event
) -> None:
    _, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = begun(qtbot, page)
    press(qtbot, camera.button)
    assert not camera.button.isEnabled()
    assert "Nothing is being recorded" in camera.sign.said
    disk.set()
    qtbot.waitUntil(lambda: isinstance(page.showing, ReviewPanel), timeout=PATIENCE_MS)


def test_who_leaves_while_a_recording_ends_leaves_nothing(
    qtbot: QtBot, open_window: Opener, folder: Path, disk: Event
) -> None:
    shell, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = begun(qtbot, page)
    press(qtbot, camera.button)
    library = shell.window.page
    qtbot.keyClick(library, Qt.Key.Key_Escape)
    assert library.showing is library.browser  # type: ignore[attr-defined]
    assert recordings()
    disk.set()
    qtbot.waitUntil(lambda: recordings() == [], timeout=PATIENCE_MS)


def test_a_window_closed_while_a_recording_ends_leaves_nothing(
    qtbot: QtBot, open_window: Opener, folder: Path, disk: Event
) -> None:
    _, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = begun(qtbot, page)
    press(qtbot, camera.button)
    open_window()
    assert recordings()
    disk.set()
    qtbot.waitUntil(lambda: recordings() == [], timeout=PATIENCE_MS)


def test_closing_the_window_turns_the_camera_off(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    _, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = consent(qtbot, page)
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    camera._clock.setInterval(1)
    qtbot.waitUntil(lambda: camera.sign.said.startswith("Recording:"), timeout=PATIENCE_MS)
    # closing it is the fixture's; threads and files left behind would be noticed


def test_on_another_page_the_camera_is_off(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    shell, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = consent(qtbot, page)
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    shell.window.show_page("practise")
    assert not camera.watch.is_on
    shell.window.show_page("library")
    qtbot.waitUntil(lambda: camera.watch.state.usable, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    camera._clock.setInterval(1)
    qtbot.waitUntil(lambda: camera.sign.said.startswith("Recording:"), timeout=PATIENCE_MS)
    shell.window.show_page("practise")
    assert not camera.watch.is_on
    shell.window.show_page("library")
    qtbot.waitUntil(lambda: isinstance(page.showing, ReviewPanel), timeout=PATIENCE_MS)
    assert recordings()  # to be looked at


def test_a_countdown_can_be_stopped(qtbot: QtBot, open_window: Opener, folder: Path) -> None:
    _, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = consent(qtbot, page)
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    press(qtbot, camera.button)
    assert "Nothing is being recorded" in camera.sign.said
    assert not camera._clock.isActive()
    assert recordings() == []


def test_no_camera_and_no_film_are_told(
    qtbot: QtBot, open_window: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Devices, "cameras", lambda _devices: [])
    _, page = recorder(qtbot, open_window, folder, "")
    camera = consent(qtbot, page)
    assert "no camera" in camera.trouble.said
    assert not camera.button.isEnabled()
    assert camera.sign.isHidden()
    _, page = recorder(qtbot, open_window, folder, "file:nowhere.mp4")
    camera = consent(qtbot, page)
    assert "nowhere.mp4" in camera.trouble.said
    assert camera.sign.isHidden()


def test_a_camera_that_is_lost_leaves_what_was_recorded(
    qtbot: QtBot, open_window: Opener, folder: Path
) -> None:
    _, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = consent(qtbot, page)
    qtbot.waitUntil(lambda: camera.view.has_picture, timeout=PATIENCE_MS)
    press(qtbot, camera.button)
    camera._clock.setInterval(1)
    qtbot.waitUntil(lambda: camera.sign.said.startswith("Recording:"), timeout=PATIENCE_MS)
    feed = camera.watch._open.feed
    assert feed is not None
    feed.failed.emit("unplugged")
    qtbot.waitUntil(lambda: "cannot be opened" in camera.trouble.said)
    qtbot.waitUntil(lambda: isinstance(page.showing, ReviewPanel), timeout=PATIENCE_MS)


class Tone(QObject):
    """A microphone that hears one tone."""

    heard = Signal(object, object)

    def __init__(self, _device: object) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(100)
        self._timer.timeout.connect(self._hear)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _hear(self) -> None:
        samples = as_samples(np.full(RATE // 10, 5000, np.int16).tobytes() + b"x")
        self.heard.emit(samples, time.monotonic_ns() - 100_000_000)


def test_the_sound_comes_along_unless_it_is_switched_off(
    qtbot: QtBot, open_window: Opener, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_camera, "usual_microphone", object)
    monkeypatch.setattr(record_camera, "Microphone", Tone)
    _, page = recorder(qtbot, open_window, folder, f"file:{FILM}")
    camera = consent(qtbot, page)
    assert camera.sound.isChecked()
    review = filmed(qtbot, page, camera)
    assert review._recorded is not None
    assert review._recorded.sound
    with opened(review._recorded.path) as file, av.open(file) as film:
        assert sum(frame.samples for frame in film.decode(audio=0)) > RATE // 2
    press(qtbot, review.once_more)
    camera.sound.setFocus()
    qtbot.keyClick(camera.sound, Qt.Key.Key_Space)
    review = filmed(qtbot, page, camera)
    assert not review._recorded.sound
