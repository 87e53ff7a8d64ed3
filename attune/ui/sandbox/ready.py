"""Ready faces to begin with: the eight states side by side, all others in a menu."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QMenu, QWidget

from attune.app.faces import Expression, Kind
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets.buttons import Chip
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.menu_button import MenuChip


class ReadyRow(QWidget):
    """``chosen(name)`` of an expression. One of the states, or none of them, is marked."""

    chosen = Signal(str)

    def __init__(
        self, words: Words, theme: Theme, expressions: Iterable[Expression], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(words("sandbox.page.ready"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self.buttons: dict[str, Chip] = {}
        self.more = MenuChip(words("sandbox.page.more"), theme)
        self.more.setCheckable(True)
        self.actions_by_name: dict[str, QAction] = {}
        self._words = words
        self._marked = ""
        flow = Flow(self, spacing=8)
        menus: dict[Kind, QMenu] = {}
        for expression in expressions:
            if expression.kind is Kind.STATE:
                flow.addWidget(self._button(expression.name))
            else:
                if expression.kind not in menus:
                    menus[expression.kind] = self.more.choices.addMenu(
                        words(f"people.kinds.{expression.kind}")
                    )
                self._action(menus[expression.kind], expression.name)
        flow.addWidget(self.more)

    def mark(self, name: str) -> None:
        """Mark the one that shows; none for another name."""
        if name == self._marked:  # as while a slider is dragged
            return
        self._marked = name
        for each, button in self.buttons.items():
            button.setChecked(each == name)
        for each, action in self.actions_by_name.items():
            action.setChecked(each == name)
        further = name in self.actions_by_name
        self.more.setChecked(further)
        self.more.setText(self._words(f"people.expressions.{name}" if further else "sandbox.page.more"))

    def _button(self, name: str) -> Chip:
        button = Chip(self._words(f"people.expressions.{name}"))
        button.setCheckable(True)
        button.clicked.connect(lambda _checked: self.chosen.emit(name))
        self.buttons[name] = button
        return button

    def _action(self, menu: QMenu, name: str) -> None:
        action = menu.addAction(self._words(f"people.expressions.{name}"))
        action.setCheckable(True)
        action.triggered.connect(lambda _checked: self.chosen.emit(name))
        self.actions_by_name[name] = action
