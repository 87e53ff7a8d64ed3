"""Somebody drawn, to be mirrored: drawn live where there is a graphics card, else in a clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Signal

from attune.app.library import Channel
from attune.app.protocols.trial import Drawn
from attune.ui.drawn import Painter
from attune.ui.partner.parts import Parts
from attune.ui.practice.stage import ClipStage

if TYPE_CHECKING:
    from attune.app.partner.mirror import Model

GROWS_S = 1.2  # until an expression that is drawn is there; it then stays


class ModelView(ClipStage):
    """Shows a model's expression coming, and holds it; ``broken`` where it cannot be shown."""

    broken = Signal()

    def __init__(self, parts: Parts, painter: Painter) -> None:
        super().__init__(parts.words, parts.theme, painter=painter)
        self._parts = parts
        self._live = painter
        self.unplayable.connect(lambda _why: self.broken.emit())

    def show_model(self, model: Model) -> None:
        """Show this one from now on."""
        # Asked each time: the answer is there at once but for the first.
        self._live.find_out(lambda can: self._begin(model, live=can))

    def _begin(self, model: Model, *, live: bool) -> None:
        if not shiboken6.isValid(self):  # the turn ended before the first answer
            return
        if live:
            drawn = Drawn(person=model.person, expression=model.expression, intensity=model.strength, seed=0)
            self.open_drawn(drawn, GROWS_S)
        else:
            self.open(model.clip, Channel.PICTURE, model.clip.apex_s)
        self.play()
