"""The clips' pictures as the grid paints them: asked for when they come into sight, few kept at a time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from attune.app.futures import then
from attune.app.library import Clip
from attune.app.thumbnails import Thumbnails
from attune.errors import MediaError
from attune.ui.bridge import Bridge

MOST_BYTES = 96 << 20  # of pictures kept: a few screens full, on the sharpest of them
RADIUS = 12.0  # of the corners, in device-independent pixels
FACES = 0.35  # a tall picture is cut so that more is left of its upper part, where faces are


class Pictures(QObject):
    """Square pictures with round corners, by content. ``came(hash)`` when one that was asked for is there."""

    came = Signal(str)

    def __init__(self, thumbnails: Thumbnails, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._thumbnails, self._bridge = thumbnails, bridge
        self._side, self._scale = 0, 1.0
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._fresh: set[str] = set()  # those of the present size
        self._unseen: set[str] = set()
        self._coming: dict[str, Future[QImage]] = {}

    def set_size(self, side: int, scale: float) -> None:
        """Give pictures of ``side`` device-independent pixels from now on; others stand in meanwhile."""
        if (side, scale) != (self._side, self._scale):
            self._side, self._scale = side, scale
            self._fresh.clear()
            self._drop(self._coming)

    def of(self, clip: Clip) -> QPixmap | None:
        """The picture, maybe of another size; None where it is still to come, or there is nothing to see."""
        key = clip.content_hash
        if key not in self._fresh and key not in self._coming and key not in self._unseen:
            self._ask(clip)
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def unseen(self, clip: Clip) -> bool:
        """Whether nothing can be seen of it."""
        return clip.content_hash in self._unseen

    def only(self, clips: Iterable[Clip]) -> None:
        """Ask for no others any more: they are out of sight."""
        self._drop(self._coming.keys() - {clip.content_hash for clip in clips})

    def forget(self) -> None:
        """Ask again for everything: moments and files may have changed."""
        self._fresh.clear()
        self._unseen.clear()
        self._drop(self._coming)

    def _drop(self, keys: Iterable[str]) -> None:
        for key in tuple(keys):
            self._coming.pop(key).cancel()

    def _ask(self, clip: Clip) -> None:
        key, side, scale = clip.content_hash, self._side, self._scale
        asked = self._thumbnails.picture(clip)
        coming = then(asked, lambda data: _rounded(data, side, scale))
        coming.add_done_callback(lambda done: asked.cancel() if done.cancelled() else None)
        self._coming[key] = coming
        self._bridge.deliver(
            coming,
            lambda image: self._got(key, coming, image),
            lambda error: self._nothing(key, coming, error),
        )

    def _got(self, key: str, coming: Future[QImage], image: QImage) -> None:
        if self._coming.get(key) is not coming:
            return
        del self._coming[key]
        self._kept[key] = QPixmap.fromImage(image)
        self._kept.move_to_end(key)
        self._fresh.add(key)
        most = max(1, MOST_BYTES // max(1, image.sizeInBytes()))
        while len(self._kept) > most:
            gone, _ = self._kept.popitem(last=False)
            self._fresh.discard(gone)
        self.came.emit(key)

    def _nothing(self, key: str, coming: Future[QImage], error: BaseException) -> None:
        if self._coming.get(key) is not coming:
            return
        del self._coming[key]
        self._unseen.add(key)
        self.came.emit(key)
        if not isinstance(error, MediaError):
            self._bridge.failed.emit(error)


def _rounded(data: bytes, side: int, scale: float) -> QImage:
    """Decode and cut a picture to a square of ``side`` device-independent pixels. On any thread."""
    whole = QImage.fromData(data)
    if whole.isNull():
        raise MediaError("media.unreadable", path="")
    pixels = round(side * scale)
    wide = whole.scaled(
        QSize(pixels, pixels),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    made = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    corners = QPainterPath()
    corners.addRoundedRect(QRectF(0, 0, pixels, pixels), RADIUS * scale, RADIUS * scale)
    painter.setClipPath(corners)
    painter.drawImage(round((pixels - wide.width()) / 2), round((pixels - wide.height()) * FACES), wide)
    painter.end()
    made.setDevicePixelRatio(scale)
    return made
