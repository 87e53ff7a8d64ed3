"""One turn of Mirror: what is to be copied on the left, the two in the camera's picture on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from attune.app.partner.mirror import Guide, Turned
from attune.ui.partner.mirror.follow import Following
from attune.ui.partner.mirror.guide import GuideCard
from attune.ui.partner.parts import Pair, Parts
from attune.ui.partner.stage import Stage
from attune.ui.partner.step import Ways
from attune.ui.widgets import PrimaryButton, QuietButton, announce, column, row, text

if TYPE_CHECKING:
    from attune.app.partner.matching import Units
    from attune.app.partner.seeing import Face

EDGE = 32  # px beside everything, as a scrolling page has


class TurnPage(QWidget):
    """``pair.one`` is matched or watches, ``pair.other`` mirrors; ``measured``: whether that is read.

    ``done(Turned)`` once the two say that it is; ``enough`` when they leave it.
    """

    done = Signal(object)
    enough = Signal()

    def __init__(self, parts: Parts, pair: Pair, *, measured: bool) -> None:
        super().__init__()
        self.parts, self.pair, self.words = parts, pair, parts.words
        self.names = {"name": pair.other.name, "other": pair.one.name}
        self.measured = measured
        self.stage: Stage | None = None
        self.following: Following | None = None
        self.guide: Guide | None = None
        self.title, self.about = text("", "heading"), text("", "quiet")
        self.card = GuideCard(self.words, parts.theme, name=pair.other.name)
        self.done_button = PrimaryButton(self.words("partner_mirror.turn.done"))
        self.done_button.clicked.connect(self._done)
        self.enough_button = QuietButton(self.words("partner_mirror.turn.enough"))
        self.enough_button.clicked.connect(self.enough)
        self.above, self.panes = column(spacing=4), row(spacing=20)
        self.foot = Ways(spacing=8)
        if pair.camera:
            self._add_stage()
        self._arrange()
        self.primary = self.done_button
        self.setFocusProxy(self.done_button)

    def showEvent(self, event: QShowEvent) -> None:
        """The camera goes on, where it may."""
        super().showEvent(event)
        if self.stage is not None and not self.stage.isHidden():
            self.stage.begin()

    def end(self) -> None:
        """The camera goes off."""
        if self.stage is not None:
            self.stage.end()

    def say(self, title: str, about: str) -> None:
        """What each of the two does now."""
        self.title.setText(title)
        self.about.setText(about)
        announce(self, f"{title} {about}")

    def follow(self, shown: Units) -> None:
        """From now on ``pair.other`` follows what is shown, where that is measured."""
        self.guide = None
        if self.measured and self.following is not None:
            self.guide = Guide(shown)
            self.card.near.show_score(0.0, held=False)
            self.card.say("looking")
            self.following.begin(self.whose_mirrors, self.pair.other.neutral)

    def whose_mirrors(self, _faces: Sequence[Face]) -> int | None:
        """The face that is to be read; None while that is not known."""
        return None if self.stage is None else self.stage.chosen

    def turned(self) -> Turned:
        """What came of it."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space goes on, wherever the keyboard is on the page."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.primary.click()
        else:
            super().keyPressEvent(event)

    def heard(self, time_ns: int, units: Units) -> None:
        """What the followed face shows."""
        if self.guide is not None:
            self.card.show_guidance(self.guide.hear(time_ns, units))

    def _done(self) -> None:
        self.done.emit(self.turned())

    def _add_stage(self) -> None:
        everybody = all(self.pair.readable(person.id) for person in self.pair.both)
        self.stage = Stage(self.parts, readable=lambda: self.measured, everybody=everybody)
        self.stage.paused.connect(self._pause)
        self.stage.without.connect(self.going_without)
        if self.measured:
            self.following = Following(self.stage)
            self.following.heard.connect(self.heard)

    def _pause(self, paused: bool) -> None:
        if self.measured:
            self.card.say("paused" if paused else "looking")

    def going_without(self) -> None:
        """They go on without the camera: what was measured so far is not the whole of it."""
        self.measured, self.guide = False, None
        self.card.hide()
        if self.stage is not None:
            self.stage.hide()

    def _arrange(self) -> None:
        self.above.addWidget(self.title)
        self.above.addWidget(self.about)
        inside = column(spacing=14)
        inside.setContentsMargins(EDGE, 8, EDGE, 24)
        inside.addLayout(self.above)
        inside.addLayout(self.panes, 1)
        inside.addWidget(self.card)
        inside.addLayout(self.foot)
        self.setLayout(inside)
        self.card.setVisible(self.measured)


def captioned(caption: QWidget, inside: QWidget) -> QWidget:
    """A picture below what it is."""
    around = QWidget()
    part = column(spacing=8)
    part.addWidget(caption)
    part.addWidget(inside, 1)
    around.setLayout(part)
    return around
