"""What is said while somebody mirrors: one thing at a time, and two discs that come together."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from attune.app.partner.matching import Part
from attune.app.partner.mirror import ALIKE, Guidance
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import Card, announce, row, text

SIDE = 30.0  # px: radius of a disc
CLOSER = 0.4  # a score from which on it is coming closer


class Nearness(QWidget):
    """Two discs, apart or one upon the other; a tick once they stayed together. No number, and no grade."""

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._score, self._held = 0.0, False
        self.setFixedSize(QSize(round(SIDE * 4.4), round(SIDE * 2.2)))
        theme.changed.connect(self.update)
        self.show_score(0.0, held=False)

    def show_score(self, score: float, *, held: bool) -> None:
        """Show how near, in [0, 1]."""
        self._score, self._held = score, held
        how = "close" if held or score >= ALIKE else "closer" if score >= CLOSER else "far_off"
        near = self._words(f"partner_mirror.guide.{how}")
        self.setAccessibleName(self._words("partner_mirror.guide.picture", near=near))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The shown one filled, the one that follows as a ring, and a tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # As good as the same is drawn as the same: what is missing then nobody could do on purpose.
        apart = 0.0 if self._held else max(0.0, 1.0 - self._score / ALIKE) * SIDE * 1.1
        middle = QPointF(self.width() / 2, self.height() / 2)
        radius = SIDE * 0.92
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent_soft"))
        painter.drawEllipse(middle - QPointF(apart, 0), radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour("accent"), 1.6))
        painter.drawEllipse(middle - QPointF(apart, 0), radius, radius)
        painter.setPen(QPen(self._theme.colour("measured"), 3.0))
        painter.drawEllipse(middle + QPointF(apart, 0), radius, radius)
        if self._held:
            tick = QPainterPath(middle + QPointF(-9, 1))
            tick.lineTo(middle + QPointF(-2, 8))
            tick.lineTo(middle + QPointF(10, -7))
            pen = QPen(self._theme.colour("accent"), 3.4)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(tick, pen)
        painter.end()


class GuideCard(Card):
    """The one thing to say to ``name``, beside the two discs."""

    def __init__(self, words: Words, theme: Theme, *, name: str) -> None:
        super().__init__(role="well", margin=14)
        self._words, self._name = words, name
        self.near = Nearness(words, theme)
        self.said = text("", "large")
        self.said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        inside = row(spacing=18)
        inside.addWidget(self.near)
        inside.addWidget(self.said, 1)
        self.body.addLayout(inside)

    def say(self, key: str, **gaps: str) -> None:
        """Say a sentence of the guide's."""
        self._say(self._words(f"partner_mirror.guide.{key}", **{"name": self._name, **gaps}))

    def show_guidance(self, guidance: Guidance) -> None:
        """Say what is to be said now."""
        self.near.show_score(guidance.match.score, held=guidance.held)
        if guidance.held:
            self.say("held")
        elif guidance.say is None:
            self.say("near" if guidance.match.score >= ALIKE else "resting")
        else:
            self._say(hint_words(self._words, guidance.say))

    def _say(self, sentence: str) -> None:
        if sentence != self.said.text():
            self.said.setText(sentence)
            announce(self, sentence)


def hint_words(words: Words, part: Part) -> str:
    """What would bring a part nearer, in one sentence."""
    hint = words(f"partner_mirror.{'more' if part.more else 'less'}.{part.code}")
    return hint if part.side == "both" else words("partner_mirror.guide.one_side", hint=hint)
