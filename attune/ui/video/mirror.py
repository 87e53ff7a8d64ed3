"""The camera's picture as a mirror shows it, with a frame around faces that can be chosen."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QRegion,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from attune.ui.theme import Theme
from attune.ui.theme.tokens import OKABE_ITO

if TYPE_CHECKING:
    from attune.app.partner.seeing import Face
    from attune.ui.video.camera import Shot

SMALLEST = QSize(240, 180)
USUAL = QSize(640, 480)
CHIP = 30  # px, side of the number on a face
RIM = 4  # px, a frame with its dark edge
MARK = 11  # px, half the width of the arrow above a head
ABOVE = 0.45  # heights of a face: as far above the forehead hair may be


class MirrorView(QWidget):
    """Paints the newest picture, mirrored. ``clicked(number)``: a face was clicked while they are offered.

    ``painted(time_ns, clock_ns)`` and ``faces_painted(time_ns, clock_ns)``: when the picture, and the faces,
    of this time first were; what came too late to be painted is counted in ``missed``.
    """

    clicked = Signal(int)
    painted = Signal(object, object)  # Qt's int has 32 bits
    faces_painted = Signal(object, object)

    def __init__(self, theme: Theme, *, clock: Callable[[], int] = time.monotonic_ns) -> None:
        super().__init__()
        self._theme = theme
        self._clock = clock
        self._shot: Shot | None = None
        self._faces: tuple[Face, ...] = ()
        self._faces_ns = 0
        self._unpainted = self._faces_unpainted = False
        self._offered = False
        self._chosen: int | None = None
        self._under: int | None = None
        self.missed = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SMALLEST)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Some room."""
        return USUAL

    @property
    def has_picture(self) -> bool:
        """Whether one is shown."""
        return self._shot is not None

    @property
    def faces(self) -> tuple[Face, ...]:
        """Those in the picture."""
        return self._faces

    def show_shot(self, shot: Shot) -> None:
        """Show this picture from now on."""
        self.missed += self._unpainted
        self._unpainted = True
        self._shot = shot
        self.update()

    def show_faces(self, time_ns: int, faces: Sequence[Face]) -> None:
        """These faces are in the picture of that time."""
        before = self._drawn_over()
        self._faces, self._faces_ns = tuple(faces), time_ns
        self._faces_unpainted = True
        self.update(before.united(self._drawn_over()))  # not all of the picture again

    def offer(self, *, offered: bool, chosen: int | None) -> None:
        """Offer the faces to be chosen from, or mark the one that was."""
        if (offered, chosen) != (self._offered, self._chosen):  # asked with every picture
            self._offered, self._chosen = offered, chosen
            self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._shot, self._faces = None, ()
        self._unpainted = self._faces_unpainted = False
        self.update()

    def picture_rect(self) -> QRectF:
        """Where the picture is: as large as fits, in its own proportions, in the middle."""
        whole = QRectF(self.rect())
        size = self._shot.image.size() if self._shot else self.size()
        place = QRectF(QPointF(), size.toSizeF().scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio))
        place.moveCenter(whole.center())
        return QRectF(place.toAlignedRect())

    def face_rect(self, face: Face) -> QRectF:
        """Where a face is on the screen, mirrored as the picture is."""
        place = self.picture_rect()
        left, top, width, height = face.box
        return QRectF(
            place.right() - (left + width) * place.width(),
            place.top() + top * place.height(),
            width * place.width(),
            height * place.height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, frames, rounded corners."""
        painter = QPainter(self)
        place = self.picture_rect()
        if self._shot is None:
            painter.fillRect(place, self._theme.colour("sunken"))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.save()
            painter.translate(place.left() + place.right(), 0)
            painter.scale(-1, 1)  # costs nothing while the picture is scaled anyhow
            painter.drawImage(place, self._shot.image)
            painter.restore()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_faces(painter)
        self._round_corners(painter, place)
        painter.end()
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be clicked."""
        under = self._face_at(event.position().toPoint()) if self._offered else None
        if under != self._under:
            self._under = under
            self.setCursor(Qt.CursorShape.ArrowCursor if under is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A face is chosen."""
        number = self._face_at(event.position().toPoint())
        if self._offered and number is not None and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit(number)

    def _face_at(self, point: QPoint) -> int | None:
        return next((face.number for face in self._faces if self.face_rect(face).contains(point)), None)

    def _drawn_over(self) -> QRegion:
        """Where something is drawn over the picture."""
        region = QRegion()
        for face in self._faces:
            if self._offered:
                rim = QRegion(self._frame_rect(face).toAlignedRect())
                inner = self.face_rect(face).adjusted(RIM, CHIP, -RIM, -RIM)
                region = region.united(rim.subtracted(QRegion(inner.toAlignedRect())))
            elif face.number == self._chosen:
                region = region.united(self._mark(face).boundingRect().adjusted(-2, -2, 2, 2).toAlignedRect())
        return region

    def _tell(self) -> None:
        now_ns = self._clock()
        if self._shot is not None and self._unpainted:
            self._unpainted = False
            self.painted.emit(self._shot.time_ns, now_ns)
        if self._faces_unpainted:
            self._faces_unpainted = False
            self.faces_painted.emit(self._faces_ns, now_ns)

    def _paint_faces(self, painter: QPainter) -> None:
        for place, face in enumerate(as_shown(self._faces), 1):
            if self._offered:
                self._paint_frame(painter, face, str(place))
            elif face.number == self._chosen:
                self._paint_mark(painter, face)

    def _paint_frame(self, painter: QPainter, face: Face, number: str) -> None:
        """A light frame on a dark one, seen on any picture, with a number to press."""
        place = self.face_rect(face)
        strong = 3.0 if face.number == self._under else 2.0
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._theme.sizes.radius_large
        for colour, width in ((self._theme.colour("stage"), strong + 2), (QColor(OKABE_ITO["sky"]), strong)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(place, radius, radius)
        chip = QRectF(place.center().x() - CHIP / 2, place.top() - CHIP / 2, CHIP, CHIP)
        chip.moveTop(max(chip.top(), 2.0))
        painter.setBrush(self._theme.colour("stage"))
        painter.drawEllipse(chip)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(self._theme.colour("on_stage"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, number)

    def _paint_mark(self, painter: QPainter, face: Face) -> None:
        painter.setPen(QPen(self._theme.colour("stage"), 1.5))
        painter.setBrush(QColor(OKABE_ITO["sky"]))
        painter.drawPolygon(self._mark(face))

    def _mark(self, face: Face) -> QPolygonF:
        """A small arrow above the head of who shows: it hides nothing of the face."""
        place = self.face_rect(face)
        x, y = place.center().x(), max(place.top() - place.height() * ABOVE, MARK + 4.0)
        return QPolygonF(
            [QPointF(x + right, y + down) for right, down in ((-MARK, -MARK), (MARK, -MARK), (0, 0))]
        )

    def _frame_rect(self, face: Face) -> QRectF:
        """Of the frame with its number."""
        return self.face_rect(face).adjusted(-RIM, -CHIP, RIM, RIM)

    def _round_corners(self, painter: QPainter, place: QRectF) -> None:
        """Cover the corners with the ground: far cheaper than clipping every picture."""
        radius = self._theme.sizes.radius_large
        corners = QPainterPath()
        corners.addRect(place.adjusted(-1, -1, 1, 1))
        corners.addRoundedRect(place, radius, radius)
        painter.fillPath(corners, self._theme.colour("window"))


def as_shown(faces: Sequence[Face]) -> list[Face]:
    """From left to right as they are on the screen, which shows them mirrored."""
    return sorted(faces, key=lambda face: -(face.box[0] + face.box[2] / 2))
