"""One speaks, the other follows with dial or pad, or only listens; the time passes quietly."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from attune.app.partner.open_up import LEAST_S, SAMPLES_HZ, Samples, Way
from attune.app.partner.open_up_clock import SpeakingClock
from attune.ui.partner.open_up.time import QuietTime
from attune.ui.partner.parts import Parts
from attune.ui.practice.dial import Tracer
from attune.ui.widgets import Button, PrimaryButton, announce, column, row, text

if TYPE_CHECKING:
    from attune.ui.partner.stage import Stage

LOOKS = 60  # for a face, before it goes without one
LOOKS_HZ = 30.0  # of the dial while a key is held
GRACE_S = 60.0  # over the time chosen: nobody is cut short, and nobody forgotten
NS_PER_S = 1_000_000_000
now_ns: Callable[[], int] = time.monotonic_ns


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What came of it: when it began on the monotonic clock, how long, what the listener traced."""

    began_ns: int
    lasts_s: float
    pauses: tuple[tuple[float, float], ...]
    samples: Samples


class SpeakingPage(QWidget):
    """``begun``, then ``finished(Speech)``; ``enough(Speech or None)`` when either stops it.

    ``back`` where it was not begun.

    ``stage``: the camera, None where it stays off. Space or Enter begins and ends, Esc is enough, arrows move
    the dial.
    """

    begun = Signal()
    finished = Signal(object)
    enough = Signal(object)
    back = Signal()

    def __init__(
        self,
        parts: Parts,
        *,
        prompt: str,
        speaker: str,
        listener: str,
        seconds: int,
        way: Way,
        stage: Stage | None,
    ) -> None:
        super().__init__()
        self._words, self._seconds, self._way = parts.words, seconds, way
        self._names = {"speaker": speaker, "listener": listener}
        self.stage = stage
        self.clock = SpeakingClock()
        self._samples: list[tuple[float, ...]] = []
        self._over = False
        self._told_end = False
        self._looks = 0  # at the camera's picture, for faces
        self._found = False
        self.prompt = text(prompt, "title" if stage is None else "heading")
        self.time = QuietTime(parts.words, parts.theme)
        self.tracer = Tracer(parts.words, parts.theme)
        self.hint = text("", "quiet")
        self.act_button = PrimaryButton("")
        self.act_button.clicked.connect(self._act)
        self.enough_button = Button("")
        self.enough_button.clicked.connect(self.stop)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(round(1000 / LOOKS_HZ))
        self._timer.timeout.connect(self._look)
        self._follow_with(way)
        self._arrange(pad=way is Way.PAD)
        if stage is not None:
            stage.paused.connect(self.pause)
            stage.faces.connect(self._faces)
            stage.who.ask_about(self._words("partner_open.speaking.who", **self._names))
            for changed in (stage.picked, stage.watch.changed):
                changed.connect(self._label)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(prompt)
        self._label()

    def begin(self) -> None:
        """Somebody begins to speak."""
        if self.clock.began_ns is None and self.ready:
            self.clock.begin(now_ns())
            self._timer.start()
            self.begun.emit()
            self._label()
            self.setFocus()

    def finish(self) -> None:
        """They have said what they wanted to say."""
        speech = self.speech
        if speech is not None and not self._over:
            self._end()
            self.finished.emit(speech)

    def stop(self) -> None:
        """It is enough, for whatever reason."""
        if self.clock.began_ns is None:
            self.back.emit()
        elif not self._over:
            speech = self.speech
            self._end()
            self.enough.emit(speech)

    def pause(self, paused: bool) -> None:
        """The camera is gone, or back: the time stands still meanwhile."""
        if paused:
            self.clock.pause(now_ns())
            self.tracer.let_go()
        else:
            self.clock.go_on(now_ns())
        self._label()

    def go_without(self) -> None:
        """The camera is off for good."""
        if self.stage is not None:
            self.stage.hide()
            self.stage = None
        self.pause(False)  # noqa: FBT003 - as the stage would

    @property
    def ready(self) -> bool:
        """Whether it can begin: with the camera, once it sees somebody and it is clear who speaks."""
        if self.stage is None:
            return True
        looked = self._found or self._looks >= LOOKS or self.stage.seeing is None
        return self.stage.is_on and looked and not self.stage.asks

    @property
    def speech(self) -> Speech | None:
        """What there is so far; None before anything was said."""
        lasts_s = self.clock.seconds(now_ns())
        if self.clock.began_ns is None or lasts_s < LEAST_S:
            return None
        return Speech(
            began_ns=self.clock.began_ns,
            lasts_s=lasts_s,
            pauses=tuple(self.clock.pauses),
            samples=tuple(sample for sample in self._samples if sample[0] <= lasts_s),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter act, Esc stops, arrows follow."""
        key = event.key()
        if key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._act()
        elif key == Qt.Key.Key_Escape:
            self.stop()
        elif not (self._way.axes and self.tracer.take_key(event, pressed=True)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """An arrow let go."""
        if not self.tracer.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The camera goes on."""
        super().showEvent(event)
        if self.stage is not None and not self._over:
            self.stage.begin()
            self._label()

    def hideEvent(self, event: QHideEvent) -> None:
        """And off; who goes elsewhere meanwhile has stopped."""
        super().hideEvent(event)
        if event.spontaneous():
            return
        if self.clock.began_ns is not None:
            self.stop()
        elif self.stage is not None:
            self.stage.end()

    def _faces(self, faces: tuple[object, ...]) -> None:
        self._looks += 1
        self._found = self._found or bool(faces)
        if self.clock.began_ns is None:
            self._label()

    def _act(self) -> None:
        if self.clock.began_ns is None:
            self.begin()
        else:
            self.finish()

    def _end(self) -> None:
        self._over = True
        self._timer.stop()
        self.tracer.let_go()

    def _look(self) -> None:
        self.tracer.tick(1 / LOOKS_HZ)
        spoken = self.clock.seconds(now_ns())
        if not self.clock.paused and self._way.axes:
            last = self._samples[-1][0] if self._samples else -1.0
            if spoken - last >= 1 / SAMPLES_HZ:
                self._samples.append((round(spoken, 3), *(round(v, 3) for v in self.tracer.values)))
        self._show_time()
        if spoken >= LEAST_S and not self.act_button.isEnabled():
            self.act_button.setEnabled(True)
        if spoken >= self._seconds and not self._told_end:
            self._told_end = True
            announce(self, self.time.said)
        if spoken >= self._seconds + GRACE_S:
            self.finish()

    def _show_time(self) -> None:
        self.time.show_time(
            self.clock.seconds(now_ns()),
            self._seconds,
            going=self.clock.began_ns is not None,
            paused=self.clock.paused,
        )

    def _label(self, _changed: object = None) -> None:
        going = self.clock.began_ns is not None
        key = "done" if going else "begin"
        self.act_button.setText(self._words(f"partner_open.speaking.{key}", **self._names))
        self.act_button.setEnabled(self.speech is not None if going else self.ready)
        self.enough_button.setText(self._words(f"partner_open.speaking.{'enough' if going else 'back'}"))
        self.enough_button.setToolTip(self._words("partner_open.speaking.enough_tip") if going else "")
        hint = self._way if going else "before"
        self.hint.setText(self._words(f"partner_open.speaking.hint.{hint}", **self._names))
        self._show_time()

    def _follow_with(self, way: Way) -> None:
        if way.axes:
            self.tracer.begin(way.axes)
        else:
            self.tracer.hide()
        self.tracer.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the page hands its keys on

    def _arrange(self, *, pad: bool) -> None:
        middle = row(spacing=24)
        if self.stage is not None:
            middle.addWidget(self.stage, 3)
            side = column(spacing=12)
            side.addWidget(self.time, 1)
            if pad:
                side.addWidget(self.tracer, 3)
            middle.addLayout(side, 2 if pad else 1)
        else:
            middle.addWidget(self.time, 2)
            if pad:
                middle.addWidget(self.tracer, 3)
        acts = row(spacing=12)
        acts.addWidget(self.act_button)
        acts.addWidget(self.hint, 1)
        acts.addWidget(self.enough_button)
        inside = column(spacing=14)
        inside.setContentsMargins(32, 8, 32, 20)
        inside.addWidget(self.prompt)
        inside.addLayout(middle, 1)
        if not pad:
            inside.addWidget(self.tracer)
        inside.addLayout(acts)
        self.setLayout(inside)
