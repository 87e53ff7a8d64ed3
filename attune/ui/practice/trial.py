"""A clip, seen or heard, and the question what it is beside it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.app.practice import PracticeSession, Trial
from attune.app.protocols.trial import Held, Name, Whole
from attune.app.services import Services
from attune.ui.practice.naming import NameSide
from attune.ui.practice.response import ResponseClock
from attune.ui.practice.stage import ClipStage
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.widgets import announce, column, row, text

if TYPE_CHECKING:  # few trials are drawn
    from attune.ui.drawn import Painter


class TrialView(QWidget):
    """Asks about one clip. ``answered(Answer)``, or ``unplayable(why)`` when nothing of it can be shown."""

    answered = Signal(object)
    unplayable = Signal(str)

    def __init__(
        self,
        services: Services,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        painter: Painter | None = None,
        clock: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        super().__init__(parent)
        self._words = services.words
        self._trial: Trial | None = None
        self._replays = 0
        self._waiting = self._again = False
        self._response = ResponseClock(clock)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.stage = ClipStage(self._words, theme, painter=painter, clock=clock)
        self.player, self.view = self.stage.player, self.stage.view
        self.side = NameSide(services, theme)
        self.choices = self.side.choices
        self.replay_button = SignButton(
            theme,
            "replay",
            self._words("practice.trial.replay"),
            key=self._words("practice.trial.replay_keys"),
        )
        self._arrange()
        self._connect()

    def begin(self, session: PracticeSession, trial: Trial) -> None:
        """Ask about ``trial``, and play its clip. Call when shown."""
        assert isinstance(trial.show, Whole | Held)
        assert isinstance(trial.ask, Name)
        self._trial = trial
        self._replays = 0
        self._waiting = False
        self._again = trial.show.replay
        until_s = trial.show.until_s if isinstance(trial.show, Held) else None
        self._response.begin(trial)
        self._replaying.setVisible(self._again)
        self._hint.setText(
            self._words(f"practice.trial.replay_hint.{'typed' if trial.ask.typed else 'plain'}")
        )
        self.side.begin(trial.ask, session.setup.feedback)
        self.setAccessibleName(self.side.said)
        if trial.drawn is None:
            self.stage.open(trial.clip, trial.channel, until_s)
        else:
            self.stage.open_drawn(trial.drawn, until_s)
        self.stage.play()
        if not self.side.take_focus():
            self.setFocus()
        announce(self, self.side.said)

    def replay(self) -> None:
        """Play the clip again from its start, where that is allowed; counted."""
        if self._again:
            self._replays += 1
            self.stage.restart()

    def confirm(self) -> None:
        """Give the answer, as far as there is one."""
        self.side.confirm()

    def not_kept(self) -> None:
        """The answer could not be kept: let the person try again."""
        self._waiting = False

    def clear(self) -> None:
        """Let go of the clip."""
        self._trial = None
        self.stage.close_clip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and R play again, with Ctrl where something is typed; the rest is the question's."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        again = event.key() == Qt.Key.Key_Space and plain
        again |= event.key() == Qt.Key.Key_R and (
            plain or event.modifiers() == Qt.KeyboardModifier.ControlModifier
        )
        if again:
            if not event.isAutoRepeat():
                self.replay()
        elif not self.side.take_key(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen; and a time that ran meanwhile says nothing."""
        self.stage.pause()
        self._response.interrupt()
        super().hideEvent(event)

    def _arrange(self) -> None:
        beside = row(spacing=24)
        beside.setContentsMargins(28, 8, 28, 20)
        beside.addLayout(self._picture_side(), 3)
        beside.addWidget(self.side, 2)
        self.setLayout(beside)

    def _picture_side(self) -> QVBoxLayout:
        self._replaying = QWidget()
        self._hint = text("", "small", wrap=False)
        below = row(spacing=12)
        below.addStretch(1)
        below.addWidget(self.replay_button)
        below.addWidget(self._hint)
        below.addStretch(1)
        self._replaying.setLayout(below)
        side = column(spacing=12)
        side.addWidget(self.stage, 1)
        side.addWidget(self._replaying)
        return side

    def _connect(self) -> None:
        self.stage.unplayable.connect(self.unplayable)
        self.stage.painted.connect(self._response.painted)
        self.side.chosen.connect(self._response.choose)
        self.side.confirmed.connect(self._confirmed)
        self.replay_button.clicked.connect(self.replay)

    def _confirmed(self) -> None:
        if self._trial is None or self._waiting:
            return
        self._waiting = True  # until the answer is kept
        self.stage.pause()
        self.answered.emit(self.side.answer(response_ms=self._response.response_ms, replays=self._replays))
