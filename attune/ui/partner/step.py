"""A step of a round: what it is about in the middle, the ways on below it; and a choice of a few."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLayoutItem, QWidget

from attune.ui.practice.marks import Mark, Shape
from attune.ui.theme import Theme
from attune.ui.widgets import ScrollPage, column, row, text
from attune.ui.widgets.allowed import allow
from attune.ui.widgets.buttons import RowButton
from attune.ui.widgets.flow import Flow

ROOM = 32  # beside the column, as a scrolling page has it


class Step(QWidget):
    """Add to ``body``, which scrolls when the window is small, and to ``foot``, which stays in sight.

    ``turn``: whose turn it is, above everything; "" where that is no question yet.
    """

    def __init__(self, theme: Theme, turn: str = "", *, wide: bool = False) -> None:
        super().__init__()
        self._theme, self._wide = theme, wide
        self._page = ScrollPage(theme, wide=wide)
        self._page.sheet.setProperty("role", "page")
        self.body = self._page.body
        self.foot = Ways(spacing=12)
        self._foot = QWidget()
        self._foot.setLayout(self.foot)
        below = row(spacing=0)
        below.setContentsMargins(ROOM, 8, ROOM, 24)
        below.addStretch(1)
        below.addWidget(self._foot, 1000)
        below.addStretch(1)
        whole = column(spacing=0)
        whole.addWidget(self._page, 1)
        whole.addLayout(below)
        self.setLayout(whole)
        if turn:
            self.body.addWidget(text(turn, "quiet"))
        theme.changed.connect(self._fit)
        self._fit()

    def ways(self, *buttons: QWidget) -> None:
        """Put the ways on below, the first being the one that has the keyboard; the last stands apart."""
        *first, last = buttons
        for each in first:
            self.foot.addWidget(each)
        self.foot.addStretch()
        self.foot.addWidget(last)
        self.setFocusProxy(buttons[0])

    def _fit(self) -> None:
        width = self._theme.sizes.column
        self._foot.setMaximumWidth(width * 3 // 2 if self._wide else width)


class Ways(Flow):
    """Buttons in a line, those after :meth:`addStretch` at its end; in several lines where it is short."""

    def __init__(self, *, spacing: int) -> None:
        super().__init__(spacing=spacing)
        self._apart: list[QLayoutItem] = []
        self._ends = False

    def addStretch(self, _share: int = 1) -> None:
        """What is added from now on stands apart."""
        self._ends = True

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more button."""
        super().addItem(item)
        if self._ends:
            self._apart.append(item)

    def setGeometry(self, place: QRect) -> None:
        """What is in one line has one middle."""
        super().setGeometry(place)
        seen = self._seen()
        if not seen or len({item.geometry().top() for item in seen}) > 1:
            return
        room = place.right() - seen[-1].geometry().right()
        for item in seen:
            now = item.geometry()
            now.moveTop(place.top() + (place.height() - now.height()) // 2)
            item.setGeometry(now.translated(room if item in self._apart else 0, 0))


class Options(QWidget):
    """One of a few, each with a sentence; one that cannot be chosen says why. ``chosen(key)``."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, name: str, options: Mapping[str, tuple[str, str]], why_not: Mapping[str, str]
    ) -> None:
        """``options``: title and sentence by key; ``why_not``: by key, "" or left out where it can be."""
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, Option] = {}
        inside = column(spacing=8)
        for key, (title, note) in options.items():
            reason = why_not.get(key, "")
            button = Option(theme, title, reason or note, may=not reason)
            button.setAccessibleName(f"{name} {title}")
            allow(button, unless=reason)
            button.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self.buttons[key] = button
            inside.addWidget(button)
        self.setLayout(inside)

    @property
    def choice(self) -> str:
        """What is chosen; "" before anything is."""
        return next((key for key, button in self.buttons.items() if button.isChecked()), "")

    def choose(self, key: str) -> None:
        """Mark one as chosen, saying nothing."""
        self.buttons[key].setChecked(True)


class Option(RowButton):
    """A name and a sentence, with a tick where it is chosen; ``may``: whether it can be."""

    def __init__(self, theme: Theme, title: str, note: str, *, may: bool = True) -> None:
        self._mark = Mark(theme, Shape.AGREE, 18)
        words = column(spacing=2)
        words.addWidget(text(title, "strong" if may else "quiet"))
        words.addWidget(text(note, "quiet"))
        inside = row(spacing=12, margin=12)
        inside.addLayout(words, 1)
        inside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        super().__init__(inside)
        self.setCheckable(True)
        keeps = self._mark.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self._mark.setSizePolicy(keeps)
        self._mark.hide()
        self.toggled.connect(self._mark.setVisible)
