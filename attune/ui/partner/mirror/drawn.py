"""A turn with a drawn person's face: it comes, stays, and is copied."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from attune.app.futures import then
from attune.app.partner.mirror import Model, Models, Shown, Turned, units_of_model
from attune.ui.partner.mirror.model import ModelView
from attune.ui.partner.mirror.turn import TurnPage, captioned
from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import Button, text

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Faces
    from attune.app.measured import Measured
    from attune.ui.drawn import Painter


class DrawnTurn(TurnPage):
    """Another face each time it is asked for one."""

    def __init__(
        self,
        parts: Parts,
        pair: Pair,
        *,
        measured: bool,
        models: Models,
        faces: Faces,
        painter: Painter,
    ) -> None:
        super().__init__(parts, pair, measured=measured)
        self._models, self._faces = models, faces
        self.model: Model | None = None
        self._measuring: Future[Measured] | None = None
        self.caption = text("", "strong", wrap=False)
        self.view = ModelView(parts, painter)
        self.view.broken.connect(self._broken)
        self.again_button = Button(self.words("partner_mirror.turn.again"))
        self.another_button = Button(self.words("partner_mirror.turn.another"))
        self.again_button.clicked.connect(self.view.restart)
        self.another_button.clicked.connect(self.show_another)
        self.panes.addWidget(captioned(self.caption, self.view), 4)
        if self.stage is not None:
            self.panes.addWidget(self.stage, 5)
            self.stage.who.ask_about(self.words("partner_mirror.turn.whose_mirrors", **self.names))
        for button in (self.done_button, self.again_button, self.another_button):
            self.foot.addWidget(button)
        self.foot.addStretch()
        self.foot.addWidget(self.enough_button)
        self.say(self.words("partner_mirror.turn.drawn", **self.names), self._about())
        self.show_another()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """R shows it once more, N another one."""
        ways = {Qt.Key.Key_R: self.again_button, Qt.Key.Key_N: self.another_button}
        button = ways.get(Qt.Key(event.key()))
        if button is not None and not event.modifiers():
            button.click()
        else:
            super().keyPressEvent(event)

    def _shows(self, person: str) -> str:
        """Who shows it, by name unless one of the two is called so."""
        if person.casefold() in {name.casefold() for name in self.names.values()}:
            return self.words("partner_mirror.turn.of_namesake")
        return self.words("partner_mirror.turn.of_drawn", name=person)

    def show_another(self) -> None:
        """Somebody shows something that was mirrored least so far."""
        self.model = self._models.draw()
        shown = self._shows(self.model.person)
        self.caption.setText(shown)
        self.view.setAccessibleName(shown)
        self.view.show_model(self.model)
        self.guide = None
        if self.measured:
            self.card.near.show_score(0.0, held=False)
            self.card.say("getting_ready")
            self._measure(self.model)

    def _measure(self, model: Model) -> None:
        """Whoever mirrors is compared with what is measured of the model: both with the same eyes."""
        if self._measuring is not None:
            self._measuring.cancel()  # of the model before
        if not self.parts.services.settings.current.measure_faces:
            self._compare((model, None))
            return
        clip = model.clip
        self._measuring = self.parts.services.measurer.measure(clip.file, content_hash=clip.content_hash)
        found = then(self._measuring, lambda measured: (model, measured))
        self.parts.bridge.deliver(found, self._compare, self._compare_as_drawn)

    def _compare(self, found: tuple[Model, Measured | None]) -> None:
        model, measured = found
        if model is self.model:  # else it is of the one before
            self.follow(units_of_model(self._faces, model, measured))

    def _compare_as_drawn(self, _error: BaseException) -> None:
        assert self.model is not None
        self._compare((self.model, None))

    def turned(self) -> Turned:
        """What came of it."""
        return Turned(shown=Shown.DRAWN, model=self.model, guide=self.guide)

    def _about(self) -> str:
        return self.words("partner_mirror.turn.drawn_about", **self.names)

    def _broken(self) -> None:
        self.caption.setText(self.words("partner_mirror.turn.without_picture"))
