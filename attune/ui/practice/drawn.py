"""Somebody drawn in the place of a clip, as a stage shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.app.protocols.trial import Drawn
from attune.resources import Words
from attune.ui.partner import Painter, PartnerView
from attune.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Faces


class DrawnView(PartnerView):
    """What a trial has drawn, played from its beginning as often as it is asked for."""

    def __init__(self, painter: Painter, words: Words, theme: Theme) -> None:
        super().__init__(painter, theme)
        self._words = words
        self._drawn: Drawn | None = None
        self._until_s: float | None = None
        self._faces: Faces | None = None

    def open(self, drawn: Drawn, until_s: float | None = None) -> None:
        """Take what is to be drawn; it grows until ``until_s`` and is held there, or comes and goes."""
        from attune.app.faces import Faces  # noqa: PLC0415 - loads numpy

        self.clear()
        self._faces = self._faces or Faces()
        self._drawn, self._until_s = drawn, until_s
        self.say(self._words("practice.drawn.getting_ready", name=drawn.person))

    def restart(self) -> None:
        """Run from the start."""
        if self._drawn is not None and self._faces is not None:
            self.show_motion(self._drawn.person, self._faces.shown(self._drawn, until_s=self._until_s))
