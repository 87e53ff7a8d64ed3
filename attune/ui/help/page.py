"""The Help page: the guide's pages on the left, the one chosen beside them."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFragment,
    QTextLength,
)
from PySide6.QtWidgets import QListWidget, QTextBrowser, QWidget

from attune.app.services import Services
from attune.resources import asset
from attune.ui.bridge import Bridge
from attune.ui.theme import Theme
from attune.ui.widgets import column, row, text

LINE_HEIGHT = 140.0  # percent
PICTURE = re.compile(r"\((pictures/[\w-]+)\.png\)")


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
        self.reader.setMarkdown(self._lit(_file(name).read_text(encoding="utf-8")))
        self.reader.setAccessibleName(self.list.item(place).text())
        block = document.begin()
        while block.isValid():
            self._set(block)
            block = block.next()
        self.reader.moveCursor(QTextCursor.MoveOperation.Start)

    def _lit(self, page: str) -> str:
        """The page with pictures of the look the window has, where there are two of one."""
        if not self._theme.dark:
            return page
        return PICTURE.sub(lambda found: f"({found[1]}-dark.png)" if _is_there(found[1]) else found[0], page)

    def _set(self, block: QTextBlock) -> None:
        """Give a paragraph or heading the sizes and the air of the theme."""
        sizes = self._theme.sizes
        level = block.blockFormat().headingLevel()
        air = QTextBlockFormat()
        if not _fit_pictures(block):  # the air of a line would be as high as the picture
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


def _fit_pictures(block: QTextBlock) -> int:
    """Let the block's pictures be no wider than the page; how many there are."""
    pictures: list[QTextFragment] = []
    place = block.begin()
    while not place.atEnd():
        if place.fragment().charFormat().isImageFormat():
            pictures.append(place.fragment())
        place += 1
    for picture in pictures:
        fitted = picture.charFormat().toImageFormat()
        fitted.setMaximumWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        cursor = QTextCursor(block)
        cursor.setPosition(picture.position())
        cursor.setPosition(picture.position() + picture.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(fitted)
    return len(pictures)


def _is_there(picture: str) -> bool:
    return asset("guide", f"{picture}-dark.png").is_file()


def _file(name: str) -> Path:
    return asset("guide", f"{name}.md")
