"""The readings of one moment beside each other: who says what, how strong, how sure."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from attune.affect.reading import Reading, Source
from attune.affect.vocabulary import Core
from attune.resources import Words
from attune.ui.practice.marks import Bar, Mark, Shape
from attune.ui.theme import Theme
from attune.ui.widgets import row, text
from attune.ui.widgets.page import emptied

ALSO = 0.1  # a further label below this share is not worth its words
MOST_ALSO = 2
# Sources that name one label and are not asked how sure they are.
PLAIN = (Source.INTENDED, Source.SELF_REPORT, Source.EXPERT)


def shape_of(source: Source) -> Shape:
    """The mark of whoever says so."""
    return {Source.USER: Shape.PERSON, Source.MEASURED: Shape.MEASURED}.get(source, Shape.REFERENCE)


class ReadingTable(QWidget):
    """A block for each reading: mark, who, the label, bars for strength and sureness."""

    def __init__(self, words: Words, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(3, 1)
        self._rows = 0

    def clear(self) -> None:
        """Take all readings out."""
        emptied(self._grid)
        for place in range(self._rows):
            self._grid.setRowMinimumHeight(place, 0)
        self._rows = 0

    def add(self, reading: Reading, *, rendered: bool = False) -> None:
        """Add a reading below the others; ``rendered``: the person was drawn, not asked."""
        key = "rendered" if rendered and reading.source is Source.INTENDED else str(reading.source)
        self._head(
            shape_of(reading.source), self._words(f"practice.readings.{key}"), self._title(reading.top)
        )
        colour = shape_of(reading.source).value
        lines: list[tuple[str, float]] = []
        if reading.intensity is not None and reading.top != Core.NEUTRAL:  # rest has no strength
            lines.append((self._words("practice.readings.strength"), reading.intensity))
        if reading.source not in PLAIN:
            share = self._words(f"practice.readings.share.{reading.source}")
            lines.append((share, reading.labels[reading.top]))
        for name, share_of_all in lines:
            self._bar(name, share_of_all, colour)
        if (
            reading.source not in PLAIN
            and reading.source is not Source.USER
            and (also := self._also(reading))
        ):
            self._line(text(also, "small"))

    def add_note(self, note: str) -> None:
        """Add a quiet line where the measured reading will be, or would have been."""
        self._gap()
        self._grid.addWidget(
            Mark(self._theme, Shape.MEASURED, 12), self._rows, 0, Qt.AlignmentFlag.AlignVCenter
        )
        self._line(text(note, "quiet"))

    def _head(self, shape: Shape, who: str, what: str) -> None:
        self._gap()
        self._grid.addWidget(Mark(self._theme, shape, 12), self._rows, 0, Qt.AlignmentFlag.AlignVCenter)
        head = row(spacing=8)
        head.addWidget(text(who, "quiet", wrap=False))
        head.addWidget(text(what, "strong", wrap=False))
        head.addStretch(1)
        self._grid.addLayout(head, self._rows, 1, 1, 4)
        self._rows += 1

    def _bar(self, name: str, share: float, colour: str) -> None:
        bar = Bar(self._theme, colour=colour)
        bar.set_share(share)
        self._grid.addWidget(text(name, "small", wrap=False), self._rows, 1)
        self._grid.addWidget(bar, self._rows, 2, 1, 2)
        number = text(self._words("practice.percent", share=share), "small", wrap=False)
        self._grid.addWidget(number, self._rows, 4, Qt.AlignmentFlag.AlignRight)
        self._rows += 1

    def _line(self, line: QWidget) -> None:
        self._grid.addWidget(line, self._rows, 1, 1, 4)
        self._rows += 1

    def _gap(self) -> None:
        if self._rows:
            self._grid.setRowMinimumHeight(self._rows, 10)
            self._rows += 1

    def _title(self, label: str) -> str:
        return self._words(f"emotions.{label}.title")

    def _also(self, reading: Reading) -> str:
        others = sorted(
            (label for label in reading.labels if label != reading.top), key=reading.labels.__getitem__
        )
        named = [label for label in reversed(others) if reading.labels[label] >= ALSO][:MOST_ALSO]
        parts = [
            self._words("practice.readings.also_one", label=self._title(label), share=reading.labels[label])
            for label in named
        ]
        return self._words("practice.readings.also", others=", ".join(parts)) if parts else ""
