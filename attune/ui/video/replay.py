"""A clip again, slowly: picture, scrubber, speeds, steps, loop, and the face's lines over it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSlider, QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.video.buttons import SignButton
from attune.ui.video.curves import Curve, CurveStrip
from attune.ui.video.face_lines import Part
from attune.ui.video.player import NS_PER_MS, ClipPlayer, ShownFrame
from attune.ui.video.view import ClipView, Track
from attune.ui.widgets import Button, column, row, text

if TYPE_CHECKING:  # few are drawn
    from attune.app.replayed import Replay
    from attune.ui.drawn import Painter
    from attune.ui.drawn.player import DrawnPlayer

RATES = {"tenth": 0.1, "quarter": 0.25, "half": 0.5, "full": 1.0}
FIRST_RATE = "half"
MOST_CURVES, FEW_CURVES = 4, 2
LOW = 620  # px, below which the picture needs the room more than the curves


class SlowReplay(QWidget):
    """Space plays and pauses, comma and full stop step, L loops, O turns the lines on and off.

    Minus and plus make it slower and faster. Curves of what moved stand below the scrubber once they are
    known.

    Keys are taken by :meth:`take_key`, so that the page can hand them on wherever the focus is.
    ``failed`` is the player's.
    """

    failed = Signal(str)

    def __init__(
        self,
        words: Words,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        curves: CurveStrip | None = None,
    ) -> None:
        """``curves``: a strip that can do more."""
        super().__init__(parent)
        self._words = words
        self.curves = curves or CurveStrip(words, theme)
        self.view = ClipView(theme)
        self.view.setAccessibleName(words("practice.replay.picture"))
        self._clips = ClipPlayer(self)
        self._drawn: DrawnPlayer | None = None
        self.player: ClipPlayer | DrawnPlayer = self._clips
        self._make_controls(theme)
        self._arrange()
        self._listen(self._clips)

    def open(self, path: Path, *, audible: bool = True) -> None:
        """Play a clip at half its speed, round and round."""
        self.close_clip()
        self.player = self._clips
        self._clips.open(path, audible=audible)
        self._begin()

    def open_drawn(self, replay: Replay, painter: Painter) -> None:
        """Play what was drawn for an answer, in the same way; a face's lines are not known of it."""
        from attune.ui.drawn.player import DrawnPlayer  # noqa: PLC0415 - loads numpy, and few are drawn

        self.close_clip()
        if self._drawn is None:
            self._drawn = DrawnPlayer(painter, self)
            self._listen(self._drawn)
        self.player = self._drawn
        self._drawn.open(replay, side=self._side())
        self._begin()

    def _listen(self, player: ClipPlayer | DrawnPlayer) -> None:
        player.frame_came.connect(self._show_frame)
        player.playing_changed.connect(self._playing_changed)
        player.failed.connect(self.failed)

    def _begin(self) -> None:
        self.lines_button.setEnabled(False)
        self.curves.show_curves((), (), 0)
        self._choose_rate(FIRST_RATE)
        self.loop_button.setChecked(True)
        self.player.set_looping(True)
        self.player.play()

    def set_track(self, track: Track, lit: Collection[Part]) -> None:
        """Draw a face track over the picture from now on."""
        self.view.set_track(track, lit)
        self._clips.know_times(track.time_ns.tolist())
        self.lines_button.setEnabled(True)

    def set_curves(self, curves: Sequence[Curve], times_ns: Sequence[int]) -> None:
        """Show how much moved at each of these times."""
        self.curves.show_curves(curves, times_ns, self.player.duration_ns)

    def close_clip(self) -> None:
        """Let go of the clip, or of who is drawn."""
        self.player.close()
        self.view.clear()

    def take_key(self, event: QKeyEvent) -> bool:
        """Act on one of the replay's keys; False for any other."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        acts: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Space: self.toggle,
            Qt.Key.Key_Comma: lambda: self._step(-1),
            Qt.Key.Key_Period: lambda: self._step(1),
            Qt.Key.Key_L: self.loop_button.click,
            Qt.Key.Key_O: self.lines_button.click,
            Qt.Key.Key_Minus: lambda: self._change_rate(-1),
            Qt.Key.Key_Plus: lambda: self._change_rate(1),
            Qt.Key.Key_Equal: lambda: self._change_rate(1),  # plus without shift, on many keyboards
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None:
            act()
        return act is not None

    def toggle(self) -> None:
        """Play or pause."""
        if self.player.playing:
            self.player.pause()
        else:
            self.player.play()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing plays unseen."""
        self.player.pause()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On the scrubber arrows step by frames, which its own milliseconds would not."""
        if watched is self.scrubber and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if steps is not None:
                self._step(steps)
                return True
        return super().eventFilter(watched, event)

    def _make_controls(self, theme: Theme) -> None:
        words = self._words

        def sign(name: str, picture: str, key: str, *, checkable: bool = False) -> SignButton:
            return SignButton(theme, picture, words(f"practice.replay.{name}"), key=key, checkable=checkable)

        self.play_button = sign("play", "play", words("practice.keys.space"))
        self.back_button = sign("back", "step-back", ",")
        self.forward_button = sign("forward", "step-forward", ".")
        self.loop_button = sign("loop", "loop", "L", checkable=True)
        self.lines_button = sign("lines", "face-lines", "O", checkable=True)
        self.lines_button.setChecked(True)
        self.lines_button.setEnabled(False)
        self.scrubber = QSlider(Qt.Orientation.Horizontal)
        self.scrubber.setAccessibleName(words("practice.replay.scrubber"))
        self.scrubber.installEventFilter(self)
        self.play_button.clicked.connect(self.toggle)
        self.back_button.clicked.connect(lambda: self._step(-1))
        self.forward_button.clicked.connect(lambda: self._step(1))
        self.loop_button.toggled.connect(self._set_looping)
        self.lines_button.toggled.connect(self.view.set_lines_on)
        self.scrubber.valueChanged.connect(self._scrubbed)
        self.time_label = text("", "small", wrap=False)
        self.curves.sought.connect(self._seek)
        self.curves.stepped.connect(self._step)
        self._make_rates()

    def _make_rates(self) -> None:
        self._rates = QButtonGroup(self)
        self.rate_buttons = {name: Button(self._words(f"practice.replay.rates.{name}")) for name in RATES}
        for name, button in self.rate_buttons.items():
            button.setCheckable(True)
            button.setStyleSheet("padding: 0 8px")
            button.setAccessibleName(self._words(f"practice.replay.rate_names.{name}"))
            self._rates.addButton(button)
            button.clicked.connect(lambda _checked, name=name: self._choose_rate(name))

    def _arrange(self) -> None:
        scrub = QGridLayout()
        scrub.setHorizontalSpacing(12)
        scrub.setVerticalSpacing(6)
        scrub.setColumnStretch(0, 1)
        scrub.addWidget(self.scrubber, 0, 0)
        scrub.addWidget(self.time_label, 0, 1)
        scrub.addWidget(self.curves, 1, 0)  # as wide as the scrubber, whose time they share
        rates = row(spacing=6)
        for rate_button in self.rate_buttons.values():
            rates.addWidget(rate_button)
        self._rate_box = QWidget()
        self._rate_box.setLayout(rates)
        steps, toggles = row(spacing=6), row(spacing=6)
        for button in (self.back_button, self.play_button, self.forward_button):
            steps.addWidget(button)
        for button in (self.loop_button, self.lines_button):
            toggles.addWidget(button)
        self._controls = QGridLayout()
        self._controls.setVerticalSpacing(8)
        self._controls.addLayout(steps, 0, 0, Qt.AlignmentFlag.AlignLeft)
        self._controls.addLayout(toggles, 0, 2, Qt.AlignmentFlag.AlignRight)
        self._controls.setColumnStretch(1, 1)
        self._place_rates(narrow=False)
        inside = column(spacing=8)
        inside.addWidget(self.view, 1)
        inside.addLayout(scrub)
        inside.addLayout(self._controls)
        self.setLayout(inside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside a narrow picture the speeds get a line of their own."""
        super().resizeEvent(event)
        if self._drawn is not None:
            self._drawn.fit(self._side())
        self.curves.set_most(FEW_CURVES if self.height() < LOW else MOST_CURVES)
        signs = 5 * (self.play_button.width() + 6)
        self._place_rates(narrow=self.width() < signs + self._rate_box.sizeHint().width() + 24)

    def minimumSizeHint(self) -> QSize:
        """As narrow as the picture can be."""
        return self.view.minimumSizeHint()

    def _place_rates(self, *, narrow: bool) -> None:
        if narrow:
            self._controls.addWidget(self._rate_box, 1, 0, 1, 3, Qt.AlignmentFlag.AlignHCenter)
        else:
            self._controls.addWidget(self._rate_box, 0, 1, Qt.AlignmentFlag.AlignHCenter)

    def _side(self) -> int:
        """How large somebody drawn is to be, in the screen's own pixels."""
        from attune.ui.drawn.view import side_for  # noqa: PLC0415 - few are drawn

        return side_for(min(self.view.width(), self.view.height()) * self.devicePixelRatioF())

    def _choose_rate(self, name: str) -> None:
        self.rate_buttons[name].setChecked(True)
        self.player.set_rate(RATES[name])

    def _change_rate(self, step: int) -> None:
        names = list(RATES)
        now = names.index(next(name for name, button in self.rate_buttons.items() if button.isChecked()))
        self._choose_rate(names[min(max(now + step, 0), len(names) - 1)])

    def _show_frame(self, frame: ShownFrame) -> None:
        self.view.show_frame(frame)
        with QSignalBlocker(self.scrubber):  # the clip moves the handle here, not the person the clip
            self.scrubber.setMaximum(max(1, self.player.duration_ns // NS_PER_MS))
            if not self.scrubber.isSliderDown():
                self.scrubber.setValue(frame.time_ns // NS_PER_MS)
        self.curves.set_time(frame.time_ns, self.player.duration_ns)
        self.time_label.setText(self._words("practice.replay.time", seconds=frame.time_ns / 1e9))

    def _playing_changed(self, playing: bool) -> None:
        self.play_button.set_sign("pause" if playing else "play")
        self.play_button.setAccessibleName(
            self._words("practice.replay.pause" if playing else "practice.replay.play")
        )

    def _scrubbed(self, time_ms: int) -> None:
        self._seek(time_ms * NS_PER_MS)

    def _seek(self, time_ns: int) -> None:
        self.player.seek(time_ns)

    def _step(self, frames: int) -> None:
        self.player.step(frames)

    def _set_looping(self, on: bool) -> None:
        self.player.set_looping(on)
