"""The timeline of the editor: what was measured, and the marks a person sets on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.video.curves import EDGE, CurveStrip
from attune.ui.video.player import USUAL_FRAME_NS
from attune.ui.video.replay import FEW_CURVES
from attune.ui.widgets.text import announce

LOW = 480  # px of the picture with all below it
NEAR = 9  # px from a mark within which the mouse takes it
MARKS = {"onset_s": "I", "apex_s": "A", "offset_s": "O"}
"""Each mark, in the order of time, and the key that sets it."""
CUT = ("start", "end")


class Timeline(CurveStrip):
    """Curves with marks above and through them; a mark is dragged, or chosen with up and down and nudged.

    ``marked(name, ns or None, going_on)`` when the person moved a mark or took it away; ``going_on`` while a
    key is held. Times are shown in their order: a mark is not dragged past its neighbour.
    """

    marked = Signal(str, object, bool)

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(words, theme, parent)
        self._marks: dict[str, int] = {}
        self._suggested: Sequence[Mapping[str, int]] = ()
        self._cut: tuple[int, int] | None = None
        self._hand: str | None = None
        self._held: str | None = None
        self.setAccessibleName(words("editor.timeline.name"))
        self.setToolTip(words("editor.timeline.how"))
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def marks(self) -> Mapping[str, int]:
        """The marks that are set, in ns."""
        return dict(self._marks)

    def set_most(self, most: int) -> None:
        """Where there is very little room, the marks need it more than the curves: one is enough."""
        around = self.parentWidget()
        super().set_most(1 if around is not None and around.height() < LOW else max(most, FEW_CURVES + 1))

    def show_marks(self, marks: Mapping[str, int], *, cut: tuple[int, int] | None = None) -> None:
        """Show these marks, and what is to stay when the clip is cut."""
        self._marks, self._cut = dict(marks), cut
        self._describe()
        self.update()

    def suggest(self, movements: Sequence[Mapping[str, int]]) -> None:
        """Show where the measurement saw something begin, be strongest, and end."""
        self._suggested = movements
        self.update()

    def x_of(self, time_ns: int) -> float:
        """Where a time is, in pixels from the left."""
        return self._x(time_ns)

    def nudge(self, name: str, frames: int, *, going_on: bool) -> None:
        """Move a mark by frames."""
        at = self._all().get(name)
        if at is None:
            return
        moved = self._frame_after(at, frames)
        self.marked.emit(name, self._between(name, moved), going_on)
        self.sought.emit(self._all().get(name, at))
        self._say(name)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the mark that is near, or go to the time that is pointed at."""
        self._held = self._near(event.position())
        if self._held is None:
            super().mousePressEvent(event)
        else:
            self._hand = self._held
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A mark follows the mouse, and the picture with it."""
        if self._held is None:
            super().mouseMoveEvent(event)
            return
        self._put(self._held, self._between(self._held, self._time(event.position().x())))
        self.sought.emit(self._all()[self._held])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The mark stays where it was let go."""
        if self._held is not None:
            self.marked.emit(self._held, self._all()[self._held], False)  # noqa: FBT003 - a signal has no keywords
        self._held = None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down choose a mark, left and right move it by a frame, Delete takes it away."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ways = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in ways:
            names = [None, *self._all()]
            place = names.index(self._hand) if self._hand in names else 0
            self._hand = names[min(max(place + ways[key], 0), len(names) - 1)]
            self._say(self._hand)
            self.update()
        elif key in steps and self._hand is not None:
            self.nudge(self._hand, steps[key], going_on=event.isAutoRepeat())
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._hand in MARKS:
            self.marked.emit(self._hand, None, False)  # noqa: FBT003 - a signal has no keywords
            self._hand = None
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Suggestions, curves, what would be cut off, marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_suggestions(painter)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.drawLine(QPointF(EDGE, self.above - 3), QPointF(self.width() - EDGE, self.above - 3))
        if self._cut is not None:
            self._paint_cut(painter, *self._cut)
        for name, at in self._marks.items():
            self._paint_mark(painter, name, at)
        painter.end()

    def _fit(self) -> None:
        self.above = round(self._theme.sizes.small * 2.2) + 4
        self.updateGeometry()

    def _all(self) -> dict[str, int]:
        """Marks and ends of what stays, by name."""
        cut = {} if self._cut is None else dict(zip(CUT, self._cut, strict=True))
        return {name: at for name in (*MARKS, *CUT) if (at := {**self._marks, **cut}.get(name)) is not None}

    def _put(self, name: str, at: int) -> None:
        if name in MARKS:
            self._marks[name] = at
        elif self._cut is not None:
            self._cut = (at, self._cut[1]) if name == "start" else (self._cut[0], at)
        self.update()

    def _between(self, name: str, at: int) -> int:
        """As near to ``at`` as the neighbours in time let it."""
        order = list(MARKS if name in MARKS else CUT)
        there, place = self._all(), order.index(name)
        lowest = max((there[each] for each in order[:place] if each in there), default=0)
        highest = min((there[each] for each in order[place + 1 :] if each in there), default=self._end_ns)
        return min(max(at, lowest), highest)

    def _frame_after(self, at: int, frames: int) -> int:
        """The time of the frame so many further on; where none are known, as if there were the usual ones."""
        if not self._times:
            return max(0, at + frames * USUAL_FRAME_NS)
        place = bisect_right(self._times, at) if frames > 0 else bisect_left(self._times, at) - 1
        return self._times[min(max(place, 0), len(self._times) - 1)]

    def _near(self, at: QPointF) -> str | None:
        apart = {name: abs(self._x(time) - at.x()) for name, time in self._all().items()}
        near = [name for name, distance in apart.items() if distance <= NEAR]
        return min(near, key=lambda name: (apart[name], name != self._hand), default=None)

    def _time(self, x: float) -> int:
        share = (x - EDGE) / max(1, self.width() - 2 * EDGE)
        return round(min(max(share, 0.0), 1.0) * self._end_ns)

    def _paint_suggestions(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("measured", 0.13))
        for movement in self._suggested:
            left, right = self._x(movement["onset_s"]), self._x(movement["offset_s"])
            painter.drawRoundedRect(QRectF(left, 0, max(3.0, right - left), self.height()), 4, 4)

    def _paint_cut(self, painter: QPainter, start: int, end: int) -> None:
        left, right = self._x(start), self._x(end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken", 0.8))
        painter.drawRect(QRectF(0, 0, left, self.height()))
        painter.drawRect(QRectF(right, 0, self.width() - right, self.height()))
        for x, inward, name in ((left, 1, "start"), (right, -1, "end")):
            weight = 4.0 if self._hand == name else 2.5
            painter.setPen(QPen(self._theme.colour("text"), weight))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            for y in (1.0, self.height() - 1.0):
                painter.drawLine(QPointF(x, y), QPointF(x + 7 * inward, y))

    def _paint_mark(self, painter: QPainter, name: str, at: int) -> None:
        x, chosen = self._x(at), self._hand == name
        painter.setPen(QPen(self._theme.colour("accent"), 3 if chosen else 1.6))
        painter.drawLine(QPointF(x, self.above - 4), QPointF(x, self.height()))
        flag = self._flag(name, x)
        painter.setPen(QPen(self._theme.colour("accent"), 1.4))
        painter.setBrush(self._theme.colour("accent" if chosen else "accent_soft"))
        painter.drawRoundedRect(flag, 5, 5)
        painter.setFont(self._theme.font(self._theme.sizes.small, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("on_accent" if chosen else "accent"))
        painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, self._words(f"editor.timeline.short.{name}"))

    def _flag(self, name: str, x: float) -> QRectF:
        """The onset's hangs to the left, the apex's stands in the middle, the offset's to the right."""
        height = self._theme.sizes.small * 1.7
        width = self._theme.sizes.small * 1.7
        left = {"onset_s": x - width, "apex_s": x - width / 2, "offset_s": x}[name]
        return QRectF(min(max(left, 1.0), self.width() - width - 1), 1, width, height)

    def _say(self, name: str | None) -> None:
        self._describe()
        announce(self, self._told(name))

    def _told(self, name: str | None) -> str:
        at = None if name is None else self._all().get(name)
        if name is None or at is None:
            return self._words("editor.timeline.none_chosen")
        return self._words("editor.timeline.at", mark=self._words(f"editor.marks.{name}"), seconds=at / 1e9)

    def _describe(self) -> None:
        self.setAccessibleDescription(self._told(self._hand))
