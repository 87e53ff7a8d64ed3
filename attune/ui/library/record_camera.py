"""The camera's picture with a sign that it is on, a countdown, and the recording itself."""

from __future__ import annotations

from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from attune.app.recording import Recorded, Recording
from attune.ui.library.parts import Parts
from attune.ui.video.camera import Shot
from attune.ui.video.camera_state import CameraState
from attune.ui.video.camera_trouble import Trouble
from attune.ui.video.camera_watch import Watch
from attune.ui.video.microphone import Microphone, usual_microphone
from attune.ui.video.mirror import MirrorView
from attune.ui.video.sign import Sign
from attune.ui.widgets import PrimaryButton, announce, column, row, text
from attune.ui.widgets.choices import Switch
from attune.ui.widgets.picker import Picker

COUNTDOWN_S = 3
LONGEST_S = 120


class CameraPanel(QWidget):
    """``recorded(Recorded)`` once something was. The sign is there whenever the camera is on."""

    recorded = Signal(object)

    def __init__(self, parts: Parts, set_name: str) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self.watch = Watch(parts.services.camera, self)
        self._recording: Recording | None = None
        self._count, self._last_ns = 0, 0
        self._first_ns: int | None = None
        self.view = MirrorView(parts.theme)
        self.view.setAccessibleName(words("protection.record.picture"))
        self.sign = Sign(parts.theme)
        self.trouble = Trouble(words, self.view)
        self.problem = text("", "strong")
        self.picker = Picker((), words("protection.record.camera"), parts.theme)
        self.sound = Switch(words("protection.record.sound"), parts.theme)
        self.button = PrimaryButton(words("protection.record.begin"))
        self._into = text(words("protection.record.into", name=set_name), "small")
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self.watch.shot.connect(self._show)
        self.watch.changed.connect(self._changed)
        self.button.clicked.connect(self._press)
        self.picker.activated.connect(lambda place: self.watch.choose(self.watch.cameras()[place].id))
        self.trouble.again.clicked.connect(self.watch.again)
        # A page that is deleted with its window must not leave a recording behind.
        self._desk = _Desk()
        self.destroyed.connect(self._desk.clear)
        self._arrange()
        self.setFocusProxy(self.button)

    def begin(self) -> None:
        """Turn the camera on."""
        self.button.setFocus()
        self.sound.setVisible(usual_microphone() is not None)
        self.sound.setChecked(self.sound.isVisibleTo(self))
        self.problem.hide()
        self.watch.begin()

    def end(self) -> None:
        """Turn it off; what was being recorded is deleted."""
        self._clock.stop()
        self._count = 0
        self._desk.clear()
        self._recording = None
        self.watch.end()
        self.sign.say("")
        self.view.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight, the camera is on again."""
        super().showEvent(event)
        self.watch.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """Where its sign is not seen, the camera is off; what was recorded until then can be looked at."""
        super().hideEvent(event)
        self.watch.end()

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

    def _changed(self) -> None:
        """The camera does otherwise than before; what was recorded until it was lost can be looked at."""
        found = [camera.name for camera in self.watch.cameras()]
        if found != [self.picker.itemText(place) for place in range(self.picker.count())]:
            self.picker.offer(found)
        if self.watch.name in found:
            self.picker.setCurrentIndex(found.index(self.watch.name))
        state = self.watch.state
        gives = state.usable or state is CameraState.COVERED
        if self._recording is not None and not gives:
            self._stop()
        elif self._count and not gives:
            self._stop_counting()
        self.trouble.say(self.watch)
        self.button.setEnabled(gives and self._desk.done is None)
        if not self.watch.is_on:
            self.sign.say("")
        elif self._recording is None and not self._count:
            self._say_idle()

    def _show(self, shot: Shot) -> None:
        self.view.show_shot(shot)
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
            self._stop_counting()
        else:
            self._count = COUNTDOWN_S
            self.button.setText(self._parts.words("protection.record.stop"))
            self.picker.setEnabled(False)
            self.sound.setEnabled(False)
            self._say_count()
            self._clock.start()

    def _stop_counting(self) -> None:
        self._clock.stop()
        self._count = 0
        self._say_idle()

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
        self._desk.done = done
        self._say_idle()
        self.button.setEnabled(False)
        self._parts.bridge.deliver(done, partial(self._done, done), partial(self._not_done, done))

    def _done(self, done: Future[Recorded], recorded: Recorded) -> None:
        if self._desk.done is not done:
            return  # somebody has left meanwhile
        self._desk.done = None
        if recorded.pictures:
            self.recorded.emit(recorded)
            return
        recorded.discard()
        self._changed()
        self.problem.setText(self._parts.words("protection.record.empty"))
        self.problem.show()
        announce(self, self.problem.text())

    def _not_done(self, done: Future[Recorded], error: BaseException) -> None:
        self._parts.bridge.failed.emit(error)
        if self._desk.done is done:
            self._desk.done = None
            self._changed()

    def _say_idle(self) -> None:
        self.button.setText(self._parts.words("protection.record.begin"))
        self.picker.setEnabled(True)
        self.sound.setEnabled(True)
        self.sign.say(self._parts.words("protection.record.on") if self.watch.is_on else "")

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
        self.recording: Recording | None = None
        self.done: Future[Recorded] | None = None  # recorded, and nobody has looked at it yet
        self.microphone: Microphone | None = None

    def deafen(self) -> None:
        """Microphone off."""
        if self.microphone is not None:
            self.microphone.stop()
            self.microphone.deleteLater()
            self.microphone = None

    def clear(self) -> None:
        """Microphone off, recording deleted as soon as it is at its end."""
        self.deafen()
        if self.recording is not None:
            self.done, self.recording = self.recording.stop(), None
        if self.done is not None:
            self.done.add_done_callback(_discard)
        self.done = None


def _discard(done: Future[Recorded]) -> None:
    if done.exception() is None:
        done.result().discard()
