"""The grid of pictures: who shows what stands under each; arrows move, letters search, Enter opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from attune.app.gallery import UNSAID, Entry, Facet
from attune.resources import Words
from attune.ui.library.cell import GAP, Cell, cell_height
from attune.ui.library.pictures import Pictures
from attune.ui.theme import Theme
from attune.ui.widgets.focus import RING

Index = QModelIndex | QPersistentModelIndex
NARROWEST = 10.0  # a picture, in heights of the body type
SETTLES_MS = 60  # after scrolling, before pictures out of sight are no longer asked for
OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Clips(QStringListModel):
    """The entries that are shown.

    Qt asks for the number of rows once for each row it lays out: its own list of texts, all empty, answers
    that without a word of Python.
    """

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        """Show these instead."""
        self.entries = entries
        self.setStringList([""] * len(entries))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """They can be chosen, and neither written over nor dragged."""
        del index
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is read aloud."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(self.entries[index.row()], self._words)
        return None


def spoken(entry: Entry, words: Words) -> str:
    """An entry in one line."""
    emotion = entry[Facet.EMOTION]
    said = [words("library.clip.unsaid") if emotion == UNSAID else words(f"emotions.{emotion}.title")]
    if entry[Facet.PERSON]:
        said.append(entry[Facet.PERSON])
    if entry[Facet.STRENGTH]:
        said.append(words(f"library.strength.{entry[Facet.STRENGTH]}"))
    return ", ".join([*said, entry.clip.name])


class Grid(QListView):
    """``opened`` when the current clip is to be looked at, ``typed(letters)`` when somebody begins to search.

    ``looked_at`` when another clip, or none, is the current one; ``chosen_changed`` with every choice.
    """

    opened = Signal()
    typed = Signal(str)
    looked_at = Signal()
    chosen_changed = Signal()

    def __init__(self, words: Words, theme: Theme, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._pictures = theme, pictures
        self._clips = Clips(words, self)
        self._cell = Cell(words, theme, pictures, self, lambda row: self._clips.entries[row])
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLES_MS)
        self._settled.timeout.connect(self._drop_unseen)
        self.setModel(self._clips)
        self.setItemDelegate(self._cell)
        self.setAccessibleName(words("library.grid.name"))
        self._set_up()
        pictures.came.connect(self._repaint)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._settled.start())
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def entries(self) -> Sequence[Entry]:
        """What it shows."""
        return self._clips.entries

    @property
    def current(self) -> Entry | None:
        """The clip the keyboard is at."""
        index = self.currentIndex()
        return self._clips.entries[index.row()] if index.isValid() else None

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """The clips that are chosen, in the order they are shown in."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self._clips.entries[row] for row in rows)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; what was chosen and is still there stays chosen."""
        chosen, current = self.chosen, self.current
        self._clips.show(entries)
        self._choose_again({entry.clip.file for entry in chosen}, current)
        self._settled.start()

    def show_live(self, index: Index, frame: QImage | None) -> None:
        """Show a frame of a film in the place of a picture; None: the picture again."""
        self._cell.set_live(index.row(), frame)
        if index.isValid():
            self.update(self._clips.index(index.row()))

    def begin(self) -> None:
        """Give the keyboard a clip to be at."""
        if not self.currentIndex().isValid() and self._clips.entries:
            self.selectionModel().setCurrentIndex(
                self._clips.index(0), QItemSelectionModel.SelectionFlag.NoUpdate
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open; letters go to whoever searches."""
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if plain and event.key() in OPENING and self.current is not None:
            self.opened.emit()
        elif plain and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The other button opens a menu about what is chosen, and chooses only what was not."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.RightButton and self.selectionModel().isSelected(index):
            return
        super().mousePressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell it."""
        super().currentChanged(current, previous)
        self.looked_at.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell it."""
        super().selectionChanged(selected, deselected)
        self.chosen_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures as large as fill the width."""
        current = self.currentIndex()
        seen = self.viewport().rect().intersects(self.visualRect(current))
        self._fit()
        super().resizeEvent(event)
        self.doItemsLayout()  # at once: Qt would wait, and lose what was looked at
        if current.isValid() and seen:
            self.scrollTo(current)

    def _set_up(self) -> None:
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setProperty(RING, False)  # noqa: FBT003 - Qt's own signature; the cell the keyboard is at has it
        self.setTabKeyNavigation(False)

    def _fit(self) -> None:
        sizes = self._theme.sizes
        # As if it always scrolled: else pictures would change their size when some more are found.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        columns = max(1, int((room) // (NARROWEST * sizes.body + GAP)))
        wide = max(80, room // columns)
        self._sharp = self.devicePixelRatioF()
        self._pictures.set_size(wide - GAP, self._sharp)
        height = cell_height(wide - GAP, sizes)
        self.setGridSize(QSize(wide, height))
        self.verticalScrollBar().setSingleStep(height // 3)
        self.viewport().update()

    def _visible(self) -> range:
        size = self.gridSize()
        columns = max(1, self.viewport().width() // max(1, size.width()))
        top = self.verticalScrollBar().value()
        first = top // size.height() * columns
        rows = self.viewport().height() // size.height() + 2
        return range(first, min(len(self.entries), first + rows * columns))

    def _drop_unseen(self) -> None:
        if self.devicePixelRatioF() != self._sharp:  # it was moved to another screen
            self._fit()
        self._pictures.only(self.entries[place].clip for place in self._visible())

    def _repaint(self, content_hash: str) -> None:
        for place in self._visible():
            if self.entries[place].clip.content_hash == content_hash:
                self.update(self._clips.index(place))

    def _choose_again(self, files: set[Path], current: Entry | None) -> None:
        if not files and current is None:
            return
        now, chosen = None if current is None else current.clip.file, QItemSelection()
        for place, entry in enumerate(self.entries):
            file = entry.clip.file
            if file in files:
                index = self._clips.index(place)
                chosen.select(index, index)
            if file == now:
                self.selectionModel().setCurrentIndex(
                    self._clips.index(place), QItemSelectionModel.SelectionFlag.NoUpdate
                )
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
