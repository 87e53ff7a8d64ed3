"""The camera in a round: its picture mirrored, its sign, who is seen, and what helps when nothing is.

Pausing is the camera's business, going on is too: a round listens to ``paused`` and does no more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget
from shiboken6 import isValid

from attune.errors import AttuneError
from attune.ui.partner.stage.recorder import StageRecorder
from attune.ui.partner.stage.seeing import StageSeeing
from attune.ui.partner.stage.who import WhoShows
from attune.ui.video.camera import Shot
from attune.ui.video.camera_state import CameraState
from attune.ui.video.camera_trouble import Trouble
from attune.ui.video.camera_watch import Watch
from attune.ui.video.mirror import MirrorView
from attune.ui.video.sign import Sign
from attune.ui.widgets import QuietButton, announce, column, row, text
from attune.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from attune.app.partner.hints import Hint
    from attune.app.partner.seeing import Face, Seeing
    from attune.app.recording import Recording
    from attune.ui.partner.parts import Parts

LATELY_NS = 700_000_000  # a face missed in a picture or two is still there to be chosen
AWAY_NS = 2_000_000_000  # whoever comes after that may be somebody else


class Stage(QWidget):
    """``paused(bool)``: the round pauses, or goes on; ``shot`` and ``faces`` of each picture, unmirrored.

    ``picked(number)``: somebody said which face shows. ``without``: they go on without the camera, which is
    off then. ``readable`` says whether anybody here agreed to be read: only then faces are looked for. Unless
    ``everybody`` agreed, it is asked whose face a face alone is, too, and anew once who shows was away.
    """

    paused = Signal(bool)
    shot = Signal(object)
    faces = Signal(object)
    picked = Signal(int)
    without = Signal()

    def __init__(self, parts: Parts, *, readable: Callable[[], bool], everybody: bool = True) -> None:
        super().__init__()
        self._parts, self._readable, self._everybody = parts, readable, everybody
        words = parts.words
        self.watch: Watch = parts.watch
        self.is_paused = False
        self._picked: int | None = None
        self._lately: tuple[tuple[int, Face], ...] = ()  # who was seen, and when
        self._seen_ns: dict[int, int] = {}  # when each face was seen last
        self._unreadable = ""
        self.view = MirrorView(parts.theme)
        self.view.setAccessibleName(words("partner_camera.picture"))
        self.sign = Sign(parts.theme)
        self.picker = Picker((), words("partner_camera.picker"), parts.theme)
        self.off = QuietButton(words("partner_camera.off"))
        self.trouble = Trouble(words, self.view)
        self.go_without = QuietButton(words("partner_camera.without"))
        self.trouble.offer(self.go_without)
        self.who = WhoShows(words)
        self.hint = text("", "quiet")
        self._below = QStackedWidget()  # one or the other: the picture keeps its size
        self._below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._below.addWidget(self.hint)
        self._below.addWidget(self.who)
        self.recorder = StageRecorder(parts.watch)
        self._desk = _Desk(parts.watch, self.recorder)
        self.destroyed.connect(self._desk.clear)
        self._connect()
        self._arrange()

    @property
    def chosen(self) -> int | None:
        """The face of who shows: the one picked, or the only one there is."""
        if self._picked is None and len(self._lately) == 1 and self._everybody:
            return self._lately[0][1].number
        return self._picked

    @property
    def asks(self) -> bool:
        """Whether it is not clear yet who shows; nobody is to be read meanwhile."""
        doubtful = len(self._lately) > (1 if self._everybody else 0)
        return self.seeing is not None and self._picked is None and doubtful

    @property
    def seeing(self) -> Seeing | None:
        """What looks for faces, where somebody agreed to be read."""
        return None if self._desk.sees is None else self._desk.sees.seeing

    @property
    def is_on(self) -> bool:
        """Whether pictures come in which somebody can be seen."""
        return self._desk.begun and self.watch.state.usable

    def begin(self) -> None:
        """Turn the camera on; where somebody agreed to be read, look for faces. Paused until it gives."""
        if self._desk.begun:
            return
        self._desk.begun = True
        self.watch.shot.connect(self._show)
        self.watch.changed.connect(self._changed)
        self._begin_seeing()
        if self.isVisible():
            self._desk.turn_on()
        self._changed()

    def end(self) -> None:
        """Turn it off, and make an end of recording; what was recorded is its owner's."""
        if self._desk.begun:
            self.watch.shot.disconnect(self._show)
            self.watch.changed.disconnect(self._changed)
            self._end_seeing()
            self._desk.clear()
        self.is_paused = False
        self.view.clear()
        self._say_sign()
        self.trouble.hide()
        self.hint.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight, it goes on."""
        super().showEvent(event)
        if self._desk.begun:
            self._desk.turn_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Where its sign is not seen, the camera is off."""
        super().hideEvent(event)
        self._desk.turn_off()

    def record(self, recording: Recording | None, *, sound: bool = True) -> None:
        """Give every picture, and the sound if there is a microphone, to a recording; None: no more."""
        self.recorder.record(recording, sound=sound)
        self.picker.setEnabled(recording is None)  # another camera's pictures would not fit into the film
        self._say_sign()

    def choose(self, number: int | None) -> None:
        """The face of who shows; None: ask again."""
        self._picked = number
        self._offer()

    def _connect(self) -> None:
        self.picker.activated.connect(self._choose_camera)
        self.trouble.again.clicked.connect(self.watch.again)
        self.go_without.clicked.connect(self._go_without)
        self.off.clicked.connect(self._go_without)
        self.view.clicked.connect(self._pick)
        self.who.picked.connect(self._pick)
        self.recorder.went_on.connect(self._say_sign)

    def _arrange(self) -> None:
        above = row(spacing=12)
        above.addWidget(self.sign, 1)
        above.addWidget(self.off)
        above.addWidget(self.picker)
        inside = column(spacing=8)
        inside.addLayout(above)
        inside.addWidget(self.view, 1)
        inside.addWidget(self._below)
        self.setLayout(inside)
        self.picker.hide()
        self.off.hide()
        for part in (self.sign, self.off):  # the picture stays where it is when they come and go
            keeps = part.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)
            part.setSizePolicy(keeps)

    def _show(self, shot: Shot) -> None:
        self.view.show_shot(shot)
        self.shot.emit(shot)

    def _changed(self) -> None:
        """The camera does otherwise than before."""
        self._offer_cameras()
        self._say_sign()
        state = self.watch.state
        self.trouble.say(self.watch)
        if not state.usable:
            self.view.clear()
            self._lately = ()
            self._offer()
        self._say_camera_hint(state)
        if state.usable == self.is_paused:
            self.is_paused = not state.usable
            if not self.is_paused:
                self._doubt()
            self.paused.emit(self.is_paused)

    def _go_without(self) -> None:
        self.end()
        self.paused.emit(self.is_paused)
        self.without.emit()

    def _offer_cameras(self) -> None:
        found = self.watch.cameras()
        names = [camera.name for camera in found]
        if names != [self.picker.itemText(place) for place in range(self.picker.count())]:
            self.picker.offer(names)
        if self.watch.name in names:
            self.picker.setCurrentIndex(names.index(self.watch.name))
        self.picker.setVisible(len(names) > 1)

    def _choose_camera(self, place: int) -> None:
        self.watch.choose(self.watch.cameras()[place].id)

    def _say_sign(self) -> None:
        self.sign.say(self._said_of_it(), recording=self.recorder.recording is not None)
        self.off.setVisible(bool(self.sign.said))

    def _said_of_it(self) -> str:
        """That the camera is on, and what for; "" where it is off."""
        words = self._parts.words
        if not (self._desk.begun and self.watch.is_on):
            return ""
        if self.recorder.recording is None:
            return words(f"partner_camera.{'on' if self.seeing is None else 'reading'}")
        seconds = self.recorder.seconds
        sound = "recording_sound" if self.recorder.hears else "recording"
        return words(f"partner_camera.{sound}", minutes=seconds // 60, seconds=seconds % 60)

    def _begin_seeing(self) -> None:
        self._unreadable = ""
        if self._readable():
            self._desk.sees = StageSeeing(
                self._parts,
                found=self._saw,
                hinted=self._hinted,
                failed=self._cannot_read,
                leaves=lambda: self.recorder.behind,
            )

    def _end_seeing(self) -> None:
        self._desk.end_seeing()
        self._lately, self._seen_ns = (), {}
        self._picked = None  # the next seeing gives other numbers
        self._offer()

    def _saw(self, time_ns: int, faces: tuple[Face, ...]) -> None:
        if self.seeing is None:
            return
        lately = {
            face.number: (seen_ns, face) for seen_ns, face in self._lately if time_ns - seen_ns < LATELY_NS
        }
        lately |= {face.number: (time_ns, face) for face in faces}
        self._lately = tuple(lately.values())
        self._seen_ns |= {face.number: time_ns for face in faces}
        if time_ns - self._seen_ns.get(self._picked or 0, time_ns) > AWAY_NS:
            self._doubt()
        self.view.show_faces(time_ns, faces)
        self._offer()
        self.faces.emit(faces)

    def _hinted(self, hint: Hint) -> None:
        if self.seeing is not None:
            self._say("" if hint == "fine" else self._parts.words(f"partner_camera.hints.{hint.value}"))

    def _say_camera_hint(self, state: CameraState) -> None:
        """Dark and slow can be told without looking for faces; where those are, their hints say more."""
        hint = {CameraState.DARK: "too_dark", CameraState.SLOW: "slow"}.get(state)
        if self.seeing is None:
            self._say(self._unreadable if hint is None else self._parts.words(f"partner_camera.hints.{hint}"))

    def _say(self, hint: str) -> None:
        if hint != self.hint.text():
            self.hint.setText(hint)
            announce(self.hint, hint)

    def _cannot_read(self, error: Exception) -> None:
        """The round goes on, with nothing measured."""
        self._end_seeing()
        self._say_sign()
        if isinstance(error, AttuneError):
            problem = self._parts.words.error(error)
            self._unreadable = self._parts.words("partner_camera.unreadable", problem=problem)
            self._say(self._unreadable)
        else:
            self._parts.bridge.failed.emit(error)

    def _doubt(self) -> None:
        """Whoever comes next may not have agreed: nobody is read until it is said whose face it is."""
        if not self._everybody and self._picked is not None and self.seeing is not None:
            self.seeing.cancel()
            self._picked = None

    def _offer(self) -> None:
        """Ask who shows where more than one could."""
        self.view.offer(offered=self.asks, chosen=self.chosen)
        self.who.ask([face for _seen_ns, face in self._lately] if self.asks else ())
        self._below.setCurrentWidget(self.who if self.asks else self.hint)

    def _pick(self, number: int) -> None:
        self.choose(number)
        self.picked.emit(number)


class _Desk:
    """What has to be ended however the stage goes away."""

    def __init__(self, watch: Watch, recorder: StageRecorder) -> None:
        self.sees: StageSeeing | None = None
        self.begun = False
        self._on = False
        self._watch, self._recorder = watch, recorder

    def turn_on(self) -> None:
        self._on = True
        self._watch.begin()

    def turn_off(self) -> None:
        """Only what this stage turned on: another one may have the camera by now."""
        if self._on and isValid(self._watch):  # it may have gone with the window, and has ended itself then
            self._watch.end()
        self._on = False

    def end_seeing(self) -> None:
        sees, self.sees = self.sees, None
        if sees is not None:
            sees.close()

    def clear(self) -> None:
        self._recorder.end()
        self.end_seeing()
        self.turn_off()
        self.begun = False
