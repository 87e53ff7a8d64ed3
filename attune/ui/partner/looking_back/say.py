"""What one might say next, after what has happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from attune.app.partner.couple import Moment
from attune.app.partner.suggesting import suggestions_for
from attune.ui.partner.parts import Pair, Parts, day_words
from attune.ui.widgets import Card, QuietButton, column, text
from attune.ui.widgets.page import emptied


class SayCard(Card):
    """Of the latest moment there is something to say after; the one before it at each press of ``others``."""

    def __init__(self, parts: Parts, pair: Pair, moments: Sequence[Moment]) -> None:
        super().__init__(margin=28)
        self._parts, self._pair = parts, pair
        self._after = [each for each in moments if suggestions_for(each)]
        self._at = 0
        words = parts.words
        self._about = text("", "quiet")
        self._said = column(spacing=16)
        self.others = QuietButton(words("partner_back.say.others"))
        self.others.clicked.connect(self._next)
        title = words("partner_back.say.title", shower=pair.one.name, noticer=pair.other.name)
        self.body.setSpacing(14)
        self.body.addWidget(text(title, "heading"))
        self.body.addWidget(self._about)
        self.body.addLayout(self._said)
        self.body.addWidget(self.others, 0, Qt.AlignmentFlag.AlignLeft)
        self.others.setVisible(len(self._after) > 1)
        if self._after:
            self._show()

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to say."""
        return bool(self._after)

    def _next(self) -> None:
        self._at = (self._at + 1) % len(self._after)
        self._show()

    def _show(self) -> None:
        words, moment = self._parts.words, self._after[self._at]
        kind = words(f"partner_back.kinds.{moment.kind}")
        day = day_words(moment.happened_at, words)
        self._about.setText(words("partner_back.say.about", kind=kind, day=day))
        emptied(self._said)
        name = self._pair.one.name
        for each in suggestions_for(moment):
            pair = column(spacing=2)
            quote = words("partner_back.say.quote", say=each.say.format(name=name))
            pair.addWidget(text(quote, "large"))
            pair.addWidget(text(each.why.format(name=name), "quiet"))
            self._said.addLayout(pair)
