"""The way to practising on recorded moments of one's own person."""

from __future__ import annotations

from PySide6.QtCore import Qt

from attune.app.library import ClipSet
from attune.app.partner.couple import Person
from attune.ui.partner.parts import Parts
from attune.ui.widgets import Button, Card, text


class ClipsCard(Card):
    """``go`` chooses these clips for Practise and leads there."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(margin=28)
        self._parts = parts
        self._set: ClipSet | None = None
        words = parts.words
        self._title, self._said, self._stay = text("", "heading"), text(""), text("", "quiet")
        self.go = Button(words("partner_person.clips.go"))
        self.go.clicked.connect(self._go)
        self.body.setSpacing(12)
        for widget in (self._title, self._said, self._stay):
            self.body.addWidget(widget)
        self.body.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)

    def turn_to(self, about: Person, reader: Person) -> None:
        """Whose moments."""
        del reader
        words = self._parts.words
        self._title.setText(words("partner_person.clips.title", name=about.name))
        self._stay.setText(words("partner_person.clips.gone", name=about.name))
        self.show_clips(about, None)

    def show_clips(self, about: Person, clip_set: ClipSet | None) -> None:
        """What there is to practise on, or why nothing."""
        self._set = clip_set
        self.go.setVisible(clip_set is not None)
        self._stay.setVisible(clip_set is not None)
        agreed = about.agreed is not None and about.agreed.practice
        if clip_set is None:
            key, count = "none" if agreed else "off", 0
        else:
            count = len(clip_set.clips)
            key = "one" if count == 1 else "many"
        self._said.setText(self._parts.words(f"partner_person.clips.{key}", name=about.name, count=count))

    def _go(self) -> None:
        if self._set is not None:
            settings, folder = self._parts.services.settings, self._set.folder.name
            chosen = settings.change(practise_with=folder)
            self._parts.bridge.deliver(chosen, lambda _kept: self._parts.bridge.page_wanted.emit("practise"))
