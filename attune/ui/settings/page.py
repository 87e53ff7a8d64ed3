"""The Settings page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from attune.app.services import Services
from attune.app.settings import Appearance
from attune.ui.bridge import Bridge
from attune.ui.settings.model_file import ModelFile
from attune.ui.theme import Theme
from attune.ui.widgets import Button, Card, ScrollPage, column, row, text
from attune.ui.widgets.choices import Scale, Segments, Switch

LARGEST_TEXT = 160
TRIALS = (5, 30)


class SettingsPage(ScrollPage):
    """Shows the settings as they are each time it is entered, and keeps every change."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._words = services.words
        self._settings = services.settings
        self._bridge = bridge
        self._theme = theme
        words = services.words
        self.appearance = Segments(
            {str(look): words(f"settings.look.{look}") for look in Appearance},
            words("settings.look.appearance"),
        )
        self.text_scale = Scale(
            words("settings.look.text_scale"),
            (100, LARGEST_TEXT),
            5,
            lambda percent: words("settings.look.text_scale_value", percent=percent),
        )
        self.motion = Switch(words("settings.look.motion"), theme)
        self.trials = Scale(
            words("settings.practice.trials"),
            TRIALS,
            1,
            lambda count: words("settings.practice.trials_value", count=count),
        )
        self.measure = Switch(words("settings.measuring.measure"), theme)
        self.model = ModelFile(services, bridge, theme)
        self._arrange(services.folders.data, services.folders.cache)
        self._connect()

    def entered(self) -> None:
        """Show the settings as they are."""
        current = self._settings.current
        self.appearance.choose(str(current.appearance))
        self.text_scale.set_value(round(current.text_scale * 100))
        self.motion.setChecked(current.motion)
        self.trials.set_value(current.trials)
        self.measure.setChecked(current.measure_faces)
        self.model.look()

    def _connect(self) -> None:
        self.appearance.chosen.connect(self._choose_appearance)
        self.text_scale.settled.connect(self._choose_text_scale)
        self.motion.clicked.connect(self._choose_motion)
        self.trials.settled.connect(lambda count: self._keep(trials=count))
        self.measure.clicked.connect(lambda on: self._keep(measure_faces=on))

    def _choose_appearance(self, name: str) -> None:
        self._keep(appearance=Appearance(name))
        self._theme.choose(appearance=Appearance(name))

    def _choose_text_scale(self, percent: int) -> None:
        self._keep(text_scale=percent / 100)
        self._theme.choose(text_scale=percent / 100)

    def _choose_motion(self, on: bool) -> None:
        self._keep(motion=on)
        self._theme.choose(motion=on)

    def _keep(self, **fields: Any) -> None:  # noqa: ANN401 - the settings check each field's type
        self._bridge.deliver(self._settings.change(**fields), _kept)

    def _arrange(self, data: Path, cache: Path) -> None:
        words = self._words
        head = column(spacing=6)
        head.addWidget(text(words("settings.page.title"), "title"))
        head.addWidget(text(words("settings.page.intro"), "quiet"))
        self.body.addLayout(head)
        look = self._section("look")
        look.addWidget(_named(words("settings.look.appearance"), self.appearance))
        look.addWidget(_named(words("settings.look.text_scale"), self.text_scale))
        look.addWidget(self.motion, 0, Qt.AlignmentFlag.AlignLeft)
        practice = self._section("practice")
        practice.addWidget(_named(words("settings.practice.trials"), self.trials))
        practice.addWidget(text(words("settings.practice.trials_note"), "quiet"))
        measuring = self._section("measuring")
        measuring.addWidget(self.measure, 0, Qt.AlignmentFlag.AlignLeft)
        measuring.addWidget(text(words("settings.measuring.note"), "quiet"))
        measuring.addWidget(_named(words("settings.measuring.model"), self.model))
        kept = self._section("data")
        kept.addWidget(text(words("settings.data.note"), "quiet"))
        kept.addWidget(self._folder("history", data))
        kept.addWidget(self._folder("cache", cache))
        self.body.addStretch(1)

    def _section(self, name: str) -> QVBoxLayout:
        card = Card()
        card.body.addWidget(text(self._words(f"settings.{name}.title"), "heading"))
        self.body.addWidget(card)
        return card.body

    def _folder(self, name: str, folder: Path) -> QWidget:
        where = text(str(folder), "quiet")
        where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        show = Button(self._words("settings.data.open"))
        title = self._words(f"settings.data.{name}")
        show.setAccessibleName(f"{self._words('settings.data.open')}: {title}")
        show.clicked.connect(lambda: _show_folder(folder))
        side = row()
        side.addWidget(where, 1)
        side.addWidget(show)
        whole = QWidget()
        whole.setLayout(side)
        return _named(title, whole)


def _named(name: str, control: QWidget) -> QWidget:
    """A control below its name."""
    label = text(name, "strong")
    label.setBuddy(control)
    inside = column(spacing=6)
    inside.addWidget(label)
    inside.addWidget(control)
    whole = QWidget()
    whole.setLayout(inside)
    return whole


def _show_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _kept(_nothing: None) -> None:
    """The setting is on disk; there is nothing to say."""
