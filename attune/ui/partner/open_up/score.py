"""What stays covered until the speaker wants to see it: the guesses, the dial, and what the face showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from attune.app.partner.couple import Moment
from attune.app.partner.edges import EdgeSpeaker
from attune.app.partner.open_up import Guess, Told, guesses, tracked
from attune.ui.partner.open_up.line import clock_words, mark_words
from attune.ui.partner.open_up.rating import rating_words
from attune.ui.partner.parts import Parts
from attune.ui.practice.marks import Shape, outline
from attune.ui.theme import Theme
from attune.ui.widgets import Card, column, text
from attune.ui.widgets.text import with_minus

WELL, SOMEWHAT = 0.6, 0.3  # of r, for the words
LEVEL = 0.2  # of [-1, 1], from which a constant difference is worth a sentence


class ScoreCards(QWidget):
    """One card for each thing there is something to say about."""

    def __init__(self, parts: Parts, moment: Moment, told: Told, *, speaker: str, listener: str) -> None:
        super().__init__()
        self._parts, self._words = parts, parts.words
        self._names = {"speaker": speaker, "listener": listener}
        self._moment, self._told = moment, told
        inside = column(spacing=18)
        inside.addWidget(text(self._words("partner_open.score.title"), "heading"))
        found = (self._guessed(), *self._followed(), self._named(), self._shown())
        cards = [card for card in found if card is not None]
        for card in cards:
            inside.addWidget(card)
        if not cards:
            inside.addWidget(text(self._words("partner_open.score.nothing")))
        self.setLayout(inside)

    def _card(self, title: str, sentences: Sequence[str], about: str = "") -> Card:
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(title, "heading"))
        if about:
            card.body.addWidget(text(about, "quiet"))
        for sentence in sentences:
            card.body.addWidget(text(sentence))
        return card

    def _guessed(self) -> Card | None:
        words, found = self._words, guesses(self._told)
        if not found:
            return None
        card = self._card(
            words("partner_open.score.guesses.title"),
            (),
            words("partner_open.score.guesses.about", **self._names),
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for line, guess in enumerate(found):
            grid.addWidget(text(words(f"partner_open.rated.{guess.rated}"), "strong", wrap=False), line, 0)
            grid.addWidget(Beside(self._parts.theme, guess.said, guess.guessed), line, 1)
            grid.addWidget(text(self._guess_words(guess)), line, 2)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 3)
        card.body.addLayout(grid)
        card.body.addWidget(text(words("partner_open.score.guesses.legend", **self._names), "small"))
        return card

    def _guess_words(self, guess: Guess) -> str:
        key = "near" if guess.near else "more" if guess.guessed > guess.said else "less"
        return self._words(
            f"partner_open.score.guesses.{key}",
            said=rating_words(self._words, guess.said),
            guessed=rating_words(self._words, guess.guessed),
            **self._names,
        )

    def _followed(self) -> list[Card]:
        if not self._told.samples or not self._told.marks:
            return []
        from attune.ui.partner.open_up.chart import TurnChart  # noqa: PLC0415 - loads pyqtgraph

        words, results, cards = self._words, tracked(self._told), []
        for axis in self._told.axes:
            title = words(f"partner_open.score.dial.{axis}", **self._names)
            card = self._card(title, self._tracking_words(axis, results.get(axis, {})))
            chart = TurnChart(words, self._parts.theme, self._told, axis, **self._names)
            spoken = text("", "strong")
            chart.chosen.connect(lambda place, chart=chart, spoken=spoken: spoken.setText(chart.said(place)))
            legend = "legend_face" if self._told.shown is not None else "legend"
            card.body.addWidget(chart)
            card.body.addWidget(spoken)
            card.body.addWidget(text(words(f"partner_open.score.dial.{legend}", **self._names), "small"))
            cards.append(card)
        return cards

    def _tracking_words(self, axis: str, result: Mapping[str, Any]) -> list[str]:
        words = self._words
        if "r" not in result:
            why = result.get("unscorable", "too_short")
            return [words(f"partner_open.score.dial.why.{why}", **self._names)]
        r = result["r"]
        key = "well" if r >= WELL else "somewhat" if r >= SOMEWHAT else "little"
        lines = [with_minus(words(f"partner_open.score.dial.{key}", r=r, **self._names))]
        lines.append(words("partner_open.score.dial.lag", lag=result["lag_s"], **self._names))
        if abs(result["level"]) >= LEVEL:
            side = "higher" if result["level"] > 0 else "lower"
            lines.append(words(f"partner_open.score.dial.level.{axis}.{side}", **self._names))
        if result["weight"] <= 0:
            lines.append(words("partner_open.score.dial.first", **self._names))
        return lines

    def _named(self) -> Card | None:
        speaker = EdgeSpeaker(
            self._words,
            self._parts.services.vocabulary,
            shower=self._names["speaker"],
            noticer=self._names["listener"],
        )
        sentences = [line for edge in speaker.edges(self._moment) for line in edge.sentences]
        if not sentences:
            return None
        return self._card(self._words("partner_open.score.named"), sentences)

    def _shown(self) -> Card | None:
        """Mark by mark: what was told of it, and how the face moved around then."""
        words, shown = self._words, self._told.shown
        if shown is None or not self._told.marks:
            return None
        sentences = []
        for mark, units in zip(self._told.marks, shown["units"], strict=True):
            moved = words("feedback.list_comma").join(
                words(f"emotions.units.{code}")
                if side == "both"
                else words(f"feedback.one_side.{side}", unit=words(f"emotions.units.{code}"))
                for code, side, _ in units
            )
            key = "moved" if moved else "still"
            sentences.append(
                words(
                    f"partner_open.score.face.{key}",
                    time=clock_words(words, mark.time_s),
                    mark=mark_words(words, mark),
                    units=moved,
                    **self._names,
                )
            )
        about = words("partner_open.score.face.about", **self._names)
        return self._card(words("partner_open.score.face.title", **self._names), sentences, about)


class Beside(QWidget):
    """Two places on one line: a disc for what was said, a diamond for what was guessed."""

    def __init__(self, theme: Theme, said: float, guessed: float) -> None:
        super().__init__()
        self._theme, self._said, self._guessed = theme, said, guessed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Slim."""
        return QSize(160, 30)

    def minimumSizeHint(self) -> QSize:
        """Wide enough to see apart."""
        return QSize(90, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, diamond, disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("border"))
        painter.drawRoundedRect(QRectF(0, self.height() / 2 - 3, self.width(), 6), 3, 3)
        for shape, share in ((Shape.REFERENCE, self._guessed), (Shape.PERSON, self._said)):
            painter.save()
            painter.translate(QPointF(11 + share * (self.width() - 22), self.height() / 2))
            painter.scale(9, 9)
            painter.fillPath(outline(shape), self._theme.colour(shape.value))
            painter.restore()
        painter.end()
