"""The speaker marks what they felt and when: on the film of it, or on the bare line of their time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from attune.app.partner.open_up import Mark, Way, clock_time_s, spoken_time_s, values_at, with_mark
from attune.resources import Words
from attune.ui.partner.open_up.line import MarkLine, clock_words
from attune.ui.partner.open_up.speaking import NS_PER_S, Speech
from attune.ui.partner.parts import Parts
from attune.ui.practice.choices import ChoiceGrid
from attune.ui.practice.dial import Tracer
from attune.ui.practice.naming import AT_REST
from attune.ui.practice.scales import STRENGTH, Scale
from attune.ui.practice.side import SideColumn
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.video.player import ClipPlayer, ShownFrame
from attune.ui.video.view import ClipView
from attune.ui.widgets import PrimaryButton, QuietButton, announce, column, row, text

LOW = 30  # in heights of the body type
HELD_S = 0.05  # what one repeat of a held key moves the dial on


class Placer(Tracer):
    """The listener's dial or pad, set once for a mark; the wheel scrolls the page."""

    def __init__(self, words: Words, theme: Theme, axes: Sequence[str]) -> None:
        super().__init__(words, theme)
        self.setMouseTracking(False)
        self.begin(axes)

    def show_values(self, values: Sequence[float]) -> None:
        """Stand there, without having been moved."""
        with QSignalBlocker(self):
            self.move_to(*values)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, also while they are held."""
        super().keyPressEvent(event)
        if event.isAutoRepeat():
            self.tick(HELD_S)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls."""
        event.ignore()


class MarksPage(QWidget):
    """``marked(tuple of Mark)`` once the speaker is done; also without any mark.

    Numbers name what was felt at the time shown, Delete takes that mark away, Space plays the film.
    """

    marked = Signal(object)

    def __init__(self, parts: Parts, *, speaker: str, prompt: str, speech: Speech, way: Way) -> None:
        super().__init__()
        self._words, self._theme, self._speech, self._way = parts.words, parts.theme, speech, way
        self._marks: tuple[Mark, ...] = ()
        self._begins_s = 0.0
        self._names = parts.services.vocabulary.names
        self.line = MarkLine(parts.words, parts.theme, lasts_s=speech.lasts_s, axes=way.axes)
        self.line.moved.connect(self._went)
        self._intro = text(self._words("partner_open.marks.intro", speaker=speaker), "quiet")
        self.prompt = text(prompt, "heading" if not way.axes else "large")
        self.view = ClipView(parts.theme)
        self.view.setAccessibleName(self._words("partner_open.marks.film"))
        self.player = ClipPlayer(self)
        self.player.frame_came.connect(self._frame)
        self.player.playing_changed.connect(self._playing)
        self.play_button = SignButton(
            parts.theme,
            "play",
            self._words("partner_open.marks.play"),
            key=self._words("practice.keys.space"),
        )
        self.play_button.clicked.connect(self.toggle)
        self._when = text("", "strong", wrap=False)
        self._keys = text(self._words("partner_open.marks.keys"), "small")
        self._make_editor(parts)
        self._arrange(parts.theme)
        self._transport(film=False)
        self.setFocusProxy(self.line)
        self.setAccessibleName(self._intro.text())
        self._went(0.0)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked so far."""
        return self._marks

    def show_film(self, path: Path, *, begins_s: float) -> None:
        """Let the film be scrubbed, read from its sealed bytes; it begins so much after the speaking."""
        self._begins_s = begins_s
        self._transport(film=True)
        self.player.open(path)
        self.player.pause()
        self._seek()

    def close_film(self) -> None:
        """Let go of it."""
        self.player.close()
        self.view.clear()

    def toggle(self) -> None:
        """Play or pause."""
        if self.play_button.isHidden():
            return
        if self.player.playing:
            self.player.pause()
        else:
            self.player.play()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers, Delete, Space, Enter."""
        key = event.key()
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.choices.choose(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_away()
        elif key == Qt.Key.Key_Space:
            self.toggle()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._done()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen."""
        self.player.pause()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is low, what can be known by now makes room for the line."""
        super().resizeEvent(event)
        low = event.size().height() < LOW * self._theme.sizes.body
        self._keys.setVisible(not low)
        self.prompt.setVisible(not low and self.view.isHidden())

    def take_away(self) -> None:
        """The mark at the time shown goes."""
        self._marks = tuple(mark for mark in self._marks if mark.time_s != self.line.time_s)
        self._show()

    @property
    def _here(self) -> Mark | None:
        return next((mark for mark in self._marks if mark.time_s == self.line.time_s), None)

    def _chose(self, label: str) -> None:
        strength = None if label in AT_REST else self.strength.value
        self._put(replace(self._at_hand(), label=label, intensity=strength))
        announce(self, self.line.said())

    def _strong(self) -> None:
        here = self._here
        if here is not None and here.label is not None and here.label not in AT_REST:
            self._put(replace(here, intensity=self.strength.value))

    def _placed(self) -> None:
        self._put(replace(self._at_hand(), values=tuple(round(value, 2) for value in self.placer.values)))

    def _at_hand(self) -> Mark:
        """The mark at the time shown, or a new one where the line is."""
        self.player.pause()
        if self._here is not None:
            return self._here
        values = values_at(self._marks, self.line.time_s) if self._marks else (0.0,) * len(self._way.axes)
        return Mark(time_s=self.line.time_s, values=tuple(round(value, 2) for value in values))

    def _put(self, mark: Mark) -> None:
        self._marks = with_mark(self._marks, mark)
        self._show()

    def _went(self, _time_s: float) -> None:
        """The person went to another time."""
        if self.player.playing:
            self.player.pause()
        self._seek()
        self._show()

    def _show(self) -> None:
        """Line and editor as they are now."""
        here, when = self._here, clock_words(self._words, self.line.time_s)
        self.line.show_marks(self._marks)
        self._question.setText(self._words("partner_open.marks.question", time=when))
        self._when.setText(
            self._words(
                "partner_open.marks.when",
                time=when,
                whole=clock_words(self._words, self._speech.lasts_s),
                marks=len(self._marks),
            )
        )
        self.choices.clear()
        if here is not None and here.label is not None:
            self.choices.mark(here.label)
        with QSignalBlocker(self.strength.slider):
            self.strength.begin(0, round(100 * (0.5 if here is None else here.intensity or 0.5)))
        named = here is not None and here.label is not None and here.label not in AT_REST
        self.strength.setEnabled(named)
        if self._way.axes:
            at = self._at_line()
            self.placer.show_values(at)
        self.away_button.setEnabled(here is not None)
        key = "done" if self._marks else "none"
        self.done_button.setText(self._words(f"partner_open.marks.{key}"))

    def _at_line(self) -> tuple[float, ...]:
        if not self._marks:
            return (0.0,) * len(self._way.axes)
        return values_at(self._marks, self.line.time_s)

    def _seek(self) -> None:
        if not self.play_button.isHidden():
            film_s = clock_time_s(self.line.time_s, self._speech.pauses) - self._begins_s
            self.player.seek(round(max(film_s, 0.0) * NS_PER_S))

    def _frame(self, frame: ShownFrame) -> None:
        mirrored = frame.image.flipped(Qt.Orientation.Horizontal)  # as they saw themselves while speaking
        self.view.show_frame(replace(frame, image=mirrored))
        if self.player.playing:
            film_s = frame.time_ns / NS_PER_S + self._begins_s
            spoken = spoken_time_s(film_s, self._speech.pauses)
            self.line.go_to(round(spoken, 1))
            self._show()

    def _playing(self, playing: bool) -> None:
        self.play_button.set_sign("pause" if playing else "play")

    def _done(self) -> None:
        self.player.pause()
        self.marked.emit(self._marks)

    def _make_editor(self, parts: Parts) -> None:
        words, theme = parts.words, parts.theme
        self._question = text("", "heading")
        self.choices = ChoiceGrid(words, theme)
        self.choices.offer(self._names)
        self.choices.chosen.connect(self._chose)
        self.strength = Scale(words, "strength", STRENGTH)
        self.strength.begin(0, 50)
        self.strength.slider.valueChanged.connect(self._strong)
        self.placer = Placer(words, theme, self._way.axes or ("valence",))
        self.placer.moved.connect(self._placed)
        self.away_button = QuietButton(words("partner_open.marks.away"))
        self.away_button.clicked.connect(self.take_away)
        self.done_button = PrimaryButton("")
        self.done_button.clicked.connect(self._done)

    def _transport(self, *, film: bool) -> None:
        self.view.setVisible(film)
        self.play_button.setVisible(film)
        self.prompt.setVisible(not film)

    def _arrange(self, theme: Theme) -> None:
        side = SideColumn(theme, self.done_button)
        side.body.addWidget(self._question)
        side.body.addWidget(self.choices)
        side.body.addWidget(self.strength)
        if self._way.axes:
            key = "_".join(self._way.axes)
            side.body.addWidget(text(self._words(f"partner_open.marks.place.{key}"), "body"))
            side.body.addWidget(self.placer)
        else:
            self.placer.setParent(self)
            self.placer.hide()
        side.body.addWidget(self.away_button, 0, Qt.AlignmentFlag.AlignLeft)
        side.body.addStretch(1)
        below = row(spacing=12)
        below.addWidget(self.play_button)
        below.addWidget(self._when)
        below.addStretch(1)
        left = column(spacing=12)
        left.addStretch(0 if self._way.axes else 1)
        left.addWidget(self._intro)
        left.addWidget(self.prompt)
        left.addWidget(self.view, 3)
        left.addWidget(self.line, 2)
        if len(self._way.axes) > 1:
            left.addWidget(text(self._words("partner_open.line.legend"), "small"))
        left.addLayout(below)
        left.addWidget(self._keys)
        left.addStretch(0 if self._way.axes else 2)
        beside = row(spacing=24)
        beside.setContentsMargins(32, 8, 28, 20)
        beside.addLayout(left, 3)
        beside.addWidget(side, 2)
        self.setLayout(beside)
