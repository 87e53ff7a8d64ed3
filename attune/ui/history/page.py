"""The History page: its topics on the left, or above where room is short, the chosen one beside them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidget, QStackedWidget, QWidget

from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.history.lens_bar import LensBar
from attune.ui.history.topics import TOPICS, Parts, TopicView
from attune.ui.theme import Theme
from attune.ui.widgets import column, row, text
from attune.ui.widgets.picker import Picker

if TYPE_CHECKING:
    from attune.app.progress.columns import Lens

CHARTS = "attune.ui.widgets.chart"
LIST_FROM = 62  # width of the page from which the topics stand in a list, in heights of the body type
LINE_FROM = 46  # and from which what to look at stands beside that menu, not below it
SIDE = 190  # pixels of that list at the usual size of type


class HistoryPage(QWidget):
    """Asks for what to show each time it is entered, and each time a topic or a lens is chosen."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._bridge, self._theme = services, bridge, theme
        words = services.words
        self._parts = Parts(services=services, bridge=bridge, theme=theme, go=self.go)
        self._made: dict[str, QWidget] = {}
        self._ready = False  # to make topics without waiting for what they are made of
        titles = [words(f"history.topics.{topic.name}") for topic in TOPICS]
        self.list = QListWidget()
        self.list.addItems(titles)
        self.list.setAccessibleName(words("history.topics.name"))
        self.menu = Picker(titles, words("history.topics.name"), theme)
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.lens_bar = LensBar(words, theme)
        self.stack = QStackedWidget()
        self._side = QWidget()
        self._arrange()
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._choose)
        self.menu.activated.connect(self.list.setCurrentRow)
        self.lens_bar.changed.connect(self._look)
        theme.changed.connect(self._fit)
        self._fit()

    @property
    def topic(self) -> QWidget | None:
        """The topic showing; None before the first was made."""
        return self.stack.currentWidget()

    def entered(self) -> None:
        """Bring what is showing up to date, and let the keyboard choose a topic at once."""
        (self.list if self._side.isVisibleTo(self) else self.menu).setFocus()
        # Nearly a second the first time, and longer on a busy computer.
        loaded = self._services.background.submit(import_module, CHARTS)
        self._bridge.deliver(loaded, self._loaded)

    def go(self, name: str) -> None:
        """Show a topic by its name."""
        place = next(place for place, topic in enumerate(TOPICS) if topic.name == name)
        if place == self.list.currentRow():
            self._look()
        else:
            self.list.setCurrentRow(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list becomes a menu where the charts need the room."""
        super().resizeEvent(event)
        self._fit()

    def _choose(self, place: int) -> None:
        self.menu.setCurrentIndex(place)
        self._look()

    def _loaded(self, _charts: object) -> None:
        self._ready = True
        self._bridge.deliver(self._services.progress.lenses(), self._got_lenses)

    def _got_lenses(self, lenses: tuple[Lens, ...]) -> None:
        self.lens_bar.fill(lenses)
        self._look()

    def _look(self) -> None:
        if not self._ready:
            return
        topic = TOPICS[self.list.currentRow()]
        if topic.name not in self._made:
            self._made[topic.name] = topic.make(self._parts)
            self.stack.addWidget(self._made[topic.name])
        view = self._made[topic.name]
        lens = self.lens_bar.lens
        self.lens_bar.setVisible(topic.through and lens is not None)
        self.stack.setCurrentWidget(view)
        cast("TopicView", view).look(lens)

    def _arrange(self) -> None:
        left = column(spacing=16)
        left.setContentsMargins(24, 32, 0, 16)
        left.addWidget(text(self._services.words("history.page.title"), "title", wrap=False))
        left.addWidget(self.list, 1)
        self._side.setLayout(left)
        self._top = top = row(spacing=8)
        top.setContentsMargins(32, 16, 32, 0)
        top.addWidget(self.menu)
        top.addWidget(self.lens_bar, 1)
        right = column(spacing=0)
        right.addLayout(top)
        right.addWidget(self.stack, 1)
        whole = row(spacing=0)
        whole.addWidget(self._side)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _fit(self) -> None:
        sizes = self._theme.sizes
        for place in range(self.list.count()):
            self.list.item(place).setSizeHint(QSize(0, sizes.control))
        self.list.setFixedWidth(round(SIDE * sizes.body / 15))
        wide = self.width() >= LIST_FROM * sizes.body
        lines = self.width() < LINE_FROM * sizes.body
        self._top.setDirection(
            QBoxLayout.Direction.TopToBottom if lines else QBoxLayout.Direction.LeftToRight
        )
        self._side.setVisible(wide)
        self.menu.setVisible(not wide)
