"""A locked film for Qt's player, which reads it piece by piece as it plays."""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import QIODevice, QObject

from attune.errors import SealError
from attune.sealing import SealedPath, SealedReader

_log = logging.getLogger(__name__)


class SealedDevice(QIODevice):
    """Read by the player's own thread. Where it cannot be read the player sees a film that breaks off."""

    def __init__(self, path: SealedPath, parent: QObject) -> None:
        """Raises OSError, SealError."""
        super().__init__(parent)
        self._reader = SealedReader(path, path.key)
        self.open(QIODevice.OpenModeFlag.ReadOnly | QIODevice.OpenModeFlag.Unbuffered)

    def isSequential(self) -> bool:
        """Any place can be gone to."""
        return False

    def size(self) -> int:
        """Bytes of the film."""
        return self._reader.size

    def seek(self, place: int) -> bool:
        """Go to a place."""
        self._reader.seek(place)
        return super().seek(place)

    def readData(self, most: int) -> bytes:
        """Some of the bytes that follow."""
        self._reader.seek(self.pos(), os.SEEK_SET)
        try:
            return self._reader.read(most) or b""
        except (OSError, SealError) as error:
            _log.info("a locked film breaks off: %s", error)
            return b""

    def writeData(self, data: object, length: int) -> int:
        """Nothing is written."""
        del data, length
        return -1

    def close(self) -> None:
        """Let go of the file."""
        super().close()
        self._reader.close()
