"""A quiet table of words: read-only, one row at a time, as tall as its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from attune.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
AIR = 8  # pixels a column is wider than its words need
PADDING = 30  # pixels at the sides of a cell
LONGEST = 12  # words by letters, among which the widest is


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers stand to the right, one column may take the room that is left."""

    heading: str
    number: bool = False
    stretch: bool = False


class Rows(QAbstractTableModel):
    """Rows of words under columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: tuple[tuple[str, ...], ...] = ()

    def fill(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and where they stand."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings of the columns; rows have none."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        return self._heading_side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.columns[column].number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _heading_side(self, column: int) -> int:
        """Headings may break into lines, which is no alignment to Qt but stands among them."""
        return self._side(column).value | Qt.TextFlag.TextWordWrap.value


class Table(QTableView):
    """Shows rows; ``opened`` carries the number of the row that Enter or a click chose."""

    opened = Signal(int)

    def __init__(
        self, columns: Sequence[Column], name: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = Rows(columns)
        self._widest = [0] * len(columns)  # words in each column, in pixels
        self.setModel(self._rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.clicked.connect(lambda index: self.opened.emit(index.row()))
        theme.changed.connect(self._fit)

    def fill(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows, one of words for each column."""
        self._rows.fill(rows)
        self._fit()

    def words(self) -> tuple[tuple[str, ...], ...]:
        """The words it shows, row by row."""
        return self._rows.rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where words do not fit, headings break into two lines, and then the table scrolls sideways."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        header = self.horizontalHeader()
        needed = self._widths(broken=False)
        broken = sum(needed) > self.viewport().width()
        if broken:
            needed = self._widths(broken=True)
        fits = sum(needed) <= self.viewport().width()
        for number, (column, width) in enumerate(zip(self._rows.columns, needed, strict=True)):
            stretches = column.stretch and fits
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(number, mode)
            header.resizeSection(number, width)
        header.setFixedHeight(self._theme.sizes.small * (3 if broken else 2) + 6)
        self._stand(header.height())

    def _widths(self, *, broken: bool) -> list[int]:
        """What each column needs; ``broken``: its heading in two lines."""
        header, found = self.horizontalHeader(), []
        metrics = header.fontMetrics()
        for number, column in enumerate(self._rows.columns):
            heading = header.sectionSizeHint(number)
            if broken:
                whole = metrics.horizontalAdvance(column.heading)
                heading += metrics.horizontalAdvance(_broken(column.heading)) - whole
            found.append(max(self._widest[number] + PADDING, heading) + AIR)
        return found

    def _measure(self) -> None:
        """How wide the words are; Qt would lay out each of thousands of cells for that."""
        metrics = self.fontMetrics()
        for number in range(len(self._rows.columns)):
            longest = nlargest(LONGEST, {row[number] for row in self._rows.rows}, key=len)
            self._widest[number] = max(map(metrics.horizontalAdvance, longest), default=0)

    def _stand(self, heading: int) -> None:
        """As tall as its rows and what heads them."""
        rows = self.verticalHeader().defaultSectionSize() * len(self._rows.rows)
        self.setFixedHeight(heading + rows + 4)

    def _fit(self) -> None:
        """Give each column the room of its words, and the table the height of its rows."""
        self.ensurePolished()
        self.verticalHeader().setDefaultSectionSize(self._theme.sizes.control + 4)
        self._measure()
        self._share_room()


def _broken(heading: str) -> str:
    """The longer line of a heading broken into two where they are most alike; itself where it is one word."""
    words = heading.split(" ")
    pairs = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    longer = [max(pair, key=len) for pair in pairs]
    return min(longer, key=len, default=heading)
