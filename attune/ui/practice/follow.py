"""Follow along: a clip, or several of one person as one, plays while a dial or a pad is moved with it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.app.library import Channel
from attune.app.practice import PracticeSession, TraceFeedback, Trial
from attune.app.protocols.follow_along import RATE_HZ
from attune.app.protocols.trial import Follow, Reel
from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.practice.dial import Tracer
from attune.ui.practice.marks import Bar
from attune.ui.practice.side import SideColumn
from attune.ui.theme import Theme
from attune.ui.video.reel import ReelPlayer
from attune.ui.video.view import ClipView
from attune.ui.widgets import Button, PrimaryButton, column, row, text

SAMPLES_KEPT_AT_ONCE = round(RATE_HZ)  # a second's


class FollowView(QWidget):
    """Shows one Reel and takes its Follow trace; ``traced(TraceFeedback)`` once it is on the disk.

    ``unplayable(reason)`` where a clip cannot be shown. Begins when the person says so; Space pauses.
    """

    traced = Signal(object)
    unplayable = Signal(str)

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._words = services.words
        self._bridge = bridge
        self._theme = theme
        self._session: PracticeSession | None = None
        self._trial: Trial | None = None
        self._begun = self._ending = False
        self._batch: list[tuple[float, ...]] = []
        self._last_s = -1.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sampler = QTimer(self)
        self._sampler.setTimerType(Qt.TimerType.PreciseTimer)
        self._sampler.setInterval(round(1000 / RATE_HZ))
        self._make_parts(clock)
        self._arrange()
        self._connect()

    def begin(self, session: PracticeSession, trial: Trial) -> None:
        """Show the first picture of ``trial`` and wait for the person. Call when shown."""
        assert isinstance(trial.show, Reel)
        assert isinstance(trial.ask, Follow)
        self.clear()
        self._session, self._trial = session, trial
        self.tracer.begin(trial.ask.axes)
        self._question.setText(self._words(f"practice.follow.question.{'_'.join(trial.ask.axes)}"))
        self.setAccessibleName(self._question.text())
        keys = "one" if len(trial.ask.axes) == 1 else "two"
        self._hint.setText(self._words(f"practice.follow.hint.{keys}"))
        self._place_tracer(pad=len(trial.ask.axes) > 1)
        audible = trial.channel is not Channel.PICTURE
        self.view.setVisible(trial.channel is not Channel.SOUND)
        self.reel.open([(part.clip.file, part.starts_s) for part in trial.show.parts], audible=audible)
        self._label()
        self.setFocus()

    def clear(self) -> None:
        """Let go of the clips; what was traced stays on the disk."""
        self._stop_sampling()
        self._session = self._trial = None
        self._begun = self._ending = False
        self._batch = []
        self._last_s = -1.0
        self.reel.close()
        self.view.clear()
        self.bar.set_share(0.0)

    def toggle(self) -> None:
        """Begin, pause, or go on."""
        if self._trial is None or self._ending:
            return
        if not self._begun:
            self._start()
        elif self.reel.playing:
            self.reel.pause()
        else:
            self.reel.play()

    def start_over(self) -> None:
        """From the beginning, with a new trace."""
        if self._trial is not None and self._begun and not self._ending:
            self._start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space begins and pauses, R starts over, arrows move; the rest is the page's."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        begins = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._begun
        if plain and (key == Qt.Key.Key_Space or begins):
            if not event.isAutoRepeat():
                self.toggle()
        elif plain and key == Qt.Key.Key_R:
            self.start_over()
        elif not self.tracer.take_key(event, pressed=True):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """An arrow let go."""
        if not self.tracer.take_key(event, pressed=False):
            super().keyReleaseEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen."""
        self.reel.pause()
        self.tracer.let_go()
        super().hideEvent(event)

    def _start(self) -> None:
        assert self._session is not None
        self._begun = True
        self._batch = []
        self._last_s = -1.0
        self._bridge.deliver(self._session.begin_trace(), lambda _id: None)
        self.reel.restart()
        self._label()

    def _sample(self) -> None:
        """One sample; the reel's clock standing still, nothing new can be said of it."""
        self.tracer.tick(1 / RATE_HZ)
        now_s = self.reel.time_s
        if now_s > self._last_s:
            self._last_s = now_s
            self._batch.append((now_s, *self.tracer.values))
            self.bar.set_share(now_s / max(self.reel.length_s, now_s))
        if len(self._batch) >= SAMPLES_KEPT_AT_ONCE:
            self._keep()

    def _keep(self) -> None:
        batch, self._batch = self._batch, []
        if batch and self._session is not None:
            self._bridge.deliver(self._session.add_samples(batch), lambda _none: None)

    def _ended(self) -> None:
        session, trial = self._session, self._trial
        if session is None or not self._begun or self._ending:
            return
        self._ending = True
        self._stop_sampling()
        self._keep()
        self.bar.set_share(1.0)
        self._label()

        def came(feedback: TraceFeedback) -> None:
            if trial is self._trial:
                self.traced.emit(feedback)

        def failed(error: BaseException) -> None:
            if trial is self._trial:
                self._ending = False
                self._begun = False
                self._label()
            self._bridge.failed.emit(error)

        self._bridge.deliver(session.end_trace(), came, failed)

    def _playing_changed(self, playing: bool) -> None:
        if playing and self._begun and not self._ending:
            self._sampler.start()
        elif not playing:
            self._sampler.stop()
        self._label()

    def _stop_sampling(self) -> None:
        self._sampler.stop()
        self.tracer.let_go()

    def _failed(self, reason: str) -> None:
        if self._trial is not None:
            self._stop_sampling()
            self._trial = None
            self.unplayable.emit(reason)

    def _label(self) -> None:
        key = "begin"
        if self._ending:
            key = "comparing"
        elif self._begun:
            key = "pause" if self.reel.playing else "go_on"
        self.play_button.setText(self._words(f"practice.follow.{key}"))
        self.play_button.setEnabled(not self._ending)
        self.again_button.setVisible(self._begun and not self._ending)
        for said in (self._hint, self._late):  # read by now, and the pad needs the room
            said.setVisible(not self._begun)

    def _make_parts(self, clock: Callable[[], int]) -> None:
        words, theme = self._words, self._theme
        self.view = ClipView(theme)
        self.view.setAccessibleName(words("practice.trial.picture"))
        self.reel = ReelPlayer(self, clock=clock)
        self.tracer = Tracer(words, theme)
        self.bar = Bar(theme)
        self._question = text("", "heading")
        self._hint = text("", "quiet")
        self._late = text(words("practice.follow.late"), "quiet")
        self.play_button = PrimaryButton("")
        self.again_button = Button(words("practice.follow.again"))

    def _arrange(self) -> None:
        self._side = SideColumn(self._theme, self.play_button)
        for part in (self._question, self._hint, self._late):
            self._side.body.addWidget(part)
        self._pad_place = column()
        self._side.body.addLayout(self._pad_place)
        self._side.body.addStretch(1)
        self._side.body.addWidget(self.again_button)
        self._dial_place = column()
        picture = column(spacing=12)
        picture.addWidget(self.view, 1)
        picture.addWidget(self.bar)
        picture.addLayout(self._dial_place)
        beside = row(spacing=24)
        beside.addLayout(picture, 3)
        beside.addWidget(self._side, 2)
        beside.setContentsMargins(28, 0, 28, 20)
        self.setLayout(beside)
        self._place_tracer(pad=False)

    def _place_tracer(self, *, pad: bool) -> None:
        """The dial lies below the face, where the eyes are; the pad needs the height beside it."""
        (self._pad_place if pad else self._dial_place).addWidget(self.tracer)

    def _connect(self) -> None:
        self.reel.frame_came.connect(self.view.show_frame)
        self.reel.playing_changed.connect(self._playing_changed)
        self.reel.ended.connect(self._ended)
        self.reel.failed.connect(self._failed)
        self._sampler.timeout.connect(self._sample)
        self.play_button.clicked.connect(self.toggle)
        self.again_button.clicked.connect(self.start_over)
