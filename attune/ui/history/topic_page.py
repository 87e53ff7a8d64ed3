"""What the pages of figures have in common: a heading, cards, and asking for what is newest only."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from attune.ui.history.card import ChartCard
from attune.ui.history.topics import Parts
from attune.ui.widgets import ScrollPage, column, row, text
from attune.ui.widgets.chart import Chart

T = TypeVar("T")

BESIDE_FROM = 55  # width of the page from which two cards stand side by side, in heights of the body type


class TopicPage(ScrollPage):
    """``name`` finds its words: ``history.NAME.page.title`` and ``.intro``."""

    def __init__(self, parts: Parts, name: str) -> None:
        super().__init__(parts.theme, wide=True)
        self._parts = parts
        self._words = parts.services.words
        self._name = name
        self._asked = 0
        self._pairs: list[QBoxLayout] = []
        head = column(spacing=6)
        head.addWidget(text(self._words(f"history.{name}.page.title"), "title"))
        head.addWidget(text(self._words(f"history.{name}.page.intro"), "quiet"))
        self.body.addLayout(head)

    def card(self, key: str, chart: Chart) -> ChartCard:
        """A card for a chart, at the end of the page; its words are ``history.KEY``."""
        made = ChartCard(self._words, self._parts.theme, f"history.{key}", chart, self._parts.write)
        self.body.addWidget(made)
        return made

    def beside(self, *parts: QWidget) -> None:
        """Put parts next to each other at the end of the page, or below each other where room is short."""
        pair = row(spacing=24)
        for part in parts:
            self.body.removeWidget(part)
            pair.addWidget(part, 1)
        self.body.addLayout(pair)
        self._pairs.append(pair)

    @property
    def roomy(self) -> bool:
        """Whether there is room for two things next to each other."""
        return self.width() >= BESIDE_FROM * self._theme.sizes.body

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the pairs."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction.LeftToRight if self.roomy else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(way)

    def ask(self, future: Future[T], done: Callable[[T], None]) -> None:
        """Hand the result to ``done`` unless something newer was asked for meanwhile."""
        self._asked += 1
        ticket = self._asked

        def got(result: T) -> None:
            if ticket == self._asked:
                done(result)

        self._parts.bridge.deliver(future, got)
