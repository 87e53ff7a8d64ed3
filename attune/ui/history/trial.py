"""One answer opened: the clip, who says what of it, and the formula with its numbers."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from attune.app.formula import formula_of
from attune.app.history import AnswerRecord
from attune.app.library import Channel, Clip, ClipSet, PeopleKind
from attune.errors import ClipSetError
from attune.ui.history.formula_card import FormulaCard
from attune.ui.history.phrases import person_shown
from attune.ui.history.topic_page import BESIDE_FROM
from attune.ui.history.topics import Parts
from attune.ui.practice.moved import unit_words
from attune.ui.practice.readings import ReadingTable
from attune.ui.video.curves import Curve
from attune.ui.video.replay import SlowReplay
from attune.ui.widgets import Card, QuietButton, ScrollPage, column, row, text

if TYPE_CHECKING:  # few answers were drawn
    from attune.app.replayed import Replay
    from attune.ui.drawn import Painter

TALL = 26  # the picture with its controls, in heights of the body type


class TrialPage(ScrollPage):
    """``back`` leads to the session; ``before`` and ``after`` to its other answers."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts.theme, wide=True)
        words = parts.services.words
        self._parts, self._words = parts, words
        self._answers: tuple[AnswerRecord, ...] = ()
        self._place = 0
        self._redrawn = False  # somebody drawn shows, not a clip
        self.back = QuietButton("←  " + words("history.trial.back"))
        self.before = QuietButton(words("history.trial.before"))
        self.after = QuietButton(words("history.trial.after"))
        self.title, self.subtitle = text("", "title"), text("", "quiet")
        self.replay = SlowReplay(words, parts.theme)
        self.gone = text("", "large")
        self.readings = ReadingTable(words, parts.theme)
        self.formula = FormulaCard(words, parts.theme)
        self._pair = row(spacing=24)
        self._arrange()
        self.before.clicked.connect(lambda: self.go(-1))
        self.after.clicked.connect(lambda: self.go(1))
        self.replay.failed.connect(self._failed)
        parts.theme.changed.connect(self._fit_picture)
        self._fit_picture()

    @property
    def answer(self) -> AnswerRecord:
        """The one showing."""
        return self._answers[self._place]

    def fill(self, answers: tuple[AnswerRecord, ...], place: int) -> None:
        """Show one of a session's answers."""
        self._answers, self._place = answers, place
        answer, words = self.answer, self._words
        self.title.setText(
            words("history.trial.title", number=answer.position + 1, person=person_shown(answer, words))
        )
        self.subtitle.setText(
            words(
                "history.trial.subtitle",
                channel=words(f"history.channels.{answer.channel}"),
                replays=words(f"history.trial.replays_{min(answer.replays, 2)}", count=answer.replays),
            )
        )
        self.before.setEnabled(place > 0)
        self.after.setEnabled(place < len(answers) - 1)
        self.formula.fill(answer, formula_of(answer, self._parts.services.vocabulary))
        self._show_readings(drawn=False)
        self.replay.close_clip()
        self._show_no_clip("looking")
        self.verticalScrollBar().setValue(0)
        if "drawn" in answer.shown:
            self._parts.bridge.deliver(
                self._parts.services.cast.replay(answer.shown),
                lambda replay: self._got_replay(answer, replay),
                lambda _error: self._look_for_clip(answer),
            )
        else:
            self._look_for_clip(answer)

    def go(self, step: int) -> None:
        """Show the answer before or after."""
        place = self._place + step
        if 0 <= place < len(self._answers):
            self.fill(self._answers, place)

    def leave(self) -> None:
        """Let go of the clip."""
        self.replay.close_clip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down go to the answers before and after; the rest is the replay's."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if event.key() in steps:
            self.go(steps[Qt.Key(event.key())])
        elif self.replay.isHidden() or not self.replay.take_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Clip and readings beside each other where there is room."""
        super().resizeEvent(event)
        self._fit_picture()

    @cached_property
    def _painter(self) -> Painter:
        from attune.ui.drawn import Painter  # noqa: PLC0415 - few answers were drawn

        painter = Painter(self._parts.services.cast, self._parts.bridge)
        self.destroyed.connect(painter.close)
        return painter

    def _got_replay(self, answer: AnswerRecord, replay: Replay | None) -> None:
        """Show the very face that was answered; a clip of the same person where that cannot be."""
        if not self._shows(answer):
            return
        if replay is None:
            self._look_for_clip(answer)
            return
        self._redrawn = True
        self._show_readings(drawn=True)
        self.gone.hide()
        self.replay.show()
        self.replay.open_drawn(replay, self._painter)
        self.replay.set_curves(
            [
                Curve(unit_words(self._words, unit), tuple(replay.course(unit).tolist()))
                for unit in replay.units
            ],
            replay.times_ns,
        )

    def _failed(self, _said: str) -> None:
        if self._redrawn:
            self._look_for_clip(self.answer)
        else:
            self._show_no_clip("unplayable")

    def _shows(self, answer: AnswerRecord) -> bool:
        return bool(self._answers) and answer is self.answer and self.isVisible()

    def _look_for_clip(self, answer: AnswerRecord) -> None:
        self._redrawn = False
        starter = self._parts.services.library.starter()
        self._parts.bridge.deliver(
            starter, lambda found: self._got_set(answer, found), lambda error: self._no_set(answer, error)
        )

    def _got_set(self, answer: AnswerRecord, found: ClipSet) -> None:
        clip = next((each for each in found.clips if each.content_hash == answer.clip_hash), None)
        if not self._shows(answer):
            return
        if clip is None or not clip.file.is_file():
            self._show_no_clip("gone")
            return
        self._show_readings(drawn=found.people is PeopleKind.RENDERED)
        self._show_clip(clip, answer)

    def _no_set(self, answer: AnswerRecord, error: BaseException) -> None:
        if not isinstance(error, ClipSetError):
            self._parts.bridge.failed.emit(error)
        if self._answers and answer is self.answer:
            self._show_no_clip("gone")

    def _show_clip(self, clip: Clip, answer: AnswerRecord) -> None:
        self.gone.hide()
        self.replay.show()
        self.replay.open(clip.file, audible=answer.channel != Channel.PICTURE)

    def _show_no_clip(self, why: str) -> None:
        self.replay.hide()
        self.gone.setText(self._words(f"history.trial.{why}"))
        self.gone.show()

    def _show_readings(self, *, drawn: bool) -> None:
        self.readings.clear()
        for reading in (self.answer.perceived, *self.answer.references):
            self.readings.add(reading, rendered=drawn)

    def _arrange(self) -> None:
        top = row()
        top.setContentsMargins(-16, 0, -16, 0)  # the words of quiet buttons stand at the page's edges
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.before)
        top.addWidget(self.after)
        head = column(spacing=6)
        for part in (self.title, self.subtitle):
            head.addWidget(part)
        clip, said = Card(margin=16), Card()
        clip.body.addWidget(self.gone)
        clip.body.addWidget(self.replay)
        said.body.addWidget(text(self._words("history.trial.readings"), "heading"))
        said.body.addWidget(self.readings)
        said.body.addStretch(1)
        self._pair.addWidget(clip, 3)
        self._pair.addWidget(said, 2)
        for layout in (top, head, self._pair):
            self.body.addLayout(layout)
        self.body.addWidget(self.formula)
        self.body.addStretch(1)

    def _fit_picture(self) -> None:
        tall = TALL * self._theme.sizes.body
        self.replay.setFixedHeight(tall)
        wide = self.width() >= BESIDE_FROM * self._theme.sizes.body
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(way)
