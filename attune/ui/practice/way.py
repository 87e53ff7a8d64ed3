"""A way to practise, as a card: what it is, how long it takes, begin; its options folded away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from attune.app.library import Channel
from attune.app.services import Services
from attune.ui.practice.options import Options
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, PrimaryButton, QuietButton, row, text
from attune.ui.widgets.icons import picture

BELOW = 3  # the stretch, the air and the buttons come below the options
USUAL_HZ, LEAST_HZ, MOST_HZ = 60.0, 10.0, 1000.0


class Way(Card):
    """``begun(Setup)`` when it is to begin, ``folded`` when its options come or go.

    The ``main`` one has the page's one clear action and says why.
    """

    begun = Signal(object)
    folded = Signal()

    def __init__(
        self,
        services: Services,
        theme: Theme,
        options: type[Options],
        *,
        main: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, margin=28 if main else 20)
        self._services = services
        self._words = services.words
        self._theme = theme
        self._options_type = options
        self._channels: tuple[Channel, ...] = ()
        self.mode = options.mode
        self._title = self._words(f"practice.start.modes.{self.mode}.title")
        self.begin_button = (PrimaryButton if main else Button)(self._words("practice.start.begin"))
        self.change_button = QuietButton(self._words("practice.start.change"))
        self._icon = QLabel()
        self._takes = text("", "small")
        self._note = text("", "quiet")
        self._arrange(main=main)
        self._connect()
        self.update_takes()
        self._paint()

    @cached_property
    def options(self) -> Options:
        """Made when somebody asks for them, or begins."""
        options = self._options_type(
            self._services, self._theme, channels=self._channels, hz=display_hz(self), parent=self
        )
        options.hide()
        self.body.insertWidget(self.body.count() - BELOW, options)
        return options

    @property
    def unfolded(self) -> bool:
        """Whether the options are there to be seen."""
        return "options" in self.__dict__ and not self.options.isHidden()

    def offer(self, channels: Sequence[Channel]) -> None:
        """Let it be chosen from these channels; can begin from now on."""
        self._channels = tuple(channels)
        self.change_button.setVisible(self._options_type.has_any or len(channels) > 1)
        self.allow(allowed=True)

    def choose(self, emotions: Sequence[str]) -> None:
        """Let it be about these emotions, for everybody to see."""
        self.options.choose(emotions)
        if not self.unfolded:
            self._fold()

    def allow(self, *, allowed: bool) -> None:
        """Let it begin, or not now."""
        self.begin_button.setEnabled(allowed)
        self.change_button.setEnabled(allowed)

    def note(self, said: str) -> None:
        """Say one more thing about it; nothing for an empty text."""
        self._note.setText(said)
        self._note.setVisible(bool(said))

    def update_takes(self) -> None:
        """Say how long it takes, as it is set."""
        current = self._services.settings.current
        self._takes.setText(
            self._words(f"practice.start.modes.{self.mode}.takes", count=current.trials, minutes=10)
        )

    def _arrange(self, *, main: bool) -> None:
        words = self._words
        head = row(spacing=12)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(text(self._title, "heading" if main else "strong"), 1)
        act = row(spacing=8)
        act.addWidget(self.begin_button)
        act.addWidget(self.change_button)
        act.addStretch(1)
        self.body.setSpacing(14 if main else 8)
        self.body.addLayout(head)
        self.body.addWidget(
            text(words(f"practice.start.modes.{self.mode}.about"), "large" if main else "body")
        )
        self.body.addWidget(self._note)
        self.body.addWidget(self._takes)
        self._takes.setVisible(not main)  # it says so in its first words
        self.body.addStretch(1)
        self.body.addSpacing(4)
        self.body.addLayout(act)
        self._note.hide()
        self.begin_button.setAccessibleName(words("practice.start.begin_named", name=self._title))
        self.change_button.setAccessibleName(words("practice.start.change_named", name=self._title))
        self.begin_button.setEnabled(False)
        self.change_button.setEnabled(False)

    def _connect(self) -> None:
        self.begin_button.clicked.connect(lambda: self.begun.emit(self.options.setup()))
        self.change_button.clicked.connect(self._fold)
        self._theme.changed.connect(self._paint)

    def _fold(self) -> None:
        unfold = not self.unfolded
        self.options.setVisible(unfold)
        self.change_button.setText(self._words(f"practice.start.{'fold' if unfold else 'change'}"))
        self.folded.emit()

    def _paint(self) -> None:
        side = round(self._theme.sizes.heading * 1.25)
        name = f"way-{self.mode.replace('_', '-')}"
        self._icon.setPixmap(picture(name, self._theme.tokens.accent, side, scale=self.devicePixelRatioF()))


def display_hz(widget: QWidget) -> float:
    """How many frames the widget's display shows a second; the usual number where nobody knows."""
    hz = widget.screen().refreshRate()
    return hz if LEAST_HZ <= hz <= MOST_HZ else USUAL_HZ
