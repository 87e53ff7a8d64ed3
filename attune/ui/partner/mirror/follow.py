"""One face of a stage read while a round wants it: whose that is may change from one moment to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from attune.app.partner.seeing import Face, Units
    from attune.ui.partner.stage import Stage

Whose = Callable[[Sequence["Face"]], int | None]


class Following(QObject):
    """``heard(time_ns, units)`` for the face that is followed, on the UI thread.

    Follow only somebody who agreed to be read. Nobody's child: the tracker's thread may still speak when its
    stage is gone.
    """

    heard = Signal(object, object)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._whose: Whose | None = None
        self._neutral: Mapping[str, Any] | None = None
        self.face: int | None = None
        stage.faces.connect(self._look)
        stage.picked.connect(self._picked)

    def begin(self, whose: Whose, neutral: Mapping[str, Any] | None) -> None:
        """Follow the face that ``whose`` names among those seen, against its rest where that is known."""
        self.end()
        self._whose, self._neutral = whose, neutral

    def end(self) -> None:
        """Follow nobody."""
        self._whose, self.face = None, None
        if self._stage.seeing is not None:
            self._stage.seeing.cancel()

    def _look(self, faces: Sequence[Face]) -> None:
        seeing = self._stage.seeing
        if self._whose is None or seeing is None:
            return
        face = self._whose(faces)
        if face is None or face == self.face:
            return
        from attune.app.partner.neutral import known  # noqa: PLC0415 - loads numpy

        self.face = face
        seeing.follow(face, known(self._neutral), self._tell)

    def _picked(self, _number: int) -> None:
        """It was said anew whose face it is: it is followed from the next picture on."""
        self.face = None

    def _tell(self, time_ns: int, units: Units) -> None:
        """On the tracker's thread; it is heard on the window's."""
        self.heard.emit(time_ns, units)
