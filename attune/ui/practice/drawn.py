"""Somebody drawn in the place of a clip, as a stage shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attune.app.protocols.trial import Drawn
from attune.resources import Words
from attune.ui.drawn import Painter, PartnerView
from attune.ui.theme import Theme

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Faces


class DrawnView(PartnerView):
    """What a trial has drawn, played from its beginning as often as it is asked for."""

    def __init__(self, painter: Painter, words: Words, theme: Theme) -> None:
        super().__init__(painter, theme)
        self._painter = painter
        self._words = words
        self._drawn: Drawn | None = None
        self._until_s: float | None = None

    def open(self, drawn: Drawn, until_s: float | None = None) -> None:
        """Take what is to be drawn; it grows until ``until_s`` and is held there, or comes and goes."""
        self.clear()
        self._drawn, self._until_s = drawn, until_s
        self.say(self._words("practice.drawn.getting_ready", name=drawn.person))

    def clear(self) -> None:
        """Show nobody."""
        self._drawn = None
        super().clear()

    def restart(self) -> None:
        """Run from the start."""
        drawn = self._drawn
        if drawn is None:
            return

        def have(faces: Faces) -> None:
            if drawn is self._drawn:
                self.show_motion(drawn.person, faces.shown(drawn, until_s=self._until_s))

        self._painter.with_faces(have, self.failed.emit)
