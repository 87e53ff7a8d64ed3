"""Which emotion was said for which, as a square of counts: the stronger the colour, the larger the share."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent

from attune.resources import Words
from attune.scoring.confusion import Confusion
from attune.scoring.intervals import wilson
from attune.ui.theme import Theme
from attune.ui.widgets.chart import Chart, Spot, pen

CELL = 42.0  # pixels of height at the usual size of type
ENDS = 40.0
FAINTEST, STRONGEST = 0.05, 0.6  # of the colour; type stays readable on it
LETTERS = (None, 3)  # of a name: all of it, or what there is room for


class HeatMap(Chart):
    """Rows: what was shown; columns: what was said. Places go row by row; all four arrow keys move."""

    def __init__(self, words: Words, theme: Theme, name: str) -> None:
        super().__init__(theme, name)
        self._words = words
        self._confusion = Confusion(names=(), counts=())
        self.plotItem.vb.sigResized.connect(self._fit_heads)

    def fill(self, confusion: Confusion) -> None:
        """Show these counts."""
        self._confusion = confusion
        self._place = -1
        self.tall = ENDS + CELL * len(confusion.names)
        self.redraw()

    def count(self) -> int:
        """One place a cell."""
        return len(self._confusion.names) ** 2

    def cell(self, place: int) -> tuple[str, str, int, int]:
        """What was shown, what was said, how many times, out of how many."""
        row, column = divmod(place, len(self._confusion.names))
        counts = self._confusion.counts[row]
        return self._confusion.names[row], self._confusion.names[column], counts[column], sum(counts)

    def said(self, place: int) -> str:
        """A cell as a sentence with its share and interval."""
        shown, said, times, of = self.cell(place)
        nouns = {"shown": self._noun(shown), "said": self._noun(said)}
        if not of:
            return self._words("history.confusions.never_shown", **nouns)
        low, high = wilson(times, of)
        key = "agreed" if shown == said else "cell"
        return self._words(
            f"history.confusions.{key}", **nouns, times=times, of=of, share=times / of, low=low, high=high
        )

    def spot(self, place: int) -> Spot:
        """The middle of the cell."""
        row, column = divmod(place, len(self._confusion.names))
        return float(column), float(len(self._confusion.names) - 1 - row)

    def mark(self, place: int) -> None:
        """A frame around the cell."""
        x, y = self.spot(place)
        corners = ((-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5))
        xs, ys = zip(*((x + right, y + up) for right, up in corners), strict=True)
        self._frame.setData(xs, ys)

    def draw(self) -> None:
        """Cells, their counts, and a line around what agrees."""
        names, size = self._confusion.names, len(self._confusion.names)
        titles = [self._words(f"emotions.{name}.title") for name in names]
        rows = [(float(size - 1 - place), title) for place, title in enumerate(titles)]
        self.axes(across=(), upwards=rows, x=(-0.5, size - 0.5), y=(-0.5, size - 0.5))
        self.showGrid(x=False, y=False)
        self._fit_heads()
        for place in range(size * size):
            self._draw_cell(place)
        self._frame = pg.PlotDataItem(pen=pen(self._theme.tokens.focus, 2.5))
        self.addItem(self._frame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from row to row."""
        size = len(self._confusion.names)
        step = {Qt.Key.Key_Up: -size, Qt.Key.Key_Down: size}.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._place + step < self.count():
            self.choose(self._place + step)
        else:
            super().keyPressEvent(event)

    def _fit_heads(self) -> None:
        """Whole names below the columns where they fit."""
        titles = [self._words(f"emotions.{name}.title") for name in self._confusion.names]
        if not titles:
            return
        metrics = QFontMetrics(self._theme.font(self._theme.sizes.small))
        room = (self.width() - self.getAxis("left").width()) / len(titles) - 8
        shortened = ([title[:letters] for title in titles] for letters in LETTERS)
        fitting = (heads for heads in shortened if max(map(metrics.horizontalAdvance, heads)) <= room)
        heads = list(enumerate(next(fitting, [title[:2] for title in titles])))
        self.getAxis("bottom").setTicks([heads])

    def _draw_cell(self, place: int) -> None:
        shown, said, times, of = self.cell(place)
        x, y = self.spot(place)
        # The root: what differs is mostly a small share, and should still be told apart.
        alpha = FAINTEST + (STRONGEST - FAINTEST) * (times / of) ** 0.5 if times else 0.0
        same = shown == said
        square = pg.QtWidgets.QGraphicsRectItem(x - 0.47, y - 0.47, 0.94, 0.94)
        square.setBrush(self._theme.colour("agree" if same else "differ", alpha))
        quiet = self._theme.colour("agree" if same else "border")
        square.setPen(pen(quiet, 1.6 if same else 1))
        self.addItem(square)
        if times:
            count = pg.TextItem(str(times), color=self._theme.tokens.text, anchor=(0.5, 0.5))
            count.setFont(self._theme.font(self._theme.sizes.small))
            count.setPos(x, y)
            self.addItem(count)

    def _noun(self, name: str) -> str:
        return self._words(f"emotions.{name}.noun")
