"""After a turn: how it felt to be listened to; how closely it was followed once the speaker says so."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.app.partner.couple import Moment
from attune.app.partner.open_up import RATED, Told
from attune.ui.partner.open_up.rating import rating_words
from attune.ui.partner.open_up.score import ScoreCards
from attune.ui.partner.parts import Parts
from attune.ui.partner.step import Step
from attune.ui.practice.marks import Bar
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, announce, column, row, text
from attune.ui.widgets.dialogs import Question

MOST_SAID = 2
LOW = 0.35  # of a rating, from which it is worth to ask what would have helped


class FeltPage(Step):
    """``next_turn`` and ``over`` lead on; ``revealed`` when the speaker wants to see more, ``vetoed`` when
    one of them has this turn deleted.
    """  # noqa: D205 - a list of signals

    next_turn = Signal()
    over = Signal()
    revealed = Signal()
    vetoed = Signal()

    def __init__(self, parts: Parts, moment: Moment, *, speaker: str, listener: str) -> None:
        super().__init__(parts.theme, wide=True)
        self._parts, self._words = parts, parts.words
        self._names = {"speaker": speaker, "listener": listener}
        self._moment, self._told = moment, Told.from_json(moment.told)
        title = self._words("partner_open.felt.title", **self._names)
        self.body.setSpacing(18)
        self.body.addWidget(text(title, "title"))
        self.body.addWidget(self._felt())
        self.suggestion = text(self._suggested(), "large")
        self.body.addWidget(self.suggestion)
        self.more = self._more()
        self.body.addWidget(self.more)
        self._score = column(spacing=18)
        self.body.addLayout(self._score)
        self.veto_button = QuietButton(self._words("partner_open.felt.veto"))
        self.veto_button.clicked.connect(self._ask_veto)
        self.body.addStretch(1)
        self.next_button = PrimaryButton(self._words("partner_open.felt.next", **self._names))
        self.next_button.clicked.connect(self.next_turn)
        self.over_button = Button(self._words("partner_open.felt.over"))
        self.over_button.clicked.connect(self.over)
        self.ways(self.next_button, self.veto_button, self.over_button)
        self.setAccessibleName(title)
        announce(self, title)
        if moment.revealed:
            self.show_more()

    @property
    def score(self) -> ScoreCards | None:
        """What is shown of the score; None as long as it is covered."""
        item = self._score.itemAt(0)
        widget = None if item is None else item.widget()
        return widget if isinstance(widget, ScoreCards) else None

    def show_more(self) -> None:
        """Uncover how closely it was followed."""
        self.more.hide()
        if self.score is None:
            cards = ScoreCards(self._parts, self._moment, self._told, **self._names)
            self._score.addWidget(cards)
            self._to_say()
            announce(self, self._words("partner_open.score.title"))

    def _to_say(self) -> None:
        """Now that both corners are seen, there may be more to say to one another."""
        from attune.app.partner.suggesting import suggestions_for  # noqa: PLC0415 - loads numpy

        moment = replace(self._moment, revealed=True)
        if not (found := suggestions_for(moment, most=MOST_SAID, own=False)):
            return
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(self._words("partner_open.felt.to_say", **self._names), "heading"))
        for each in found:
            said, why = (words.format(name=self._names["speaker"]) for words in (each.say, each.why))
            card.body.addWidget(text(self._words("partner_open.felt.said", said=said), "large"))
            card.body.addWidget(text(why, "quiet"))
        self._score.addWidget(card)

    def _felt(self) -> Card:
        card = Card(margin=28)
        card.body.addWidget(text(self._words("partner_open.felt.lead", **self._names), "quiet"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(14)
        for line, rated in enumerate(RATED):
            value = self._told.felt_heard.get(rated)
            bar = Bar(self._parts.theme)
            bar.set_share(value or 0.0)
            name = self._words(f"partner_open.rated.{rated}")
            bar.setAccessibleName(name)
            bar.setAccessibleDescription(rating_words(self._words, value))
            grid.addWidget(text(name, "heading", wrap=False), line, 0)
            grid.addWidget(bar, line, 1)
            grid.addWidget(text(rating_words(self._words, value), "large", wrap=False), line, 2)
            if value is None:
                bar.hide()
        grid.setColumnStretch(1, 1)
        card.body.addLayout(grid)
        return card

    def _suggested(self) -> str:
        """What the listener may say now: thanks where all was well, a question where less was."""
        said = {rated: value for rated in RATED if (value := self._told.felt_heard.get(rated)) is not None}
        if not said:
            return self._words("partner_open.felt.say.passed", **self._names)
        least = min(said, key=lambda rated: said[rated])
        key = least if said[least] < LOW else "well"
        return self._words(f"partner_open.felt.say.{key}", **self._names)

    def _more(self) -> QWidget:
        words = self._words
        card = Card(role="well", margin=24)
        card.body.setSpacing(10)
        card.body.addWidget(text(words("partner_open.felt.more.title", **self._names), "heading"))
        card.body.addWidget(text(words("partner_open.felt.more.about", **self._names)))
        self.reveal_button = Button(words("partner_open.felt.more.reveal", **self._names))
        self.reveal_button.clicked.connect(self.revealed)
        act = row()
        act.addWidget(self.reveal_button)
        act.addStretch(1)
        card.body.addLayout(act)
        return card

    def _ask_veto(self) -> None:
        Question(
            self._words,
            "partner_open.veto",
            agreed=self.vetoed.emit,
            parent=self._parts.page,
            theme=self._parts.theme,
        )
