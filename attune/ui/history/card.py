"""A chart on a card: what it is, how to read it, the point spoken of, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QSizePolicy

from attune.resources import Words
from attune.ui.history.save import Sheet, content_of
from attune.ui.theme import Theme
from attune.ui.widgets import Card, row, text
from attune.ui.widgets.asking import ask_where_to
from attune.ui.widgets.buttons import Chip
from attune.ui.widgets.chart import Chart
from attune.ui.widgets.page import emptied
from attune.ui.widgets.table import Table

SHORT = 9  # rows of a table that is open from the start


class ChartCard(Card):
    """``key`` finds its words: ``title``, ``how`` (one sentence), ``name`` of the table, ``file``.

    Row n of the sheet is place n of the chart, as far as it has places: choosing either chooses both.
    ``write`` takes a file and what is to be in it.
    """

    def __init__(
        self, words: Words, theme: Theme, key: str, chart: Chart, write: Callable[[Path, bytes], object]
    ) -> None:
        super().__init__()
        self._words, self._theme, self._key = words, theme, key
        self._write = write
        self._sheet: Sheet | None = None
        self.chart = chart
        self.title = text(words(f"{key}.title"), "heading")
        self.how = text(words(f"{key}.how"), "quiet")
        self.empty = text("", "large")
        self.said = text("", "strong")
        self.legend = text("", "small")
        self.numbers = Chip("")
        self.save = Chip(words("history.card.save"))
        self.save.setAccessibleName(words("history.card.save_named", title=self.title.text()))
        self.table: Table | None = None
        self._below = row()
        self._arrange()
        chart.chosen.connect(self._chosen)
        self.numbers.clicked.connect(lambda: self.unfold(unfolded=not self.unfolded))
        self.save.clicked.connect(self._save)

    @property
    def unfolded(self) -> bool:
        """Whether the numbers show."""
        return self.table is not None and not self.table.isHidden()

    def fill(self, sheet: Sheet, *, legend: str = "", keys: str = "history.card.keys") -> None:
        """Show the numbers of what the chart was filled with; the last place is spoken of."""
        self._sheet = sheet
        unfolded = self.unfolded if self.table is not None else len(sheet.rows) <= SHORT
        self._make_table(sheet)
        self.legend.setText(f"{legend} {self._words(keys)}".strip())
        self._show(full=True)
        self.unfold(unfolded=unfolded)
        if self.chart.count():
            self.chart.choose(self.chart.count() - 1, aloud=False)

    def fill_with_nothing(self, sentence: str) -> None:
        """Say why there is nothing to draw, and what would change that."""
        self._sheet = None
        self.empty.setText(sentence)
        self._show(full=False)

    def unfold(self, *, unfolded: bool = True) -> None:
        """Show the numbers, or not."""
        if self.table is not None:
            self.table.setVisible(unfolded)
        self.numbers.setText(self._words(f"history.card.{'fold' if unfolded else 'unfold'}"))
        named = "fold_named" if unfolded else "unfold_named"
        self.numbers.setAccessibleName(self._words(f"history.card.{named}", title=self.title.text()))

    def _arrange(self) -> None:
        self.body.setSpacing(10)
        self.said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        actions = row(spacing=8)
        actions.addWidget(self.numbers)
        actions.addWidget(self.save)
        actions.addStretch(1)
        for widget in (self.title, self.how, self.empty, self.chart, self.said, self.legend):
            self.body.addWidget(widget)
        self.body.addLayout(actions)
        self.body.addLayout(self._below)
        self._show(full=False)

    def _show(self, *, full: bool) -> None:
        for widget in (self.how, self.chart, self.said, self.legend, self.numbers, self.save):
            widget.setVisible(full)
        self.empty.setVisible(not full and bool(self.empty.text()))
        if self.table is not None and not full:
            self.table.hide()

    def _make_table(self, sheet: Sheet) -> None:
        emptied(self._below)
        self.table = Table(sheet.columns, self._words(f"{self._key}.name"), self._theme)
        self.table.fill(sheet.rows)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._below.addWidget(self.table)

    def _row_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        """Rows beyond the chart's places are of what it does not draw."""
        if 0 <= now.row() < self.chart.count():
            self.chart.choose(now.row(), aloud=False)

    def _chosen(self, place: int) -> None:
        self.said.setText(self.chart.said(place))

    def _save(self) -> None:
        words = self._words
        title, kinds = words("history.save.title"), words("history.save.kinds")
        ask_where_to(self, title, kinds, f"{words(f'{self._key}.file')}.png", self._keep)

    def _keep(self, path: Path) -> None:
        assert self._sheet is not None
        background = self._theme.colour("surface")
        self._write(path, content_of(path.suffix, self.chart, self._sheet, background, self._words))
