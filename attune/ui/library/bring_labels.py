"""Words for emotions that Attune does not know, each with what it may mean."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from attune.app.importing import Survey
from attune.ui.library.parts import Parts
from attune.ui.widgets import Card, text
from attune.ui.widgets.page import emptied
from attune.ui.widgets.picker import Picker

UNSAID = ""


class LabelsCard(Card):
    """A menu for each word; what is nearest is chosen already, and no label at all where nothing is near."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        words = parts.words
        self._names = [*parts.services.vocabulary.names, UNSAID]
        self._titles = [words(f"emotions.{name}.title") for name in self._names[:-1]]
        self._titles.append(words("library.bring.unlabelled"))
        self.menus: dict[str, Picker] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        self.body.addWidget(text(words("library.bring.labels"), "heading"))
        self.body.addWidget(text(words("library.bring.labels_note"), "quiet"))
        self.body.addLayout(self._grid)

    @property
    def chosen(self) -> Mapping[str, str]:
        """For each word the emotion it means; "" = none."""
        return {label: self._names[menu.currentIndex()] for label, menu in self.menus.items()}

    def show_survey(self, survey: Survey) -> None:
        """Ask about each word; no card where there is none."""
        emptied(self._grid)
        self.menus = {}
        words = self._parts.words
        for place, label in enumerate(survey.unknown_labels):
            menu = Picker(
                self._titles, words("library.bring.label_means", label=label.text), self._parts.theme
            )
            offered = label.offers[0] if label.offers else UNSAID
            menu.setCurrentIndex(self._names.index(offered))
            said = text(words("library.bring.label", label=label.text, count=label.clips))
            self._grid.addWidget(said, place, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(menu, place, 1, Qt.AlignmentFlag.AlignLeft)
            self.menus[label.text] = menu
        self.setVisible(bool(self.menus))
