"""Many clips at once: rows chosen in a table, one column set for all of them, undone as one step."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QStackedWidget, QTableView, QWidget

from attune.affect.reading import Reading
from attune.app.edits import COLUMNS, Who, change_of
from attune.app.library import Channel, Clip
from attune.errors import EditError
from attune.resources import Words
from attune.ui.library.editor_desk import Desk
from attune.ui.library.editor_raters import blend_words, who_said
from attune.ui.theme import Theme
from attune.ui.widgets import Button, column, row, text
from attune.ui.widgets.picker import Picker
from attune.ui.widgets.table import NOWHERE, Index

SHOWN = ("file", "emotion", "intensity", "valence", "arousal", "onset_s", "apex_s", "offset_s")
SHOWN_TOO = ("channel", "person", "note")
HEADS = (*SHOWN, *SHOWN_TOO)
FIRST_WIDTHS = {"file": 15.0, "emotion": 11.0, "channel": 9.0, "note": 12.0}  # in heights of the body type
USUAL_WIDTH = 6.0


class Clips(QAbstractTableModel):
    """The clips as they are now, with what one rater says of them."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.clips: tuple[Clip, ...] = ()
        self._who: Who | None = None

    def fill(self, clips: tuple[Clip, ...], who: Who) -> None:
        """Show these; what is chosen stays chosen where there are as many."""
        if len(clips) == len(self.clips):
            self.clips, self._who = clips, who
            self.dataChanged.emit(self.index(0, 0), self.index(len(clips) - 1, len(HEADS) - 1))
            return
        self.beginResetModel()
        self.clips, self._who = clips, who
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Number of clips."""
        return 0 if parent.isValid() else len(self.clips)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Number of columns."""
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says, and where it stands."""
        head = HEADS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(self.clips[index.row()], head)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(head)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Headings of the columns; rows have none."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(f"editor.columns.{HEADS[section]}")
        return _side(HEADS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _cell(self, clip: Clip, head: str) -> str:
        if head == "file":
            return clip.name
        if head in ("person", "note"):
            return str(getattr(clip, head)).replace("\n", " · ")
        if head == "channel":
            return self._words(f"editor.channels.{clip.channel.name.lower()}")
        if head.endswith("_s"):
            return self._number(getattr(clip, head), "seconds")
        reading = self._said(clip)
        if head == "emotion":
            return "" if reading is None else blend_words(self._words, reading)
        return "" if reading is None else self._number(getattr(reading, head), "amount")

    def _said(self, clip: Clip) -> Reading | None:
        return next((each for each in clip.references if Who.of(each) == self._who), None)

    def _number(self, value: float | None, key: str) -> str:
        return "" if value is None else self._words(f"editor.table.{key}", value=value)


class ClipTable(QTableView):
    """``opened`` carries the row of the clip that Enter or a double click chose."""

    opened = Signal(int)

    def __init__(self, model: Clips, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerWidget(QWidget())  # else the style draws a sign where the bars meet
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def chosen(self) -> list[int]:
        """The rows that are chosen."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        body = self._theme.sizes.body
        self.verticalHeader().setDefaultSectionSize(self._theme.sizes.control)
        for place, head in enumerate(HEADS):
            self.horizontalHeader().resizeSection(place, round(FIRST_WIDTHS.get(head, USUAL_WIDTH) * body))


class TableEditor(QWidget):
    """``opened`` carries the name of the clip to edit by itself; ``columns`` can be set."""

    columns = COLUMNS

    opened = Signal(str)

    def __init__(self, desk: Desk, theme: Theme) -> None:
        super().__init__()
        self._desk, self._words = desk, desk.words
        self.model = Clips(self._words)
        self.table = ClipTable(self.model, self._words("editor.table.name"), theme)
        self._whose: tuple[Who, ...] = ()
        self.who = Picker((), self._words("editor.table.who"), theme)
        self.column = Picker(
            [self._words(f"editor.columns.{name}") for name in COLUMNS],
            self._words("editor.table.column"),
            theme,
        )
        self.typed = QLineEdit()
        self.typed.setAccessibleName(self._words("editor.table.value"))
        self.picked = Picker((), self._words("editor.table.value"), theme)
        self._values = QStackedWidget()
        self.set_button = Button("")
        self._offered: tuple[str, ...] = ()
        self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Show the clips as they are now."""
        said = {Who.of(reading) for clip in self._desk.edited.clips for reading in clip.references}
        whose = tuple(sorted(said | {self._desk.who}, key=lambda who: (str(who.source), who.rater)))
        if whose != self._whose:
            self._whose = whose
            self.who.blockSignals(True)  # noqa: FBT003 - Qt's own signature
            self.who.offer(who_said(self._words, who) for who in whose)
            self.who.blockSignals(False)  # noqa: FBT003 - as above
        self.who.setCurrentIndex(whose.index(self._desk.who))
        self.model.fill(self._desk.edited.clips, self._desk.who)
        self._count()

    def choose(self, names: Collection[str]) -> None:
        """Choose the rows of these clips."""
        chosen, wanted = QItemSelection(), set(names)
        for place, clip in enumerate(self.model.clips):
            if clip.name in wanted:
                index = self.model.index(place, 0)
                chosen.select(index, index)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().select(chosen, flags)

    def set_column(self) -> None:
        """Set the column for the clips chosen, as one step."""
        names = [self.model.clips[place].name for place in self.table.chosen]
        head = COLUMNS[self.column.currentIndex()]
        value = self._offered[self.picked.currentIndex()] if self._offered else self.typed.text()
        try:
            change = change_of(head, value, self._desk.who, self._desk.vocabulary)
        except EditError as error:
            self._desk.told.emit(self._words.error(error))
            return
        if names and self._desk.change(change, names):
            self.table.setFocus()  # where undoing means this step, not the letters typed

    def _choose_column(self) -> None:
        head, words = COLUMNS[self.column.currentIndex()], self._words
        self._offered = {
            "emotion": ("", *self._desk.vocabulary.names),
            "channel": tuple(Channel),
        }.get(head, ())
        if head == "emotion":
            titles = [words(f"emotions.{name}.title") for name in self._offered[1:]]
            self.picked.offer([words("editor.table.nobody"), *titles])
            self.picked.setCurrentIndex(1)
        elif head == "channel":
            self.picked.offer(words(f"editor.channels.{channel.name.lower()}") for channel in Channel)
        self.typed.setPlaceholderText(words(f"editor.table.hints.{head}"))
        self._values.setCurrentIndex(int(not self._offered))

    def _count(self) -> None:
        chosen = len(self.table.chosen)
        self.set_button.setEnabled(chosen > 0)
        self.set_button.setText(self._words("editor.table.set", clips=chosen))

    def _connect(self) -> None:
        self.who.activated.connect(lambda place: self._desk.listen_to(self._whose[place]))
        self.column.currentIndexChanged.connect(lambda _place: self._choose_column())
        self.typed.returnPressed.connect(self.set_column)
        self.set_button.clicked.connect(self.set_column)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._count())
        self.table.opened.connect(lambda place: self.opened.emit(self.model.clips[place].name))
        self._choose_column()

    def _arrange(self) -> None:
        self._values.addWidget(self.picked)
        self._values.addWidget(self.typed)
        whose, act = row(spacing=8), row(spacing=8)
        whose.addWidget(text(self._words("editor.table.who"), "quiet", wrap=False))
        whose.addWidget(self.who)
        whose.addStretch(1)
        act.addWidget(self.column)
        act.addWidget(self._values, 1)
        act.addWidget(self.set_button)
        inside = column(spacing=10)
        inside.addLayout(whose)
        inside.addWidget(self.table, 1)
        inside.addWidget(text(self._words("editor.table.how"), "small"))
        inside.addLayout(act)
        self.setLayout(inside)


def _side(head: str) -> Qt.AlignmentFlag:
    number = head.endswith("_s") or head in ("intensity", "valence", "arousal")
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
