"""Faces looked for in the camera's pictures: from the camera's thread to the tracker's to the window's."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attune.app.partner.hints import Hint
    from attune.app.partner.seeing import Face, Seeing
    from attune.ui.partner.parts import Parts
    from attune.ui.video.camera import Shot


class StageSeeing:
    """Calls ``found``, ``hinted`` and, when there is no more seeing, ``failed`` on the UI thread.

    Not after :meth:`close`, although the tracker's thread may still speak then. ``leaves``, asked on the
    camera's thread: whether to leave the picture at hand out.
    """

    def __init__(
        self,
        parts: Parts,
        *,
        found: Callable[[int, tuple[Face, ...]], None],
        hinted: Callable[[Hint], None],
        failed: Callable[[Exception], None],
        leaves: Callable[[], bool],
    ) -> None:
        from attune.app.partner.seeing import Seeing  # noqa: PLC0415 - numpy

        self._post = parts.bridge.post
        self._watch = parts.watch
        self._leaves = leaves
        self._open = True
        self.seeing: Seeing = Seeing(
            parts.services.find_model,
            lambda time_ns, faces: self._tell(lambda: found(time_ns, faces)),
            lambda error: self._tell(lambda: failed(error)),
            background=parts.services.background,
            on_hint=lambda hint: self._tell(lambda: hinted(hint)),
        )
        # Before the window hears of a picture: it is measured while it is drawn.
        self._watch.take(self._hand_on)

    def close(self) -> None:
        """End it; nobody waits for the picture at hand."""
        self._open = False
        self._watch.leave(self._hand_on)
        Thread(target=self.seeing.close, name="seeing ends").start()

    def _hand_on(self, shot: Shot) -> None:
        if not self._leaves():
            self.seeing.submit(shot.pixels, shot.time_ns)

    def _tell(self, call: Callable[[], None]) -> None:
        self._post(lambda: call() if self._open else None)
