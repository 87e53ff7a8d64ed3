"""A drawn person on the left, everything that can be set beside them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from attune.affect.vocabulary import Core
from attune.app.faces import Expression, Faces, Motion, Pace, units_of, what_people_call
from attune.app.services import Services
from attune.errors import AttuneError
from attune.ui.bridge import Bridge
from attune.ui.drawn import Painter, PartnerView
from attune.ui.sandbox.playing import PlayRow
from attune.ui.sandbox.ready import ReadyRow
from attune.ui.sandbox.said import SaidCard
from attune.ui.sandbox.units import UnitsPanel
from attune.ui.theme import Theme
from attune.ui.widgets import column, row, text
from attune.ui.widgets.choices import Scale
from attune.ui.widgets.menu_button import MenuChip

NARROW = 44  # width below which everything stands below one another, in heights of the body type
LOWEST = 26  # height of the part with the picture, where it stands above the rest, in the same
STRENGTH_STEP = 5


class FaceBench(QScrollArea):
    """What is set is drawn by a thread of its own; nothing here waits for it."""

    def __init__(
        self,
        services: Services,
        bridge: Bridge,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        faces: Faces,
        people: Sequence[str],
    ) -> None:
        super().__init__(parent)
        self._words = services.words
        self._bridge = bridge
        self._theme = theme
        self._faces = faces
        self._person = ""
        self._expression = self._faces.ready[Core.NEUTRAL]
        self._strength = 1.0
        self._playing = False
        self.painter = Painter(services.cast, bridge)
        self.destroyed.connect(self.painter.close)
        self._make_parts()
        self._arrange()
        self._connect()
        self._offer(people)
        self._show_units()

    def entered(self) -> None:
        """Draw on, and let the keyboard begin with the ready faces."""
        self._show()
        self.ready.buttons[Core.NEUTRAL].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def expression(self) -> Expression:
        """What the face shows at full strength."""
        return self._expression

    @property
    def person(self) -> str:
        """Who shows it."""
        return self._person

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody is drawn unseen."""
        self.view.rest()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one below the other, and all of it scrolls."""
        super().resizeEvent(event)
        self._fit()

    def _make_parts(self) -> None:
        words, theme = self._words, self._theme
        self.view = PartnerView(self.painter, theme, turnable=True)
        self.view.setToolTip(words("sandbox.page.turn_hint"))
        self.said = SaidCard(words, theme)
        self.play = PlayRow(words, theme)
        self.ready = ReadyRow(words, theme, self._faces.ready.values())
        self.strength = Scale(
            words("sandbox.page.strength"),
            (0, 100),
            STRENGTH_STEP,
            lambda percent: words("sandbox.page.strength_value", percent=percent),
            live=True,
        )
        self.strength.set_value(100)
        self.units = UnitsPanel(words, theme)
        self.person_button = MenuChip("", theme)
        self._note = text(words("sandbox.software.note"), "small")
        self._note.hide()

    def _arrange(self) -> None:
        self._left, self._right = QWidget(), QWidget()
        self._left.setLayout(self._shown_part())
        self._right.setLayout(self._set_part())
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._right)
        for area in (self, self._scroll):
            area.setWidgetResizable(True)
            area.setFrameShape(QScrollArea.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._right.setProperty("role", "page")
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(28)
        self._both.setContentsMargins(32, 24, 20, 24)
        self._both.addWidget(self._left, 11)
        self._both.addWidget(self._scroll, 10)
        sheet = QWidget()
        sheet.setProperty("role", "page")
        sheet.setLayout(self._both)
        self.setWidget(sheet)

    def _shown_part(self) -> QVBoxLayout:
        head = row(spacing=8)
        head.addWidget(text(self._words("sandbox.page.title"), "title", wrap=False))
        head.addStretch(1)
        head.addWidget(self.person_button)
        part = column(spacing=14)
        part.addLayout(head)
        part.addWidget(self.view, 1)
        part.addWidget(self.play)
        part.addWidget(self.said)
        return part

    def _set_part(self) -> QVBoxLayout:
        words = self._words
        strength = row(spacing=16)
        strength.addWidget(text(words("sandbox.page.strength"), "strong", wrap=False))
        strength.addWidget(self.strength, 1)
        part = column(spacing=16)
        part.setContentsMargins(4, 8, 14, 8)
        part.addWidget(text(words("sandbox.page.intro"), "quiet"))
        part.addWidget(self._note)
        part.addWidget(self.ready)
        part.addLayout(strength)
        part.addSpacing(4)
        part.addWidget(self.units, 1)
        return part

    def _connect(self) -> None:
        self.ready.chosen.connect(self._choose)
        self.strength.settled.connect(self._set_strength)
        self.units.moved.connect(self._move)
        self.play.play.connect(self._play)
        self.play.rest.clicked.connect(lambda: self._choose(Core.NEUTRAL))
        self.view.came.connect(self._somebody_came)
        self.view.over.connect(self._played)
        self.view.failed.connect(self._cannot_draw)
        self._theme.changed.connect(self._fit)

    def _fit(self) -> None:
        narrow = self.viewport().width() < NARROW * self._theme.sizes.body
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._left.setMinimumHeight(LOWEST * self._theme.sizes.body if narrow else 0)
        # Below the picture all of it is there, and the page scrolls; beside it, it scrolls by itself.
        inner = self.viewport().width() - 52
        self._scroll.setMinimumHeight(self._right.heightForWidth(inner) if narrow else 0)

    # What is set

    def _choose(self, name: str) -> None:
        self._expression = self._faces.ready[name]
        self._strength = self._strength or 1.0
        self.strength.set_value(round(self._strength * 100))
        self._show_units()
        self._show()

    def _set_strength(self, percent: int) -> None:
        self._strength = percent / 100
        self._show_units()
        self._show()

    def _move(self, code: str, left: float, right: float) -> None:
        """From now on it is a face of the person's own, as strong as it is."""
        units = units_of(self._expression, self._strength) | {code: (left, right)}
        self._expression = self._faces.own(units)
        self._strength = 1.0
        self.strength.set_value(100)
        self._show_units()
        self._show()

    def _show_units(self) -> None:
        """What is set, and what people call it, on everything but the picture."""
        units = units_of(self._expression, self._strength)
        called = what_people_call(units)
        self.ready.mark(self._expression.name)
        self.units.show_units(units, called.because)
        self.said.show_called(called)
        self._name_picture()

    def _name_picture(self) -> None:
        said = self._words("sandbox.page.picture", name=self._person, said=self.said.said)
        self.view.setAccessibleName(said)

    # Who shows it

    def _offer(self, people: Sequence[str]) -> None:
        for name in people:
            action = self.person_button.choices.addAction(name)
            action.triggered.connect(lambda _checked, name=name: self._invite(name))
        if people:
            self._invite(people[0])

    def _invite(self, name: str) -> None:
        self._person = name
        self.person_button.setText(name)
        self.person_button.setAccessibleName(f"{self._words('sandbox.page.person')}: {name}")
        self.view.say(self._words("sandbox.page.getting_ready", name=name))
        self._name_picture()
        self._show()

    def _show(self) -> None:
        alive = self._theme.motion and self.painter.software is False
        self._draw(self._faces.held(self._expression, self._strength, alive=alive), goes_on=True)

    def _play(self, pace: Pace) -> None:
        self._draw(self._faces.played(self._expression, self._strength, pace))

    def _draw(self, motion: Motion, *, goes_on: bool = False) -> None:
        if self._person and self.isVisible():
            self.view.show_motion(self._person, motion, goes_on=goes_on)

    def _played(self) -> None:
        """The face is at rest again; a moment later what is set shows again."""
        self._show()

    def _somebody_came(self) -> None:
        self._note.setVisible(bool(self.painter.software))
        if not self.painter.software:
            self._show()  # now that it is known that they can be alive

    def _cannot_draw(self, error: BaseException) -> None:
        if isinstance(error, AttuneError):
            self.view.say(self._words.error(error))
        else:
            self._bridge.failed.emit(error)
