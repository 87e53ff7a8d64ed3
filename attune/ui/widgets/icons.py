"""Icons from assets/icons, drawn in a colour of the theme and sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from attune.resources import asset

BRAND = "#1E675C"  # the program's own icon looks the same in every theme


def picture(name: str, colour: str, size: int, *, scale: float = 1.0) -> QPixmap:
    """One icon as pixels: ``size`` in device-independent pixels, ``colour`` in the place of currentColor."""
    pixels = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    _drawing(name, colour).render(painter, QRectF(pixels.rect()))
    painter.end()
    pixels.setDevicePixelRatio(scale)
    return pixels


def icon(name: str, colour: str, *, checked: str | None = None) -> QIcon:
    """One icon for a button, in another colour while checked."""
    return QIcon(_Drawn(name, colour, checked or colour))


def app_icon() -> QIcon:
    """The program's own icon."""
    made = QIcon()
    for size in (16, 32, 48, 128, 256):  # window managers want pixels
        made.addPixmap(picture("attune", BRAND, size))
    return made


class _Drawn(QIconEngine):
    """Draws an icon when it is needed, in the size and for the screen it is needed on."""

    def __init__(self, name: str, colour: str, checked: str) -> None:
        super().__init__()
        self._name = name
        self._colours = {QIcon.State.Off: colour, QIcon.State.On: checked}

    def paint(self, painter: QPainter, rect: QRect, _mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into ``rect``."""
        _drawing(self._name, self._colours[state]).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw ``size`` pixels."""
        pixels = QPixmap(size)
        pixels.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixels)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixels

    def clone(self) -> QIconEngine:
        """Return another one like it, for Qt to change."""
        return _Drawn(self._name, self._colours[QIcon.State.Off], self._colours[QIcon.State.On])


def _drawing(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


@cache
def _source(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text(encoding="utf-8")
