"""How it has been with bids: for the two together, with its interval, and the words that worked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.app.partner.couple import Note
from attune.app.partner.small_bids import ENOUGH, Past, Turn
from attune.resources import Words
from attune.ui.practice.marks import Bar
from attune.ui.theme import Theme
from attune.ui.widgets import Card, QuietButton, column, row, text
from attune.ui.widgets.page import emptied

MOST = 60  # marks of a row, the latest
STEP = 22.0  # px from one to the next
COLOURS = {Turn.TOWARD: "accent", Turn.AWAY: "text_quiet", Turn.AGAINST: "differ"}


def paint_turn(painter: QPainter, theme: Theme, turn: Turn, at: QPointF, size: float) -> None:
    """A full disc, an open ring, or a diamond: told apart without their colours."""
    colour = theme.colour(COLOURS[turn])
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush if turn is Turn.AWAY else colour)
    if turn is Turn.AGAINST:
        ways = ((0, -1), (1, 0), (0, 1), (-1, 0))
        painter.drawPolygon(QPolygonF([at + QPointF(x * size, y * size) for x, y in ways]))
    else:
        painter.drawEllipse(at, size * 0.8, size * 0.8)


class TurnsRow(QWidget):
    """One mark a bid from the oldest to the latest, in as many lines as they need."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._turns: tuple[Turn, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)

    def set_turns(self, turns: Sequence[Turn]) -> None:
        """Show the latest of them."""
        self._turns = tuple(turns[-MOST:])
        self.updateGeometry()
        self.update()

    def heightForWidth(self, width: int) -> int:
        """So many lines."""
        a_line = max(1, int(width // STEP))
        return round(STEP * -(-len(self._turns) // a_line))

    def sizeHint(self) -> QSize:
        """A line or two."""
        return QSize(240, self.heightForWidth(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        a_line = max(1, int(self.width() // STEP))
        for place, turn in enumerate(self._turns):
            line, along = divmod(place, a_line)
            paint_turn(painter, self._theme, turn, QPointF(along + 0.5, line + 0.5) * STEP, 8.0)
        painter.end()


class _Sign(QWidget):
    """One mark, to stand before what it means."""

    def __init__(self, theme: Theme, turn: Turn) -> None:
        super().__init__()
        self._theme, self._turn = theme, turn
        self.setFixedSize(18, 18)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_turn(painter, self._theme, self._turn, QPointF(9, 9), 7.0)
        painter.end()


class PastCard(Card):
    """What many bids come to, said no more sharply than their number allows."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words = words
        self.said = text("", "body")
        self.leans = text("", "quiet")
        self.bar = Bar(theme)
        self.turns = TurnsRow(theme)
        self._legend = QWidget()
        legend = row(spacing=6)
        for turn in Turn:
            legend.addWidget(_Sign(theme, turn))
            legend.addWidget(text(words(f"partner_bids.past.legend_{turn}"), "small", wrap=False))
            legend.addSpacing(10)
        legend.addStretch(1)
        self._legend.setLayout(legend)
        self.met = text("")
        self.counted = text(words("partner_bids.past.counted"), "small")
        self.body.addWidget(text(words("partner_bids.past.title"), "heading"))
        self.body.setSpacing(12)
        for part in (self.said, self.bar, self.leans, self.turns, self._legend, self.met, self.counted):
            self.body.addWidget(part)

    def show_past(self, past: Past) -> None:
        """Show it."""
        words, there = self._words, bool(past.turns)
        for part in (self.turns, self._legend, self.counted):
            part.setVisible(there)
        for part in (self.bar, self.leans):
            part.setVisible(past.enough)
        counts = {"toward": past.toward, "of": len(past.turns)}
        if not there:
            self.said.setText(words("partner_bids.past.nothing"))
        elif not past.enough:
            self.said.setText(words("partner_bids.past.few", enough=ENOUGH, **counts))
        else:
            interval = words("partner_bids.past.interval", low=past.low, high=past.high)
            self.said.setText(f"{words('partner_bids.past.share', **counts)} {interval}")
            self.leans.setText(words(f"partner_bids.past.{past.says}"))
            self.bar.set_share(past.toward / len(past.turns), (past.low, past.high))
            self.bar.setAccessibleName(self.said.text())
        self.turns.set_turns(past.turns)
        counted = {str(turn): past.turns.count(turn) for turn in Turn}
        self.turns.setAccessibleName(words("partner_bids.past.row_spoken", **counted))
        self.met.setVisible(past.both > 0)
        self.met.setText(self._both(past))

    def _both(self, past: Past) -> str:
        words = self._words
        if past.both == 1:
            how = words(f"partner_bids.past.met_{'same' if past.met else 'not_same'}")
            return words("partner_bids.past.met_one", how=how)
        if past.met == past.both:
            return words("partner_bids.past.met_all", both=past.both)
        return words("partner_bids.past.met", both=past.both, met=past.met)


class WordsCard(Card):
    """The words that worked for one of the two; ``forget(note's id)`` when one is to be taken away."""

    forget = Signal(int)

    def __init__(self, words: Words, *, name: str) -> None:
        super().__init__()
        self._words = words
        self.body.setSpacing(6)
        self.body.addWidget(text(words("partner_bids.past.words_title", name=name), "heading"))
        self._list = column(spacing=2)
        self.buttons: dict[int, QuietButton] = {}
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these, the latest first."""
        emptied(self._list)
        self.buttons = {}
        if not notes:
            self._list.addWidget(text(self._words("partner_bids.past.no_words"), "quiet"))
        for note in sorted(notes, key=lambda note: note.at, reverse=True):
            forget = self.buttons[note.id] = QuietButton(self._words("partner_bids.past.forget"))
            forget.setAccessibleName(self._words("partner_bids.past.forget_name", text=note.text))
            forget.clicked.connect(lambda _checked, note=note.id: self.forget.emit(note))
            line = row(spacing=8)
            line.addWidget(text(self._words("partner_bids.together.in_words", words=note.text)), 1)
            line.addWidget(forget, 0, Qt.AlignmentFlag.AlignTop)
            self._list.addLayout(line)
