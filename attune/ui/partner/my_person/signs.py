"""The signs of one person: what their face often did with a feeling they told, with counts and intervals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from attune.app.partner.couple import Person
from attune.app.partner.signs import ENOUGH, Feeling, Sign
from attune.ui.partner.parts import Parts
from attune.ui.partner.share_bar import Lies, ShareBar
from attune.ui.widgets import Card, column, row, text
from attune.ui.widgets.page import emptied


class SignsCard(Card):
    """Nothing is said of a feeling before there are enough moments of it."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(margin=28)
        self._parts = parts
        self._name = ""
        self._title, self._how = text("", "heading"), text("", "quiet")
        self._inside = column(spacing=18)
        self.legend = text(parts.words("partner_person.signs.legend"), "small")
        self.body.setSpacing(12)
        self.body.addWidget(self._title)
        self.body.addWidget(self._how)
        self.body.addLayout(self._inside)
        self.body.addWidget(self.legend)
        self.legend.hide()

    def turn_to(self, about: Person, reader: Person) -> None:
        """Whose face it is."""
        del reader
        words, self._name = self._parts.words, about.name
        self._title.setText(words("partner_person.signs.title", name=about.name))
        self._how.setText(words("partner_person.signs.how", name=about.name))
        emptied(self._inside)
        self.legend.hide()

    def show_signs(self, feelings: Sequence[Feeling] | None) -> None:
        """Show what was counted; None: nothing is, as they have machine reading off."""
        emptied(self._inside)
        words = self._parts.words
        self._how.setVisible(feelings is not None)
        if not feelings:
            key = "off" if feelings is None else "none"
            self._inside.addWidget(text(words(f"partner_person.signs.{key}", name=self._name)))
            self.legend.hide()
            return
        enough = [feeling for feeling in feelings if feeling.signs is not None]
        for feeling in enough:
            self._inside.addWidget(self._feeling(feeling))
        few = [feeling for feeling in feelings if feeling.signs is None]
        if few:
            told = words("feedback.list_comma").join(
                words("partner_person.signs.few_one", emotion=self._noun(each), count=each.moments)
                for each in few
            )
            said = words("partner_person.signs.few", list=told, enough=ENOUGH)
            self._inside.addWidget(text(said, "quiet"))
        self.legend.setVisible(any(feeling.signs for feeling in enough))

    def _feeling(self, feeling: Feeling) -> QWidget:
        words = self._parts.words
        inside = column(spacing=8)
        told = words("partner_person.signs.feeling", name=self._name, emotion=self._noun(feeling))
        inside.addWidget(text(told, "strong"))
        for sign in feeling.signs or ():
            inside.addWidget(self._sign(sign))
        if not feeling.signs:
            said = words("partner_person.signs.nothing", count=feeling.moments)
            inside.addWidget(text(said, "quiet"))
        around = QWidget()
        around.setLayout(inside)
        return around

    def _sign(self, sign: Sign) -> QWidget:
        words = self._parts.words
        unit = words(f"emotions.units.{sign.unit}")
        named = unit[:1].upper() + unit[1:]
        said = words(
            "partner_person.signs.said",
            unit=named,
            shown=sign.shown,
            of=sign.of,
            low=sign.low,
            high=sign.high,
            otherwise_shown=sign.otherwise_shown,
            otherwise_of=sign.otherwise_of,
        )
        lies = Lies(
            value=sign.shown / sign.of,
            low=sign.low,
            high=sign.high,
            beside=sign.otherwise_shown / sign.otherwise_of,
        )
        count = text(words("partner_person.signs.count", shown=sign.shown, of=sign.of), "strong", wrap=False)
        count.setMinimumWidth(self._parts.theme.sizes.body * 5)
        line = row(spacing=16)
        line.addWidget(text(words("partner_person.signs.sign", unit=named)), 1)
        line.addWidget(ShareBar(self._parts.theme, lies, said), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
        around = QWidget()
        around.setLayout(line)
        return around

    def _noun(self, feeling: Feeling) -> str:
        return self._parts.words(f"emotions.{feeling.emotion}.noun")
