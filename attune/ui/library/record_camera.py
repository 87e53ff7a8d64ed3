"""The camera's picture with a sign that it is on, a countdown, and the recording itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCameraPermission, QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtMultimedia import QMediaDevices
from PySide6.QtWidgets import QWidget

from attune.app.recording import Recorded, Recording
from attune.errors import AttuneError
from attune.ui.library.parts import Parts
from attune.ui.theme import Theme
from attune.ui.theme.tokens import OKABE_ITO
from attune.ui.video.camera import FILM, CameraFeed, DeviceFeed, FilmFeed, Shot, cameras, may_use_camera
from attune.ui.video.microphone import Microphone, usual_microphone
from attune.ui.video.player import ShownFrame
from attune.ui.video.view import ClipView
from attune.ui.widgets import PrimaryButton, announce, column, row, text
from attune.ui.widgets.choices import Switch
from attune.ui.widgets.picker import Picker

COUNTDOWN_S = 3
LONGEST_S = 120
DOT = 14


class CameraPanel(QWidget):
    """``recorded(Recorded)`` once something was. The sign is there whenever the camera is on."""

    recorded = Signal(object)

    def __init__(self, parts: Parts, set_name: str) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self._feed: CameraFeed | None = None
        self._recording: Recording | None = None
        self._count, self._last_ns = 0, 0
        self._first_ns: int | None = None
        self.view = ClipView(parts.theme)
        self.view.setAccessibleName(words("protection.record.picture"))
        self.sign = Sign(parts.theme)
        self.problem = text("", "strong")
        self.picker = Picker((), words("protection.record.camera"), parts.theme)
        self.sound = Switch(words("protection.record.sound"), parts.theme)
        self.button = PrimaryButton(words("protection.record.begin"))
        self._into = text(words("protection.record.into", name=set_name), "small")
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._look_for_cameras)
        self.button.clicked.connect(self._press)
        self.picker.activated.connect(lambda _place: self._open())
        # A page that is deleted with its window must not leave the camera on.
        self._desk = _Desk()
        self.destroyed.connect(self._desk.clear)
        self._arrange()
        self.setFocusProxy(self.button)

    def begin(self) -> None:
        """Turn the camera on."""
        self.button.setFocus()
        self.sound.setVisible(usual_microphone() is not None)
        self.sound.setChecked(self.sound.isVisibleTo(self))
        if self._parts.services.camera.startswith(FILM):
            self.picker.offer([self._parts.words("protection.record.film")])
            self._open()
            return
        allowed = may_use_camera()
        if allowed is None:
            app = QCoreApplication.instance()
            assert app is not None
            app.requestPermission(QCameraPermission(), self, lambda _permission: self._look_for_cameras())
        elif allowed:
            self._look_for_cameras()
        else:
            self._fail(self._parts.words("protection.record.refused"))

    def end(self) -> None:
        """Turn it off; what was being recorded is deleted."""
        self._clock.stop()
        self._count = 0
        self._desk.clear()
        self._feed, self._recording = None, None
        self.sign.say("")
        self.view.clear()

    def _arrange(self) -> None:
        below = row(spacing=12)
        below.addWidget(self.button)
        below.addWidget(self.picker)
        below.addWidget(self.sound)
        below.addStretch(1)
        inside = column(spacing=12)
        inside.setContentsMargins(32, 8, 32, 24)
        inside.addWidget(self.sign)
        inside.addWidget(self.view, 1)
        inside.addWidget(self.problem)
        inside.addLayout(below)
        inside.addWidget(self._into)
        self.setLayout(inside)
        self.problem.hide()

    def _look_for_cameras(self) -> None:
        """Offer what there is now, and go on with the one chosen."""
        if (
            self._recording is not None
            or self._parts.services.camera.startswith(FILM)
            or not self.isVisible()
        ):
            return
        found, named = cameras(), self._parts.services.camera
        before = self.picker.currentText()
        self.picker.offer([device.description() for device in found])
        names = [device.description() for device in found]
        wished = next((name for name in (before, named) if name in names), None)
        if wished is not None:
            self.picker.setCurrentIndex(names.index(wished))
        if found:
            self._open()
        else:
            self._fail(self._parts.words("protection.record.none"))

    def _open(self) -> None:
        self._desk.clear()
        self.problem.hide()
        try:
            self._feed = self._made()
        except AttuneError as error:
            self._fail(self._parts.words.error(error))
            return
        self._desk.feed = self._feed
        self._feed.came.connect(self._show)
        self._feed.failed.connect(self._lost)
        self.button.setEnabled(True)
        self.sign.say(self._parts.words("protection.record.on"))

    def _made(self) -> CameraFeed:
        camera = self._parts.services.camera
        if camera.startswith(FILM):
            return FilmFeed(Path(camera.removeprefix(FILM)))
        return DeviceFeed(cameras()[self.picker.currentIndex()])

    def _show(self, shot: Shot) -> None:
        mirrored = shot.image.flipped(Qt.Orientation.Horizontal)
        self.view.show_frame(ShownFrame(mirrored, shot.time_ns, shot.time_ns))
        if self._recording is None:
            return
        self._first_ns = shot.time_ns if self._first_ns is None else self._first_ns
        self._last_ns = shot.time_ns
        self._recording.add(shot.rgb(), shot.time_ns)
        self._say_seconds()

    def _press(self) -> None:
        if self._recording is not None:
            self._stop()
        elif self._count:
            self._clock.stop()
            self._count = 0
            self._say_idle()
        elif self._feed is not None:
            self._count = COUNTDOWN_S
            self.button.setText(self._parts.words("protection.record.stop"))
            self.picker.setEnabled(False)
            self.sound.setEnabled(False)
            self._say_count()
            self._clock.start()

    def _tick(self) -> None:
        self._count -= 1
        if self._count:
            self._say_count()
            return
        self._clock.stop()
        self._first_ns = None
        microphone = usual_microphone() if self.sound.isChecked() else None
        folder = self._parts.services.folders.recordings
        recording = Recording(folder, sound=microphone is not None)
        self._recording = self._desk.recording = recording
        if microphone is not None:
            self._desk.microphone = Microphone(microphone)
            self._desk.microphone.heard.connect(recording.add_sound)

    def _stop(self) -> None:
        assert self._recording is not None
        self._desk.deafen()
        done, self._recording, self._desk.recording = self._recording.stop(), None, None
        self._say_idle()
        self._parts.bridge.deliver(done, self._done)

    def _done(self, recorded: Recorded) -> None:
        if recorded.pictures:
            self.recorded.emit(recorded)
            return
        recorded.discard()
        self._fail(self._parts.words("protection.record.empty"))

    def _lost(self, problem: str) -> None:
        """What was recorded until then is there to be looked at."""
        if self._recording is not None:
            self._stop()
        self._desk.clear()
        self._feed = None
        self._fail(self._parts.words("protection.record.lost", problem=problem))

    def _fail(self, sentence: str) -> None:
        self.sign.say("")
        self.button.setEnabled(False)
        self.problem.setText(sentence)
        self.problem.show()
        announce(self, sentence)

    def _say_idle(self) -> None:
        self.button.setText(self._parts.words("protection.record.begin"))
        self.picker.setEnabled(True)
        self.sound.setEnabled(True)
        self.sign.say(self._parts.words("protection.record.on"))

    def _say_count(self) -> None:
        self.sign.say(self._parts.words("protection.record.countdown", seconds=self._count))
        announce(self.sign, self.sign.said)

    def _say_seconds(self) -> None:
        assert self._first_ns is not None
        seconds = (self._last_ns - self._first_ns) // 1_000_000_000
        said = self._parts.words("protection.record.recording", minutes=seconds // 60, seconds=seconds % 60)
        self.sign.say(said, recording=True)
        if seconds >= LONGEST_S:
            self._stop()


class _Desk:
    """What has to be ended however the panel goes away."""

    def __init__(self) -> None:
        self.feed: CameraFeed | None = None
        self.recording: Recording | None = None
        self.microphone: Microphone | None = None

    def deafen(self) -> None:
        """Microphone off."""
        if self.microphone is not None:
            self.microphone.stop()
            self.microphone.deleteLater()
            self.microphone = None

    def clear(self) -> None:
        """Camera and microphone off, recording deleted."""
        self.deafen()
        if self.feed is not None:
            self.feed.stop()
            self.feed.deleteLater()
            self.feed = None
        if self.recording is not None:
            done, self.recording = self.recording.stop(), None
            if done.exception() is None:
                done.result().discard()


class Sign(QWidget):
    """Says that the camera is on, with a dot that is full while it records. Hidden when it is off."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._recording = False
        self._words = text("", "strong")
        inside = row(spacing=10)
        inside.addSpacing(DOT + 8)
        inside.addWidget(self._words, 1)
        self.setLayout(inside)
        self.hide()

    @property
    def said(self) -> str:
        """What it says now."""
        return self._words.text()

    def say(self, words: str, *, recording: bool = False) -> None:
        """Show this; nothing where the camera is off."""
        self._recording = recording
        self._words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring, or a full dot: shape and words say it, not the colour alone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(OKABE_ITO["vermillion"]) if self._recording else self._theme.colour("accent")
        painter.setPen(colour)
        if self._recording:
            painter.setBrush(colour)
        painter.drawEllipse(2, (self.height() - DOT) // 2, DOT, DOT)
        painter.end()
