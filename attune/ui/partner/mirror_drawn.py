"""A turn with a drawn person's face: it comes, stays, and is copied."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from attune.app.partner.mirror import Model, Models, Shown, Turned, units_of_model
from attune.ui.partner.mirror_model import ModelView
from attune.ui.partner.mirror_turn import TurnPage, captioned
from attune.ui.partner.parts import Pair, Parts
from attune.ui.widgets import Button, text

if TYPE_CHECKING:  # loads numpy
    from attune.app.faces import Faces
    from attune.app.measured import Measured
    from attune.app.partner.seeing import Face
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
        self._sure: int | None = None  # number of the face that somebody said is of who mirrors
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
            self.stage.picked.connect(self._make_sure)
            self.stage.faces.connect(self._ask_whether)
            self.card.sure.clicked.connect(self._confirm)
        for button in (self.done_button, self.again_button, self.another_button):
            self.foot.addWidget(button)
        self.foot.addStretch()
        self.foot.addWidget(self.enough_button)
        self.say(self.words("partner_mirror.turn.drawn", **self.names), self._about())
        self.show_another()

    def show_another(self) -> None:
        """Somebody shows something that was mirrored least so far."""
        self.model = self._models.draw()
        shown = self.words("partner_mirror.turn.of_drawn", name=self.model.person)
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
        clip = model.clip
        self._measuring = self.parts.services.measurer.measure(clip.file, content_hash=clip.content_hash)
        self.parts.bridge.deliver(self._measuring, self._compare, self._compare_as_drawn)

    def _compare(self, measured: Measured | None) -> None:
        assert self.model is not None
        self.follow(units_of_model(self._faces, self.model, measured))

    def _compare_as_drawn(self, _error: BaseException) -> None:
        self._compare(None)

    def whose_mirrors(self, _faces: Sequence[Face]) -> int | None:
        """The face that may be read: the only one there is, but where that may be of who did not agree."""
        if self.stage is None:
            return None
        return self.stage.chosen if self._either else self._sure

    @property
    def _either(self) -> bool:
        """Whether it does not matter whose face it is: both agreed to be read."""
        return self.pair.readable(self.pair.one.id)

    def _ask_whether(self, faces: Sequence[Face]) -> None:
        asks = self.measured and not self._either and self._sure is None and len(faces) == 1
        if asks:
            self.card.say("whether")
        self.card.sure.setVisible(asks)

    def _confirm(self) -> None:
        assert self.stage is not None
        if self.stage.chosen is not None:
            self.stage.choose(self.stage.chosen)
            self._make_sure(self.stage.chosen)

    def _make_sure(self, number: int) -> None:
        self._sure = number
        self.card.sure.hide()

    def turned(self) -> Turned:
        """What came of it."""
        return Turned(shown=Shown.DRAWN, model=self.model, guide=self.guide)

    def _about(self) -> str:
        return self.words("partner_mirror.turn.drawn_about", **self.names)

    def _broken(self) -> None:
        self.caption.setText(self.words("partner_mirror.turn.without_picture"))
