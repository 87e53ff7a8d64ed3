"""The Help page: the guide's pages on the left, the one chosen beside them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QListWidget, QTextBrowser, QWidget

from attune.app.services import Services
from attune.resources import asset
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.widgets import column, row, text

LINE_HEIGHT = 140.0  # percent


class HelpPage(QWidget):
    """Reads a page of the guide when it is chosen."""

    def __init__(
        self, services: Services, _bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        words = services.words
        self._theme = theme
        self._topics = [name for name in words.table("help.topics") if _file(name).is_file()]
        self.list = QListWidget()
        self.list.setAccessibleName(words("help.page.name"))
        self.list.addItems([words(f"help.topics.{name}") for name in self._topics])
        self.reader = QTextBrowser()
        self.reader.setOpenExternalLinks(True)
        self.reader.setSearchPaths([str(asset("guide"))])  # of its pictures
        self.reader.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.reader.setViewportMargins(0, 0, 16, 0)
        self._arrange(words("help.page.title"))
        self.list.currentRowChanged.connect(self._read)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.list.setCurrentRow(0)

    def entered(self) -> None:
        """Let the keyboard choose a page at once."""
        self.list.setFocus()

    def _arrange(self, title: str) -> None:
        left = column(spacing=16)
        left.addWidget(text(title, "title", wrap=False))
        left.addWidget(self.list, 1)
        whole = row(spacing=32)
        whole.setContentsMargins(32, 32, 16, 0)
        whole.addLayout(left)
        whole.addWidget(self.reader, 1000)
        whole.addStretch(1)
        self.setLayout(whole)

    def _restyle(self) -> None:
        sizes = self._theme.sizes
        self.list.setFixedWidth(round(190 * sizes.body / 15))
        for place in range(self.list.count()):
            self.list.item(place).setSizeHint(QSize(0, sizes.control))
        self.reader.setMaximumWidth(sizes.column)
        self._read(self.list.currentRow())

    def _read(self, place: int) -> None:
        if place < 0:
            return
        name = self._topics[place]
        document = self.reader.document()
        document.setDocumentMargin(0)
        document.setDefaultFont(self._theme.font(self._theme.sizes.body))
        self.reader.setMarkdown(_file(name).read_text(encoding="utf-8"))
        self.reader.setAccessibleName(self.list.item(place).text())
        block = document.begin()
        while block.isValid():
            self._set(block)
            block = block.next()
        self.reader.moveCursor(QTextCursor.MoveOperation.Start)

    def _set(self, block: QTextBlock) -> None:
        """Give a paragraph or heading the sizes and the air of the theme."""
        sizes = self._theme.sizes
        level = block.blockFormat().headingLevel()
        air = QTextBlockFormat()
        air.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        air.setTopMargin({0: 0, 1: 0}.get(level, sizes.space_l))
        air.setBottomMargin(sizes.space_s if block.textList() is not None else sizes.space_m - 4)
        cursor = QTextCursor(block)
        cursor.mergeBlockFormat(air)
        if level:
            size = {1: sizes.title, 2: sizes.heading}.get(level, sizes.large)
            shape = QTextCharFormat()
            shape.setFont(self._theme.font(size, weight=self._theme.font(size).Weight.DemiBold))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(shape)


def _file(name: str) -> Path:
    return asset("guide", f"{name}.md")
