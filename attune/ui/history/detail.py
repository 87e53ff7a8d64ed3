"""One session: what it came to, emotion by emotion, answer by answer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.app.history import SessionReview
from attune.resources import Words
from attune.scoring.calibration import Calibration
from attune.scoring.unscorable import Unscorable
from attune.ui.history import phrases
from attune.ui.theme import Theme
from attune.ui.widgets import Card, QuietButton, ScrollPage, column, row, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Column, Table

CLOSE = 0.05  # confidence this near to the share agreed counts as fitting it


class Detail(ScrollPage):
    """Filled anew for each session; ``back`` and ``delete`` are its two actions."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent, wide=True)
        self._words = words
        self.review: SessionReview | None = None
        self.back = QuietButton("←  " + words("history.session.back"))
        self.delete = QuietButton(words("history.session.delete"))
        self.title = text("", "title")
        self.subtitle = text("", "quiet")
        self._tiles = row()
        self.emotions = self._emotion_table(theme)
        self.answers = self._answer_table(theme)
        self._arrange()

    def fill(self, review: SessionReview) -> None:
        """Show this session from its top."""
        self.review = review
        session, words = review.session, self._words
        self.title.setText(phrases.when(session.started_at, words))
        about = words(
            "history.session.subtitle",
            set=session.clip_set,
            version=session.clip_set_version,
            reference=words(f"history.against.{session.scored_against}"),
        )
        if len(review.answers) < session.planned:
            about += " · " + words(
                "history.session.unfinished", answered=len(review.answers), planned=session.planned
            )
        self.subtitle.setText(about)
        emptied(self._tiles)
        for name, value, note in tiles(review, words):
            self._tiles.addWidget(_tile(name, value, note), 1)
        self.emotions.fill(
            [phrases.emotion_row(e, words) for e in review.summary.emotions if e.shown or e.said]
        )
        self.answers.fill([phrases.answer_row(answer, words) for answer in review.answers])
        self.verticalScrollBar().setValue(0)

    def _arrange(self) -> None:
        words = self._words
        top = row()
        top.setContentsMargins(-16, 0, -16, 0)  # the words of quiet buttons stand at the page's edges
        top.addWidget(self.back)
        top.addStretch(1)
        top.addWidget(self.delete)
        head = column(spacing=6)
        head.addLayout(top)
        head.addWidget(self.title)
        head.addWidget(self.subtitle)
        self.body.addLayout(head)
        self.body.addLayout(self._tiles)
        answers = Card()
        answers.body.addWidget(text(words("history.answers.title"), "heading"))
        answers.body.addWidget(self.answers)
        emotions = Card()
        emotions.body.addWidget(text(words("history.emotions.title"), "heading"))
        emotions.body.addWidget(text(words("history.emotions.explanation"), "quiet"))
        emotions.body.addWidget(self.emotions)
        self.body.addWidget(answers)
        self.body.addWidget(emotions)
        self.body.addStretch(1)

    def _emotion_table(self, theme: Theme) -> Table:
        words = self._words
        columns = [Column(words("history.emotions.emotion"), stretch=True)]
        columns += [
            Column(words(f"history.emotions.{name}"), number=True)
            for name in ("shown", "said", "found", "corrected")
        ]
        return Table(columns, words("history.emotions.name"), theme)

    def _answer_table(self, theme: Theme) -> Table:
        words = self._words
        columns = [
            Column(words("history.answers.clip"), stretch=True),
            Column(words("history.answers.said")),
            Column(words("history.answers.reference")),
            Column(words("history.answers.compared")),
        ]
        columns += [
            Column(words(f"history.answers.{name}"), number=True) for name in ("sure", "strength", "time")
        ]
        return Table(columns, words("history.answers.name"), theme)


def tiles(review: SessionReview, words: Words) -> list[tuple[str, str, str]]:
    """The session's few big numbers, each as (name, value, what it means)."""
    summary = review.summary
    if summary.share is None:
        return [
            (
                words("history.session.agreed"),
                words("history.answers.no_value"),
                words("history.session.no_answers"),
            )
        ]
    made = [
        (
            words("history.session.agreed"),
            words("history.session.agreed_value", agreed=summary.agreed, answered=summary.answered),
            words("history.session.agreed_note", share=summary.share, low=summary.low, high=summary.high),
        )
    ]
    if isinstance(summary.calibration, Calibration):
        over = summary.calibration.overconfidence
        kind = "well" if abs(over) <= CLOSE else "over" if over > 0 else "under"
        made.append(
            (
                words("history.session.sure"),
                words("history.session.sure_value", confidence=summary.calibration.mean_confidence),
                words(f"history.session.sure_{kind}", points=abs(over) * 100),
            )
        )
    if isinstance(summary.times, Unscorable):
        time = words("history.session.time_none"), words("history.session.time_none_note")
    else:
        seconds = summary.times.median_ms / 1000
        time = (
            words("history.session.time_value", seconds=seconds),
            words("history.session.time_note", timed=summary.times.timed)
            if summary.times.timed > 1
            else words("history.session.time_note_one"),
        )
    return [*made, (words("history.session.time"), *time)]


def _tile(name: str, value: str, note: str) -> Card:
    card = Card(margin=20)
    card.body.setSpacing(4)
    card.body.addWidget(text(name, "quiet"))
    card.body.addWidget(text(value, "title"))
    card.body.addWidget(text(note, "small"))
    card.body.addStretch(1)
    return card
