"""Showing: face to face, or before the camera, live or as a moment of a few seconds that is filmed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Recording
from attune.app.partner.show_and_tell import MOMENT_S, Watching
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.stage import Stage, can_hear
from attune.ui.partner.step import Step, Ways
from attune.ui.video.camera import Shot
from attune.ui.widgets import PrimaryButton, QuietButton, announce, column, text

if TYPE_CHECKING:  # loads numpy
    from attune.app.partner.seeing import Seen
    from attune.app.recording import Recorded
    from attune.app.recording import Recording as Film

COUNT_S = 3
LOOKS = 10  # at pictures, until everybody in them is found
NS_PER_S = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Watched:
    """What came of showing: ``read``, whether the face was to be measured; ``seen``, what that gave."""

    watching: Watching
    read: bool = False
    seen: Seen | None = None
    recording: Recording | None = None


class RoomStep(Step):
    """They look at each other. ``done(Watched)``, ``passed``."""

    done = Signal(object)
    passed = Signal()

    def __init__(self, parts: Parts, turn: str, pair: Pair) -> None:
        super().__init__(parts.theme, turn)
        words = parts.words
        said = words("partner_show.watch.room", shower=pair.one.name, noticer=pair.other.name)
        self.setAccessibleName(said)
        self.body.addStretch(1)
        for label in (text(said, "title"), text(words("partner_show.watch.room_note"), "large")):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.addWidget(label)
        self.body.addStretch(2)
        self.over = PrimaryButton(words("partner_show.watch.over"))
        self.skip = QuietButton(words("partner_show.pass"))
        self.ways(self.over, self.skip)
        self.over.clicked.connect(lambda: self.done.emit(Watched(watching=Watching.ROOM)))
        self.skip.clicked.connect(self.passed)
        announce(self, said)


class _At(Enum):
    """How far it has come."""

    BEFORE = auto()
    COUNTING = auto()
    RUNNING = auto()
    ENDING = auto()


class CameraStep(QWidget):
    """Before the camera, which is on while this is in sight. ``done(Watched)``, ``passed``, ``without`` it.

    ``watching`` MOMENT: counted down, then filmed for MOMENT_S seconds of the camera's own time. Where
    whoever shows agreed to be read, their face is measured from the beginning to the end and not before.
    """

    done = Signal(object)
    passed = Signal()
    without = Signal()

    def __init__(self, parts: Parts, pair: Pair, watching: Watching) -> None:
        super().__init__()
        self._parts, self._pair, self._watching = parts, pair, watching
        self._at = _At.BEFORE
        self._left = 0
        self._looks = 0
        self._first_ns: int | None = None
        self._recording: Recording | None = None
        self._film: Film | None = None
        self._everybody = all(pair.readable(person.id) for person in pair.both)
        self.stage = Stage(parts, readable=lambda: pair.readable(pair.one.id), everybody=self._everybody)
        self.said = text("", "heading")
        self.note = text("", "quiet")
        self.go = PrimaryButton("")
        self.skip = QuietButton(parts.words("partner_show.pass"))
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._clock.timeout.connect(self._tick)
        self._arrange()
        self.go.clicked.connect(self._press)
        self.skip.clicked.connect(self.passed)
        self.stage.shot.connect(self._shot)
        self.stage.paused.connect(self._paused)
        self.stage.without.connect(self.without)
        self.stage.faces.connect(self._looked)
        self.stage.picked.connect(self._picked)
        self.stage.watch.changed.connect(self._say)
        self._say()

    def showEvent(self, event: QShowEvent) -> None:
        """The camera goes on."""
        super().showEvent(event)
        self.stage.begin()
        self.note.clear()
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        """And off; what was being filmed is deleted."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.end()

    def end(self) -> None:
        """Stop whatever is under way, camera off."""
        self._break_off()
        self.stage.end()

    def _arrange(self) -> None:
        head = column(spacing=2)
        head.addWidget(self.said)
        head.addWidget(self.note)
        foot = Ways(spacing=12)
        foot.addWidget(self.go)
        foot.addStretch()
        foot.addWidget(self.skip)
        whole = column(spacing=12)
        whole.setContentsMargins(32, 16, 32, 24)
        whole.addLayout(head)
        whole.addWidget(self.stage, 1)
        whole.addLayout(foot)
        self.setLayout(whole)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def _reads(self) -> bool:
        return self.stage.seeing is not None

    @property
    def _ready(self) -> bool:
        """Whether it is seen, and clear who shows where that is to be known."""
        found = self._looks >= LOOKS or not self._reads
        return self.stage.is_on and found and not self.stage.asks

    def _looked(self, _faces: object) -> None:
        self._looks += 1
        self._say()

    def _picked(self, number: int) -> None:
        """Whose face it is may be said late: what was kept of another one until then is forgotten."""
        if self._at is _At.RUNNING and self.stage.seeing is not None:
            self.stage.seeing.begin(number)
        self._say()

    def _say(self) -> None:
        """The sentence and the button for how far it has come."""
        words, moment = self._parts.words, self._watching is Watching.MOMENT
        names = {"shower": self._pair.one.name, "noticer": self._pair.other.name}
        if self._at is _At.COUNTING:
            said = words("partner_show.watch.count", seconds=self._left)
        elif self._at is _At.RUNNING and moment:
            said = words("partner_show.watch.filming", seconds=self._left)
        elif self._at is _At.ENDING:
            said = words("partner_show.watch.measuring")
        else:
            said = words(f"partner_show.watch.{self._watching}", seconds=MOMENT_S, **names)
        if said != self.said.text():
            self.said.setText(said)
            announce(self, said)
        if self._at is _At.BEFORE and not self.note.text():
            only = self._reads and not self._pair.readable(self._pair.other.id)
            key = "only" if only else f"{self._watching}_note"
            self.note.setText(words(f"partner_show.watch.{key}", seconds=MOMENT_S, **names))
        begins = self._at is _At.BEFORE and (moment or self._reads)
        self.go.setText(words(f"partner_show.watch.{'begin' if begins else 'over'}", **names))
        runs_out = moment and self._at is not _At.BEFORE
        self._allow(self._ready and not runs_out and self._at is not _At.ENDING)

    def _allow(self, allowed: bool) -> None:
        """The button has the keyboard whenever it can be pressed."""
        if allowed != self.go.isEnabled():
            if not allowed:
                self.setFocus()
            self.go.setEnabled(allowed)
            if allowed:
                self.go.setFocus()

    def _press(self) -> None:
        if self._watching is Watching.MOMENT:
            self._at, self._left = _At.COUNTING, COUNT_S
            self._clock.start()
        elif self._at is _At.RUNNING or not self._reads:
            self._over(None)
            return
        else:
            self._begin_reading()
            self._at = _At.RUNNING
        self._say()

    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._clock.stop()
            people = [person.id for person in self._pair.both]
            begun = self._parts.couple.begin_recording(people, sound=can_hear())
            self._parts.bridge.deliver(begun, self._film_it, self._not_kept)
        self._say()

    def _film_it(self, recording: Recording) -> None:
        from attune.app.recording import Recording as Film  # noqa: PLC0415 - when something is filmed

        if self._at is not _At.COUNTING:
            self._parts.bridge.deliver(self._parts.couple.discard_recording(recording.id), _nothing)
            return
        self._recording, self._first_ns = recording, None
        self._film = Film(recording.path, sound=recording.sound)
        self.stage.record(self._film, sound=recording.sound)
        self._begin_reading()
        self._at, self._left = _At.RUNNING, MOMENT_S
        self._say()

    def _shot(self, shot: Shot) -> None:
        if self._film is None or self._at is not _At.RUNNING:
            return
        self._first_ns = shot.time_ns if self._first_ns is None else self._first_ns
        lasted = shot.time_ns - self._first_ns
        left = MOMENT_S - lasted // NS_PER_S
        if lasted >= MOMENT_S * NS_PER_S:
            film, recording = self._film, self._recording
            assert recording is not None
            self.stage.record(None)
            self._film = None
            # Encoding may be a little behind: not a matter for the window to wait for.
            stopped = self._parts.services.background.submit(lambda: film.stop().result())
            self._at = _At.ENDING
            self._parts.bridge.deliver(stopped, partial(self._filmed, recording), self._not_kept)
        elif left != self._left:
            self._left = left
        else:
            return
        self._say()

    def _filmed(self, recording: Recording, recorded: Recorded) -> None:
        if self._recording is not recording:
            return  # broken off meanwhile
        ended = self._parts.couple.end_recording(recording.id, recorded.lasts_s)
        self._parts.bridge.deliver(ended, lambda _none: self._over(recording), self._not_kept)

    def _begin_reading(self) -> None:
        """Read who shows; before anybody came, the first to come alone, who may be either of the two."""
        chosen = self.stage.chosen
        if self.stage.seeing is not None and (chosen is not None or self._everybody):
            self.stage.seeing.begin(chosen)

    def _over(self, recording: Recording | None) -> None:
        """It was shown; what was measured comes a little later."""
        if self._recording is not recording:
            return  # broken off meanwhile
        self._at = _At.ENDING
        if self.stage.seeing is None:
            self._tell(recording, None)
            return
        from attune.app.partner.neutral import known  # noqa: PLC0415 - numpy

        self._say()
        rest = self._pair.one.neutral
        seen = self.stage.seeing.end(known(rest))
        self._parts.bridge.deliver(seen, partial(self._tell, recording), self._not_kept)

    def _tell(self, recording: Recording | None, seen: Seen | None) -> None:
        if self._at is not _At.ENDING:
            return  # broken off meanwhile
        self._recording = None  # from now on it belongs to the turn
        self.done.emit(Watched(watching=self._watching, read=self._reads, seen=seen, recording=recording))

    def _paused(self, paused: bool) -> None:
        """The camera gives nothing: a film that broke off is deleted, and begun once more."""
        if paused and self._watching is Watching.MOMENT and self._at is not _At.BEFORE:
            self._break_off()
            self.note.setText(self._parts.words("partner_show.watch.again"))
        self._say()

    def _break_off(self) -> None:
        """Back to the beginning, with nothing left of what was filmed or measured."""
        self._clock.stop()
        self._at = _At.BEFORE
        if self.stage.seeing is not None:
            self.stage.seeing.cancel()
        film, recording = self._film, self._recording
        self._film = self._recording = None
        if film is not None:
            self.stage.record(None)
            self._parts.services.background.submit(lambda: film.stop().result())
        if recording is not None:
            self._parts.bridge.deliver(self._parts.couple.discard_recording(recording.id), _nothing)

    def _not_kept(self, error: BaseException) -> None:
        self._break_off()
        self._say()
        self._parts.bridge.failed.emit(error)


def _nothing(_result: object) -> None:
    """What was deleted is of no more interest."""
