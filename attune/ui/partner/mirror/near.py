"""After a turn: how near it was, as whoever watched says it, and what was measured beside that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.app.partner.matching import NEAR, Match
from attune.app.partner.mirror import Near
from attune.resources import Words
from attune.ui.partner.step import Options, Step
from attune.ui.practice.marks import Mark, Shape
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, text

MOST = 5  # parts that are named


class NearPage(Step):
    """Asks ``other``, who watched ``name`` mirror, how near it was. ``said(Near or None)``."""

    said = Signal(object)

    def __init__(self, words: Words, theme: Theme, *, name: str, other: str) -> None:
        super().__init__(theme)
        names = {"name": name, "other": other}
        self.body.setSpacing(16)
        self.body.addWidget(text(words("partner_mirror.near.title", **names), "title"))
        self.body.addWidget(text(words("partner_mirror.near.about", **names), "quiet"))
        options = {
            str(near): (
                words(f"partner_mirror.nearness.{near}.title"),
                words(f"partner_mirror.nearness.{near}.about"),
            )
            for near in reversed(Near)
        }
        self.done_button = PrimaryButton(words("partner_mirror.near.done"))
        self.done_button.setEnabled(False)
        self.options = Options(theme, words("partner_mirror.near.name"), options, {})
        self.options.chosen.connect(lambda _key: self.done_button.setEnabled(True))
        self.body.addWidget(self.options)
        self.body.addStretch(1)
        self.done_button.clicked.connect(lambda: self.said.emit(Near(self.options.choice)))
        self.pass_button = QuietButton(words("partner_mirror.near.pass"))
        self.pass_button.clicked.connect(lambda: self.said.emit(None))
        self.ways(self.done_button, self.pass_button)
        self.setFocusProxy(next(iter(self.options.buttons.values())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Number keys choose, from above; Enter says it."""
        place = event.key() - Qt.Key.Key_1
        buttons = list(self.options.buttons.values())
        if 0 <= place < len(buttons) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            buttons[place].click()
            self.done_button.setFocus()
        else:
            super().keyPressEvent(event)


class AfterPage(Step):
    """What came of a turn. ``again(whether the other one mirrors)``, ``enough``, ``delete``."""

    again = Signal(bool)
    enough = Signal()
    delete = Signal()

    def __init__(
        self,
        words: Words,
        theme: Theme,
        near: Near | None,
        nearest: Match | None,
        *,
        held: bool | None,
        name: str,
        other: str,
    ) -> None:
        """``name`` mirrored, ``other`` said ``near``; ``nearest`` and ``held``: None without measuring."""
        super().__init__(theme)
        self._words = words
        names = {"name": name, "other": other}
        self.body.setSpacing(16)
        if near is None:
            self.said = text(words("partner_mirror.after.passed"), "title")
        else:
            title = words(f"partner_mirror.nearness.{near}.title")
            self.said = text(words("partner_mirror.after.said", near=title, **names), "title")
        self.body.addWidget(self.said)
        self.body.addWidget(text(words("partner_mirror.after.talk"), "large"))
        if nearest is not None:
            self.body.addWidget(self._measured(theme, nearest, held=bool(held), names=names))
        self.body.addStretch(1)
        self.again_button = PrimaryButton(words("partner_mirror.after.again"))
        self.swap_button = Button(words("partner_mirror.after.swapped", name=other))
        self.enough_button = QuietButton(words("partner_mirror.after.enough"))
        self.delete_button = QuietButton(words("partner_mirror.after.delete"))
        self.again_button.clicked.connect(lambda: self.again.emit(False))  # noqa: FBT003 - a signal's
        self.swap_button.clicked.connect(lambda: self.again.emit(True))  # noqa: FBT003 - a signal's
        self.enough_button.clicked.connect(self.enough)
        self.delete_button.clicked.connect(self.delete)
        self.ways(self.again_button, self.swap_button, self.enough_button, self.delete_button)

    def _measured(self, theme: Theme, nearest: Match, *, held: bool, names: dict[str, str]) -> QWidget:
        words = self._words
        card = Card()
        card.body.setSpacing(10)
        card.body.addWidget(text(words(f"partner_mirror.after.{'held' if held else 'not_held'}", **names)))
        card.body.addWidget(text(words("partner_mirror.after.parts", **names), "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for place, part in enumerate(nearest.parts[:MOST]):
            there = part.apart <= NEAR
            how = "there" if there else "less" if part.more else "more"
            grid.addWidget(Mark(theme, Shape.AGREE if there else Shape.DIFFER, 16), place, 0)
            grid.addWidget(text(words(f"sandbox.units.{part.code}")), place, 1)
            grid.addWidget(text(words(f"partner_mirror.after.{how}"), "quiet"), place, 2)
        card.body.addLayout(grid)
        return card
