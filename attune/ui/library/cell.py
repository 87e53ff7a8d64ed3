"""How one clip looks in the grid: its picture, who it is and what they show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from attune.app.gallery import UNSAID, Entry, Facet
from attune.app.library import Channel
from attune.resources import Words
from attune.ui.library.pictures import FACES, RADIUS, Pictures
from attune.ui.theme import Sizes, Theme
from attune.ui.widgets.icons import picture

Index = QModelIndex | QPersistentModelIndex
GAP = 20  # between two pictures
INSET = GAP // 2
TEXT_GAP = 8  # between a picture and its words
RING = 3.0  # around a clip that is chosen
MOST_CUT = 2000  # words kept as they were cut
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


def cell_height(side: int, sizes: Sizes) -> int:
    """Height of a cell with a picture of this side."""
    return INSET + side + TEXT_GAP + round(sizes.body * 1.5) + round(sizes.small * 1.5) + INSET


class Cell(QStyledItemDelegate):
    """Paints entries. ``playing`` may be a frame of the clip under the pointer."""

    def __init__(
        self,
        words: Words,
        theme: Theme,
        pictures: Pictures,
        view: QListView,
        entry: Callable[[int], Entry],
    ) -> None:
        super().__init__(view)
        self._entry = entry  # asking the model for it takes longer than painting it
        self._view, self._words, self._theme, self._pictures = view, words, theme, pictures
        self._live: tuple[int, QImage] | None = None
        theme.changed.connect(self._restyle)
        self._restyle()

    def set_live(self, place: int, frame: QImage | None) -> None:
        """Show a frame in the place of one picture; None: the picture again."""
        self._live = None if frame is None else (place, frame)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cells are the same."""
        return self._view.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Picture above words; a ring where it is chosen."""
        entry = self._entry(index.row())
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
        if focus:
            self._ring(painter, square.adjusted(-RING, -RING, RING, RING), "focus", 2.0)
        elif not chosen and state & QStyle.StateFlag.State_MouseOver:
            self._ring(painter, square, "outline", 1.5)
        self._paint_words(painter, square, entry, chosen=chosen)
        painter.restore()

    def _paint_picture(self, painter: QPainter, square: QRectF, entry: Entry, row: int) -> None:
        if self._live is not None and self._live[0] == row:
            _paint_frame(painter, square, self._live[1])
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
        self._line(painter, line, first, "said" if said else "unsaid", colour)
        line.moveTop(line.bottom())
        line.setHeight(round(sizes.small * 1.5))
        self._line(painter, line, second or entry.clip.file.stem, "second", "text_quiet")

    def _strength(self, entry: Entry) -> str:
        strength = entry[Facet.STRENGTH]
        return self._words(f"library.strength.{strength}") if strength else ""

    def _restyle(self) -> None:
        """Fonts and words cut to their room are made once: cells are painted while one scrolls."""
        sizes, font = self._theme.sizes, self._theme.font
        self._fonts = {
            "said": font(sizes.body, weight=QFont.Weight.DemiBold),
            "unsaid": font(sizes.body),
            "second": font(sizes.small),
        }
        self._metrics = {name: QFontMetrics(font) for name, font in self._fonts.items()}
        self._cut: dict[tuple[str, str, int], str] = {}

    def _line(self, painter: QPainter, place: QRectF, words: str, font: str, colour: str) -> None:
        key = (font, words, int(place.width()))
        if (cut := self._cut.get(key)) is None:
            if len(self._cut) > MOST_CUT:
                self._cut.clear()
            cut = self._cut[key] = self._metrics[font].elidedText(words, Qt.TextElideMode.ElideRight, key[2])
        painter.setFont(self._fonts[font])
        painter.setPen(self._theme.colour(colour))
        painter.drawText(place, LEFT, cut)


def _paint_frame(painter: QPainter, square: QRectF, frame: QImage) -> None:
    """Cut as the pictures are."""
    side = min(frame.width(), frame.height())
    left, top = (frame.width() - side) / 2, (frame.height() - side) * FACES
    corners = QPainterPath()
    corners.addRoundedRect(square, RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(corners)
    painter.drawImage(square, frame, QRectF(left, top, side, side))
    painter.restore()
