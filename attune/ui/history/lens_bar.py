"""What the figures look at: one measure, and how far back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.page import row
from attune.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens

WEEKS = (0, 12, 4)


class LensBar(QWidget):
    """``changed`` where the person chose something else. The measure shows only where there are several."""

    changed = Signal()

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lenses: tuple[Lens, ...] = ()
        self.measure = Picker((), words("history.lens.measure"), theme)
        back = (words(f"history.lens.of_{weeks}") for weeks in WEEKS)
        self.weeks = Picker(back, words("history.lens.weeks"), theme)
        for picker in (self.measure, self.weeks):
            picker.activated.connect(lambda _place: self.changed.emit())
        inside = row(spacing=8)
        inside.addStretch(1)
        inside.addWidget(self.measure)
        inside.addWidget(self.weeks)
        self.setLayout(inside)

    def fill(self, lenses: Sequence[Lens]) -> None:
        """Offer these; what was chosen stays chosen."""
        chosen = self._lenses[self.measure.currentIndex()] if self._lenses else None
        self._lenses = tuple(lenses)
        self.measure.offer(
            [
                self._words(
                    "history.lens.one",
                    channel=self._words(f"history.channels.{lens.channel}"),
                    reference=self._words(f"history.against.{lens.against}"),
                )
                for lens in lenses
            ]
        )
        self.measure.setCurrentIndex(self._lenses.index(chosen) if chosen in self._lenses else 0)
        self.measure.setVisible(len(self._lenses) > 1)

    @property
    def lens(self) -> Lens | None:
        """What is looked at; None where nothing was answered."""
        if not self._lenses:
            return None
        found = self._lenses[max(0, self.measure.currentIndex())]
        return type(found)(
            against=found.against, channel=found.channel, weeks=WEEKS[max(0, self.weeks.currentIndex())]
        )
