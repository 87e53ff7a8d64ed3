"""Icons from assets/icons, drawn in a colour of the theme and sharp at every scale."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from attune.resources import asset

SCALES = (1, 1.25, 1.5, 2, 3)


def picture(name: str, colour: str, size: int, *, scale: float = 1.0) -> QPixmap:
    """One icon as pixels: ``size`` in device-independent pixels, ``colour`` in the place of currentColor."""
    drawing = asset("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    pixels = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(pixels.rect()))
    painter.end()
    pixels.setDevicePixelRatio(scale)
    return pixels


def icon(name: str, colour: str, size: int, *, checked: str | None = None) -> QIcon:
    """One icon for a button, in another colour while checked."""
    made = QIcon()
    for scale in SCALES:
        made.addPixmap(picture(name, colour, size, scale=scale))
        if checked is not None:
            pixels = picture(name, checked, size, scale=scale)
            made.addPixmap(pixels, QIcon.Mode.Normal, QIcon.State.On)
    return made


def app_icon() -> QIcon:
    """The program's own icon in the sizes desktops ask for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(picture("attune", "#1E675C", size))
    return made
