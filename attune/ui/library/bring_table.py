"""Which column of a person's own spreadsheet says what."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from attune.app.importing import How, Kind
from attune.app.importing_table import FILLED, Headings, headings_of
from attune.ui.library.parts import Parts
from attune.ui.widgets import Button, Card, row, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.picker import Picker

NONE = ""


class TableCard(Card):
    """``chosen(How)`` when the spreadsheet is to be read so; ``how`` is how it was read until now."""

    chosen = Signal(object)

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self._headings: list[str] = []
        self._table: Path | None = None
        self.menus: dict[str, Picker] = {}
        self.read_button = Button(words("library.bring.way.read"))
        self.read_button.clicked.connect(self._read)
        head = row(spacing=12)
        head.addWidget(text(words("library.bring.columns.title"), "heading"), 1)
        head.addWidget(self.read_button)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self.body.addLayout(head)
        self.body.addWidget(text(words("library.bring.columns.note"), "quiet"))
        self.body.addLayout(self._grid)

    def show_table(self, how: How) -> None:
        """Offer the headings of the table; no card where there is none."""
        self.setVisible(how.table is not None)
        if how.table is not None:
            asked = self._parts.services.background.submit(headings_of, how.table)
            self._parts.bridge.deliver(asked, lambda found: self._offer(found, how))

    def _offer(self, found: Headings, how: How) -> None:
        words, filled = self._parts.words, {**found.likely, **how.columns}
        self._table = found.table
        self._headings = [NONE, *found.examples]
        emptied(self._grid)
        self.menus = {}
        said = [words("library.bring.columns.none")]
        said += [
            words("library.bring.columns.heading", heading=heading, example=example) if example else heading
            for heading, example in found.examples.items()
        ]
        holds = {column: heading for heading, column in filled.items()}
        for place, column in enumerate(FILLED):
            name = words(f"library.bring.columns.holds.{column}")
            menu = Picker(said, name, self._parts.theme)
            heading = holds.get(column, NONE)
            menu.setCurrentIndex(self._headings.index(heading) if heading in self._headings else 0)
            menu.currentIndexChanged.connect(self._check)
            self._grid.addWidget(text(name), place, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(menu, place, 1, Qt.AlignmentFlag.AlignLeft)
            self.menus[column] = menu
        self._check()

    def _check(self) -> None:
        self.read_button.setEnabled(self.menus["file"].currentIndex() > 0)

    def _read(self) -> None:
        columns: dict[str, str] = {}
        for column, menu in self.menus.items():
            heading = self._headings[menu.currentIndex()]
            if heading != NONE:
                columns.setdefault(heading, column)
        self.chosen.emit(How(kind=Kind.TABLE, table=self._table, columns=columns))
