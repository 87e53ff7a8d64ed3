"""What can be changed about a way to practise, folded away until somebody asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QGridLayout, QWidget

from attune.affect.vocabulary import Core
from attune.app.library import Channel
from attune.app.practice import When
from attune.app.protocols.brief_moments import BriefMoments
from attune.app.protocols.check_up import CheckUp
from attune.app.protocols.contrast import Contrast
from attune.app.protocols.daily import Daily
from attune.app.protocols.follow_along import AXES, FollowAlong
from attune.app.protocols.protocol import Setup
from attune.app.protocols.read_the_moment import ReadTheMoment
from attune.app.protocols.threshold import By, FindTheThreshold
from attune.app.services import Services
from attune.ui.theme import Theme
from attune.ui.widgets import Button, column, text
from attune.ui.widgets.choices import Segments, Switch

THESE = "these"
PER_ROW = 4
PAIR = 2


class Toggles(QWidget):
    """Some of the emotions, any number up to ``most``; one more takes the place of the last."""

    def __init__(self, titles: Mapping[str, str], most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._chosen: list[str] = []
        self.buttons: dict[str, Button] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for place, (name, title) in enumerate(titles.items()):
            button = Button(title)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, name=name: self._click(name))
            grid.addWidget(button, place // PER_ROW, place % PER_ROW)
            self.buttons[name] = button

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen, in the order offered."""
        return tuple(name for name in self.buttons if name in self._chosen)

    def choose(self, names: Sequence[str]) -> None:
        """These, and no others."""
        self._chosen = [name for name in names if name in self.buttons][: self._most]
        self._show()

    def _click(self, name: str) -> None:
        if name in self._chosen:
            self._chosen.remove(name)
        else:
            self._chosen = [*self._chosen[: self._most - 1], name]
        self._show()

    def _show(self) -> None:
        for each, button in self.buttons.items():
            button.setChecked(each in self._chosen)


class Options(QWidget):
    """The options of one protocol; ``setup()`` is what they come to.

    ``channels``: those to choose from, the usual one first. ``hz``: frames the display shows a second.
    """

    mode: ClassVar[str]
    on_channels: ClassVar[bool] = True
    has_any: ClassVar[bool] = True

    def __init__(
        self,
        services: Services,
        theme: Theme,
        *,
        channels: Sequence[Channel] = (),
        hz: float = 60.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.words = services.words
        self.hz = hz
        self._services = services
        self._theme = theme
        self._chosen: dict[str, str] = {}
        self._emotions: tuple[Segments, Toggles] | None = None
        self._column = column(spacing=8)
        self._column.setContentsMargins(0, 12, 0, 4)
        self.setLayout(self._column)
        self.make()
        if self.on_channels and len(channels) > 1:
            self.few("channel", channels, channels[0])

    def make(self) -> None:
        """Add the options."""

    def setup(self) -> Setup:
        """What was chosen."""
        raise NotImplementedError

    @property
    def channel(self) -> Channel | None:
        """The one chosen; None where there is no choice."""
        chosen = self._chosen.get("channel")
        return None if chosen is None else Channel(chosen)

    def chosen(self, key: str) -> str:
        """Which of the few is chosen for ``key``."""
        return self._chosen[key]

    def few(self, key: str, choices: Sequence[object], first: object) -> Segments:
        """One of a few, ``first`` to begin with; what has no words of its own is a number."""
        table = self.words.table(f"practice.options.{key}")
        said = {str(choice): table.get(str(choice), str(choice)) for choice in choices}
        segments = Segments(said, table["title"])
        self._chosen[key] = str(first)
        segments.choose(str(first))
        segments.chosen.connect(lambda choice: self._chosen.update({key: choice}))
        self._column.addWidget(text(table["title"], "quiet"))
        self._column.addWidget(segments)
        self._column.addSpacing(12)
        return segments

    def switch(self, key: str, *, on: bool) -> Switch:
        """Yes or no."""
        switch = Switch(self.words(f"practice.options.{key}"), self._theme)
        switch.setChecked(on)
        self._column.addWidget(switch)
        return switch

    def emotions(self, asked: Segments, *, most: int, neutral: bool = True) -> Toggles:
        """Emotions to choose from, there when ``asked`` says "these"."""
        names = [name for name in self._services.vocabulary.names if neutral or name != Core.NEUTRAL]
        toggles = Toggles({name: self.words(f"emotions.{name}.title") for name in names}, most)
        toggles.setAccessibleName(asked.accessibleName())
        toggles.hide()
        asked.chosen.connect(lambda choice: toggles.setVisible(choice == THESE))
        self._column.addWidget(toggles)
        self._emotions = asked, toggles
        return toggles

    def choose(self, emotions: Sequence[str]) -> None:
        """Choose these emotions where the way is about some."""
        if self._emotions is not None:
            asked, toggles = self._emotions
            asked.button(THESE).click()
            toggles.choose(emotions)

    @property
    def names(self) -> int:
        """How many emotions the vocabulary has."""
        return len(self._services.vocabulary.names)

    @property
    def usual_trials(self) -> int:
        """Clips in a session, as set for all."""
        return self._services.settings.current.trials


class DailyOptions(Options):
    """How long."""

    mode = Daily.mode

    def make(self) -> None:
        """Minutes."""
        self.few("minutes", (5, 10, 20), 10)

    def setup(self) -> Daily:
        """What was chosen."""
        return Daily(channel=self.channel, minutes=float(self.chosen("minutes")))


class ReadOptions(Options):
    """Which names, how they are said, and when one hears back."""

    mode = ReadTheMoment.mode

    def make(self) -> None:
        """Names, way to answer, replay, feedback."""
        counts = [count for count in (4, 6, 8) if count < self.names]
        asked = self.few("choices", (0, *counts, THESE), 0)
        self._these = self.emotions(asked, most=self.names)
        self.few("say", ("one", "blends", "typed"), "one")
        self.few("hear", (When.EACH, When.END), When.EACH)
        self._none = self.switch("none", on=False)
        self._replay = self.switch("replay", on=True)

    def setup(self) -> ReadTheMoment:
        """What was chosen; fewer than two names are as good as all of them."""
        custom = self.chosen("choices") == THESE
        names = self._these.chosen if custom and len(self._these.chosen) > 1 else ()
        return ReadTheMoment(
            channel=self.channel,
            trials=self.usual_trials,
            choices=0 if custom else int(self.chosen("choices")),
            names=names,
            none=self._none.isChecked(),
            blends=self.chosen("say") == "blends",
            typed=self.chosen("say") == "typed",
            replay=self._replay.isChecked(),
            hear=When(self.chosen("hear")),
        )


class BriefOptions(Options):
    """How many, how brief, how many names."""

    mode = BriefMoments.mode
    on_channels = False

    def make(self) -> None:
        """Moments, shortest, names."""
        self.few("moments", (12, 24, 48), 24)
        self.few("shortest", (40, 90, 180), 40)
        self.few("choices", (0, *(count for count in (4, 6) if count < self.names)), 0)

    def setup(self) -> BriefMoments:
        """What was chosen; a brief moment is always a picture."""
        return BriefMoments(
            trials=int(self.chosen("moments")),
            shortest_ms=int(self.chosen("shortest")),
            choices=int(self.chosen("choices")),
            hz=self.hz,
        )


class FollowOptions(Options):
    """What is followed, and how often."""

    mode = FollowAlong.mode

    def make(self) -> None:
        """Axes, clips."""
        self.few("axes", (*AXES, "both"), AXES[0])
        self.few("reels", (1, 3, 5), 3)

    def setup(self) -> FollowAlong:
        """What was chosen."""
        axes = self.chosen("axes")
        return FollowAlong(
            channel=self.channel, trials=int(self.chosen("reels")), axes=AXES if axes == "both" else (axes,)
        )


class ThresholdOptions(Options):
    """What gets less, and of which emotions."""

    mode = FindTheThreshold.mode
    on_channels = False

    def make(self) -> None:
        """Strength or time; emotions."""
        self.few("by", tuple(By), By.INTENSITY)
        asked = self.few("thresholds", ("missed", THESE), "missed")
        self._these = self.emotions(asked, most=self.names, neutral=False)

    def setup(self) -> FindTheThreshold:
        """What was chosen; a threshold is always of the picture."""
        emotions = self._these.chosen if self.chosen("thresholds") == THESE else ()
        return FindTheThreshold(by=By(self.chosen("by")), emotions=emotions, hz=self.hz)


class ContrastOptions(Options):
    """Which two."""

    mode = Contrast.mode

    def make(self) -> None:
        """A pair."""
        asked = self.few("pair", ("confused", THESE), "confused")
        self._these = self.emotions(asked, most=PAIR)

    def setup(self) -> Contrast:
        """What was chosen; one emotion alone is no pair."""
        custom = self.chosen("pair") == THESE and len(self._these.chosen) == PAIR
        return Contrast(channel=self.channel, pair=self._these.chosen if custom else ())


class CheckUpOptions(Options):
    """Nothing but the channel: it is the same test each time."""

    mode = CheckUp.mode
    has_any = False

    def setup(self) -> CheckUp:
        """The check-up."""
        return CheckUp(channel=self.channel)


OPTIONS: Mapping[str, type[Options]] = {
    options.mode: options
    for options in (
        DailyOptions,
        ReadOptions,
        ContrastOptions,
        BriefOptions,
        FollowOptions,
        ThresholdOptions,
        CheckUpOptions,
    )
}
