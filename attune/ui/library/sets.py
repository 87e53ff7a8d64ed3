"""The sets there are: a list beside the pictures, a menu above them where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from attune.app.library import Shelved
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import column
from attune.ui.widgets.icons import picture
from attune.ui.widgets.picker import Picker

Index = QModelIndex | QPersistentModelIndex
ALL = None  # every set that can be read, together
COUNT = Qt.ItemDataRole.UserRole
SIGN = Qt.ItemDataRole.UserRole + 1
SIDE = 208  # pixels of the list at the usual size of type
AIR = 12


class SetList(QWidget):
    """``chosen(folder)``: whose clips are to be shown; None stands for all sets."""

    chosen = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._folders: list[Path | None] = []
        name = words("library.sets.name")
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.setItemDelegate(_Row(theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.menu = Picker((), name, theme)
        self.list.currentRowChanged.connect(self._choose)
        self.menu.activated.connect(self.list.setCurrentRow)
        inside = column(spacing=0)
        inside.addWidget(self.list)
        self.setLayout(inside)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def folder(self) -> Path | None:
        """Of the set that is chosen; None: all of them, or none yet."""
        row = self.list.currentRow()
        return self._folders[row] if 0 <= row < len(self._folders) else ALL

    def fill(self, sets: Sequence[Shelved], folder: Path | None) -> None:
        """Show these sets, and choose one, or the first where that is not there, saying nothing."""
        readable = [shelved for shelved in sets if shelved.problem is None and not shelved.locked]
        rows: list[tuple[str, int | None, str]] = [self._row(shelved) for shelved in sets]
        self._folders = [shelved.folder for shelved in sets]
        if len(readable) > 1:
            total = sum(shelved.clips for shelved in readable)
            rows.insert(0, (self._words("library.sets.all"), total, ""))
            self._folders.insert(0, ALL)
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own signature
        self.list.clear()
        for said, count, sign in rows:
            item = QListWidgetItem(said)
            item.setData(COUNT, "" if count is None else f"{count:,}")
            item.setData(SIGN, sign)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(said, count, sign))
            item.setToolTip(said)
            self.list.addItem(item)
        self.menu.offer([said for said, _, _ in rows])
        place = self._folders.index(folder) if folder in self._folders else 0
        self.list.setCurrentRow(place)
        self.menu.setCurrentIndex(place)
        self.list.blockSignals(False)  # noqa: FBT003 - as above
        self._fit()

    def choose(self, folder: Path | None) -> None:
        """Choose a set, as a click does."""
        if folder in self._folders:
            self.list.setCurrentRow(self._folders.index(folder))

    def _row(self, shelved: Shelved) -> tuple[str, int | None, str]:
        if shelved.problem is not None:
            return shelved.name, None, "attention"
        return (shelved.name, None, "lock") if shelved.locked else (shelved.name, shelved.clips, "")

    def _spoken(self, said: str, count: int | None, sign: str) -> str:
        if sign:
            return self._words(f"library.sets.spoken.{sign}", name=said)
        return self._words("library.sets.spoken.clips", name=said, count=count)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.menu.setCurrentIndex(row)
            self.chosen.emit(self._folders[row])

    def _fit(self) -> None:
        sizes = self._theme.sizes
        for place in range(self.list.count()):
            self.list.item(place).setSizeHint(QSize(0, sizes.control))
        self.setFixedWidth(round(SIDE * sizes.body / 15))


class _Row(QStyledItemDelegate):
    """A set's name, and at the right how many clips it has, or a sign that it is locked or damaged."""

    def __init__(self, theme: Theme, view: QListWidget) -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, name, count."""
        sizes = self._theme.sizes
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(place, sizes.radius, sizes.radius)
        inner = place.adjusted(AIR, 0, -AIR, 0)
        left = self._paint_end(painter, inner, index)
        font = self._theme.font(sizes.body)
        painter.setFont(font)
        painter.setPen(self._theme.colour("accent" if chosen else "text"))
        inner.setRight(left - AIR // 2)
        said = QFontMetrics(font).elidedText(
            index.data(Qt.ItemDataRole.DisplayRole), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, said)
        painter.restore()

    def _paint_end(self, painter: QPainter, inner: QRect, index: Index) -> int:
        """What stands at the right; where it begins."""
        sizes = self._theme.sizes
        if sign := index.data(SIGN):
            side = sizes.body + 2
            colours = self._theme.tokens
            colour = colours.attention if sign == "attention" else colours.text_quiet
            drawn = picture(sign, colour, side, scale=self._view.devicePixelRatioF())
            painter.drawPixmap(inner.right() - side, inner.center().y() - side // 2, drawn)
            return inner.right() - side
        font = self._theme.font(sizes.small)
        painter.setFont(font)
        painter.setPen(self._theme.colour("text_quiet"))
        count = index.data(COUNT)
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        return inner.right() - QFontMetrics(font).horizontalAdvance(count)
