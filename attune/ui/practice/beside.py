"""Two clips side by side, and the question which of them shows it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from attune.app.library import Channel
from attune.app.practice import Answer, PracticeSession, Trial
from attune.app.protocols.trial import Beside, Which
from attune.app.services import Services
from attune.ui.practice.response import ResponseClock
from attune.ui.practice.stage import PointedAt
from attune.ui.theme import Theme
from attune.ui.widgets import Button, announce, column, row, text

if TYPE_CHECKING:  # few trials are drawn
    from attune.ui.drawn import Painter

SIDES = ("left", "right")


class BesideView(QWidget):
    """Pointing at one of the two is the whole answer: a click, its button, or the arrow key to its side.

    Pictures play together; what is heard is heard one after the other.
    """

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
        self._waiting = False
        self._response = ResponseClock(clock)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._question = text("", "heading")
        self._question.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.stages = tuple(PointedAt(self._words, theme, painter=painter, clock=clock) for _ in SIDES)
        self.buttons = tuple(Button(self._words(f"practice.beside.{side}")) for side in SIDES)
        self._arrange()
        self._connect()

    def begin(self, _session: PracticeSession, trial: Trial) -> None:
        """Ask about ``trial``, and play both. Call when shown."""
        assert isinstance(trial.show, Beside)
        assert isinstance(trial.ask, Which)
        self._trial = trial
        self._replays = 0
        self._waiting = False
        self._response.begin(trial)
        noun = self._words(f"emotions.{trial.ask.emotion}.noun")
        self._question.setText(self._words("practice.beside.question", emotion=noun))
        self.setAccessibleName(self._question.text())
        for button in self.buttons:
            button.setChecked(False)
        own, other = self.stages if trial.show.on_left else reversed(self.stages)
        if trial.drawn is None:
            own.open(trial.clip, trial.channel)
            other.open(trial.show.other, trial.channel)
        else:
            own.open_drawn(trial.drawn)
            other.open_drawn(replace(trial.drawn, expression=trial.ask.instead))
        self._play()
        self.setFocus()
        announce(self, self._question.text())

    def clear(self) -> None:
        """Let go of the clips."""
        self._trial = None
        for stage in self.stages:
            stage.close_clip()

    def not_kept(self) -> None:
        """The answer could not be kept: let the person try again."""
        self._waiting = False
        for button in self.buttons:
            button.setChecked(False)

    def replay(self) -> None:
        """Play both again; counted."""
        if not self._waiting:
            self._replays += 1
            self._play()

    def point(self, place: int) -> None:
        """Answer with the left (0) or the right (1) one."""
        trial = self._trial
        if trial is None or self._waiting:
            return
        assert isinstance(trial.show, Beside)
        assert isinstance(trial.ask, Which)
        self._waiting = True
        self._response.choose()
        self.buttons[place].setChecked(True)
        for stage in self.stages:
            stage.pause()
        own = (place == 0) == trial.show.on_left
        self.answered.emit(
            Answer(
                label=trial.ask.emotion if own else trial.ask.instead,
                intensity=None,
                confidence=None,
                response_ms=self._response.response_ms,
                replays=self._replays,
            )
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right (or 1 and 2) answer, Space and R play again."""
        sides = {Qt.Key.Key_Left: 0, Qt.Key.Key_1: 0, Qt.Key.Key_Right: 1, Qt.Key.Key_2: 1}
        place = sides.get(Qt.Key(event.key()))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif place is not None:
            if not event.isAutoRepeat():  # a finger still on the key of the trial before
                self.point(place)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_R):
            if not event.isAutoRepeat():
                self.replay()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen; and a time that ran meanwhile says nothing."""
        for stage in self.stages:
            stage.pause()
        self._response.interrupt()
        super().hideEvent(event)

    def _arrange(self) -> None:
        pair = row(spacing=24)
        for stage, button, side in zip(self.stages, self.buttons, SIDES, strict=True):
            name = self._words(f"practice.beside.{side}_name")
            button.setCheckable(True)
            button.setAccessibleName(name)
            stage.view.setAccessibleName(name)
            stage.setCursor(Qt.CursorShape.PointingHandCursor)
            part = column(spacing=12)
            part.addWidget(stage, 1)
            part.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            pair.addLayout(part, 1)
        hint = text(self._words("practice.beside.hint"), "small")
        hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = column(spacing=14)
        inside.setContentsMargins(28, 8, 28, 20)
        inside.addWidget(self._question)
        inside.addLayout(pair, 1)
        inside.addWidget(hint)
        self.setLayout(inside)

    def _connect(self) -> None:
        for place, (stage, button) in enumerate(zip(self.stages, self.buttons, strict=True)):
            stage.clicked.connect(lambda place=place: self.point(place))
            button.clicked.connect(lambda _checked, place=place: self.point(place))
            stage.painted.connect(lambda at, clock, place=place: self._painted(place, at, clock))
            stage.unplayable.connect(self._failed)
        self.stages[0].ended.connect(self._first_over)

    def _play(self) -> None:
        first, second = self.stages
        first.restart()
        if self._seen_only:
            second.restart()
        else:
            second.pause()

    def _first_over(self) -> None:
        if self._trial is not None and not self._waiting and not self._seen_only:
            self.stages[1].restart()

    @property
    def _seen_only(self) -> bool:
        return self._trial is not None and self._trial.channel is Channel.PICTURE

    def _painted(self, place: int, time_ns: int, clock_ns: int) -> None:
        trial = self._trial
        if trial is not None and isinstance(trial.show, Beside) and (place == 0) == trial.show.on_left:
            self._response.painted(time_ns, clock_ns)

    def _failed(self, why: str) -> None:
        if self._trial is not None:
            self._trial = None  # the other one may fail too
            self.unplayable.emit(why)
