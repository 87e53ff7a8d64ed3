"""Keeping somebody's face at rest: a few calm seconds before the camera, with what would help."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from attune.app.partner.couple import Person
from attune.ui.partner.parts import Parts
from attune.ui.partner.stage import Stage
from attune.ui.widgets import PrimaryButton, QuietButton, announce, column, row, text
from attune.ui.within import Go

if TYPE_CHECKING:  # loads numpy
    from attune.app.partner.neutral import Resting

WHOLE = 100  # steps of the bar


class NeutralPage(QWidget):
    """``ended`` once it is kept, or was put off. Time in which the face is not at rest does not count.

    ``everybody``: whether all who may be in the picture agreed to be read; else it is asked whose face it is.
    """

    ended = Signal()

    def __init__(self, parts: Parts, person: Person, *, everybody: bool = False) -> None:
        super().__init__()
        self._parts, self._person = parts, person
        self._resting: int | None = None  # whose rest is being kept, by the face's number
        self.kept = False
        words = parts.words
        self.stage = Stage(parts, readable=lambda: True, everybody=everybody)
        self.stage.who.ask_about(words("partner.neutral.who", name=person.name))
        self.stage.faces.connect(self._saw)
        self.stage.picked.connect(self._picked)
        self.stage.without.connect(self._put_off)
        self.said = text(words("partner.neutral.about", name=person.name), "large")
        self.bar = QProgressBar()
        self.bar.setRange(0, WHOLE)
        self.bar.setValue(0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(words("partner.neutral.progress"))
        self.hint = text("", "quiet")
        self.button = PrimaryButton(words("partner.neutral.begin"))
        self.later = QuietButton(words("partner.neutral.later"))
        self.button.clicked.connect(self._press)
        self.later.clicked.connect(self._put_off)
        self._arrange()
        self.setFocusProxy(self.button)

    def leave(self, go: Go) -> None:
        """The camera goes off."""
        self.stage.end()
        go()

    def _arrange(self) -> None:
        act = row(spacing=12)
        act.addWidget(self.button)
        act.addWidget(self.later)
        act.addWidget(self.bar, 1000)
        act.addStretch(1)  # while there is no bar
        inside = column(spacing=14)
        inside.setContentsMargins(32, 8, 32, 24)
        inside.addWidget(self.said)
        inside.addWidget(self.stage, 1)
        inside.addWidget(self.hint)
        inside.addLayout(act)
        self.setLayout(inside)
        self.bar.hide()
        self.hint.hide()

    def _press(self) -> None:
        if self.kept:
            self.ended.emit()
            return
        self.button.hide()
        self.later.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.show()
        self.stage.begin()

    def _put_off(self) -> None:
        self.stage.end()
        self.ended.emit()

    def _saw(self, _faces: object) -> None:
        """Begin as soon as it is clear whose face it is, and again where another was picked."""
        chosen, seeing = self.stage.chosen, self.stage.seeing
        if self.kept or seeing is None or chosen is None or chosen == self._resting:
            return
        self._resting = chosen
        seeing.rest(chosen, lambda resting: self._parts.bridge.post(partial(_tell, self, resting)))

    def _picked(self, _number: int) -> None:
        """It was said anew whose face it is: its rest begins."""
        self._resting = None

    def heard(self, resting: Resting) -> None:
        """So far it has come."""
        if self.kept or self._resting is None:  # what was still on its way
            return
        self.bar.setValue(round(WHOLE * resting.share))
        moving = resting.hint == "moving"  # the stage says what else would help
        self.hint.setText(self._parts.words("partner_camera.hints.moving") if moving else "")
        self.hint.setVisible(moving)
        if resting.hint == "gone":
            self._begin_again()
        if resting.neutral is not None:
            self.kept = True
            kept = self._parts.couple.set_neutral(self._person.id, resting.neutral.to_json())
            self._parts.bridge.deliver(kept, self._thank)

    def _begin_again(self) -> None:
        """Whoever is in the picture now may be somebody who did not agree to this."""
        self.stage.end()
        self._resting = None
        self.bar.hide()
        self.said.setText(self._parts.words("partner.neutral.gone", name=self._person.name))
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.said.text())

    def _thank(self, _done: None) -> None:
        self.stage.end()
        thanks = self._parts.words("partner.neutral.done", name=self._person.name)
        self.said.setText(thanks)
        for part in (self.stage, self.bar, self.hint, self.later):
            part.hide()
        self.button.setText(self._parts.words("partner.neutral.go_on"))
        self.button.show()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, thanks)


def _tell(page: NeutralPage, resting: Resting) -> None:
    """The page may have gone meanwhile."""
    if shiboken6.isValid(page):
        page.heard(resting)
