"""What is looked for: words typed, and a chip for each thing that clips are told apart by."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from attune.app.gallery import DIFFICULTIES, STRENGTHS, UNSAID, Facet, Gallery, Wanted
from attune.app.library import Channel
from attune.resources import Words
from attune.ui.theme import Theme
from attune.ui.widgets import QuietButton
from attune.ui.widgets.flow import Flow
from attune.ui.widgets.icons import picture
from attune.ui.widgets.menu_button import MenuChip

SEARCH = 17.0  # width of the field, in heights of the body type
SIGN, AIR = 18, 9  # side of the sign in it, and how far it stands from the edge


class SearchField(QLineEdit):
    """Down and Enter lead to what was found; Esc empties it first."""

    going_on = Signal()

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setPlaceholderText(words("library.search.hint"))
        self.setAccessibleName(words("library.search.name"))
        self.setTextMargins(SIGN, 0, 0, 0)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that lead out of the field."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.going_on.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.going_on.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a sign of what it is for."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            sign = picture("search", self._theme.tokens.text_quiet, SIGN, scale=self.devicePixelRatioF())
            painter.drawPixmap(AIR, (self.height() - SIGN) // 2, sign)


class _StayingMenu(QMenu):
    """Stays open while several things are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick what is clicked."""
        action = self.actionAt(event.position().toPoint())
        if action in self.actions():  # Qt gives none between them
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space; Enter ticks and closes, as menus do."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action in self.actions():
            action.trigger()
        else:
            super().keyPressEvent(event)


class FacetChip(MenuChip):
    """Offers the values of a facet, with how many clips have each; ``changed`` when another choice counts."""

    changed = Signal()

    def __init__(self, facet: Facet, words: Words, theme: Theme) -> None:
        self._facet, self._words = facet, words
        self._name = words(f"library.facet.{facet.name.lower()}")
        super().__init__(self._name, theme)
        self.choices = _StayingMenu(self)
        self.choices.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMenu(self.choices)
        self.setCheckable(True)
        self.choices.aboutToHide.connect(self._say)
        self._values: dict[str, QAction] = {}

    @property
    def chosen(self) -> frozenset[str]:
        """The values that will do; none: all of them."""
        return frozenset(value for value, action in self._values.items() if action.isChecked())

    def choose(self, values: frozenset[str]) -> None:
        """Tick these, and no others, saying nothing."""
        for value, action in self._values.items():
            action.setChecked(value in values)
        self._say()

    def offer(self, counts: Mapping[str, int]) -> None:
        """Offer the values there are; what is ticked stays so, if it is still there."""
        chosen = self.chosen
        self.choices.clear()
        self._values = {}
        for value in self._in_order(counts):
            said = self._said(value).replace("&", "&&")
            action = self.choices.addAction(
                self._words("library.facet.value", value=said, count=counts[value])
            )
            action.setCheckable(True)
            action.setChecked(value in chosen)
            action.triggered.connect(self._ticked)
            self._values[value] = action
        self.setVisible(len(self._values) > 1 or bool(self.chosen))
        self._say()

    def _ticked(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        chosen = [value for value in self._values if value in self.chosen]
        said = self._name
        if chosen:
            first = self._said(chosen[0]).replace("&", "&&")
            key = "one" if len(chosen) == 1 else "more"
            said = self._words(f"library.facet.{key}", name=self._name, value=first, others=len(chosen) - 1)
        self.setText(said)
        self.setChecked(bool(chosen))

    def _in_order(self, counts: Mapping[str, int]) -> list[str]:
        orders: dict[Facet, list[str]] = {
            Facet.EMOTION: list(self._words.table("emotions")),
            Facet.STRENGTH: list(STRENGTHS),
            Facet.DIFFICULTY: list(reversed(DIFFICULTIES)),
            Facet.CHANNEL: list(Channel),
        }
        order = orders.get(self._facet, sorted(counts, key=str.casefold))
        known = [value for value in order if value in counts and value != UNSAID]
        return [*known, *([UNSAID] if UNSAID in counts else ())]

    def _said(self, value: str) -> str:
        if value == UNSAID:
            return self._words(f"library.facet.unsaid.{self._facet.name.lower()}")
        match self._facet:
            case Facet.EMOTION:
                return self._words(f"emotions.{value}.title")
            case Facet.PERSON:
                return value
            case Facet.CHANNEL:
                return self._words(f"library.channel.{Channel(value).name.lower()}")
            case _:
                return self._words(f"library.{self._facet.name.lower()}.{value}")


class Filters(QWidget):
    """``changed(Wanted)`` at every letter and every tick."""

    changed = Signal(object)

    def __init__(self, words: Words, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.search = SearchField(words, theme)
        self.chips = {facet: FacetChip(facet, words, theme) for facet in Facet}
        self.all_button = QuietButton(words("library.search.all"))
        self.all_button.clicked.connect(self.show_all)
        self.search.textChanged.connect(self._tell)
        inside = Flow(spacing=8)
        inside.addWidget(self.search)
        for chip in self.chips.values():
            chip.changed.connect(self._tell)
            inside.addWidget(chip)
        inside.addWidget(self.all_button)
        self.setLayout(inside)
        theme.changed.connect(self._fit)
        self._fit()
        self._tell()

    @property
    def wanted(self) -> Wanted:
        """What is looked for now."""
        among = {facet: chip.chosen for facet, chip in self.chips.items()}
        return Wanted(words=self.search.text(), among=among)

    def offer(self, gallery: Gallery) -> None:
        """Offer what there is."""
        for facet, chip in self.chips.items():
            chip.offer(gallery.values(facet))
        self._tell()

    def show_all(self) -> None:
        """Look for nothing in particular."""
        for chip in self.chips.values():
            chip.choose(frozenset())
        if self.search.text():
            self.search.clear()
        else:
            self._tell()

    def _tell(self) -> None:
        wanted = self.wanted
        self.all_button.setVisible(not wanted.anything)
        self.changed.emit(wanted)

    def _fit(self) -> None:
        sizes = self._theme.sizes
        self.search.setFixedSize(round(SEARCH * sizes.body), sizes.control - 8)
        self.search.setStyleSheet(
            f"min-height: {sizes.control - 10}px; border-radius: {sizes.control // 2 - 4}px"
        )
        self.all_button.setFixedHeight(sizes.control - 8)
        self.all_button.setStyleSheet(f"min-height: {sizes.control - 10}px")
