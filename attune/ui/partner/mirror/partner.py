"""A turn with the partner's own face: they show something and hold it, and the other copies it."""

from __future__ import annotations

from collections.abc import Sequence
from random import SystemRandom
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QTransform
from PySide6.QtWidgets import QWidget

from attune.app.partner.mirror import Shown, Taking, Turned
from attune.ui.partner.mirror.turn import TurnPage, captioned
from attune.ui.partner.parts import Pair, Parts
from attune.ui.practice.stills import Still
from attune.ui.video.camera import Shot
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, column, row, text

if TYPE_CHECKING:  # loads numpy
    from attune.app.partner.matching import Units
    from attune.app.partner.seeing import Face

AIR = 0.35  # of a face, around it, in the picture that is taken of it


class PartnerTurn(TurnPage):
    """Where both are measured, the shown face is taken first; else it stays between the two of them."""

    def __init__(self, parts: Parts, pair: Pair, *, measured: bool) -> None:
        super().__init__(parts, pair, measured=measured)
        self._taking: Taking | None = None
        self._shown: int | None = None  # number of the face that was taken
        self._faces: tuple[Face, ...] = ()
        self._shot: Shot | None = None
        self.still = Still(parts.theme)
        self.idea = text("", "large")
        self.take_button = PrimaryButton(self.words("partner_mirror.turn.take"))
        self.once_more = Button(self.words("partner_mirror.turn.once_more"))
        self.another_idea = QuietButton(self.words("partner_mirror.turn.another_idea"))
        self.take_button.clicked.connect(self._take)
        self.once_more.clicked.connect(self._begin_showing)
        self.another_idea.clicked.connect(self._give_idea)
        caption = text(self.words("partner_mirror.turn.of_partner", name=pair.one.name), "strong", wrap=False)
        self.taken = captioned(caption, self.still)
        self.panes.addWidget(self.taken, 4)
        if self.stage is not None:
            self.panes.addWidget(self.stage, 5)
            self.stage.faces.connect(self._saw)
            self.stage.shot.connect(self._keep_shot)
        self.ideas = self._idea_card()
        if self.stage is None:  # between the two of them it is all there is to look at
            self.panes.addWidget(self._in_the_middle(), 1)
        else:
            self.above.addWidget(self.ideas)
        for button in (self.take_button, self.done_button, self.once_more):
            self.foot.addWidget(button)
        self.foot.addStretch()
        self.foot.addWidget(self.enough_button)
        self._ideas = list(self.words.table("partner_mirror.ideas").values())
        SystemRandom().shuffle(self._ideas)
        self._give_idea()
        self._begin_showing()

    def turned(self) -> Turned:
        """What came of it."""
        return Turned(shown=Shown.PARTNER, guide=self.guide)

    def heard(self, time_ns: int, units: Units) -> None:
        """While somebody shows, what there is to follow; then how it is followed."""
        if self._taking is None:
            super().heard(time_ns, units)
            return
        self._taking.hear(time_ns, units)
        self._say_taking("take_ready" if self._taking.units else "take_rest")

    def whose_mirrors(self, faces: Sequence[Face]) -> int | None:
        """The one beside whoever was taken."""
        assert self.stage is not None
        others = [face.number for face in faces if face.number != self._shown]
        if len(others) == 1 and self.stage.chosen != others[0]:
            self.stage.choose(others[0])
        return self.stage.chosen if self.stage.chosen in others else None

    def going_without(self) -> None:
        """The rest of it is between the two of them."""
        self._taking = None
        super().going_without()
        self._show_step(showing=False)

    def _pause(self, paused: bool) -> None:
        if self._taking is not None and not paused:
            self._say_taking("take_looking")
        else:
            super()._pause(paused)

    def _begin_showing(self) -> None:
        self._shown, self.guide = None, None
        self._show_step(showing=True)
        if not (self.measured and self.stage is not None and self.following is not None):
            return
        self._taking = Taking()
        self.card.near.hide()
        self._say_taking("take_looking")
        self.stage.who.ask_about(self.words("partner_mirror.turn.whose_shown", **self.names))
        self.stage.choose(None)
        self.following.begin(self._whose_shown, self.pair.one.neutral)

    def _whose_shown(self, _faces: Sequence[Face]) -> int | None:
        return None if self.stage is None else self.stage.chosen

    def _take(self) -> None:
        """What shows now is what is followed."""
        if self._taking is None or self.following is None or not self._taking.units:
            return  # what is missing is said above the button
        shown, self._taking = self._taking.units, None
        self._shown = self.following.face
        self.still.set_image(self._picture())
        self._show_step(showing=False)
        self.card.near.show()
        self.follow(shown)

    def _say_taking(self, key: str) -> None:
        self.card.say(key, other=self.pair.one.name)

    def _show_step(self, *, showing: bool) -> None:
        """``showing``: whether it is still the shower's turn; without measuring both are one."""
        taking = showing and self.measured
        key = "show" if showing or not self.measured else "taken"
        about = "show_take" if taking else f"{key}_about"
        self.say(*(self.words(f"partner_mirror.turn.{each}", **self.names) for each in (key, about)))
        self.taken.setVisible(self.measured and not showing)
        self.take_button.setVisible(taking)
        self.done_button.setVisible(not taking)
        self.once_more.setVisible(self.measured and not showing)
        self.ideas.setVisible(showing or not self.measured)
        self.primary = self.take_button if taking else self.done_button
        self.setFocusProxy(self.primary)
        self.primary.setFocus()

    def _in_the_middle(self) -> QWidget:
        """Without a picture what is said is the page."""
        around = QWidget()
        said = column(spacing=20)
        said.addStretch(2)
        for label, role in ((self.title, "title"), (self.about, "large")):
            label.setProperty("role", role)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            said.addWidget(label)
        line = row(spacing=0)
        line.addStretch(1)
        line.addWidget(self.ideas, 1000)
        line.addStretch(1)
        said.addLayout(line)
        said.addStretch(3)
        around.setLayout(said)
        return around

    def _idea_card(self) -> Card:
        card = Card(role="well", margin=12 if self.stage is not None else 24)
        if self.stage is None:
            card.setMaximumWidth(self.parts.theme.sizes.column)
        line = row(spacing=12)
        line.addWidget(self.idea, 1)
        line.addWidget(self.another_idea, 0, Qt.AlignmentFlag.AlignVCenter)
        card.body.addLayout(line)
        return card

    def _give_idea(self) -> None:
        self._ideas.append(self._ideas.pop(0))
        self.idea.setText(self.words("partner_mirror.turn.idea", idea=self._ideas[-1]))

    def _saw(self, faces: Sequence[Face]) -> None:
        self._faces = tuple(faces)

    def _keep_shot(self, shot: Shot) -> None:
        self._shot = shot

    def _picture(self) -> QImage | None:
        """The face that is taken, as the stage shows it: mirrored. It is in no file."""
        face = next((face for face in self._faces if face.number == self._shown), None)
        if face is None or self._shot is None:
            return None
        image = self._shot.image
        left, top, width, height = face.box
        around = max(width * image.width(), height * image.height()) * (1 + 2 * AIR)
        x = (left + width / 2) * image.width() - around / 2
        y = (top + height / 2) * image.height() - around / 2
        cut = image.rect().intersected(QRect(round(x), round(y), round(around), round(around)))
        return image.copy(cut).transformed(QTransform.fromScale(-1, 1))
