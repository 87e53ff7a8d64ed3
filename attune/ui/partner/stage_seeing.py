"""Faces looked for in the camera's pictures: from the camera's thread to the tracker's to the window's."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from attune.app.partner.seeing import Seeing
    from attune.ui.partner.parts import Parts
    from attune.ui.video.camera import Shot


class StageSeeing(QObject):
    """``found(time_ns, faces)``, ``hinted(hint)``, and ``failed(error)`` when there is no more seeing.

    Nobody's child: the tracker's thread may still speak when its stage is gone.
    """

    found = Signal(object, object)
    hinted = Signal(object)
    failed = Signal(object)

    def __init__(self, parts: Parts, *, people: int) -> None:
        super().__init__()
        from attune.app.partner.seeing import Seeing  # noqa: PLC0415 - numpy

        self._watch = parts.watch
        self.seeing: Seeing = Seeing(
            parts.services.find_model,
            self.found.emit,
            self.failed.emit,
            background=parts.services.background,
            people=people,
            on_hint=self.hinted.emit,
        )
        # Before the window hears of a picture: it is measured while it is drawn.
        self._watch.take(self._hand_on)

    def close(self) -> None:
        """End it; nobody waits for the picture at hand."""
        self._watch.leave(self._hand_on)
        Thread(target=self.seeing.close, name="seeing ends").start()

    def _hand_on(self, shot: Shot) -> None:
        self.seeing.submit(shot.pixels, shot.time_ns)
