"""Both marks side by side, once the one who made the bid wants that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from attune.app.partner.small_bids import Bid, Mark, Turn, card_of, load_bids
from attune.resources import Words
from attune.ui.partner.small_bids.mark import Who
from attune.ui.partner.step import Step
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, announce, text


class TogetherPage(Step):
    """What came of one bid; ``shown``: whether with both marks.

    ``keep`` when the words that helped are to be kept, ``again(whether the other one makes it)``,
    ``delete`` and ``enough`` when their buttons are pressed.
    """

    keep = Signal()
    again = Signal(bool)
    delete = Signal()
    enough = Signal()

    def __init__(
        self,
        words: Words,
        theme: Theme,
        bid: Bid,
        *,
        name: str,
        other: str,
        shown: bool,
        kept: bool,
        to_say: str = "",
    ) -> None:
        """``name`` made the bid, ``other`` answered; ``kept``: whether there is anything to delete.

        ``to_say``: what ``other`` might say next.
        """
        super().__init__(theme)
        self._words, self._bid = words, bid
        self._name, self._other = name, other
        self.keep_button = QuietButton(words("partner_bids.together.keep", name=name))
        self.keep_button.clicked.connect(self._keep)
        title = "title" if shown else "kept_title"
        self.body.setSpacing(16)
        self.body.addWidget(text(words(f"partner_bids.together.{title}"), "title"))
        self.said = text(self._sentence() if shown else words("partner_bids.together.kept"), "large")
        self.body.addWidget(self.said)
        if shown:
            self._show()
        if to_say:
            self.body.addWidget(text(words("partner_bids.together.to_say", name=other, said=to_say)))
        self.swapped = PrimaryButton(words("partner_bids.together.swapped", name=other))
        self.another = Button(words("partner_bids.together.again"))
        self.done = QuietButton(words("partner_bids.together.enough"))
        self.deleting = QuietButton(words("partner_bids.together.delete"))
        self.swapped.clicked.connect(lambda: self.again.emit(True))  # noqa: FBT003 - a signal's
        self.another.clicked.connect(lambda: self.again.emit(False))  # noqa: FBT003 - a signal's
        self.done.clicked.connect(self.enough)
        self.deleting.clicked.connect(self.delete)
        self.body.addStretch(1)
        self.ways(self.swapped, self.another, self.done, self.deleting)
        self.deleting.setHidden(not kept)

    def _show(self) -> None:
        bid, words = self._bid, self._words
        card = card_of(bid.card, load_bids(words.language))
        if bid.card or bid.own:
            said = card.text if card is not None else bid.own
            well = Card(role="well", margin=16)
            well.body.setSpacing(4)
            well.body.addWidget(text(words("partner_bids.together.bid"), "small"))
            well.body.addWidget(text(said or words("partner_bids.together.own_bid", name=self._name)))
            self.body.addWidget(well)
        both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        both.setSpacing(16)
        both.addWidget(self._side("shower", bid.shower, by=self._name, of=self._other), 1)
        both.addWidget(self._side("noticer", bid.noticer, by=self._other, of=self._name), 1)
        self.body.addLayout(both)

    def _side(self, who: Who, mark: Mark, *, by: str, of: str) -> QWidget:
        words = self._words
        card = Card(margin=20)
        card.body.setSpacing(6)
        card.body.addWidget(text(words(f"partner_bids.together.by_{who}", name=by), "small"))
        if mark.turn is None:
            card.body.addWidget(text(words("partner_bids.together.passed"), "quiet"))
        else:
            unnoticed = who == "noticer" and not self._bid.noticed
            key = "unnoticed" if unnoticed else mark.turn
            card.body.addWidget(text(words(f"partner_bids.{who}.question", other=of), "quiet"))
            card.body.addWidget(text(words(f"partner_bids.turns.{who}.{key}"), "heading"))
        if mark.helps:
            card.body.addSpacing(8)
            how = "easier" if who == "noticer" else "helped" if mark.turn is Turn.TOWARD else "would_help"
            card.body.addWidget(text(words(f"partner_bids.together.{how}"), "small"))
            listed = " · ".join(words(f"partner_bids.helps.{who}.{key}") for key in mark.helps)
            card.body.addWidget(text(listed))
        if mark.words:
            card.body.addSpacing(8)
            card.body.addWidget(text(words("partner_bids.together.in_words", words=mark.words), "large"))
        card.body.addStretch(1)
        if who == "shower" and mark.words:
            card.body.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _sentence(self) -> str:
        bid, words = self._bid, self._words
        names = {"name": self._name, "other": self._other}
        if bid.met is None:
            key = "neither" if bid.shower.turn is bid.noticer.turn is None else "one"
            return words(f"partner_bids.together.{key}")
        if not bid.noticed:
            return words("partner_bids.together.unnoticed", **names)
        return words("partner_bids.together.same" if bid.met else "partner_bids.together.differ", **names)

    def _keep(self) -> None:
        self.keep_button.setEnabled(False)  # once is enough
        self.keep.emit()

    def show_words_kept(self) -> None:
        """They are."""
        self.keep_button.setText(self._words("partner_bids.together.kept_words", name=self._name))
        announce(self, self.keep_button.text())
