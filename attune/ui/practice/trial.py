"""A trial: the clip plays at once; what is it, how strong, how sure."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.affect.vocabulary import Core
from attune.app.practice import Answer, Trial
from attune.app.services import Services
from attune.ui.practice.choices import ChoiceGrid
from attune.ui.practice.marks import Bar
from attune.ui.practice.scales import STRENGTH, SURENESS, Scale
from attune.ui.practice.side import SideColumn
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.video.player import ClipPlayer
from attune.ui.video.view import ClipView
from attune.ui.widgets import PrimaryButton, QuietButton, column, row, text

NS_PER_S = 1_000_000_000
NS_PER_MS = 1_000_000
ROUNDING_NS = 500_000  # a clip's onset is written in thousandths of a second


class TrialPage(QWidget):
    """Asks about one clip. ``answered(Answer)``, ``unplayable`` when nothing can be seen, ``leaving`` on Esc.

    The response time runs from when the first frame of the expression was painted to the last choice of a
    label, both on ``clock``, a monotonic clock in ns. It is None when the choice came first or the clip was
    hidden in between.
    """

    answered = Signal(object)
    unplayable = Signal()
    leaving = Signal()

    def __init__(
        self,
        services: Services,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._words = services.words
        self._theme = theme
        self._clock = clock
        self._trial: Trial | None = None
        self._replays = 0
        self._onset_clock: int | None = None
        self._choice_clock: int | None = None
        self._away = self._waiting = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._make_parts()
        self._arrange()
        self._connect()

    def show_trial(self, trial: Trial, number: int, count: int) -> None:
        """Ask about ``trial``, the ``number``-th of ``count``, and play its clip. Call when shown."""
        self._trial = trial
        self._replays = 0
        self._onset_clock = self._choice_clock = None
        self._away = False
        progress = self._words("practice.trial.progress", number=number, count=count)
        self._progress.setText(progress)
        self.setAccessibleName(f"{progress}. {self._words('practice.trial.question')}")
        self._bar.set_share((number - 1) / count)
        self.choices.offer(trial.choices)
        self.strength.begin(0, 50)
        lowest = round(100 / len(trial.choices))
        self.sureness.begin(lowest, 5 * round((lowest + 100) / 10))
        self._scales.hide()
        self.confirm_button.setEnabled(False)
        self._waiting = False
        self._side.to_top()
        self.view.clear()
        self.player.open(trial.clip.file, audible=trial.clip.channel != "picture")
        self.player.play()
        self.setFocus()

    def replay(self) -> None:
        """Play the clip again from its start; counted."""
        self._replays += 1
        self.player.restart()

    def confirm(self) -> None:
        """Give the answer, if a label is chosen."""
        label = self.choices.label
        if label is None or self._trial is None or self._waiting:
            return
        self._waiting = True  # until the answer is kept
        self.player.pause()
        self.answered.emit(
            Answer(
                label=label,
                intensity=0.0 if label == Core.NEUTRAL else self.strength.value,
                confidence=max(self.sureness.value, 1 / len(self._trial.choices)),
                response_ms=self._response_ms(),
                replays=self._replays,
            )
        )

    def not_kept(self) -> None:
        """The answer could not be kept: let the person try again."""
        self._waiting = False

    def close_clip(self) -> None:
        """Let go of the clip."""
        self._trial = None
        self.player.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers choose, Space and R play again, Enter confirms, Esc asks to leave."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.choices.choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_R):
            if not event.isAutoRepeat():
                self.replay()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirm()
        elif key == Qt.Key.Key_Escape:
            self.leaving.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._scales.isVisible():
            self._go(-1, 1)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen; and a time that ran meanwhile says nothing."""
        self.player.pause()
        self._away = True
        super().hideEvent(event)

    def _make_parts(self) -> None:
        words, theme = self._words, self._theme
        self._progress = text("", "strong", wrap=False)
        self._bar = Bar(theme)
        self.leave_button = QuietButton(words("practice.trial.leave"))
        self.view = ClipView(theme, clock=self._clock)
        self.view.setAccessibleName(words("practice.trial.picture"))
        self.player = ClipPlayer(self)
        self.replay_button = SignButton(
            theme, "replay", words("practice.trial.replay"), key=words("practice.trial.replay_keys")
        )
        self.choices = ChoiceGrid(words, theme)
        self.strength = Scale(words, theme, "strength", STRENGTH)
        self.sureness = Scale(words, theme, "sureness", SURENESS)
        self.confirm_button = PrimaryButton(words("practice.trial.confirm"))

    def _arrange(self) -> None:
        top = row(spacing=16)
        top.addWidget(self._progress)
        top.addWidget(self._bar, 1)
        top.addWidget(self.leave_button)
        beside = row(spacing=24)
        beside.addLayout(self._picture_side(), 3)
        self._side = self._question_side()
        beside.addWidget(self._side, 2)
        inside = column(spacing=12)
        inside.setContentsMargins(28, 16, 28, 20)
        inside.addLayout(top)
        inside.addLayout(beside, 1)
        self.setLayout(inside)

    def _picture_side(self) -> QVBoxLayout:
        below = row(spacing=12)
        below.addStretch(1)
        below.addWidget(self.replay_button)
        below.addWidget(text(self._words("practice.trial.replay_hint"), "small", wrap=False))
        below.addStretch(1)
        side = column(spacing=12)
        side.addWidget(self.view, 1)
        side.addLayout(below)
        return side

    def _question_side(self) -> SideColumn:
        self._scales = QWidget()
        scales = column(spacing=12)
        scales.setContentsMargins(0, 4, 0, 0)
        scales.addWidget(self.strength)
        scales.addWidget(self.sureness)
        self._scales.setLayout(scales)
        side = SideColumn(self._theme, self.confirm_button)
        side.body.addWidget(text(self._words("practice.trial.question"), "heading"))
        side.body.addWidget(self.choices)
        side.body.addWidget(self._scales)
        side.body.addStretch(1)
        return side

    def _connect(self) -> None:
        self.player.frame_came.connect(self.view.show_frame)
        self.player.failed.connect(self._failed)
        self.view.painted.connect(self._painted)
        self.choices.chosen.connect(self._chosen)
        self.replay_button.clicked.connect(self.replay)
        self.confirm_button.clicked.connect(self.confirm)
        self.leave_button.clicked.connect(self.leaving)
        self.strength.left.connect(lambda way: self._go(0, way))
        self.sureness.left.connect(lambda way: self._go(1, way))

    def _painted(self, time_ns: int, clock_ns: int) -> None:
        if self._onset_clock is None and self._trial is not None:
            onset_ns = round((self._trial.clip.onset_s or 0.0) * NS_PER_S)
            if time_ns >= onset_ns - ROUNDING_NS:
                self._onset_clock = clock_ns

    def _chosen(self, label: str) -> None:
        self._choice_clock = self._clock()
        neutral = label == Core.NEUTRAL
        self.strength.setVisible(not neutral)  # the absence of an expression has no strength
        self._scales.show()
        self.confirm_button.setEnabled(True)
        (self.sureness if neutral else self.strength).slider.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self._side.bring(self._scales))  # once they have their place

    def _go(self, place: int, way: int) -> None:
        scales = [scale for scale in (self.strength, self.sureness) if scale.isVisible()]
        target = min(max(place + way, 0), 1)
        scales[min(target, len(scales) - 1)].slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, _text: str) -> None:
        self.unplayable.emit()

    def _response_ms(self) -> float | None:
        if self._onset_clock is None or self._choice_clock is None or self._away:
            return None
        waited = self._choice_clock - self._onset_clock
        return waited / NS_PER_MS if waited >= 0 else None
