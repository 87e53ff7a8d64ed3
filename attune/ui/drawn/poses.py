"""Faces that hold still, a picture of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from attune.ui.drawn.painter import Easel, Painter, Scene

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Motion


class Poses(QObject):
    """``came(number, image)`` with each picture, ``failed(error)`` where one cannot be had."""

    came = Signal(int, QImage)
    failed = Signal(object)

    def __init__(self, painter: Painter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._painter = painter
        self._easels: list[Easel] = []

    def ask(self, person: str, motions: Sequence[Motion], *, side: int) -> None:
        """Have somebody drawn in each of these, ``side`` pixels wide and high, instead of what was asked."""
        from attune.app.studio import FRONT  # noqa: PLC0415 - loads numpy

        self.clear()
        for number, motion in enumerate(motions):
            easel = Easel(self._painter, self)
            self._easels.append(easel)
            easel.came.connect(partial(self._took, number))
            easel.failed.connect(self.failed)
            easel.want(Scene(person=person, motion=motion, view=FRONT, side=side))

    def clear(self) -> None:
        """Ask for nothing any more."""
        for easel in self._easels:
            easel.want(None)
            easel.deleteLater()
        self._easels = []

    def _took(self, number: int, image: QImage, _time_s: float) -> None:
        self.came.emit(number, image)
