"""The page of profiles and of how they are kept."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from attune.app.services import Services
from attune.ui.bridge import Bridge
from attune.ui.profiles.backups import BackupsCard
from attune.ui.profiles.deleting import DeletingCard
from attune.ui.profiles.exchange import ExchangeCard
from attune.ui.profiles.notes import NotesCard
from attune.ui.profiles.parts import Parts
from attune.ui.profiles.passphrase import PassphraseCard
from attune.ui.profiles.people import PeopleCard
from attune.ui.theme import Theme
from attune.ui.widgets import ScrollPage, column, text


class ProfilesPage(ScrollPage):
    """Whose practice this is, what is noted about it, and how it is kept, taken along and deleted."""

    def __init__(
        self, services: Services, bridge: Bridge, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        words = services.words
        parts = Parts(services=services, bridge=bridge, theme=theme)
        self.people = PeopleCard(parts)
        self.notes = NotesCard(parts)
        self.passphrase = PassphraseCard(parts)
        self.backups = BackupsCard(parts)
        self.exchange = ExchangeCard(parts)
        self.deleting = DeletingCard(parts)
        self._cards = (
            self.people, self.notes, self.passphrase, self.backups, self.exchange, self.deleting
        )  # fmt: skip
        head = column(spacing=6)
        head.addWidget(text(words("profiles.page.title"), "title"))
        head.addWidget(text(words("profiles.page.intro"), "quiet"))
        self.body.addLayout(head)
        for card in self._cards:
            self.body.addWidget(card)
        self.body.addStretch(1)

    def entered(self) -> None:
        """Show everything as it is now."""
        for card in self._cards:
            card.look()
