"""How one clip looks in the grid: its picture, who it is and what they show."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from attune.app.gallery import UNSAID, Entry, Facet
from attune.app.library import Channel
from attune.resources import Words
from attune.ui.library.pictures import RADIUS, Pictures
from attune.ui.theme import Sizes, Theme
from attune.ui.widgets.icons import picture

Index = QModelIndex | QPersistentModelIndex
GAP = 20  # between two pictures
INSET = GAP // 2
TEXT_GAP = 8  # between a picture and its words
RING = 3.0  # around a clip that is chosen


def cell_height(side: int, sizes: Sizes) -> int:
    """Height of a cell with a picture of this side."""
    return INSET + side + TEXT_GAP + round(sizes.body * 1.5) + round(sizes.small * 1.5) + INSET


class Cell(QStyledItemDelegate):
    """Paints entries. ``playing`` may be a frame of the clip under the pointer."""

    def __init__(self, words: Words, theme: Theme, pictures: Pictures, view: QListView) -> None:
        super().__init__(view)
        self._view, self._words, self._theme, self._pictures = view, words, theme, pictures
        self._live: tuple[int, QImage] | None = None

    def set_live(self, place: int, frame: QImage | None) -> None:
        """Show a frame in the place of one picture; None: the picture again."""
        self._live = None if frame is None else (place, frame)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cells are the same."""
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture above words; a ring where it is chosen."""
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        place: QRect = option.rect
        state: QStyle.StateFlag = option.state
        side = place.width() - GAP
        square = QRectF(place.x() + INSET, place.y() + INSET, side, side)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_picture(painter, square, entry, index.row())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focus = bool(state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
        if chosen:
            self._ring(painter, square, "accent")
        elif focus:
            self._ring(painter, square, "focus")
        elif state & QStyle.StateFlag.State_MouseOver:
            self._ring(painter, square, "outline", 1.5)
        self._paint_words(painter, square, entry, chosen=chosen)
        painter.restore()

    def _paint_picture(self, painter: QPainter, square: QRectF, entry: Entry, row: int) -> None:
        if self._live is not None and self._live[0] == row:
            painter.drawImage(square, self._live[1])
            return
        found = self._pictures.of(entry.clip)
        if found is not None:
            painter.drawPixmap(square, found, QRectF(found.rect()))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("sunken"))
        painter.drawRoundedRect(square, RADIUS, RADIUS)
        if self._pictures.unseen(entry.clip):
            sign = "sound" if entry.clip.channel is Channel.SOUND else "no-picture"
            size = round(square.width() / 4)
            scale = self._view.devicePixelRatioF()
            drawn = picture(sign, self._theme.tokens.text_quiet, size, scale=scale)
            painter.drawPixmap(square.center() - QPointF(size / 2, size / 2), drawn)

    def _ring(self, painter: QPainter, square: QRectF, colour: str, width: float = RING) -> None:
        painter.setPen(QPen(self._theme.colour(colour), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        out = width / 2 + 1
        painter.drawRoundedRect(square.adjusted(-out, -out, out, out), RADIUS + out, RADIUS + out)

    def _paint_words(self, painter: QPainter, square: QRectF, entry: Entry, *, chosen: bool) -> None:
        sizes = self._theme.sizes
        emotion = entry[Facet.EMOTION]
        said = emotion != UNSAID
        first = self._words(f"emotions.{emotion}.title" if said else "library.clip.unsaid")
        second = " · ".join(part for part in (entry[Facet.PERSON], self._strength(entry)) if part)
        line = QRectF(square.x(), square.bottom() + TEXT_GAP, square.width(), round(sizes.body * 1.5))
        colour = "accent" if chosen else "text" if said else "text_quiet"
        weight = QFont.Weight.DemiBold if said else QFont.Weight.Normal
        self._line(painter, line, first, self._theme.font(sizes.body, weight=weight), colour)
        line.moveTop(line.bottom())
        line.setHeight(round(sizes.small * 1.5))
        self._line(painter, line, second or entry.clip.file.stem, self._theme.font(sizes.small), "text_quiet")

    def _strength(self, entry: Entry) -> str:
        strength = entry[Facet.STRENGTH]
        return self._words(f"library.strength.{strength}") if strength else ""

    def _line(self, painter: QPainter, place: QRectF, words: str, font: QFont, colour: str) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
